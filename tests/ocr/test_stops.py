from __future__ import annotations

import numpy as np
import pytest

from pipeline.model import Word
from pipeline.ocr.stops import without_false_stops

HEIGHT, STOP = 30, 6
Said = tuple[str, float, int]
"""A word, how sure the engine is of it, and the side of the stop that is drawn at its end."""


def read(*said: Said) -> str:
    """The text of a line between six lines that end in usual stops."""
    page = np.full((400, 400), 250, np.uint8)
    lines: list[list[Word]] = []
    for n, row in enumerate([[("luật.", 0.96, STOP)]] * 6 + [list(said)]):
        lines.append([])
        for k, (text, sure, side) in enumerate(row):
            left, top = 20 + 100 * k, 20 + 50 * n
            page[top : top + HEIGHT, left : left + 60] = 20
            page[top + HEIGHT - side : top + HEIGHT, left + 70 : left + 70 + side] = 20
            lines[-1].append(Word(text, 0, sure, (left, top, left + 70 + side, top + HEIGHT)))
    return " ".join(word.text for word in without_false_stops(lines, page)[-1])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([("bộ.", 0.96, 3), ("mã", 0.96, 0)], "bộ mã"),  # a speck
        ([("hiện.", 0.57, STOP), ("bằng", 0.9, 0)], "hiện bằng"),  # doubted
        ([("nhân.", 0.93, STOP), ("sản", 0.96, 0)], "nhân. sản"),  # a typist's
        ([("bộ.", 0.57, 3), ("Mã", 0.96, 0)], "bộ. Mã"),
        ([("bộ.", 0.57, 3)], "bộ."),
        ([("tr.", 0.57, 3), ("đồng", 0.96, 0)], "tr. đồng"),
        ([("2.", 0.57, 3), ("tài", 0.96, 0)], "2. tài"),
        ([("v.v.", 0.57, 3), ("của", 0.96, 0)], "v.v. của"),
        ([("S.", 0.57, 3), ("lượng", 0.96, 0)], "S. lượng"),
        ([("bộ.", 0.57, 3), ("a)", 0.96, 0)], "bộ. a)"),
    ],
)
def test_stops_before_small_letters(said: list[Said], expected: str) -> None:
    assert read(*said) == expected


def test_a_page_of_few_stops_tells_not_what_they_are_like() -> None:
    page = np.full((100, 400), 250, np.uint8)
    words = [Word("bộ.", 0, 0.96, (20, 20, 93, 50)), Word("mã", 0, 0.96, (120, 20, 180, 50))]
    assert without_false_stops([words], page) == [words]
    assert without_false_stops([], page) == []
