import pytest
from PIL import Image, ImageDraw

from pipeline.model import Bbox, Word
from pipeline.ocr.pagenumber import with_page_number

SIZE = (1654, 2339)
BODY = [
    [Word(f"từ{n}", 0, 0.9, (200 + 100 * n, y, 280 + 100 * n, y + 34)) for n in range(12)] for y in range(300, 2000, 60)
]


def sheet(*spots: Bbox) -> Image.Image:
    image = Image.new("L", SIZE, 255)
    for spot in spots:
        ImageDraw.Draw(image).rectangle(spot, fill=0)
    return image


def found(image: Image.Image, lines: list[list[Word]], number: str = "2") -> list[tuple[str, float | None]]:
    out = with_page_number(lines, image, 2, lambda place: number)
    return [(line[0].text, line[0].confidence) for line in out if line not in BODY]


@pytest.mark.parametrize("spot", [(820, 120, 834, 146), (815, 2220, 845, 2246)])
def test_dropped_number_is_found(spot: Bbox) -> None:
    assert found(sheet(spot), BODY) == [("2", 0.95)]


def test_other_number_than_the_files_is_less_sure() -> None:
    assert found(sheet((820, 120, 834, 146)), BODY, "17") == [("17", 0.5)]


@pytest.mark.parametrize(
    "spot",
    [(400, 120, 414, 146), (820, 120, 822, 122), (720, 120, 900, 146), (820, 120, 834, 240), (820, 1000, 834, 1026)],
)
def test_other_ink_is_no_number(spot: Bbox) -> None:
    assert found(sheet(spot), BODY) == []


def test_letters_are_no_number() -> None:
    assert found(sheet((820, 120, 834, 146)), BODY, "") == []


def test_misread_number_is_replaced() -> None:
    misread = [Word("&)", 0, 0.1, (820, 120, 834, 146))]
    assert found(sheet((820, 120, 834, 146)), [misread, *BODY]) == [("2", 0.95)]
    assert found(sheet((820, 120, 834, 146)), [misread, *BODY], "") == [("&)", 0.1)]


def test_a_word_in_the_middle_of_the_margin_must_be_surer() -> None:
    in_the_middle, beside = (820, 120, 834, 146), (420, 120, 434, 146)
    assert found(sheet(in_the_middle), [[Word("Bộ", 0, 0.6, in_the_middle)], *BODY]) == [("2", 0.95)]
    assert found(sheet(in_the_middle), [[Word("Bộ", 0, 0.9, in_the_middle)], *BODY]) == [("Bộ", 0.9)]
    assert found(sheet(in_the_middle), [[Word("2", 0, 0.6, in_the_middle)], *BODY], "3") == [("2", 0.6)]
    assert ("Bộ", 0.6) in found(sheet(beside), [[Word("Bộ", 0, 0.6, beside)], *BODY])


@pytest.mark.parametrize(("ink", "expected"), [(120, [("2", 0.95)]), (170, [("2", 0.95)]), (200, [])])
def test_a_faint_number(ink: int, expected: list[tuple[str, float]]) -> None:
    image = Image.new("L", SIZE, 240)
    ImageDraw.Draw(image).rectangle((820, 120, 834, 146), fill=ink)
    assert found(image, BODY) == expected


def test_a_number_with_a_letter_is_read_again() -> None:
    misread = [Word("2A", 0, 0.75, (820, 120, 834, 146))]
    assert found(sheet((820, 120, 834, 146)), [misread, *BODY]) == [("2", 0.95)]
    assert found(sheet((820, 120, 834, 146)), [misread, *BODY], "") == [("2A", 0.75)]


def test_a_speck_beside_the_number_does_no_harm() -> None:
    assert found(sheet((820, 120, 834, 146), (930, 130, 932, 132)), BODY) == [("2", 0.95)]


def test_number_that_was_read_stays() -> None:
    read = [Word("3", 0, 0.9, (820, 120, 834, 146))]
    assert found(sheet((820, 120, 834, 146)), [read, *BODY]) == [("3", 0.9)]


def test_empty_page() -> None:
    assert with_page_number([], sheet(), 2, lambda place: "1") == []
