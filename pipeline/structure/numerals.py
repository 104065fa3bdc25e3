"""Days and months in words: "ngày mười lăm tháng tư" is "ngày 15 tháng 4"."""

from __future__ import annotations

import re

_UNITS = {
    **{"một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7},
    **{"bẩy": 7, "tám": 8, "chín": 9, "mười": 10},
}
_UNIT = "mốt|một|hai|ba|bốn|tư|lăm|sáu|bảy|bẩy|tám|chín"
_DAY = re.compile(
    rf"(?<=ngày )(?:m[ồù]ng )?((?:(?:hai|ba) mươi|mười)(?: (?:{_UNIT}))?|{_UNIT}|năm)(?= tháng\b)", re.IGNORECASE
)
_MONTH = re.compile(
    r"(?<=tháng )(mười một|mười hai|mười|một|hai|ba|bốn|tư|năm(?= năm\b)|sáu|bảy|bẩy|tám|chín)"
    r"(?![^\W_])(?! (?:lần|kỳ|đợt)\b)",
    re.IGNORECASE,
)


def in_figures(text: str) -> str:
    """The text with its days and months in figures; "mỗi tháng một lần" names none."""
    return _MONTH.sub(lambda m: str(_value(m[1])), _DAY.sub(lambda m: str(_value(m[1])), text))


def _value(words: str) -> int:
    """The number that one to three words spell, up to 31."""
    first, *rest = words.lower().split()
    if rest[:1] == ["mươi"]:
        return 10 * _UNITS[first] + sum(_UNITS[word] for word in rest[1:])
    return _UNITS[first] + sum(_UNITS[word] for word in rest)
