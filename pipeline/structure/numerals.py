"""Days and months in words: "ngày mười lăm tháng tư" is "ngày 15 tháng 4"."""

from __future__ import annotations

import re

_SPELLED = ("một mốt", "hai", "ba", "bốn tư", "năm lăm", "sáu", "bảy bẩy", "tám", "chín", "mười")
_UNITS = {word: value for value, words in enumerate(_SPELLED, 1) for word in words.split()}
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
