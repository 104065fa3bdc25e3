"""People named beside the office that they hold: "Ông Vũ Đình Lâm, Phó Hiệu trưởng"."""

from __future__ import annotations

import re
from functools import cache

from pipeline.resources import table
from pipeline.structure.agencies import starts_agency
from pipeline.structure.text import fold

_TITLE = r"(?:ông|bà|thầy|cô|đồng chí|đ/c|(?:(?:gs|pgs|ts|ths|bs|bác sĩ)[., ]*(?:ck ?i{1,2}[., ]*)?)+)"
_PERSON = re.compile(rf"{_TITLE}(?P<name>(?: ?[^\W\d_]+){{2,5}})(?=$|,| [-–(])", re.IGNORECASE)
_RANKS = "thieu uy|trung uy|thuong uy|dai uy|thieu ta|trung ta|thuong ta|dai ta|thieu tuong|trung tuong"
_MEMBERS = (
    "thanh vien|tinh uy vien|huyen uy vien|dang uy vien|ke toan|giao vien"
    r"|(?:can bo|cong chuc|vien chuc|nhan vien|chuyen vien|bac si|y si|dieu duong|truong \w+)(?= [a-z])"
)


@cache
def _offices() -> re.Pattern[str]:
    names = sorted((fold(row["text"]) for row in table("signing") if row["role"] == "position"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))}|{_RANKS}|{_MEMBERS})(?![^\W_])")


def title_of(left: str, right: str) -> bool:
    """Whether a text begins with an office or rank of the person whom the text before the comma names first."""
    person = _PERSON.match(left.strip())
    named = person is not None and all(word[0].isupper() for word in person["name"].split())
    return named and _offices().match(fold(right)) is not None


def verb_behind_office(text: str) -> int:
    """Where the verb begins behind a person and, between commas, his office; the length of the text where none does.

    "Ông Vừ Bá Rê, nhân viên thú y xã, nhận vắc xin"; not "Ông A, nhân viên thú y, trưởng các thôn".
    """
    apposed = _APPOSED.match(text)
    if apposed is None or not title_of(apposed[1], apposed[2]) or starts_agency(text[apposed.end() :]):
        return len(text)
    return apposed.end()


_APPOSED = re.compile(r"([^,;.:()]{6,40}|[^\W\d_]{1,6}\.[^,;.:()]{6,40}), ([^,;.:()]{4,60}), (?=[a-zà-ỹđ])")


def lists_member(text: str) -> bool:
    """Whether a line only says who is what in a body: "1. Ông Lê Văn An, Hiệu trưởng - Trưởng ban"."""
    return _MEMBER.match(text) is not None


_MEMBER = re.compile(
    rf"(?i:{_TITLE})\.? (?=[A-ZĐÀ-Ỹ])[^:.]{{4,100}}(?<![^\W_])(?i:"
    r"(?:trưởng|phó|phó trưởng) (?:tiểu )?ban|tổ (?:trưởng|phó)|(?:trưởng|phó|phó trưởng) đoàn"
    r"|thành viên|ủy viên|thư ký)(?: \([^()]*\))?[ ,.;]*$"
)
"""A person and, at the end, the part he has in it."""
