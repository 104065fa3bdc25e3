"""Lines of real glyphs, drawn regular, bold and italic."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.layout import make_line
from pipeline.model import Line, PageImage, Word
from pipeline.ocr import engine_for
from pipeline.ocr.style import styled
from pipeline.options import Options
from pipeline.scan import open_scan, pages

FONT = ImageFont.load_default(30)
PLAIN = "Ra soat hien trang cac tuyen duong vao ban"
LEAN = 0.28
"""Pixels to the right for a pixel up: Times Italic."""
HEIGHT = 60


def drawn(texts: list[tuple[str, str]]) -> tuple[list[Line], Image.Image]:
    """Lines below each other, each with the styles of its words: "" for all, or one sign a word: r, b, i."""
    page = Image.new("L", (1200, HEIGHT * (len(texts) + 1)), 255)
    lines = []
    for n, (text, signs) in enumerate(texts):
        words, x, y = [], 40, HEIGHT * n + 20
        for sign, said in zip(signs * len(text.split()) if len(signs) == 1 else signs, text.split(), strict=False):
            width = round(FONT.getlength(said)) + 14
            glyphs = Image.new("L", (width + 20, HEIGHT), 255)
            ImageDraw.Draw(glyphs).text((10, 8), said, font=FONT, fill=0, stroke_width=int(sign == "b"))
            if sign == "i":
                glyphs = glyphs.transform(
                    glyphs.size,
                    Image.Transform.AFFINE,
                    (1, LEAN, -LEAN * 30, 0, 1, 0),
                    Image.Resampling.BICUBIC,
                    fillcolor=255,
                )
            page.paste(glyphs, (x, y))
            words.append(Word(said, 0, 0.9, (x + 6, y + 8, x + width + 4, y + 46)))
            x += width
        lines.append(make_line(n + 1, words))
    return lines, page


@pytest.mark.parametrize(
    ("signs", "style", "opening"),
    [
        ("r", "", ""),
        ("b", "bold", "bold"),
        ("i", "italic", "italic"),
        ("bbrrrrrrr", "", "bold"),
        ("rrrrrrrrb", "", ""),
        ("bbbbbbbrb", "bold", "bold"),
    ],
)
@pytest.mark.parametrize("shade", [0, 90])
def test_style_of_a_line_among_regular_ones(signs: str, style: str, opening: str, shade: int) -> None:
    lines, page = drawn([(PLAIN, "r"), (PLAIN, signs), (PLAIN, "r"), (PLAIN, "r")])
    faint = page.point([max(shade, grey) for grey in range(256)])
    found = styled(lines, np.asarray(faint))
    assert [(line.style, line.opening) for line in found] == [("", ""), (style, opening), ("", ""), ("", "")]


def test_nothing_is_bold_where_all_is_alike() -> None:
    lines, page = drawn([(PLAIN, "b")] * 3)
    assert {line.style for line in styled(lines, np.asarray(page))} == {""}


def test_lines_without_letters_have_no_style() -> None:
    lines, page = drawn([(PLAIN, "r"), ("12 345 - /", "b")])
    assert [line.style for line in styled(lines, np.asarray(page))] == ["", ""]
    assert styled([], np.asarray(page)) == ()


def test_a_real_scan() -> None:
    """Read by the real engine: bold are the titles and headings, italic the date and the lines that assign."""
    options = Options()
    first = next(iter(pages(open_scan(Path("samples/scan-office.pdf"), options), options)))
    assert isinstance(first, PageImage)
    found = {line.text: line.style for line in engine_for(options).read(first, options).lines}
    assert found["KẾ HOẠCH"] == "bold"
    assert {style for text, style in found.items() if text[:3] in ("I. ", "II.", "1. ", "2. ")} == {"bold"}
    assert {style for text, style in found.items() if text.startswith("* ") or ", ngày " in text[:25]} == {"italic"}
    assert {style for text, style in found.items() if text.startswith("- ")} == {""}
