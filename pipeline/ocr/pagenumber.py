"""The page number, which engines drop or misread: alone in the middle of the margin."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pipeline.layout import box, word_height
from pipeline.model import Bbox, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

_MARGIN = 0.12
_MIDDLE = (0.42, 0.58)
_DARK, _FAINT = 140, 60
"""Ink is darker than this; of fainter print, than the middle between it and a paper lighter by so much at least."""
_NUMBER = re.compile(r"[1-9]\d{0,2}")
_EXPECTED, _UNEXPECTED = 0.95, 0.5
_SURE = 0.8
"""In the middle of the margin hardly anything else stands alone: a short word there needs as much to be one."""


def with_page_number(
    lines: Sequence[Sequence[Word]], image: Image.Image, expected: int, read: Callable[[Bbox], str]
) -> list[list[Word]]:
    """The lines, and the number printed in the top or bottom margin where the engine dropped or misread it.

    Args:
        lines: what the engine read.
        image: the page, grey.
        expected: number of the page in the file; another one printed is less sure.
        read: how to read digits in a box of the image; called twice at most.
    """
    height = word_height(word for line in lines for word in line)
    margins = (_MARGIN * image.height, (1 - _MARGIN) * image.height)
    middle = _MIDDLE[0] * image.width, _MIDDLE[1] * image.width
    sure = [list(line) for line in lines if not _is_misread(line, margins, middle)]
    if not sure or any(_is_number(line, margins) for line in sure):
        return [list(line) for line in lines]
    for place in _places(sure, image, height):
        number = read(place)
        if _NUMBER.fullmatch(number):
            confidence = _EXPECTED if int(number) == expected else _UNEXPECTED
            return [*sure, [Word(number, 0, confidence, place)]]
    return [list(line) for line in lines]


def _in_margin(line: Sequence[Word], margins: tuple[float, float]) -> bool:
    _, y0, _, y1 = box(line[0])
    return len(line) == 1 and (y1 < margins[0] or y0 > margins[1])


def _is_number(line: Sequence[Word], margins: tuple[float, float]) -> bool:
    return _in_margin(line, margins) and line[0].text.strip("-–— ").isdigit()


def _is_misread(line: Sequence[Word], margins: tuple[float, float], middle: tuple[float, float]) -> bool:
    """Whether a lone short word in the margin may be a number: the engine was not sure of it, or saw a digit in it."""
    if not _in_margin(line, margins) or len(line[0].text) > 3:
        return False
    mixed = any(c.isdigit() for c in line[0].text) and not _is_number(line, margins)
    x0, _, x1, _ = box(line[0])
    central = middle[0] < x0 and x1 < middle[1] and not line[0].text.isdigit()
    return mixed or (line[0].confidence or 0) < (_SURE if central else _UNEXPECTED)


def _dark(strip: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where the ink of a margin is, of faint print, too."""
    import numpy as np

    darkest, paper = int(strip.min()), int(np.median(strip))
    limit = max(_DARK, (darkest + paper) // 2) if paper - darkest > _FAINT else _DARK
    return np.asarray(strip < limit, np.bool_)


def _places(lines: Sequence[Sequence[Word]], image: Image.Image, height: float) -> list[Bbox]:
    """Ink of the size of a number in the middle of the margins, clear of the text."""
    import numpy as np

    tops, bottoms = zip(*((box(word)[1], box(word)[3]) for line in lines for word in line), strict=True)
    strips = (
        (round(0.015 * image.height), round(min(min(tops) - 0.3 * height, _MARGIN * image.height))),
        (round(max(max(bottoms) + 0.3 * height, (1 - _MARGIN) * image.height)), round(0.985 * image.height)),
    )
    left, right = (round(share * image.width) for share in _MIDDLE)
    found: list[Bbox] = []
    for top, bottom in strips:
        if bottom - top < height / 2:
            continue
        dark = _dark(np.asarray(image.crop((left, top, right, bottom))))
        edges = np.flatnonzero(np.diff(np.pad(dark.any(axis=1).astype(np.int8), 1))).tolist()
        for y0, y1 in zip(edges[::2], edges[1::2], strict=True):
            columns = np.flatnonzero(dark[y0:y1].any(axis=0))
            for part in np.split(columns, np.flatnonzero(np.diff(columns) > height) + 1):  # a speck may stand beside
                x0, x1 = int(part[0]), int(part[-1]) + 1
                rows = np.flatnonzero(dark[y0:y1, x0:x1].any(axis=1))
                if 0.4 * height < rows[-1] + 1 - rows[0] < 1.2 * height and x1 - x0 < 2.5 * height:
                    found.append((left + x0, top + y0 + int(rows[0]), left + x1, top + y0 + int(rows[-1]) + 1))
    return found[:2]
