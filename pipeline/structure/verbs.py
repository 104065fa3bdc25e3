"""What a named body does, in verbs that end only a name that is complete (verbs.tsv)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.resources import table
from pipeline.structure.agencies import starts_with
from pipeline.structure.text import small_words


@cache
def _verbs() -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    """The pattern of all verbs, and what makes another word of each: words before it, and behind it with a ~."""
    unless = {row["verb"]: frozenset(filter(None, row["unless"].split("|"))) for row in table("verbs")}
    by_word: dict[str, list[str]] = {}
    for verb in sorted(unless, key=len, reverse=True):  # verbs that begin alike are tried together
        word, _, rest = verb.partition(" ")
        by_word.setdefault(word, []).append(f" {rest}" if rest else "")
    verbs = "|".join(f"{word}(?:{'|'.join(map(re.escape, rests))})" for word, rests in by_word.items())
    return re.compile(rf"(?<=[^\W_]) ({verbs})(?: ([^\W\d_]+)|(?![^\W_]))"), unless


def verb_behind_name(text: str, spans: Sequence[tuple[int, int]], end: int) -> int:
    """Offset of the first verb behind a complete name; the length of the text where there is none before `end`.

    "Trường Đại học Hà Tĩnh cử giám khảo", "Công an phường phúc tra", "Nhà Văn hóa thị xã dàn dựng chương trình".

    Args:
        text: what begins with the name.
        spans: where names of the gazetteer stand in it.
        end: where to stop looking.
    """
    pattern, unless = _verbs()
    for match in pattern.finditer(text, 0, end + _LONGEST):
        if match.start() >= end:
            break
        at, before = match.start(1), text[: match.start()]
        if unless[match[1]] & {before.split()[-1].lower(), f"~{match[2]}"} or any(a <= at < b for a, b in spans):
            continue
        known = next((a for a, b in spans if b == len(before)), None)
        if known is None and _KNOWN_ONLY in unless[match[1]]:
            continue
        if _complete(before, known):
            return at
        goes_on = match[2] or text.startswith(", ", match.end())
        if " " in match[1] and goes_on and (_named(before) or _small(before)) and not _OF_ANOTHER.search(before):
            return at
    return len(text)


_KNOWN_ONLY = "="
"""Marks a verb that names hold, too, and that therefore ends only a name of the gazetteer: "Sở Nội vụ thanh tra"."""
_LONGEST = 40
"""More characters than a verb and the word behind it have."""


def begins_verb(text: str) -> bool:
    """Whether a sentence begins with one of these verbs: "Mua sắm thiết bị"."""
    _, unless = _verbs()
    words = text[:40].lower().split()
    said = next((" ".join(words[:n]) for n in (3, 2, 1) if " ".join(words[:n]) in unless), None)
    return said is not None and f"~{''.join(words[len(said.split()) :][:1])}" not in unless[said]


def _complete(name: str, begin: int | None) -> bool:
    """Whether a name ends here: one of the gazetteer that begins at `begin`, a place, a word with a capital."""
    if begin is not None:
        return name[begin].isupper() and not _CLASS.search(name[: begin + 4])
    if starts_with(name, "person") == name.lower():  # "Trưởng bản đánh kẻng", "thủ kho giữ chìa khóa"
        return True
    words = name.split()
    if len(words) < 2 or not _named(name):
        return False
    short = len(words[-1]) > 1 and words[-1].isupper()
    word = words[-2][0].isupper() and (words[-1][0].isupper() or len(words) > 2)  # "Hà Tĩnh", "Phòng Kỹ thuật"
    return short or (word and not _TAKES_OBJECT.search(name)) or words[-1].lower() in small_words("level")


def _small(name: str) -> bool:
    """Whether it is a body named in small letters: "Ban quản lý chợ", "Đội xung kích"."""
    return _SMALL.match(name) is not None


_SMALL = re.compile(r"(?:Tổ|Đội|Ban|Hội|Nhóm|Chi hội|Chi đoàn) [a-zà-ỹđ][^;.:]{2,40}$")


def _named(name: str) -> bool:
    """Whether a name holds a capital behind its first word, and is no class: "Các Điện lực", not "Các tổ chức Đoàn"."""
    return not _CLASS.match(name.removeprefix("Các ")) and any(word[0].isupper() for word in name.split()[1:])


_TAKES_OBJECT = re.compile(r"(?:Quản lý|Kiểm soát|Kiểm tra|Giám sát|Điều hành|Hỗ trợ|Phục vụ|Theo dõi|Thực hiện)$")
"""What goes on in a name: "Phòng Quản lý thu"."""
_CLASS = re.compile(
    r"(?:^|(?<= ))(?:các|những|cơ quan|đơn vị|tổ chức|cá nhân|doanh nghiệp|người|cơ sở) ?", re.IGNORECASE
)
_OF_ANOTHER = re.compile(
    r" (?:về|của|các|những|cho|trong|tại|với|và|theo|được|đang|đã|sẽ|chưa|không|phải|việc|sự|hoạt động|người|có|bị|từ"
    r"|khi|nơi|để|do|cùng|hoặc|trên|là|còn|cũng|đều|công tác)$",
    re.IGNORECASE,
)
"""Behind these a verb tells what is meant, not what the body does: "lực lượng tham gia", "người được phân công"."""
