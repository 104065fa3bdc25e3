from collections.abc import Sequence

import pytest
from PIL import Image

from pipeline.layout import box
from pipeline.model import Word
from pipeline.ocr.doubted import is_doubted, settled, with_doubted
from pipeline.ocr.part import Lines

PAGE = Image.new("L", (1200, 400), 255)
HEIGHT = 28.0


def line(*words: tuple[str, int, float], y: int = 100, high: int = 28) -> list[Word]:
    """Words given by text, left edge and confidence; 14 pixels a letter."""
    return [Word(text, 0, sure, (x, y, x + 14 * len(text), y + high)) for text, x, sure in words]


def texts(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


SURE = line(("Sở", 100, 0.96), ("Y", 140, 0.93), ("tế", 160, 0.96))
GLUED = [*line(("Công", 100, 0.96), ("đoàn", 170, 0.96)), Word("..", 0, 0.0, (240, 100, 360, 157))]
"""The last word and a stroke of a pen below it were taken for a large mark."""
LABEL = line(("[.", 100, 0.5), ("Ngành", 140, 0.93))
FLAT = [Word("2.", 0, 0.89, (100, 125, 124, 128)), *line(("Biện", 140, 0.96), ("pháp", 210, 0.96))]
"""The engine lost the place of the label."""


@pytest.mark.parametrize(
    ("words", "doubted"),
    [
        (SURE, False),
        (line(("SìÌIWU:", 100, 0.0), ("VAT,", 200, 0.28), ("VT,", 260, 0.0)), True),
        (line(("tế", 100, 0.55), ("và", 140, 0.5), ("các", 180, 0.96)), True),
        (line(("Căn", 100, 0.96), ("cứ", 150, 0.55), ("Công", 190, 0.96), ("văn", 250, 0.96)), False),
        (line(("85/KH-UBND", 100, 0.7)), True),
        (line(("85/KH-UBND", 100, 0.85)), False),
        (line(("5", 100, 0.7)), False),
        (GLUED, True),
        (LABEL, True),
        (FLAT, True),
        ([*SURE, *line(("-", 200, 0.5), y=114, high=3)], False),  # a dash is as low
        ([*SURE, *line((".", 200, 0.2), y=125, high=4)], False),  # a speck
        (line(("3", 100, 0.9), y=120, high=4), False),  # specks alone
        (line(("(b/c);", 100, 0.93), ("“", 200, 0.9)), False),
    ],
)
def test_what_is_worth_another_reading(words: list[Word], doubted: bool) -> None:
    assert is_doubted(words, HEIGHT) == doubted


@pytest.mark.parametrize(
    ("words", "again", "expected"),
    [
        (GLUED, [line(("Công", 100, 0.9), ("đoàn", 170, 0.9), ("ngành,", 240, 0.96))], "Công đoàn ngành,"),
        (LABEL, [line(("1.", 100, 0.96), ("Ngành", 140, 0.5))], "1. Ngành"),
        (FLAT, [line(("2.", 100, 0.7), ("Biện", 140, 0.9), ("pháp", 210, 0.9))], "2. Biện pháp"),
        (
            line(("SìÌIWU:", 100, 0.0), ("VAT,", 240, 0.28)),
            [[Word("-", 0, 0.9, (100, 112, 108, 115)), *line(("Lưu:", 120, 0.93), ("VT,", 240, 0.93))]],
            "- Lưu: VT,",
        ),
        (line(("Nơi", 100, 0.5), ("nhận:", 160, 0.96)), [line(("Xi", 100, 0.3), ("nhận:", 160, 0.4))], "Nơi nhận:"),
        (line(("Kởý,", 100, 0.29), ("ghi", 170, 0.96)), [line(("Ký,", 100, 0.9), ("gì", 170, 0.97))], "Ký, ghi"),
        (line(("9/2025.", 100, 0.04)), [line(("92025.", 100, 0.7))], "9/2025."),
        (line(("85/KH", 100, 0.65)), [line(("85/KH", 100, 0.75))], "85/KH"),
        (line(("HŨ/85", 100, 0.65)), [line(("HU/85", 100, 0.92))], "HU/85"),
        (line(("CT/TW42", 100, 0.68)), [line(("CT/IW42", 100, 0.89))], "CT/TW42"),
        (line(("(b/€);", 100, 0.4)), [line(("(/€);", 100, 0.96))], "(b/€);"),
        (line(("T6:", 100, 0.21)), [line(("ngành,", 100, 0.96))], "ngành,"),
        (line(("D1", 100, 0.7)), [line(("Di", 100, 0.96))], "D1"),
        (line(("41/", 100, 0.5)), [line(("quy", 100, 0.96))], "quy"),
        (line(("41/", 100, 0.5)), [line(("quy", 100, 0.7))], "41/"),
        (line(("41/", 100, 0.7)), [line(("quy", 100, 0.96))], "41/"),
        (line(("&)", 100, 0.0)), [line(("3", 100, 0.96))], "3"),
        (line(("lku:", 100, 0.0)), [line(("lưt", 100, 0.5))], "lku:"),
        (
            [Word(",.", 0, 0.39, (115, 100, 128, 140)), *line(("Mục", 140, 0.96))],
            [line(("1.", 100, 0.91), ("Mục", 140, 0.93))],
            "1. Mục",
        ),
        (
            [Word(".", 0, 0.19, (129, 122, 134, 127)), *line(("Mục", 150, 0.96))],
            [line(("1.", 100, 0.91), ("Mục", 150, 0.93))],
            "1. Mục",
        ),
        (LABEL, [], "[. Ngành"),
        (LABEL, [line(("đường", 100, 0.96), y=140)], "[. Ngành"),  # of the line below
        (LABEL, [line(("1.", 100, 0.96), ("Ngành", 140, 0.96), ("Ye", 300, 0.96))], "1. Ngành"),
    ],
    ids=[
        "glued",
        "label",
        "flat",
        "garbled",
        "worse",
        "sure words stay",
        "unsure number",
        "surer",
        "letters beside a number",
        "fair number",
        "shorter",
        "no figure",
        "fewer figures",
        "a word for figures",
        "an unsure word for figures",
        "a word for fair figures",
        "number",
        "unsure",
        "beside",
        "near",
        "nothing",
        "below",
        "beyond",
    ],
)
def test_the_surer_reading_of_each_place(words: list[Word], again: Lines, expected: str) -> None:
    assert texts(settled(words, again, HEIGHT)) == expected


def test_a_doubted_line_is_read_alone_and_put_back_in_its_place() -> None:
    heights: list[int] = []

    def read(picture: Image.Image) -> Lines:
        heights.append(picture.height)
        edge = 14  # of paper around the line, which is half as large as on the page
        return [[Word("1.", 0, 0.96, (edge + 17, edge + 7, edge + 31, edge + 35))]]

    lines = with_doubted(
        [line(("[.", 100, 0.5), ("Ngành", 160, 0.9), high=56), line(("Sở", 100, 0.96), y=300)], PAGE, read
    )
    label, ngành = lines[0]
    assert (label.text, ngành.text) == ("1.", "Ngành")
    assert box(label) == (100, 100, 128, 156)
    assert len(heights) == 1 and heights[0] < 80


def test_a_page_read_surely_is_left_alone() -> None:
    def fail(picture: Image.Image) -> Lines:
        raise AssertionError("nothing is to be read")

    assert with_doubted([SURE], PAGE, fail) == [SURE]
    assert with_doubted([], PAGE, fail) == []


def test_what_other_lines_hold_is_not_read_into_a_line() -> None:
    below = line(("đường", 100, 0.96), y=130)
    lines = with_doubted([LABEL, below], PAGE, lambda picture: [line(("đường", 32, 0.99), y=44)])
    assert [texts(words) for words in lines] == ["[. Ngành", "đường"]


def test_a_number_read_alike_is_surer() -> None:
    (number,) = settled(line(("85/KH", 100, 0.65)), [line(("85/KH", 100, 0.75))], HEIGHT)
    assert number.confidence == 0.75


def test_a_page_that_is_dirty_all_over_is_not_read_line_by_line() -> None:
    calls: list[int] = []

    def read(picture: Image.Image) -> Lines:
        calls.append(picture.height)
        return []

    with_doubted([line(("[.", 100, 0.1), y=40 * n) for n in range(30)], Image.new("L", (400, 1300), 255), read)
    assert len(calls) == 24  # twelve lines, at two sizes
