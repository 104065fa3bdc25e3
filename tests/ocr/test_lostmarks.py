from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from pipeline.model import Bbox, Word
from pipeline.ocr.lostmarks import with_lost_marks
from pipeline.ocr.part import Lines

MARK = (150, 92, 156, 96)
"""Ink above the word, which touches nothing."""


def page(*ink: Bbox) -> Image.Image:
    grey = np.full((300, 600), 255, np.uint8)
    for x0, y0, x1, y1 in ((100, 101, 200, 127), *ink):
        grey[y0:y1, x0:x1] = 20
    return Image.fromarray(grey)


def reader(text: str, sure: float) -> Callable[[Image.Image], Lines]:
    """Finds a word where that of the page stands in the piece."""
    return lambda picture: [[Word(text, 0, sure, (30, 20, picture.width - 30, 48))]]


def first(text: str) -> Lines:
    return [[Word(text, 0, 0.96, (100, 100, 200, 128))]]


@pytest.mark.parametrize(
    ("read", "ink", "again", "sure", "expected"),
    [
        ("Nguyên", MARK, "Nguyễn", 0.93, "Nguyễn"),
        ("(đông", MARK, "(đồng", 0.96, "(đồng"),
        ("Nguyên", MARK, "Nguyễn", 0.5, "Nguyên"),  # not sure of it
        ("Nguyên", MARK, "Nguyen", 0.96, "Nguyên"),  # fewer marks
        ("Nguyên", MARK, "Nguyễm", 0.96, "Nguyên"),  # other letters
        ("Nguyên", (150, 85, 156, 96), "Nguyễn", 0.96, "Nguyên"),  # a letter of the line above reaches down
        ("Nguyên", (150, 92, 156, 101), "Nguyễn", 0.96, "Nguyên"),  # it touches the word, and so was seen
        ("Nguyên", (300, 92, 306, 96), "Nguyễn", 0.96, "Nguyên"),  # stands over nothing
        ("Trạn", MARK, "Trặn", 0.96, "Trạn"),  # has a tone already
        ("1/2025", MARK, "1/2025", 0.96, "1/2025"),
    ],
)
def test_a_mark_that_was_left_out_is_read(read: str, ink: Bbox, again: str, sure: float, expected: str) -> None:
    ((word,),) = with_lost_marks(first(read), page(ink), reader(again, sure))
    assert word.text == expected


def test_a_page_whose_marks_were_read_is_not_read_again() -> None:
    def fails(picture: Image.Image) -> Lines:
        raise AssertionError

    lines = first("Nguyễn")
    assert with_lost_marks(lines, page(MARK), fails) == lines
    assert with_lost_marks([], page(), fails) == []
