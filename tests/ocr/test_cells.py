from __future__ import annotations

from itertools import pairwise

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.layout import Grid
from pipeline.model import Bbox, Word
from pipeline.ocr.cells import with_cells

FONT = ImageFont.load_default(30)
GRID = Grid((50, 150, 500), (50, 120, 190, 260))
HEADINGS = (("TT", "Nội dung"), ("1", "Họp"), ("", "Báo cáo"))


def table(drawn: str, headings: tuple[tuple[str, str], ...] = HEADINGS) -> tuple[Image.Image, list[list[Word]]]:
    """A table of three rows, of which the engine read all but the first cell of the last; its rules are taken off."""
    image = Image.new("L", (600, 300), 255)
    draw = ImageDraw.Draw(image)
    lines = []
    for (top, _), texts in zip(pairwise(GRID.ys), headings, strict=True):
        for (left, _), text in zip(pairwise(GRID.xs), texts, strict=True):
            x, y = round(left) + 30, round(top) + 20
            if text:
                x0, y0, x1, y1 = map(int, draw.textbbox((x, y), text, FONT))
                draw.text((x, y), text, font=FONT, fill=0)
                lines.append([Word(text, 0, 0.95, (x0, y0, x1, y1))])
    draw.text((80, 210), drawn, font=FONT, fill=0)
    draw.line((52, 195, 52, 255), fill=0)  # what is left of a rule
    return image, lines


def run(drawn: str, said: list[tuple[str, float]], digits: str = "", **more: tuple[tuple[str, str], ...]) -> list[Word]:
    """The words that are added, where a second look at the cell says so."""
    image, lines = table(drawn, **more)

    def read(picture: Image.Image) -> list[list[Word]]:
        assert picture.width < 200
        return [[Word(text, 0, sure, (40, 20, 60, 50)) for text, sure in said]] if said else []

    def number(place: Bbox) -> str:
        return digits

    return [word for line in with_cells(lines, image, (GRID,), read, number)[len(lines) :] for word in line]


@pytest.mark.parametrize(
    ("drawn", "said", "digits", "expected"),
    [
        ("2", [("2", 0.9)], "", ["2"]),
        ("1", [("|", 0.94)], "", ["1"]),
        ("2", [("z", 0.4)], "2", ["2"]),
        ("2", [], "2", ["2"]),
        ("2.", [], "2", ["2."]),
        ("2.", [("2.", 0.9)], "", ["2."]),
        ("2.", [("2.", 0.6)], "", []),
        ("1.", [("|.", 0.94)], "", ["1."]),
        ("12", [("z", 0.4)], "12", ["12"]),
        ("2", [("z", 0.4)], "", []),
        ("", [("2", 0.9)], "2", []),  # an empty cell is not looked at
        (".", [("2", 0.9)], "2", []),  # a speck is not as high as a digit
    ],
)
def test_a_cell_that_the_engine_passed_over(
    drawn: str, said: list[tuple[str, float]], digits: str, expected: list[str]
) -> None:
    found = run(drawn, said, digits)
    assert [word.text for word in found] == expected
    for word in found:
        assert word.bbox is not None
        assert GRID.cell(word.bbox[0], word.bbox[1]) == (2, 0)


def test_a_stroke_in_a_column_of_words_is_no_number() -> None:
    words = (("Đơn vị", "Nội dung"), ("Sở", "Họp"), ("", "Báo cáo"))
    assert run("1", [("|", 0.94)], "1", headings=words) == []


def test_without_tables_nothing_is_done() -> None:
    image, lines = table("2")

    def fail(*_: object) -> list[list[Word]]:
        raise AssertionError("nothing is to be read")

    assert with_cells(lines, image, (), fail, str) == lines


def test_a_number_in_the_middle_of_a_cell_of_two_rows() -> None:
    grid = Grid(GRID.xs, GRID.ys, tall=frozenset({(1, 0)}))
    image = Image.new("L", (600, 300), 255)
    ImageDraw.Draw(image).text((80, 178), "1.", font=FONT, fill=0)
    lines = [[Word(text, 0, 0.95, (200, y, 300, y + 22))] for y, text in ((75, "việc"), (145, "Họp"), (215, "Báo"))]
    headings = [[Word("TT", 0, 0.95, (80, 75, 110, 97))]]
    places: list[Bbox] = []

    def number(place: Bbox) -> str:
        places.append(place)
        return "1"

    found = with_cells([*headings, *lines], image, (grid,), lambda _: [], number)
    assert [[word.text for word in line] for line in found[4:]] == [["1."]]
    assert places[0][2] < 100  # the stop is not read with the figure


@pytest.mark.parametrize(("text", "sure", "left"), [("+„", 0.4, ["2"]), ("+„", 0.9, ["+„"]), ("z", 0.4, ["z"])])
def test_a_mark_among_numbers_that_is_not_believed(text: str, sure: float, left: list[str]) -> None:
    image, lines = table("2")
    mark = [Word(text, 0, sure, (80, 215, 100, 240))]
    found = with_cells([*lines, mark], image, (GRID,), lambda _: [], lambda _: "2")
    assert [word.text for line in found[len(lines) :] for word in line] == left


@pytest.mark.parametrize(
    ("sure", "again", "expected"),
    [
        ((0.2, 0.9), 0.95, "Ngân hàng"),
        ((0.65, 0.65), 0.95, "Ngân hàng"),
        ((0.65, 0.9), 0.95, "1411 hâ"),  # one unsure word is left to its line
        ((0.2, 0.95), 0.3, "1411 hâ"),  # not read better
    ],
)
def test_a_cell_that_is_not_believed_is_read_by_itself(sure: tuple[float, float], again: float, expected: str) -> None:
    image, lines = table("2")
    read = [
        Word(text, 0, c, (200 + x, 210, 280 + x, 240)) for text, c, x in zip(("1411", "hâ"), sure, (0, 90), strict=True)
    ]

    def anew(picture: Image.Image) -> list[list[Word]]:
        wide = picture.width > 300  # the second column
        return [[Word(t, 0, again, (x, 40, x + 80, 70)) for t, x in (("Ngân", 70), ("hàng", 160))]] if wide else []

    found = with_cells([*lines[:-1], read], image, (GRID,), anew, lambda _: "")
    assert " ".join(word.text for word in found[-1]) == expected
