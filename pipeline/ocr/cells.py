"""Cells of ruled tables in which the engine read nothing though something stands there: a number alone, mostly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from pipeline.layout import Grid, box, word_height
from pipeline.model import Bbox, Word
from pipeline.ocr.missed import is_sure
from pipeline.ocr.part import Lines, Reader, read_part

if TYPE_CHECKING:
    from PIL import Image

Digits = Callable[[Bbox], str]
_COUNTS = re.compile(r"(?:số ?|s)?tt\.?", re.IGNORECASE)
"""The heading of a column of numbers."""
_DARK = 0.72
"""Ink is darker than this share of the paper."""
_RIM = 0.3
"""What is left of rules stands within this many word heights of a cell's sides."""
_LETTER = 0.45, 1.7
"""Heights of letters and digits, in word heights."""
_MOST = 40
"""Cells read once more on a page."""
_AMONG_NUMBERS = 0.6
"""Confidence of a number that only its column makes one."""
_ONES = [["|"], ["I"], ["l"], ["!"]]
"""What the upright stroke of a 1 is read as."""


def with_cells(
    lines: Sequence[Sequence[Word]], image: Image.Image, grids: Sequence[Grid], read: Reader, digits: Digits
) -> Lines:
    """The lines, and what is surely read in cells without a word, each by itself; a mark among numbers is a number.

    Args:
        lines: words as the engine read them.
        image: the page, grey, without the rules of its tables.
        grids: its tables.
        read: how to read a block of lines.
        digits: how to read a box that holds digits.
    """
    found = [list(line) for line in lines]
    height = word_height(word for line in found for word in line)
    cells = [cell for grid in grids for cell in _unread(found, image, grid, height)]
    for ink, numbers in cells[:_MOST]:
        x0, y0, x1, y1 = ink
        rim = round(_RIM * height)
        rows = read_part(image, (x0 - rim, y0 - rim, x1 + rim, y1 + rim), round(height), read)
        sure = [row for row in rows if is_sure(row)]
        if not sure and numbers and x1 - x0 < 2 * height:
            stroke = [word.text for row in rows for word in row] in _ONES
            sure = [[Word(text, 0, _AMONG_NUMBERS, ink)] for text in ["1" if stroke else digits(ink)] if text]
        found += sure
    return found


def _unread(
    lines: Sequence[Sequence[Word]], image: Image.Image, grid: Grid, height: float
) -> Iterator[tuple[Bbox, bool]]:
    """The ink of cells that hold no word but something as high as a letter, and whether their column is of numbers."""
    inside: dict[tuple[int, int], list[str]] = {}
    for word in (word for line in lines for word in line):
        x0, y0, x1, y1 = box(word)
        if grid.holds((x0 + x1) / 2, (y0 + y1) / 2):
            inside.setdefault(grid.cell((x0 + x1) / 2, (y0 + y1) / 2), []).append(word.text)
    rim = round(_RIM * height)
    for row, (top, bottom) in enumerate(pairwise(grid.ys)):
        for column, (left, right) in enumerate(pairwise(grid.xs)):
            if (row, column) in inside:
                continue
            ink = _ink(image, (round(left) + rim, round(top) + rim, round(right) - rim, round(bottom) - rim))
            if ink and _LETTER[0] * height <= ink[3] - ink[1] <= _LETTER[1] * height:
                others = [" ".join(texts) for (_, c), texts in inside.items() if c == column]
                counts = any(map(_COUNTS.fullmatch, others))
                yield ink, counts or 2 * sum(text.strip(".,)").isdigit() for text in others) > len(others)


def _ink(image: Image.Image, place: Bbox) -> Bbox | None:
    """The box of the ink within a box of the page; None where there is none."""
    import numpy as np

    x0, y0, x1, y1 = place
    if x1 <= x0 or y1 <= y0:
        return None
    grey = np.asarray(image.crop(place))
    dark = grey < ceil(_DARK * float(np.percentile(grey, 80)))
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not rows.size:
        return None
    return x0 + int(columns[0]), y0 + int(rows[0]), x0 + int(columns[-1]) + 1, y0 + int(rows[-1]) + 1
