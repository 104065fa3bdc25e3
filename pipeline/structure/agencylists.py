"""Lists of agencies, split into names."""

from __future__ import annotations

import re

from pipeline.structure.agencies import known_spans, same_words, starts_agency, starts_collective, starts_with
from pipeline.structure.persons import title_of
from pipeline.structure.predicates import in_brackets, predicate_at
from pipeline.structure.text import fold, small_words

_SEPARATOR = re.compile(r"\s*(?:;|,| và | cùng(?: với)? |\n)\s*(?:(?:và|cùng|với) )?")
_LEAD_IN = re.compile(
    r"^(?:(?:đề nghị|đối với|giao cho|giao|yêu cầu|phân công|trách nhiệm của|do|với|cùng với|cùng|và)\s+)+", re.I
)
_NO_SPLIT_BEFORE_UNIT = ("quan", "ban", "phong", "chuc")


def split_agencies(text: str, cut: bool = True) -> list[str]:
    """The names in a list of agencies, verbatim.

    Args:
        text: e.g. "Phòng Y tế, Trung tâm Y tế quận và các đơn vị có liên quan triển khai thực hiện."
        cut: end the list at the first predicate.
    """
    lead = _LEAD_IN.match(text.strip())
    text = text.strip()[lead.end() :] if lead else text.strip()
    if cut:
        text = text[: predicate_at(text)]
    spans = known_spans(text)
    names, begin = [], 0
    for match in _SEPARATOR.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in spans) or in_brackets(text, match.start()):
            continue
        right = text[match.end() :]
        if "," in match[0] and title_of(text[begin : match.start()], right):
            continue
        named = "," in match[0] and (
            _ends_in_proper_name(right) or _is_class_after_name(text[begin : match.start()], right)
        )
        if ";" in match[0] or named or _boundary(text[begin : match.start()], right):
            names.append(text[begin : match.start()])
            begin = match.end()
    names.append(text[begin:])
    return [name for raw in names if (name := _trim(raw))]


def _is_class_after_name(left: str, right: str) -> bool:
    """Whether a class follows a name: "Tổng công ty Cảng hàng không Việt Nam, các hãng hàng không"."""
    return right.startswith("các ") and _AFTER_NAME.search(left) is not None


_AFTER_NAME = re.compile(r"^(?!.*(?<![^\W_])[Cc]ác ).*[A-ZĐÀ-Ỹ][^\W\d_]+ [A-ZĐÀ-Ỹ][^\W\d_]+$")
"""What ends in a proper name, and is no class: "Sở Y tế các tỉnh, các thành phố" is one."""


def _boundary(left: str, right: str) -> bool:
    """Whether a comma or "và" between two texts parts two agencies."""
    if _OFFICE.fullmatch(left.strip()) and _DEPUTY.match(right):  # "Chủ tịch, các Phó Chủ tịch Hội đồng": of one body
        return False
    if right.startswith("ban cán sự"):  # "các ban đảng, ban cán sự đảng": no board
        return True
    head = starts_with(right, "member")
    collective = starts_collective(left.strip())
    if head and collective:
        rest = right[len(head) :].lstrip()
        if head.endswith(_COMMITTEE) and _COMMITTEE not in left:
            return True  # "các ban đảng, đảng ủy trực thuộc": committees are no boards
        if not rest or not rest[0].isalnum() or rest[0].islower() or (right[0].islower() and _nameless(left)):
            return False
    if same_words(right[:6], "đơn vị"):
        of_all = _nameless(left) and _WHOSE.match(right, 6)  # "Các cục, vụ, đơn vị thuộc Bộ"
        return not (of_all or fold(left).rstrip().endswith(_NO_SPLIT_BEFORE_UNIT))
    if same_words(right[:7], "cơ quan") and len(left.split()) == 2 and _nameless(left):
        return False  # "Các sở, cơ quan thuộc Ủy ban nhân dân tỉnh"
    return starts_agency(right) or _same_kind(left, right) or small_name(right)


_WHOSE = re.compile(r" (?:trực )?thuộc(?![^\W_])")
_OFFICES = (
    r"(?:(?:[Tt]ổng )?[Gg]iám đốc|[Hh]iệu trưởng|[Bb]í thư|[Cc]hủ (?:tịch|nhiệm)|[Cc]hánh Văn phòng|[Tt]hủ trưởng"
    r"|(?:[Cc]ục|[Cc]hi cục|[Vv]iện|[Đđ]ội|[Tt]ổ|[Cc]hỉ huy) trưởng"
    r"|[Tt]rưởng(?: (?:[Bb]an|[Pp]hòng|[Kk]hoa|[Đđ]oàn|thôn))?)"
)
_OFFICE = re.compile(_OFFICES)
_DEPUTY = re.compile(rf"(?:các |\d+ )?[Pp]hó {_OFFICES} [A-ZĐÀ-Ỹ]")
_COMMITTEE = " ủy"


def _nameless(collective: str) -> bool:
    """Whether a collective still waits for its name: "Các đội" of "Các đội, trạm Cảnh sát giao thông"."""
    words = collective.strip().split()
    return len(words) >= 2 and all(starts_with(word, "member") for word in words[1:]) and words[0].lower() == "các"


def small_name(right: str) -> bool:
    """Whether a capital in a list begins a name that goes on in small letters: "Tổ công nghệ số cộng đồng"."""
    words = re.findall(r"[^\W\d_]+", right[:40])
    if len(words) < 3 or not words[0][0].isupper() or not words[1].islower():
        return False
    return starts_with(right, "agency") == words[0].lower() and words[1] not in small_words("no-name")


def _ends_in_proper_name(text: str) -> bool:
    """Whether a text begins with a body that no table knows, told by the proper name it ends in: "Vườn thú Hà Nội"."""
    words = re.findall(r"[^\W\d_]+", re.split(r"[,;.()]| và ", text)[0])[:6]
    capital = [word[0].isupper() for word in words]
    behind = next((i for i in range(1, len(words)) if capital[i]), 0)
    proper = words[behind : behind + 2]
    return bool(capital) and capital[0] and behind > 1 and len(proper) == 2 and capital[behind + 1] and proper != _LAND


_LAND = ["Việt", "Nam"]


def _same_kind(left: str, right: str) -> bool:
    """Whether two names of a kind that no table knows stand side by side: "Chi hội Nông dân, Chi hội Phụ nữ"."""
    first, second = left.split(), right.split()
    if len(first) < 3 or len(second) < 3 or not (first[0][0].isupper() and second[0][0].isupper()):
        return False
    return [fold(w) for w in first[:2]] == [fold(w) for w in second[:2]] and first[1].islower() and second[1].islower()


def _trim(name: str) -> str:
    name = re.sub(r"^(?:và|với|cùng|do)\s+", "", name.strip(" ,;.:\n'‘’\"“|"))
    name = _NO_NAME_END.sub("", name)
    name = _UNOPENED.sub(r"\1", name).strip(" ,;.:-–")
    return name if starts_with(name, "person") and _WHO.search(name) else _ROLE_BEHIND.sub("", name)


_NO_NAME_END = re.compile(
    r"\s+(?:(?:và|với|cùng|để|là|của|hoặc|(?<!sở )tại|khi|đã|đang|sẽ|chưa|(?<!hàng )(?<!phòng )không|được|nơi|cũng)$"
    r"|đối với .*)"
)
_UNOPENED = re.compile(r"^([^()]*)\).*")
"""What stands behind a bracket that a text did not open is of something else."""
_WHO = re.compile(r"\((?:đ/c|đồng chí|ông|bà|thầy|cô) [^()]*\)$", re.IGNORECASE)
"""Who an officer is: "công chức Phòng Kinh tế (bà Lương Thị Mùi)"."""
_ROLE_BEHIND = re.compile(
    r"\s*\((?:là )?(?:cơ quan|đơn vị|bộ phận|thường trực|sau đây|gọi tắt|viết tắt|đầu mối|đối với"
    r"|nếu có|nếu cần|khi cần|để|(?:đ/c|đồng chí|ông|bà|thầy|cô) )[^()]*\)?$",
    re.IGNORECASE,
)
"""What a name is here, who stands for it, or what it is asked about: "Cục X (đối với đường sắt)"."""
