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


WARD = [
    "Trưởng khóm 3 phối hợp với Ban Công tác Mặt trận khóm tổ chức họp dân.",
    "Tuyên truyền trên loa truyền thanh của khóm, ấp trên địa bàn phường.",
    "Ban nhân dân khóm vận động Nhân dân tham gia.",
]
POWER = ["Đại diện thường trực điện lực."] * 5
SCHOOL = ["Bảo đảm an ninh trật tự."] * 5 + ["Kế hoạch của trường về dạy và học trong năm mới."] * 40


@pytest.mark.parametrize(
    ("others", "told", "read", "expected"),
    [
        (WARD, {}, "Ban nhân dân khóm 1, các khóm 02 và khóm 3.", "khóm 3."),
        (WARD, {"khóm": (0.9, {})}, "Diệt lăng quăng mỗi khóm từ 05 đến 07 người.", "mỗi khóm từ"),
        # a word that only changes its marks is none of this, nor what the engine itself offers
        (["Danh sách đính kèm."] * 5, {}, "Điều 2. Quyết đính này có hiệu lực.", "Quyết định này"),
        (POWER, {"điện": (0.6, {"hiện": 0.9})}, "Tổ chức thực điện kế hoạch.", "thực hiện"),
        # a word as frequent as in any text is not the document's own
        (SCHOOL, {"an": (0.6, {})}, "Thường trực Ủy an nhân dân tỉnh họp.", "Ủy ban nhân dân"),
    ],
)  # fmt: skip
def test_a_word_that_the_document_holds_often_keeps_its_letters(
    others: list[str], told: Told, read: str, expected: str
) -> None:
    pages, corrections = restore([document(*others, read, told=told)], Options(noise="vie"))
    assert expected in pages[0].lines[-1].text
    if expected in read:
        assert not [c for c in corrections if c.rule == "noise-channel"]


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("Cơ quan được g1ao nhiệm vụ tổng hợp.", "Cơ quan được giao nhiệm vụ tổng hợp."),
        ("Đôn đốc v1ệc thực h1ện kế hoạch.", "Đôn đốc việc thực hiện kế hoạch."),
        ("Phòng, chống cúm h1n1, A/H5N1.", "Phòng, chống cúm h1n1, A/H5N1."),
        ("Chuẩn ieee802, máy b0t, tầng g1, mã x1y.", "Chuẩn ieee802, máy b0t, tầng g1, mã x1y."),
    ],
)
def test_figures_between_the_letters_of_a_syllable(read: str, expected: str) -> None:
    pages, _ = restore([document(read, told={})], Options(noise="vie"))
    assert pages[0].lines[-1].text == expected


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("SỞ VĂN HÓA, THỂ THAO VÀDU LỊCH", "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"),
        ("SỞ VĂN HÓA VÀTHỂ THAO", "SỞ VĂN HÓA VÀ THỂ THAO"),
        ("các quy định khác liên quan để tôTổ chức thực hiện", "các quy định khác liên quan để tổ chức thực hiện"),
        ("thực hiệnn nhiệm vụ được giao", "thực hiện nhiệm vụ được giao"),
    ],
)
def test_no_syllable_is_dropped(read: str, expected: str) -> None:
    pages, _ = restore([document(read, told={})], Options(noise="vie"))
    assert pages[0].lines[-1].text == expected
