import math
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline import layout
from pipeline.layout import Grid, arrange
from pipeline.model import Word

SIZE = (827, 1169)
XS, YS = (100, 160, 400, 700), (200, 260, 400, 500)


def find_grids(image: Image.Image, dpi: int) -> tuple[Grid, ...]:
    return layout.find_grids(np.asarray(image), dpi)


def page(angle: float = 0.0, width: int = 2) -> Image.Image:
    image = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(image)
    for x in XS:
        draw.line((x, YS[0], x, YS[-1]), fill=0, width=width)
    for y in YS:
        draw.line((XS[0], y, XS[-1], y), fill=0, width=width)
    for row in range(560, 1000, 25):  # lines of text are no rules
        draw.text((100, row), "Tham mưu bố trí kinh phí; theo dõi, cập nhật tiến độ" * 2, fill=0)
    return image.rotate(angle, fillcolor=255)


@pytest.mark.parametrize("width", [1, 2, 4])
def test_rules_are_found(width: int) -> None:
    (grid,) = find_grids(page(width=width), 100)
    assert grid.xs == pytest.approx(XS, abs=3)
    assert grid.ys == pytest.approx(YS, abs=3)


def test_thin_grey_rules_are_found() -> None:
    """A hairline of a scan at 200 dpi: a pixel wide, and its mean with the paper beside it is light."""
    image = Image.new("L", (2 * SIZE[0], 2 * SIZE[1]), 255)
    draw = ImageDraw.Draw(image)
    for x in XS:
        draw.line((2 * x, 2 * YS[0], 2 * x, 2 * YS[-1]), fill=110)
    for y in YS:
        draw.line((2 * XS[0], 2 * y, 2 * XS[-1], 2 * y), fill=110)
    (grid,) = find_grids(image, 200)
    assert grid.xs == pytest.approx([2 * x for x in XS], abs=5)
    assert grid.ys == pytest.approx([2 * y for y in YS], abs=5)


def test_a_grey_photograph_of_text_has_no_rules() -> None:
    rules_off = page(width=1).crop((0, 540, SIZE[0], SIZE[1]))
    assert find_grids(Image.blend(Image.new("L", rules_off.size, 120), rules_off, 0.5), 100) == ()


@pytest.mark.parametrize("lean", [-0.006, 0.003, 0.006])
def test_rules_of_a_page_that_hardly_leans(lean: float) -> None:
    (grid,) = find_grids(page(-math.degrees(math.atan(lean))), 100)
    assert (len(grid.xs), len(grid.ys)) == (4, 4)


def test_rules_on_a_shaded_photograph() -> None:
    shade = np.linspace(0.55, 0.95, SIZE[0])[None, :]
    (grid,) = find_grids(Image.fromarray((np.asarray(page()) * shade).astype(np.uint8)), 100)
    assert (len(grid.xs), len(grid.ys)) == (4, 4)


@pytest.mark.parametrize("ink", [110, 185, 205])
def test_rules_of_a_faint_print(ink: int) -> None:
    faint = page(width=1).point(lambda grey: 242 - (255 - grey) * (242 - ink) // 255)
    (grid,) = find_grids(faint, 100)
    assert grid.xs == pytest.approx(XS, abs=3)
    assert grid.ys == pytest.approx(YS, abs=3)
    assert layout.without_rules(np.asarray(faint), 100, (grid,))[205:495, 105:695].min() > 230


def test_rules_are_taken_off_and_what_stands_in_the_cells_stays() -> None:
    ruled, plain = page(), Image.new("L", SIZE, 255)
    for image in (ruled, plain):
        ImageDraw.Draw(image).text((200, 220), "Phòng Nội vụ", fill=0)
    found = layout.without_rules(np.asarray(ruled), 100, find_grids(ruled, 100))
    inside = np.s_[190:510, 90:710]
    assert np.array_equal(found[inside], np.asarray(plain)[inside])
    assert np.array_equal(found[520:], np.asarray(ruled)[520:])


def test_a_page_without_tables_stays_the_very_same() -> None:
    plain = np.asarray(page())
    assert layout.without_rules(plain, 100, ()) is plain


def test_scale_is_that_of_the_image() -> None:
    big = page(width=3).resize((SIZE[0] * 3, SIZE[1] * 3))
    (grid,) = find_grids(big, 300)
    assert grid.xs == pytest.approx([3 * x for x in XS], abs=9)


@pytest.mark.parametrize(("top", "bottom", "ys"), [(200, 560, (*YS, 560)), (140, 500, (140, *YS)), (190, 510, YS)])
def test_a_row_that_goes_on_over_the_page_has_no_rule_there(top: int, bottom: int, ys: tuple[int, ...]) -> None:
    image = page()
    draw = ImageDraw.Draw(image)
    for x in XS:
        draw.line((x, top, x, bottom), fill=0, width=2)
    (grid,) = find_grids(image, 100)
    assert grid.ys == pytest.approx(ys, abs=3)


@pytest.mark.parametrize(("columns", "found"), [(XS, 1), (XS[:3], 0)])
def test_the_end_of_a_row_above_its_only_level_rule(columns: tuple[int, ...], found: int) -> None:
    image = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(image)
    draw.line((columns[0], 180, columns[-1], 180), fill=0, width=2)
    for x in columns:
        draw.line((x, 100, x, 180), fill=0, width=2)
    assert len(find_grids(image, 100)) == found


def test_a_frame_and_a_line_are_no_table() -> None:
    image = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle((100, 100, 300, 160), outline=0, width=3)
    draw.line((100, 400, 600, 400), fill=0, width=2)
    assert find_grids(image, 100) == ()


@pytest.mark.parametrize(("columns", "found"), [(XS, 1), (XS[:3], 0)])
def test_one_row_is_a_table_where_it_has_three_columns(columns: tuple[int, ...], found: int) -> None:
    image = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(image)
    for left, right in pairwise(columns):  # the last row of a table, alone on its page
        draw.rectangle((left, 100, right, 150), outline=0, width=2)
    assert len(find_grids(image, 100)) == found


def test_the_edge_of_a_stamp_is_no_column() -> None:
    image = page()
    ImageDraw.Draw(image).line((550, 300, 550, 345), fill=0, width=2)  # shorter than the row is high
    (grid,) = find_grids(image, 100)
    assert len(grid.xs) == len(XS)


def test_strokes_inside_a_stamp_are_no_table() -> None:
    image = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(image)
    for k in (0, 60, 120):
        draw.line((300 + k, 300, 300 + k, 420), fill=0, width=2)
        draw.line((300, 300 + k, 420, 300 + k), fill=0, width=2)
    assert find_grids(image, 100) == ()


def test_blank_and_tiny_images() -> None:
    assert find_grids(Image.new("L", SIZE, 255), 100) == ()
    assert find_grids(Image.new("L", (5, 5), 0), 100) == ()


def test_cells() -> None:
    grid = Grid((0, 10, 30), (0, 20, 40))
    assert grid.cell(5, 5) == (0, 0)
    assert grid.cell(10, 39) == (1, 1)
    assert grid.cell(30, 40) == (1, 1)
    assert grid.holds(30, 40)
    assert not grid.holds(31, 40)


def merged(gap: int) -> Image.Image:
    """A table whose row 1 has no rule between columns 1 and 2, or one with a gap of some pixels."""
    image = page()
    draw = ImageDraw.Draw(image)
    middle = (YS[1] + YS[2]) // 2
    draw.line((XS[2], middle - gap // 2, XS[2], middle + gap // 2), fill=255, width=4)
    return image


@pytest.mark.parametrize(("gap", "open_"), [(136, {(1, 1)}), (20, set()), (0, set())])
def test_a_rule_that_stops_opens_a_row(gap: int, open_: set[tuple[int, int]]) -> None:
    (grid,) = find_grids(merged(gap), 100)
    assert grid.open == open_


@pytest.mark.parametrize(
    ("second", "texts"),
    [
        ((402, 250, 460, 270), [("I. Công tác chỉ đạo", (0, 0, 0))]),  # the print runs on
        ((480, 250, 560, 270), [("I. Công tác", (0, 0, 0)), ("chỉ đạo", (0, 0, 1))]),  # a scan lost the rule
    ],
)
def test_print_that_runs_on_over_an_open_place_is_one_cell(
    second: tuple[int, int, int, int], texts: list[tuple[str, tuple[int, int, int]]]
) -> None:
    grid = Grid((100, 400, 700), (200, 300, 400), frozenset({(0, 0)}))
    left, right = Word("I. Công tác", 0, None, (300, 250, 395, 270)), Word("chỉ đạo", 0, None, second)
    assert [(line.text, line.cell) for line in arrange([[left, right]], 827, 1169, [grid])] == texts
    closed = arrange([[left, right]], 827, 1169, [Grid(grid.xs, grid.ys)])
    assert [line.cell for line in closed] == [(0, 0, 0), (0, 0, 1)]


@pytest.mark.parametrize(("gap", "tall"), [(296, {(1, 2)}), (40, set()), (0, set())])
def test_a_level_rule_that_stops_makes_a_tall_cell(gap: int, tall: set[tuple[int, int]]) -> None:
    image = page()
    middle = (XS[2] + XS[3]) // 2
    ImageDraw.Draw(image).line((middle - gap // 2, YS[2], middle + gap // 2, YS[2]), fill=255, width=4)
    (grid,) = find_grids(image, 100)
    assert grid.tall == tall
    assert grid.scaled(2).tall == tall


TALL = Grid((100, 400, 700), (200, 300, 400, 500), frozenset(), frozenset({(0, 0), (1, 0)}))


@pytest.mark.parametrize(
    ("places", "cells"),
    [
        ([(340, "1.")], {"1.": (0, 0, 0)}),  # in the middle of three rows
        ([(440, "1.")], {"1.": (0, 0, 0)}),
        ([(285, "Sở"), (310, "Y tế")], {"Sở": (0, 0, 0), "Y tế": (0, 0, 0)}),  # the print goes on
        ([(210, "1."), (310, "2.")], {"1.": (0, 0, 0), "2.": (0, 1, 0)}),  # a scan lost the rule
        ([(240, "Sở"), (264, "Y tế"), (288, "và"), (312, "xã")], dict.fromkeys(("Sở", "Y tế", "và", "xã"), (0, 0, 0))),
        (  # and the space of that rule is wider than that of lines
            [(238, "Sở"), (264, "Y tế"), (302, "xã"), (328, "Huệ")],
            {"Sở": (0, 0, 0), "Y tế": (0, 0, 0), "xã": (0, 1, 0), "Huệ": (0, 1, 0)},
        ),
    ],
)
def test_a_tall_cell_stands_in_its_first_row(
    places: list[tuple[int, str]], cells: dict[str, tuple[int, int, int]]
) -> None:
    own = [[Word(text, 0, None, (120, y, 150, y + 20))] for y, text in places]
    beside = [[Word(f"dòng{row}", 0, None, (450, 240 + 100 * row, 500, 260 + 100 * row))] for row in range(3)]
    found = {line.text: line.cell for line in arrange([*own, *beside], 827, 1169, [TALL])}
    assert found == cells | {f"dòng{row}": (0, row, 1) for row in range(3)}


def test_a_box_that_reaches_over_the_next_word_parts_no_line_of_a_cell() -> None:
    boxes = {
        "Toan": (410, 262, 470, 290),
        "(Tổng": (475, 258, 620, 295),
        "Chủ": (560, 255, 600, 298),
        "biên": (610, 262, 670, 290),
    }
    words = [Word(text, 0, 0.9, bbox) for text, bbox in boxes.items()]
    (line,) = arrange([words], 827, 1169, [Grid(XS, YS)])
    assert (line.text, [word.bbox for word in line.words]) == ("Toan (Tổng Chủ biên", list(boxes.values()))
