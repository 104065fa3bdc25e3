from __future__ import annotations

import pytest

from pipeline.model import Line, Page, Word
from pipeline.options import Options
from pipeline.restore import restore

Told = dict[str, tuple[float, dict[str, float]]]
OTHERS = ["Bà Hoa, giáo viên."] * 4


def document(*texts: str, told: Told) -> Page:
    """Lines whose words are sure but for those that are told of: confidence, and odds of alternatives."""
    lines = []
    for number, text in enumerate(texts, 1):
        words, start = [], 0
        for word in text.split():
            confidence, others = told.get(word.strip(".,;"), (0.97, {}))
            words.append(Word(word, start, confidence, None, tuple(others), tuple(others.values())))
            start += len(word) + 1
        lines.append(Line(number, text, tuple(words)))
    return Page(1, "scan", tuple(lines))


@pytest.mark.parametrize(
    ("elsewhere", "doubt", "read", "expected"),
    [
        (
            "Ông Nguyễn Áng, Vũ Văn Hùng.",
            {"Ảng": (0.8, {"Áng": 0.3})},
            "Tổ trưởng Nguyễn Ảng, Vũ Văn Hùng.",
            "Tổ trưởng Nguyễn Áng, Vũ Văn Hùng.",
        ),
        (
            "Ông Đào Ngọc Lộc, giáo viên.",
            {"Đảo": (0.8, {"Đào": 0.3})},
            "Chủ biên Đảo Ngọc Lộc, Bùi Lan.",
            "Chủ biên Đào Ngọc Lộc, Bùi Lan.",
        ),
        (
            "Gửi qua Cổng Tiếp nhận dữ liệu.",
            {"Công": (0.8, {"Cổng": 0.2})},
            "Gửi về Công Tiếp nhận dữ liệu.",
            "Gửi về Cổng Tiếp nhận dữ liệu.",
        ),
    ],
)
def test_what_the_document_says_elsewhere_decides(elsewhere: str, doubt: Told, read: str, expected: str) -> None:
    pages, _ = restore([document(*[elsewhere] * 4, read, told=doubt)], Options(noise="vie"))
    assert pages[0].lines[-1].text == expected
    pages, _ = restore([document(*OTHERS, read, told=doubt)], Options(noise="vie"))
    assert pages[0].lines[-1].text == read


@pytest.mark.parametrize(("printed", "bare"), [("Quế", "Quê"), ("Áng", "Ang"), ("Tố", "Tô")])
def test_no_mark_is_lost_because_the_document_lost_it_elsewhere(printed: str, bare: str) -> None:
    others = [f"Ông Nguyễn {bare} Oanh họp tại xã."] * 5
    read = f"Ông Nguyễn {printed} Oanh họp tại xã."
    pages, _ = restore([document(*others, read, told={printed: (0.75, {bare: 0.6})})], Options(noise="vie"))
    assert pages[0].lines[-1].text == read
