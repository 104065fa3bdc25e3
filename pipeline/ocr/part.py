"""A part of a page, read once more by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.layout import box, grey_at, hull
from pipeline.model import Bbox, Word

if TYPE_CHECKING:
    from PIL import Image

_PAPER = 0.8
"""The grey up to which this share of a small part's pixels go is surely that of paper."""
Lines = list[list[Word]]
Reader = Callable[["Image.Image"], Lines]
"""Reads a picture that holds one block of lines."""


def read_part(image: Image.Image, place: Bbox, border: int, read: Reader) -> Lines:
    """The lines in a box of the page, read with a border of paper; their boxes are in pixels of the page.

    Args:
        image: the page, grey.
        place: the box; what of it lies outside of the page is left out.
        border: its width in pixels.
        read: how to read a block of lines.
    """
    from PIL import ImageOps

    x0, y0 = max(0, place[0]), max(0, place[1])
    x1, y1 = min(image.width, place[2]), min(image.height, place[3])
    if x1 <= x0 or y1 <= y0:
        return []
    crop = image.crop((x0, y0, x1, y1))
    lines = read(ImageOps.expand(crop, border, paper(crop)))
    return [[_moved(word, x0 - border, y0 - border) for word in line] for line in lines]


def new(lines: Lines, known: Sequence[Sequence[Word]]) -> Lines:
    """The lines without the words that stand where a known word does: what reached into the part from beside it."""
    place = hull(box(word) for line in lines for word in line)
    if place is None:
        return []
    taken = [other for line in known for word in line if meet(other := box(word), place)]
    fresh = ([word for word in line if not any(_covers(other, box(word)) for other in taken)] for line in lines)
    return [line for line in fresh if line]


def meet(a: Bbox, b: Bbox) -> bool:
    """Whether two boxes have a place in common."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _covers(a: Bbox, b: Bbox) -> bool:
    """Whether box a lies over a third of box b."""
    across, down = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return across > 0 and down > 0 and 3 * across * down > (b[2] - b[0]) * (b[3] - b[1])


def paper(image: Image.Image) -> int:
    """How light the paper of a grey picture is: its frame then shows no edge that an engine takes for a rule."""
    import numpy as np

    return grey_at(np.asarray(image), _PAPER)


def _moved(word: Word, dx: int, dy: int) -> Word:
    x0, y0, x1, y1 = box(word)
    return replace(word, bbox=(x0 + dx, y0 + dy, x1 + dx, y1 + dy))
