from __future__ import annotations

import pytest

from pipeline.corrections import apply
from pipeline.model import Line, Page, Word
from pipeline.options import Options
from pipeline.restore import restore
from pipeline.restore.evidence import DOUBT, evidence
from pipeline.restore.tokens import Atom


def read(text: str, **told: tuple[float, dict[str, float]]) -> Page:
    """A line whose words are sure but for those that are told of: confidence, and odds of alternatives."""
    words, start = [], 0
    for word in text.split():
        confidence, others = told.get(word.strip(".,;"), (0.97, {}))
        words.append(Word(word, start, confidence, None, tuple(others), tuple(others.values())))
        start += len(word) + 1
    return Page(1, "scan", (Line(1, text, tuple(words)),))


@pytest.mark.parametrize(
    ("text", "word", "confidence", "others", "expected"),
    [
        ("Kinh phí hỗ trợ cho các lớp học.", "hỗ", 0.7, {"hồ": 0.4}, "Kinh phí hỗ trợ cho các lớp học."),
        ("Ông Trần Văn Bính, trưởng thôn.", "Bính", 0.95, {"Bình": 0.05}, "Ông Trần Văn Bính, trưởng thôn."),
        ("Đã đối mới công tác cán bộ.", "đối", 0.8, {"đổi": 0.8}, "Đã đổi mới công tác cán bộ."),
        ("Mua 12 chiếc bản ghế học sinh.", "bản", 0.8, {"bàn": 0.6}, "Mua 12 chiếc bàn ghế học sinh."),
        ("Gửi về Công Thông tin.", "Công", 0.8, {"Cổng": 0.3}, "Gửi về Cổng Thông tin."),
        ("Bà Hiền Lương và ông Quê Hương.", "Quê", 0.8, {"Quế": 0.2}, "Bà Hiền Lương và ông Quê Hương."),
    ],
)  # fmt: skip
def test_an_alternative_is_taken_where_the_context_agrees(
    text: str, word: str, confidence: float, others: dict[str, float], expected: str
) -> None:
    pages, corrections = restore([read(text, **{word: (confidence, others)})], Options(noise="vie"))
    assert pages[0].lines[0].text == expected
    assert apply([text], corrections) == [expected]


def test_figures_are_never_taken_from_alternatives() -> None:
    page = read("Có 17 xã đạt chuẩn năm 2025.", **{"17": (0.3, {"11": 0.9}), "2025": (0.3, {"2026": 0.9})})
    pages, corrections = restore([page], Options(noise="vie"))
    assert pages[0].lines[0].text == page.lines[0].text
    assert not corrections


def test_what_an_engine_says_of_a_word_with_marks_around_it() -> None:
    words = [Word("“đối,", 0, 0.5, None, ("“đổi,", "“đôi.", "x"), (0.5, 0.4, 0.3))]
    found = evidence(Atom("word", "đối", 1), words)
    assert found is not None
    assert [text for text, _ in found.alternatives] == ["đổi"]
    assert found.misread == DOUBT[0][1]


@pytest.mark.parametrize("confidence", [None, 0.0, 0.86, 0.96, 1.0])
def test_sure_words_cost_more_to_change(confidence: float | None) -> None:
    found = evidence(Atom("word", "đối", 0), [Word("đối", 0, confidence)])
    if confidence is None:
        assert found is None
    else:
        assert found is not None
        assert DOUBT[-1][1] <= found.misread <= DOUBT[0][1]


def test_a_word_of_which_nothing_is_known() -> None:
    assert evidence(Atom("word", "đối", 0), []) is None
