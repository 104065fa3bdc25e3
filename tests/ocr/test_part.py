from PIL import Image

from pipeline.model import Word
from pipeline.ocr.part import new, paper, read_part


def test_boxes_are_those_of_the_page_and_the_rest_of_it_is_not_seen() -> None:
    page = Image.new("L", (300, 200), 0)
    sizes: list[tuple[int, int]] = []

    def read(picture: Image.Image) -> list[list[Word]]:
        sizes.append(picture.size)
        return [[Word("Lưu", 0, 0.9, (10, 10, 30, 40))]]

    assert read_part(page, (100, 50, 900, 120), 10, read)[0][0].bbox == (100, 50, 120, 80)
    assert read_part(page, (-20, -20, 60, 60), 10, read)[0][0].bbox == (0, 0, 20, 30)
    assert sizes == [(220, 90), (80, 80)]


def test_nothing_is_read_outside_of_the_page() -> None:
    def never(picture: Image.Image) -> list[list[Word]]:
        raise AssertionError("read")

    assert read_part(Image.new("L", (300, 200), 0), (100, 220, 200, 260), 10, never) == []
    assert read_part(Image.new("L", (300, 200), 0), (310, 20, 400, 60), 10, never) == []


def test_the_border_is_as_dark_as_the_paper() -> None:
    """White around a shaded part of a photograph would be the only edge that an engine sees there."""
    page = Image.new("L", (300, 200), 140)
    page.paste(20, (110, 60, 130, 70))

    def read(picture: Image.Image) -> list[list[Word]]:
        assert {picture.getpixel((0, 0)), picture.getpixel((5, 80))} == {140}
        return []

    read_part(page, (100, 50, 200, 120), 10, read)
    assert paper(page) == 140


def test_words_that_reach_into_a_part_are_not_taken_twice() -> None:
    known = [[Word("Sở", 0, 0.9, (100, 100, 140, 130))]]
    again = [[Word("Sở", 0, 0.8, (102, 101, 141, 130)), Word("Y", 0, 0.8, (150, 100, 165, 130))]]
    assert new(again, known) == [[again[0][1]]]
    assert new([again[0][:1]], known) == []
