"""The signs ≥ and ≤, which Tesseract's Vietnamese model does not know: it reads > and <, whatever bar stands below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.layout import box, said
from pipeline.model import Word
from pipeline.ocr.strokes import dark_pixels, runs_of

if TYPE_CHECKING:
    from PIL import Image

_SIGN = re.compile(r"\(?([<>])(?=\d|$)")
_WITH_BAR = {"<": "≤", ">": "≥"}
_BELOW = 0.25
"""How far below the box of a sign its bar may end, in heights of the box."""
_FULL, _BAR = 0.8, 0.25
"""Share of the sign's width that is ink in the rows of its bar, and the bar's share of its height."""


def with_bars(lines: Sequence[Sequence[Word]], image: Image.Image) -> list[list[Word]]:
    """The lines, with ≥ and ≤ where a bar stands below a > or < that is a number's.

    Args:
        lines: words as the engine read them.
        image: the page, grey.
    """
    return [[_told(word, image) for word in line] for line in lines]


def _told(word: Word, image: Image.Image) -> Word:
    match = _SIGN.match(word.text)
    if match is None or not _has_bar(word, match.start(1), image):
        return word
    return said(word, word.text.replace(match[1], _WITH_BAR[match[1]], 1))


def _has_bar(word: Word, place: int, image: Image.Image) -> bool:
    """Whether the glyph at a place of a word ends in a bar, and has none further up."""
    import numpy as np

    x0, y0, x1, y1 = box(word)
    dark = dark_pixels(replace(word, bbox=(x0, y0, x1, y1 + round(_BELOW * (y1 - y0)))), image)
    glyphs = runs_of(np.logical_or.reduce(dark, 0))
    if place >= len(glyphs):
        return False
    begin, end = glyphs[place]
    if not 0 < begin < end < dark.shape[1]:  # an underline goes on
        return False
    ink = np.add.reduce(dark[:, begin:end], 1)
    rows, bar = np.flatnonzero(ink), np.flatnonzero(ink >= _FULL * (end - begin))
    height = int(rows[-1]) + 1 - int(rows[0])
    return len(bar) > 0 and bool(bar[0] >= rows[-1] + 1 - _BAR * height)
