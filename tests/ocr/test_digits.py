"""Digits drawn in a font that the network has never seen, made smaller, blurred, faint, noisy and two-toned."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from pipeline.model import Bbox
from pipeline.ocr.digits import read_digits

FONT = ImageFont.load_default(64)


def drawn(text: str, high: int, spread: int = 0, paper: int = 255, ink: int = 0) -> tuple[np.ndarray, Bbox]:
    """A page with a number so many pixels high, and the box of its ink; `spread` pixels more between its glyphs."""
    image = Image.new("L", (400, 160), paper)
    draw, x = ImageDraw.Draw(image), 60.0
    for sign in text:
        draw.text((x, 40), sign, font=FONT, fill=ink)
        x += FONT.getlength(sign) + spread
    factor = high / 47  # pixels of a digit in this font
    image = image.filter(ImageFilter.GaussianBlur(0.4 / factor))
    small = np.asarray(image.resize((round(400 * factor), round(160 * factor)), Image.Resampling.BOX))
    rows, columns = (np.flatnonzero((small < (paper + ink) / 2).any(axis=axis)) for axis in (1, 0))
    return small, (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


@pytest.mark.parametrize("high", [14, 18, 24, 40])
def test_every_digit_at_every_size(high: int) -> None:
    assert [read_digits(*drawn(str(digit), high)) for digit in range(10)] == [str(digit) for digit in range(10)]


def test_of_the_smallest_print_a_digit_may_be_lost_but_none_is_another() -> None:
    found = [(read_digits(*drawn(str(digit), 10)), str(digit)) for digit in range(10)]
    assert {read for read, _ in found} > {"0", "1", "2", "7"}
    assert all(read in ("", printed) for read, printed in found)


@pytest.mark.parametrize("number", ["10", "17", "23", "148", "906"])
def test_numbers(number: str) -> None:
    assert read_digits(*drawn(number, 20, spread=4)) == number


@pytest.mark.parametrize("number", ["25", "30", "84"])
def test_digits_that_touch(number: str) -> None:
    assert read_digits(*drawn(number, 24, spread=-5)) == number


def test_a_figure_whose_head_stands_above_its_box() -> None:
    page, (x0, y0, x1, y1) = drawn("3", 16)
    assert read_digits(page, (x0, y0 + 5, x1, y1)) == "3"


def test_a_rule_above_is_no_head() -> None:
    page, (x0, y0, x1, y1) = drawn("3", 16)
    page = page.copy()
    page[y0 - 4 : y0] = 0
    assert read_digits(page, (x0, y0 + 2, x1, y1)) in ("3", "")


def test_faint_print_on_grey_paper() -> None:
    assert read_digits(*drawn("3", 14, paper=190, ink=120)) == "3"


def test_two_tones() -> None:
    page, place = drawn("7", 14)
    assert read_digits(np.where(page < 128, 0, 255).astype(np.uint8), place) == "7"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- 2 -", "2"),  # as pages are numbered
        ("12.", "12"),
        ("”3", "3"),  # a raised figure behind a mark that closes a quotation
        ("1.2", ""),  # a number of two parts
        ("1-2", ""),
    ],
)
def test_dashes_stops_and_marks_beside_a_number(text: str, expected: str) -> None:
    assert read_digits(*drawn(text, 20, spread=4)) == expected


@pytest.mark.parametrize("text", ["”", "“", "’", "?", "*", "@", "a", "h", "N", "W", "&", "#", "%", "1a", "m2"])
def test_what_is_no_digit_is_none(text: str) -> None:
    assert read_digits(*drawn(text, 16, spread=4)) == ""


@pytest.mark.parametrize("place", [(10, 10, 30, 30), (10, 10, 10, 10), (900, 900, 920, 920)])
def test_empty_places(place: Bbox) -> None:
    assert read_digits(np.full((100, 100), 250, np.uint8), place) == ""
