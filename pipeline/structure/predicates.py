"""What a sentence says to do: where the names of agencies end and the verb begins (predicates.tsv)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from pipeline.resources import table
from pipeline.structure.agencies import known_spans, same_words, starts_agency
from pipeline.structure.persons import verb_behind_office
from pipeline.structure.text import fold, small_words
from pipeline.structure.verbs import verb_behind_name

_SHORT = 5
"""Folded words up to this length are many words: "để" is no "đề", "trọng" no "trồng"."""


@cache
def _predicates() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]], dict[str, str]]:
    """The pattern of all predicates, and by folded phrase the words before it that make it a name, and its print."""
    unless: dict[str, tuple[str, ...]] = {}
    for row in table("predicates"):
        unless.setdefault(fold(row["phrase"]), tuple(u for u in row["unless"].split("|") if u))
    by_word: dict[str, list[str]] = {}
    for phrase in sorted(unless, key=len, reverse=True):  # phrases that begin alike are tried together
        word, _, rest = phrase.partition(" ")
        by_word.setdefault(word, []).append(f" {rest}" if rest else "")
    words = "|".join(f"{word}(?:{'|'.join(map(re.escape, rests))})" for word, rests in by_word.items())
    printed = {fold(row["phrase"]): row["phrase"] for row in table("predicates")}
    return re.compile(rf"(?<![^\W_])({words})(?![^\W_])"), unless, printed


@lru_cache(maxsize=4096)
def predicate_at(text: str) -> int:
    """Offset of the first words that say what to do; the length of the text where there are none."""
    spans = known_spans(text)
    at = min(_listed_at(text, spans), _behind_place(text, spans), verb_behind_office(text))
    return min(at, verb_behind_name(text, spans, at))


def _listed_at(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Offset of the first words of predicates.tsv that are no part of a name; the length of the text without any."""
    pattern, unless, printed = _predicates()
    folded = fold(text)
    at = -1
    while match := pattern.search(folded, at + 1):  # "phố biên soạn": what is none may hide one that begins within it
        at, stop = match.span()
        exact = text[at:stop].lower() == printed[match[1]]
        if not text[at].islower() or not (exact or text[at:stop].islower()):  # "Bộ phận Công nghệ" is no "phân công"
            continue
        if any(start <= at < end and not (exact and end < stop) for start, end in spans):  # "Văn phòng bố trí": no Bộ
            continue
        if text[at:stop] in small_words("no-verb"):  # "cùng cấp" is no "cung cấp"
            continue
        if len(match[1]) <= _SHORT and not same_words(text[at:stop], printed[match[1]]):
            continue
        if _in_name(text, match, unless[match[1]], spans) or in_brackets(text, at):
            continue
        return _duty_of_class(text, at) or _work_of_person(text, at) or at
    return len(text)


def _behind_place(text: str, spans: Iterable[tuple[int, int]]) -> int:
    """Where a verb that no table knows must begin: behind one body and its place ("Công an huyện họp liên ngành")."""
    for start, end in spans:
        place = _PLACE.match(text, end)
        if place and not text[:start].lower().endswith("các ") and text[start].isupper():
            return place.end()
    return len(text)


_PLACE = re.compile(
    r" (?:tỉnh|huyện|quận|xã|phường|thành phố|thị xã|thị trấn|đặc khu) (?=[a-zà-ỹđ])(?!(?:"
    r"hội|có|và|cùng|với|hoặc|các|của|thuộc|trực thuộc|nơi|sở tại|ven|biên|miền|vùng|giáp|lân cận|liên|được|đã|đang|sẽ"
    r"|không|chưa|phụ|tại|ở|trên|về|khi|là|do|bị|còn|khác|mới|số|gồm|nghèo|trọng điểm|đặc biệt|loại|đảo|cũ|sau|trước"
    r"|nói|nêu|này|đó|đủ|phía|hưởng|đạt|khó|duyên|trong|ngoài|hiện|sẵn|dự|chủ động|tổ|cấp|bộ|ban|phòng|thời|để|làm)"
    r"(?![^\W_]))"
)


def _duty_of_class(text: str, at: int) -> int:
    """Where those are told their duty whom a verb at `at` tells apart from others of their class; else 0.

    "Cơ quan chủ trì soạn thảo có trách nhiệm ...", "Đơn vị quản lý tài sản phải ...".
    """
    if not _CLASS.search(text[:at]):
        return 0
    told = _TOLD.match(text, at)
    return told.end() if told else 0


_CLASS = re.compile(
    r"(?:^|[\s(])(?:[Cc]ơ quan|[Đđ]ơn vị|[Dd]oanh nghiệp|[Tt]ổ chức|[Nn]gười|[Cc]á nhân|[Hh]ộ gia đình) $"
)
_TOLD = re.compile(r"[^;.:,]{3,90}?(?<! và) (?=(?:có|chịu) trách nhiệm\b|phải )")


def _work_of_person(text: str, at: int) -> int:
    """Where those begin to act whom what they look after tells apart from others of their office; else 0.

    "Thành viên UBND xã được phân công phụ trách bản xuống bản ...", "Công chức Phòng Kinh tế phụ trách trồng trọt
    (bà Lương Thị Mùi) hướng dẫn ...".
    """
    told_apart = _LOOKS_AFTER.match(text, at)
    if told_apart is None or not _POST.match(text) or re.search(r"[;:,.]", text[:at]):
        return 0
    rest = text[told_apart.end() :]
    what = predicate_at(rest)
    return told_apart.end() + what if 0 < what < len(rest) and _FIELD.fullmatch(rest[:what]) else 0


_POST = re.compile(
    r"(?:(?:Các|các|Mỗi|mỗi) )?(?:[Đđ]ồng chí |[Đđ]/c )?(?:[Tt]hành viên|[Cc]án bộ|[Cc]ông chức|[Vv]iên chức"
    r"|[Cc]huyên viên|[Đđ]ảng viên|[Ủủ]y viên|[Ll]ãnh đạo|[Pp]hó [Cc]hủ tịch|[Pp]hó [Gg]iám đốc|[Nn]hân viên) "
)
_LOOKS_AFTER = re.compile(
    r"(?:(?:phân công|giao|cử) )?(?:phụ trách|theo dõi) (?=\w)|(?<=được )(?:phân công|giao) (?=\w)"
)
_FIELD = re.compile(r"(?!.*\b(?:việc|công tác|và|nội dung|để|,) $)[^;:,.()]{2,40}(?: \([^()]{4,40}\) )?")


def _in_name(text: str, match: re.Match[str], unless: Iterable[str], spans: Iterable[tuple[int, int]]) -> bool:
    """Whether a predicate is part of a name: "Ban Quản lý dự án đầu tư xây dựng huyện", "Phòng quản lý"."""
    if _NAME_ENDS.match(fold(text), match.end()):
        return True
    goes_on = _LIST_GOES_ON.match(text, match.end()) if unless and match[1] not in _COMPLETE else None
    if goes_on and starts_agency(text[goes_on.end() :]):  # "Phòng Kế hoạch tổng hợp, Khoa Dược"
        return True
    if _another_word(text, match, unless):
        return True
    before = text[: match.start()].rstrip()
    if any(end == len(before) for _, end in spans):
        return False
    if _OF_WHAT.search(before):  # "Vụ Các vấn đề chung về xây dựng pháp luật", "đơn vị chịu sự giám sát"
        return True
    if match[1] not in _COMPLETE and (two := _TWO_DUTIES.search(before)):
        return not any(end == two.end(1) for _, end in spans)
    return any(same_words(before[-len(u) :], u) and not before[: -len(u)][-1:].isalpha() for u in unless)


_OF_WHAT = re.compile(r" về$|(?<!nhân)(?<!dân)(?<!quân)(?<!hình)(?<!đương)(?<!thời) sự$", re.IGNORECASE)


def _another_word(text: str, match: re.Match[str], unless: Iterable[str]) -> bool:
    """Whether what stands behind a predicate makes another word of it: "ký túc xá", "Giao thừa"."""
    behind = fold(text[match.end() :])
    return any(re.match(rf"(?: |(?=,)){fold(u[1:])}(?![^\W_])", behind) for u in unless if u.startswith("~"))


_TWO_DUTIES = re.compile(
    r"(?:^|[,;] )((?:Tiểu ban|Ban|Tổ|Bộ phận) [A-ZĐ][^\W\d_]+(?: [^\W\d_]+){0,3}?) và(?: [^\W\d_]+)?$"
)
"""A small body named for two things it does, no body of the gazetteer: "Ban Vận chuyển và bàn giao đề thi"."""
_LIST_GOES_ON = re.compile(r"[,;] ?| và ")
_COMPLETE = frozenset({"thuc hien", "to chuc", "chu tri"})
"""What can be done without saying what: "Sở A chủ trì, Sở B phối hợp"."""
_NAME_ENDS = re.compile(r" (?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|khu vuc)(?=[,;.)]|$| va )")


def begins_action(text: str) -> bool:
    """Whether the text begins with words that say what to do: "Chủ trì", "Tham mưu", "Xây dựng"."""
    pattern, unless, printed = _predicates()
    match = pattern.match(fold(text[:30]))
    if match is None or not text[:1].isupper() or _another_word(text, match, unless[match[1]]):
        return False
    return len(match[1]) > _SHORT or same_words(text[: match.end()], printed[match[1]])  # "Giáo dục" is no "Giao"


def in_brackets(text: str, at: int) -> bool:
    """Whether a place is inside brackets or quotation marks: "Phong trào “Toàn dân đoàn kết xây dựng đời sống”"."""
    return any(text.count(opens, 0, at) > text.count(closes, 0, at) for opens, closes in ("()", "“”"))
