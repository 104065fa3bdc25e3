from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.scan.clean import STEPS, cleaned
from pipeline.scan.folds import without_folds
from pipeline.scan.ink import lifted
from pipeline.scan.light import evened, without_edges
from pipeline.scan.sheet import sheet_corners, straight_on
from pipeline.scan.specks import without_specks
from pipeline.scan.streaks import without_streaks

DPI = 200
Picture = NDArray[np.uint8]
RED, BLUE = (200, 30, 40), (40, 50, 190)


def printed(shade: int = 245) -> Picture:
    """A page of lines of print, 200 dpi."""
    page = np.full((1100, 800), shade, np.uint8)
    for y in range(120, 1000, 50):
        cv2.putText(page, "Ke hoach trien khai nhiem vu", (130, y), cv2.FONT_HERSHEY_COMPLEX, 1.0, 10, 2)
    return page


def coloured(page: Picture) -> Picture:
    return np.repeat(page[:, :, None], 3, axis=2)


def ink(page: Picture) -> int:
    return int((page < 150).sum())


@pytest.mark.parametrize("step", STEPS)
def test_a_clean_page_stays_the_very_same(step: Callable[[Picture, int], Picture]) -> None:
    page = printed()
    assert step(page, DPI) is page


@pytest.mark.parametrize("colour", [RED, BLUE])
def test_a_seal_is_lifted_and_the_print_below_it_stays(colour: tuple[int, int, int]) -> None:
    page = coloured(printed())
    layer = np.full_like(page, 255)
    cv2.circle(layer, (400, 500), 130, colour, 7)
    cv2.putText(layer, "UBND", (350, 520), cv2.FONT_HERSHEY_COMPLEX, 1.2, colour, 3)
    grey = lifted(np.minimum(page, layer), DPI)
    assert abs(ink(grey) - ink(printed())) < 0.05 * ink(printed())


def test_a_name_stamped_in_red_is_kept_while_the_seal_over_it_goes() -> None:
    page = np.full((1100, 800, 3), 250, np.uint8)
    cv2.circle(page, (400, 400), 130, RED, 7)
    alone = page.copy()
    cv2.putText(page, "Le Hoang Anh", (300, 620), cv2.FONT_HERSHEY_COMPLEX, 1.0, RED, 3)
    assert ink(lifted(alone, DPI)) == 0
    assert ink(lifted(page, DPI)) > 1500


def test_a_signature_in_blue_goes() -> None:
    page = np.full((1100, 800, 3), 250, np.uint8)
    points = np.array([(200 + 4 * t, round(400 + 90 * np.sin(t / 7))) for t in range(100)], np.int32)
    cv2.polylines(page, [points], False, BLUE, 3)
    assert ink(lifted(page, DPI)) < 50


def test_a_streak_goes_and_what_crosses_it_stays() -> None:
    page = printed()
    streaked = page.copy()
    streaked[50:1050, 403:406] = 20
    found = without_streaks(streaked, DPI)
    assert int((found[:, 403:406] < 150).sum()) < 0.5 * ink(streaked[:, 403:406])
    assert np.array_equal(found[:, :400], page[:, :400])


def test_the_stem_of_a_letter_beside_a_streak_stays() -> None:
    page = printed()
    page[50:1050, 403:406] = 20
    page[300:318, 405:408] = 20
    found = without_streaks(page, DPI)
    assert int(found[300:318, 405:408].max()) == 20
    assert int(found[280:298, 402:407].min()) == 255


@pytest.mark.parametrize(("height", "kept"), [(14, True), (3, False)])
def test_the_stem_of_a_letter_under_a_streak_stays(height: int, kept: bool) -> None:
    """It makes the streak a pixel thicker; a speck does so for a few rows only."""
    page = printed()
    page[50:1050, 403:406] = 20
    page[282 : 282 + height, 402:406] = 20
    found = without_streaks(page, DPI)
    assert (int(found[282 : 282 + height, 402:406].max()) == 20) is kept
    assert int(found[278:281, 402:407].min()) == 255


def test_the_rules_of_a_table_stay() -> None:
    page = printed()
    for x in (60, 300, 740):
        page[80:1000, x : x + 3] = 20
    for y in (80, 300, 997):
        page[y : y + 3, 60:743] = 20
    assert without_streaks(page, DPI) is page


def test_the_rules_of_a_table_stay_on_a_page_that_leans() -> None:
    page = printed()
    for x in (60, 300, 740):
        page[80:900, x : x + 2] = 20
    for y in (80, 300, 897):
        page[y : y + 2, 60:743] = 20
    lean = np.array([[1, 0, 0], [0.03, 1, 0]], np.float32)
    leaning = np.asarray(cv2.warpAffine(page, lean, (800, 1100), borderValue=(255,)), np.uint8)
    assert without_streaks(leaning, DPI) is leaning


def folded(page: Picture, row: int, fall: int = 0, begin: int = 0) -> Picture:
    """The page with a broken line from edge to edge."""
    page = page.copy()
    for x in range(begin, 800):
        if x % 40 < 30:
            y = row + round(fall * x / 800)
            page[y : y + 2, x] = 20
    return page


@pytest.mark.parametrize("fall", [0, 6])
def test_the_line_of_a_fold_goes_and_strokes_that_cross_it_stay(fall: int) -> None:
    page = printed()
    page[580:620, 300:304] = 10
    found = without_folds(folded(page, 595, fall), DPI)
    assert ink(found[:, :100]) == ink(found[:, 700:]) == 0
    assert ink(found[580:620, 300:304]) == 4 * 40
    assert np.array_equal(found[:580], page[:580])
    assert ink(found) > 0.99 * ink(page)


def test_a_letter_is_folded_twice() -> None:
    page = printed()
    found = without_folds(folded(folded(page, 345), 745), DPI)
    assert ink(found[:, :100]) == 0
    assert ink(found) > 0.98 * ink(page)


def test_what_is_no_fold_stays() -> None:
    page = printed()
    ruled = folded(folded(page, 300), 595)
    ruled[300:597, 30:32] = ruled[300:597, 770:772] = 20
    rule = folded(page, 595, begin=100)
    edge = folded(page, 20)
    words = page.copy()
    cv2.putText(words, "Ke hoach trien khai nhiem vu cap tinh", (2, 620), cv2.FONT_HERSHEY_COMPLEX, 1.2, 10, 2)
    for other in (page, ruled, rule, edge, words):
        assert without_folds(other, DPI) is other


def test_mild_shade_is_left_to_the_engine() -> None:
    page = (printed() * np.linspace(0.85, 1.0, 800)[None, :]).astype(np.uint8)
    assert evened(page, DPI) is page


def test_many_specks_go_few_stay() -> None:
    page = printed()
    rng = np.random.default_rng(3)
    dirty = page.copy()
    dirty[rng.random(page.shape) < 0.0008] = 0
    assert np.count_nonzero(without_specks(dirty, DPI) < 150) - ink(page) < 0.2 * (ink(dirty) - ink(page))
    few = page.copy()
    few[rng.random(page.shape) < 0.00002] = 0
    assert without_specks(few, DPI) is few


def test_uneven_light_is_evened() -> None:
    shade = np.linspace(0.6, 1.0, 800)[None, :]
    found = evened((printed() * shade).astype(np.uint8), DPI)
    paper = found[30:60]
    assert int(paper.max()) - int(paper.min()) < 15
    assert abs(ink(found) - ink(printed())) < 0.1 * ink(printed())


def test_borders_and_punch_holes_go() -> None:
    page = printed()
    dirty = page.copy()
    dirty[:, :45] = 15
    for y in (300, 700):
        cv2.circle(dirty, (75, y), 24, 0, -1)
    found = without_edges(dirty, DPI)
    assert ink(found) == ink(page)


def test_a_photographed_sheet_is_seen_straight_on() -> None:
    corners = np.array([(90, 60), (800, 100), (830, 1130), (60, 1080)], np.float32)
    page = printed()
    height, width = page.shape
    goal = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    photo = np.asarray(
        cv2.warpPerspective(page, cv2.getPerspectiveTransform(goal, corners), (900, 1200), borderValue=(70,)), np.uint8
    )
    found = sheet_corners(photo)
    assert found is not None
    assert np.abs(found - corners).max() < 8
    flat = straight_on(photo)
    assert abs(flat.shape[0] / flat.shape[1] - height / width) < 0.1
    assert ink(flat[40:-40, 40:-40]) < 1.4 * ink(page)
    assert straight_on(page) is page


@pytest.mark.parametrize("size", [(1, 40000), (40000, 1), (1, 1)])
def test_a_line_of_pixels_shows_no_sheet(size: tuple[int, int]) -> None:
    picture = np.full(size, 255, np.uint8)
    assert straight_on(picture) is picture


def test_cleaned_keeps_the_page_where_nothing_is_to_do() -> None:
    page = printed()
    assert cleaned(page, DPI) is page
    tiny = np.full((2, 3), 255, np.uint8)
    assert cleaned(tiny, DPI) is tiny
