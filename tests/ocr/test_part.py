from PIL import Image

from pipeline.model import Word
from pipeline.ocr.part import read_part


def test_boxes_are_those_of_the_page_and_the_rest_of_it_is_not_seen() -> None:
    page = Image.new("L", (300, 200), 0)
    sizes: list[tuple[int, int]] = []

    def read(picture: Image.Image) -> list[list[Word]]:
        sizes.append(picture.size)
        return [[Word("Lưu", 0, 0.9, (10, 10, 30, 40))]]

    assert read_part(page, (100, 50, 900, 120), 10, read)[0][0].bbox == (100, 50, 120, 80)
    assert read_part(page, (-20, -20, 60, 60), 10, read)[0][0].bbox == (0, 0, 20, 30)
    assert sizes == [(220, 90), (80, 80)]
