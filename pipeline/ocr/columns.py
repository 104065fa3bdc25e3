"""Columns whose lines an engine ran together, each read again by itself.

Beside the large print of a signing block stands the small print of "Nơi nhận"; where their lines lie at different
heights, an engine that takes both for one line reads neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.layout import box, hull, word_height
from pipeline.layout.geometry import WIDE_GAP
from pipeline.model import Word
from pipeline.ocr.part import Lines, Reader, new, read_part

if TYPE_CHECKING:
    from PIL import Image

_DOUBTED = 0.6
"""A word of less confidence is doubted."""
_DOUBTFUL_SHARE = 0.25
"""Share of doubted letters in a line of a column from which both are read again."""


def with_columns_apart(lines: Sequence[Sequence[Word]], image: Image.Image, read: Reader) -> Lines:
    """The lines; columns that the engine mixed and hardly read are read again, each alone, and kept if read better.

    Args:
        lines: words as the engine read them.
        image: the page, grey.
        read: how to read a block of lines.
    """
    found = [list(line) for line in lines]
    height = word_height(word for line in found for word in line)
    for band, gutter in _bands(found, WIDE_GAP * height):
        sides = [w for w in band if _middle(w) < gutter], [w for w in band if _middle(w) >= gutter]
        rows = [[w for w in line if id(w) in own] for line in found for own in ({id(w) for w in s} for s in sides)]
        for side in sides if any(map(_doubtful, filter(None, rows))) else ():
            own = {id(word) for word in side}
            kept = [rest for line in found if (rest := [w for w in line if id(w) not in own])]
            again = new(_again(side, found, image, read, gutter, height), kept)
            if readable(word for line in again for word in line) > readable(side):
                found = kept + again
    return sorted(found, key=lambda line: min(box(w)[1] for w in line))


def _bands(lines: Lines, gap: float) -> list[tuple[list[Word], float]]:
    """Neighbouring lines with a wide gap at the same place: their words, and where the gap is."""
    bands: list[tuple[list[Word], tuple[int, int]]] = []
    for line in lines:
        widest = max(pairwise(line), key=_space, default=None)
        if widest is None or _space(widest) <= gap:
            continue
        space = (box(widest[0])[2], box(widest[1])[0])
        words, (left, right) = bands[-1] if bands else ([], (0, 0))
        left, right = max(left, space[0]), min(right, space[1])
        if words and right - left > gap / 2 and box(line[0])[1] - max(box(w)[3] for w in words) < 2 * gap:
            bands[-1] = ([*words, *line], (left, right))
        else:
            bands.append((line, space))
    return [(words, (left + right) / 2) for words, (left, right) in bands]


def _space(pair: tuple[Word, Word]) -> int:
    return box(pair[1])[0] - box(pair[0])[2]


def _middle(word: Word) -> float:
    x0, _, x1, _ = box(word)
    return (x0 + x1) / 2


def _doubtful(words: Sequence[Word]) -> bool:
    doubted = sum(len(word.text) for word in words if (word.confidence or 0) < _DOUBTED)
    return doubted > _DOUBTFUL_SHARE * sum(len(word.text) for word in words)


def _again(side: Sequence[Word], lines: Lines, image: Image.Image, read: Reader, gutter: float, height: float) -> Lines:
    """One column of a band, read by itself; the print above and below it stays out of the picture."""
    own = {id(word) for word in side}
    others = [box(word) for line in lines for word in line if id(word) not in own]
    place = hull(map(box, side))
    if place is None:
        return []
    x0, y0, x1, y1 = place
    margin = round(height / 2)
    beside = [b for b in others if b[0] < x1 and b[2] > x0]
    top = max([0, y0 - margin, *(b[3] for b in beside if b[3] <= y0 + margin)])
    bottom = min([image.height, y1 + margin, *(b[1] for b in beside if b[1] >= y1 - margin)])
    left, right = (0, int(gutter)) if x1 <= gutter else (int(gutter), image.width)
    left, right = max(left, x0 - 2 * margin), min(right, x1 + 2 * margin)
    return read_part(image, (left, top, right, bottom), 2 * margin, read)


def readable(words: Iterable[Word]) -> float:
    """Letters by how sure they are; doubted ones count against it."""
    return sum(len(word.text) * ((word.confidence or 0) - _DOUBTED) for word in words)
