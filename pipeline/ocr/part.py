"""A part of a page, read once more by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.layout import box
from pipeline.model import Bbox, Word

if TYPE_CHECKING:
    from PIL import Image

Lines = list[list[Word]]
Reader = Callable[["Image.Image"], Lines]
"""Reads a picture that holds one block of lines."""


def read_part(image: Image.Image, place: Bbox, border: int, read: Reader) -> Lines:
    """The lines in a box of the page, read with a white border; their boxes are in pixels of the page.

    Args:
        image: the page, grey.
        place: the box; what of it lies outside of the page is left out.
        border: its width in pixels.
        read: how to read a block of lines.
    """
    from PIL import ImageOps

    x0, y0 = max(0, place[0]), max(0, place[1])
    crop = image.crop((x0, y0, min(image.width, place[2]), min(image.height, place[3])))
    lines = read(ImageOps.expand(crop, border, 255))
    return [[_moved(word, x0 - border, y0 - border) for word in line] for line in lines]


def _moved(word: Word, dx: int, dy: int) -> Word:
    x0, y0, x1, y1 = box(word)
    return replace(word, bbox=(x0 + dx, y0 + dy, x1 + dx, y1 + dy))
