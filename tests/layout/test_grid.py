import pytest
from PIL import Image, ImageDraw

from pipeline.layout import Grid, find_grids

SIZE = (827, 1169)
XS, YS = (100, 160, 400, 700), (200, 260, 400, 500)


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
    (grid,) = find_grids(page(width=width), 100, 0.0)
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
    (grid,) = find_grids(image, 200, 0.0)
    assert grid.xs == pytest.approx([2 * x for x in XS], abs=5)
    assert grid.ys == pytest.approx([2 * y for y in YS], abs=5)


@pytest.mark.parametrize("lean", [-0.02, 0.01, 0.03])
def test_rules_of_a_leaning_page(lean: float) -> None:
    import math

    (grid,) = find_grids(page(-math.degrees(math.atan(lean))), 100, lean)
    assert (len(grid.xs), len(grid.ys)) == (4, 4)


def test_scale_is_that_of_the_image() -> None:
    big = page(width=3).resize((SIZE[0] * 3, SIZE[1] * 3))
    (grid,) = find_grids(big, 300, 0.0)
    assert grid.xs == pytest.approx([3 * x for x in XS], abs=9)


def test_a_frame_and_a_line_are_no_table() -> None:
    image = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle((100, 100, 300, 160), outline=0, width=3)
    draw.line((100, 400, 600, 400), fill=0, width=2)
    assert find_grids(image, 100, 0.0) == ()


def test_blank_and_tiny_images() -> None:
    assert find_grids(Image.new("L", SIZE, 255), 100, 0.0) == ()
    assert find_grids(Image.new("L", (5, 5), 0), 100, 0.0) == ()


def test_cells() -> None:
    grid = Grid((0, 10, 30), (0, 20, 40))
    assert grid.cell(5, 5) == (0, 0)
    assert grid.cell(10, 39) == (1, 1)
    assert grid.cell(30, 40) == (1, 1)
    assert grid.holds(30, 40)
    assert not grid.holds(31, 40)
