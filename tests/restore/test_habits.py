from __future__ import annotations

import math

import pytest

from pipeline.model import Line, Page, Word
from pipeline.options import Options
from pipeline.restore import restore
from pipeline.restore.habits import change, learned, misread

ACUTE, HOOK, CIRCUMFLEX = "\u0301", "\u0309", "\u0302"


@pytest.mark.parametrize(
    ("read", "printed", "expected"),
    [
        ("kê", "kế", (("v", ACUTE + CIRCUMFLEX), ("v", CIRCUMFLEX))),
        ("KÉ", "KẾ", (("V", ACUTE + CIRCUMFLEX), ("V", ACUTE))),
        ("tô", "tổ", (("v", CIRCUMFLEX + HOOK), ("v", CIRCUMFLEX))),
        ("được", "dược", (("d", ""), ("d", "đ"))),
        ("kê", "kê", None),
        ("kê", "ke", (("v", ""), ("v", CIRCUMFLEX))),
        ("hàng", "hãnh", None),  # two letters
        ("thi", "th", None),
        ("tin", "tun", None),  # another vowel
        ("tim", "tin", None),
    ],
)
def test_one_letter_changes_its_marks(read: str, printed: str, expected: object) -> None:
    assert change(read, printed) == expected


def test_what_was_seen_once_is_no_habit() -> None:
    words = [("kế", "kế")] * 8 + [("tê", "tế"), ("tô", "tổ"), ("kê", "kế")]
    found = learned(words)
    assert list(found) == [change("kê", "kế")]
    assert found[("v", ACUTE + CIRCUMFLEX), ("v", CIRCUMFLEX)] == pytest.approx(math.log(1.5 / 10))


def test_a_habit_concerns_all_letters_that_bear_the_marks() -> None:
    found = learned([("kế", "kế"), ("kê", "kế"), ("tê", "tế")])
    known = {"đốc", "cấp", "câp", "đôc"}.__contains__
    assert list(misread("đôc", found, known)) == ["đốc"]
    assert list(misread("câp", found, known)) == ["cấp"]
    assert misread("đốc", found, known) == {}
    assert misread("ĐÔC", found, known) == {}  # capitals are printed otherwise
    assert misread("xôc", found, known) == {}  # no word comes of it


RARE = "Thanh tra trong thâm quyên (nêu có)."
PRINTED = "Thanh tra trong thẩm quyền (nếu có)."


def page(text: str) -> Page:
    """Lines of an engine that is sure of every word."""
    lines = []
    for number, line in enumerate(text.splitlines(), 1):
        words, start = [], 0
        for word in line.split():
            words.append(Word(word, start, 0.96))
            start += len(word) + 1
        lines.append(Line(number, line.strip(), tuple(words)))
    return Page(1, "scan", tuple(lines))


def test_what_an_engine_often_loses_it_lost_here_as_well() -> None:
    often = [
        "Sở Y tế xây dựng kê hoạch năm 2017.",
        "Căn cứ kê hoạch của Ủy ban nhân dân tỉnh.",
        "Báo cáo cơ quan có thẩm quyên phê duyệt.",
        "Các đơn vị có đủ điêu kiện kinh doanh.",
        "Tô chức triển khai thực hiện.",
        "Cơ quan có thâm quyền ban hành.",
        "Ban Tô chức Tỉnh ủy và các cơ quan có thâm quyền.",
    ]
    pages, _ = restore([page("\n".join([*often, RARE]))], Options(noise="vie"))
    assert pages[0].lines[-1].text == PRINTED


def test_on_a_page_without_habits_a_sure_word_stays() -> None:
    pages, _ = restore(
        [page("Hội đồng tổng kết, tổ chức kiểm tra kế hoạch.\nNgười thân trong nhà.")], Options(noise="vie")
    )
    assert pages[0].lines[-1].text == "Người thân trong nhà."


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Các hoat động và nhiệm vụ trọng tâm.", "Các hoạt động và nhiệm vụ trọng tâm."),
        ("BAN HÀNH KẾ HOACH TỔ CHỨC THỰC HIỆN", "BAN HÀNH KẾ HOẠCH TỔ CHỨC THỰC HIỆN"),
        ("Khai thác phần mềm, website và facebook.", "Khai thác phần mềm, website và facebook."),
        ("Chương trình Global Success, lớp chat.", "Chương trình Global Success, lớp chat."),
    ],
)
def test_words_without_the_marks_that_they_need(line: str, expected: str) -> None:
    pages, _ = restore([page(line)], Options(noise="vie"))
    assert pages[0].lines[0].text == expected


def test_where_no_engine_read_them_they_are_foreign() -> None:
    text = Page(1, "ocr_text", (Line(1, "Các hoat động và nhiệm vụ trọng tâm."),))
    pages, _ = restore([text], Options(noise="vie"))
    assert pages[0].lines[0].text == "Các hoat động và nhiệm vụ trọng tâm."
