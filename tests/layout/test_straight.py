import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.layout import as_scanned, make_line, straightened
from pipeline.layout.straight import Lean, find_lean
from pipeline.model import Page, Word

Grey = NDArray[np.uint8]
DPI = 200
HEIGHT, WIDTH = 2200, 1600


def printed(first: int = 150, last: int = 2100) -> Grey:
    """A page of lines of print."""
    page = np.full((HEIGHT, WIDTH), 245, np.uint8)
    for n, y in enumerate(range(first, last, 60)):
        text = "Ke hoach trien khai nhiem vu cong tac " + "nam 2025" * (n % 3)
        cv2.putText(page, text, (180, y), cv2.FONT_HERSHEY_COMPLEX, 1.2, 20, 2)
    return page


def leaning(page: Grey, fall: float, spread: float) -> Grey:
    """The page as it would be scanned if its lines fell so: the other way round by fixed-point search."""
    lean = Lean(fall, spread, WIDTH, HEIGHT)
    xs, ys = np.meshgrid(np.arange(WIDTH, dtype=np.float64), np.arange(HEIGHT, dtype=np.float64))
    x, y = xs, ys
    for _ in range(6):  # where on the straight page is what stands here on the leaning one
        bx, by = lean.before(x, y)
        x, y = x + xs - bx, y + ys - by
    maps = x.astype(np.float32), y.astype(np.float32)
    return np.asarray(cv2.remap(page, *maps, cv2.INTER_LINEAR, borderValue=(245,)), np.uint8)


@pytest.mark.parametrize(
    ("fall", "spread"), [(0.0, 0.0), (0.012, 0.0), (-0.04, 0.0), (0.01, 0.03), (-0.02, -0.02), (0.0, 0.025)]
)
def test_the_lean_of_a_page_is_found(fall: float, spread: float) -> None:
    found = find_lean(leaning(printed(), fall, spread), DPI)
    assert found.fall == pytest.approx(fall, abs=0.0015)
    assert found.spread == pytest.approx(spread, abs=0.006)


@pytest.mark.parametrize("fall", [-0.015, 0.02])
def test_few_lines_are_enough(fall: float) -> None:
    assert find_lean(leaning(printed(last=500), fall, 0.0), DPI).fall == pytest.approx(fall, abs=0.004)


def test_specks_have_no_lean() -> None:
    rng = np.random.default_rng(1)
    page = np.where(rng.random((HEIGHT, WIDTH)) < 0.001, 0, 250).astype(np.uint8)
    assert find_lean(page, DPI)[:2] == (0.0, 0.0)
    assert find_lean(np.full((HEIGHT, WIDTH), 250, np.uint8), DPI)[:2] == (0.0, 0.0)


def test_the_lines_of_a_straightened_page_are_level() -> None:
    page = leaning(printed(), 0.015, 0.02)
    straight, lean = straightened(page, DPI)
    assert lean == pytest.approx((0.015, 0.02), abs=0.006)
    assert find_lean(straight, DPI)[:2] == pytest.approx((0.0, 0.0), abs=0.002)
    assert abs(int((straight < 128).sum()) - int((printed() < 128).sum())) < 0.1 * int((printed() < 128).sum())


@pytest.mark.parametrize("fall", [0.0, 0.004])
def test_a_page_that_hardly_leans_stays_the_very_same(fall: float) -> None:
    page = leaning(printed(), fall, 0.0)
    assert straightened(page, DPI)[0] is page


def test_boxes_go_back_to_where_the_print_stands_on_the_scan() -> None:
    straight = np.full((HEIGHT, WIDTH), 245, np.uint8)
    boxes = [(200, 300, 260, 330), (1300, 300, 1360, 330), (1300, 2000, 1360, 2030)]
    for x0, y0, x1, y1 in boxes:
        straight[y0:y1, x0:x1] = 0
    scan = leaning(straight, 0.02, 0.03)
    words = [Word(f"w{n}", 0, 0.9, bbox) for n, bbox in enumerate(boxes)]
    page = Page(1, "scan", (make_line(1, words),), WIDTH, HEIGHT, lean=(0.02, 0.03))
    back = as_scanned(page)
    assert back.lean == (0.0, 0.0)
    for word in back.lines[0].words:
        assert word.bbox is not None
        x0, y0, x1, y1 = word.bbox
        assert (scan[y0 + 4 : y1 - 4, x0 + 4 : x1 - 4] < 128).all()
        assert (scan[y0 - 9 : y0 - 4, x0:x1] > 128).all()
    assert as_scanned(back) is back


@pytest.mark.parametrize("size", [(1, 1), (3000, 1), (1, 3000), (150, 150)])
def test_what_is_smaller_than_an_inch_is_no_page(size: tuple[int, int]) -> None:
    page = np.full(size[::-1], 100, np.uint8)
    assert straightened(page, DPI) == (page, (0.0, 0.0))
