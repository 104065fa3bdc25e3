from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from pipeline.model import Word
from pipeline.ocr.quarters import with_quarters
from tests.ocr.drawing import with_serifs


def read(printed: str, said: str, before: str = "Quý") -> str:
    """What becomes of a word that the engine misread; an I is printed with serifs."""
    image, place = with_serifs(printed)
    above = [Word(text, 0, 0.9, (0, place[1], 20, place[3])) for text in before.split()]
    return with_quarters([above, [Word(said, 0, 0.5, place)]], image)[1][0].text


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("II/", "III"),
        ("I/", "II"),
        ("III/2026", "H1/2026"),
        ("III/2026", "11/2026"),
        ("I/2026", "U2026"),
        ("II/2026", "H//2026"),
        ("I/2026", "1/2026"),
        ("II/2026.", "III/2026."),
        ("I", "1"),
    ],
)
def test_strokes_before_a_slash_are_the_quarter(printed: str, said: str) -> None:
    assert read(printed, said) == printed
    assert read(printed, said, before="trong quý I, II,") == printed
    assert read(printed, said, before="trong Phụ lục") == said


@pytest.mark.parametrize(
    ("printed", "said"), [("1/2026", "1/2026"), ("1", "1"), ("IV/2026", "II/2026"), ("II/2026", "II/2026")]
)
def test_left_alone(printed: str, said: str) -> None:
    assert read(printed, said) == said


def test_a_foot_that_reaches_to_the_left_is_no_slash() -> None:
    """Of `II,` the serifs and the comma run together at the foot."""
    page = np.full((30, 24), 255, np.uint8)
    page[:, 2:5] = page[:, 12:15] = 0
    page[23:26, 6:15] = 0
    word = Word("II,", 0, 0.9, (0, 0, 24, 30))
    lines = with_quarters([[Word("Quý", 0, 0.9, (0, 0, 20, 20))], [word]], Image.fromarray(page))
    assert lines[1] == [word]
