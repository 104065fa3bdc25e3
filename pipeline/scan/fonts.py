"""The fonts in which a PDF page is set, by poppler's pdftohtml: for old encodings, and for bold and italic lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.layout import box, with_style
from pipeline.model import Bbox, Line, Word

COMMAND = ("pdftohtml", "-xml", "-i", "-hidden", "-fontfullname", "-zoom", "1", "-stdout")
Run = tuple[Bbox, str]
"""A run of text: its box in pixels, and the name of its font."""
_POINTS = 72
_FONT = re.compile(r'<fontspec id="(\d+)"[^>]* family="([^"]*)"')
_RUN = re.compile(r'<text top="(-?\d+)" left="(-?\d+)" width="(-?\d+)" height="(-?\d+)" font="(\d+)"')
_BOLD, _ITALIC = re.compile("bold|black|heavy|demi", re.IGNORECASE), re.compile("ital|obli|slant", re.IGNORECASE)


def parse_fonts(xml: str, dpi: int) -> list[Run]:
    """Runs of text with their fonts, from the output of `COMMAND` for one page; boxes in pixels at `dpi`."""
    names = dict(_FONT.findall(xml))
    scale = dpi / _POINTS
    runs = ((int(x), int(y), int(w), int(h), font) for y, x, w, h, font in _RUN.findall(xml))
    return [
        ((round(x * scale), round(y * scale), round((x + w) * scale), round((y + h) * scale)), names.get(font, ""))
        for x, y, w, h, font in runs
    ]


def font_of(word: Word, fonts: Sequence[Run]) -> str:
    """The name of the font in which a word is set; "" where none is known."""
    x0, y0, x1, y1 = box(word)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return next((font for b, font in fonts if b[0] <= x <= b[2] and b[1] <= y <= b[3]), "")


def styled(lines: Sequence[Line], fonts: Sequence[Run]) -> tuple[Line, ...]:
    """The lines with their styles, as the names of their fonts tell: "TimesNewRomanPS-BoldItalicMT"."""

    def looks(word: Word) -> tuple[int, bool, bool]:
        name = font_of(word, fonts)
        letters = sum(map(str.isalpha, word.text))
        return letters, _BOLD.search(name) is not None, _ITALIC.search(name) is not None

    if not any(_BOLD.search(name) or _ITALIC.search(name) for _, name in fonts):
        return tuple(lines)
    return tuple(with_style(line, [looks(word) for word in line.words]) for line in lines)
