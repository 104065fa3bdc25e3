from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from pipeline.model import Word
from pipeline.ocr.comparison import with_bars

SIGNS = {
    ">": ((0, 0, 15, 6), (15, 6, 0, 12)),
    "<": ((15, 0, 0, 6), (0, 6, 15, 12)),
    "-": ((0, 8, 15, 8),),
    "Z": ((0, 0, 15, 0), (15, 0, 0, 17), (0, 17, 15, 17)),
    "(": ((3, -4, 0, 6), (0, 6, 3, 16)),
    "5": ((0, -4, 0, 16), (0, 16, 8, 16)),
}


def drawn(printed: str, line: int = 0) -> Image.Image:
    """A word of thin strokes; "≥" and "≤" have a bar below; `line` is the width of an underline."""
    image = Image.new("L", (200, 80), 250)
    draw = ImageDraw.Draw(image)
    x = 20
    for letter in printed:
        plain = {"≥": ">", "≤": "<"}.get(letter, letter)
        for x0, y0, x1, y1 in SIGNS[plain]:
            draw.line((x + x0, 30 + y0, x + x1, 30 + y1), fill=0, width=2)
        if letter != plain:
            draw.line((x, 47, x + 15, 47), fill=0, width=2)
        x += 22
    if line:
        draw.line((15, 47, 15 + line, 47), fill=0, width=2)
    return image


@pytest.mark.parametrize(
    ("printed", "read", "expected"),
    [
        ("≥", ">", "≥"),
        ("≤", "<", "≤"),
        (">", ">", ">"),
        ("<", "<", "<"),
        ("≥5", ">5", "≥5"),
        ("(≤5", "(<5", "(≤5"),
        ("<5", "<5", "<5"),
        ("-", ">", ">"),
        ("Z", ">", ">"),
        ("≥", "3", "3"),
        ("≥", ">>", ">>"),
        ("≥", ">a", ">a"),
    ],
)
def test_a_bar_below_a_sign(printed: str, read: str, expected: str) -> None:
    word = Word(read, 0, 0.93, (18, 26, 18 + 22 * len(printed), 49))
    assert with_bars([[word]], drawn(printed))[0][0].text == expected


def test_a_bar_may_stand_below_the_box_that_the_engine_gave() -> None:
    word = Word("<", 0, 0.93, (18, 28, 38, 44))
    assert with_bars([[word]], drawn("≤"))[0][0].text == "≤"


@pytest.mark.parametrize("read", [">", "<"])
def test_an_underline_is_no_bar(read: str) -> None:
    word = Word(read, 0, 0.93, (18, 28, 38, 48))
    assert with_bars([[word]], drawn(read, line=60))[0][0].text == read
