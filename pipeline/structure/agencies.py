"""Names of agencies: found, and split from lists (agencykeys.py gives them canonical keys).

A spaCy phrase matcher over folded words carries the look-up in dictionaries/agencies.tsv; the pipeline is blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from pipeline.resources import table
from pipeline.structure.persons import title_of
from pipeline.structure.text import fold, mostly_upper, small_words

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SEPARATOR = re.compile(r"\s*(?:;|,| và | cùng(?: với)? |\n)\s*(?:(?:và|cùng|với) )?")
_LEAD_IN = re.compile(
    r"^(?:(?:đề nghị|đối với|giao cho|giao|yêu cầu|phân công|trách nhiệm của|do|với|cùng với|cùng|và)\s+)+", re.I
)
_NO_SPLIT_BEFORE_UNIT = ("quan", "ban", "phong", "chuc")


@cache
def matcher() -> tuple[Any, Any, dict[str, str]]:
    """The vocabulary, the phrase matcher, and folded name -> key."""
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    vocab, keys = Vocab(), dict[str, str]()
    matcher = PhraseMatcher(vocab)
    for row in table("agencies"):
        for name in (row["name"], *filter(None, row["abbreviations"].split("|"))):
            keys.setdefault(" ".join(re.findall(r"\w+", fold(name))), row["key"])
    for key, names in _matched_names():
        matcher.add(key, [Doc(vocab, words=words) for words in names])
    return vocab, matcher, keys


@cache
def _matched_names() -> list[tuple[str, list[list[str]]]]:
    """Per key, the folded words of the names that are matched anywhere in a text."""
    found: list[tuple[str, list[list[str]]]] = []
    for row in table("agencies"):
        names = [row["name"], *(a for a in row["abbreviations"].split("|") if len(a) > 3 or " " in a)]
        found.append((row["key"], [_TOKEN.findall(fold(name)) for name in names if name]))
    return found


@cache
def _beginnings() -> frozenset[str | tuple[str, str]]:
    """A word or the first two words of every such name: a text without them is not worth a `Doc`."""
    names = [words for _, names in _matched_names() for words in names]
    return frozenset(words[0] if len(words) == 1 else (words[0], words[1]) for words in names)


@cache
def heads(kind: str) -> dict[str, tuple[str, ...]]:
    """Heads by their folded first word: printed forms in lower case, the longest first."""
    out: dict[str, set[str]] = {}
    for row in table("agency_heads"):
        if row["kind"] == kind:
            out.setdefault(re.findall(r"\w+", fold(row["head"]))[0], set()).add(row["head"].lower())
    return {word: tuple(sorted(forms, key=len, reverse=True)) for word, forms in out.items()}


@lru_cache(maxsize=4096)
def known_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of names of the gazetteer, the longest where several overlap."""
    from spacy.tokens import Doc
    from spacy.util import filter_spans

    tokens = [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(fold(text))]
    words = [token[0] for token in tokens]
    if _beginnings().isdisjoint(words) and _beginnings().isdisjoint(pairwise(words)):
        return ()
    vocab, phrases, _ = matcher()
    doc = Doc(vocab, words=words)
    spans = filter_spans(phrases(doc, as_spans=True))
    found = ((s, tokens[s.start][1], tokens[s.end - 1][2]) for s in spans)
    return tuple((a, b) for s, a, b in found if text[a].isupper() or _begins_like(text[a:b], s.label_))


@cache
def _first_words() -> dict[str, frozenset[str]]:
    """Key -> first words of its names, in lower case."""
    out: dict[str, set[str]] = {}
    for row in table("agencies"):
        names = (row["name"], *filter(None, row["abbreviations"].split("|")))
        out.setdefault(row["key"], set()).update(_TOKEN.findall(name.lower())[0] for name in names)
    return {key: frozenset(words) for key, words in out.items()}


def _begins_like(printed: str, key: str) -> bool:
    """Whether a span in lower case begins with the very word of the name: "bàn tổ chức" is no "Ban Tổ chức"."""
    word = _TOKEN.findall(printed)[0]
    if word != "các" and re.search(r", [A-ZĐ]", printed):  # "Biên phòng, Ban Dân tộc" holds no "phòng, ban"
        return False
    return any(same_words(word, first) for first in _first_words()[key])


def same_words(printed: str, form: str) -> bool:
    """Whether printed words are the form: exactly, or without diacritics where OCR lost all of them."""
    low = printed.lower()
    return low == form or (fold(low) == fold(form) and (low.isascii() or " " in form))


def _starts(text: str, kind: str) -> str | None:
    """The head that the text begins with, as listed; the longest."""
    first = re.match(r"\w+", text)
    if not first:
        return None
    for form in heads(kind).get(fold(first[0]), ()):
        after = text[len(form) : len(form) + 1]
        if same_words(text[: len(form)], form) and not after.isalpha():
            return form
    return None


@lru_cache(maxsize=4096)
def starts_agency(text: str) -> bool:
    """Whether the text begins with the name of somebody who can be given a task.

    "Ban Dân tộc" and "Công an huyện" do; "ban hành", "Phòng, chống", "Tổ chức", "Hội nghị" do not.
    """
    bare = text.lstrip(" “\"'(")
    if any(_proper(bare, kind) for kind in ("person", "agency")) or _starts_collective(bare) or _POLICE.match(bare):
        return True
    first = _TOKEN.match(fold(bare))
    known = known_spans(text[:90]) if first and first[0] in _name_starts() else ()
    return any(start == len(text) - len(bare) for start, _ in known)


@cache
def _name_starts() -> frozenset[str]:
    """The first words of all known names, folded."""
    return frozenset(fold(word) for words in _first_words().values() for word in words)


_POLICE = re.compile(r"(?:P[A-ZĐ]|[ACHKVX])\d{2}\b")
"""Units of the police are named by their codes: "PC06", "V01"."""


def _proper(bare: str, kind: str) -> bool:
    """Whether the text begins with a head of this kind and what goes on reads as a name."""
    head = _starts(bare, kind)
    if head is None:
        return False
    behind = bare[len(head) :].lstrip()
    if behind[:1] == "," and behind[1:].lstrip()[:1].islower() and not starts_agency(behind[1:].lstrip()):
        return False  # "Thanh tra, kiểm tra"
    if " " in head or (len(head) > 2 and bare[: len(head)].isupper() and not mostly_upper(bare)):
        return True
    if mostly_upper(bare):  # capitals do not tell "BAN HÀNH" from "BAN DÂN TỘC"
        return False
    rest = bare[len(head) :].lstrip(" .")
    word = re.match(r"[\w&]+", rest)
    if word is None:
        return rest[:1] not in (",", "(")
    return word[0][0].isupper() or word[0][0].isdigit() or word[0].lower() in small_words("level")


def _starts_collective(bare: str) -> bool:
    head = _starts(bare, "collective")
    if head is None:
        return False
    if head in ("các", "những", "từng", "mỗi", "toàn thể"):
        rest = bare[len(head) :].lstrip()
        if same_words(rest[:10], "trường hợp") or rest.startswith("quy "):  # "các quy định" are no funds
            return False
        return any(_starts(rest, kind) for kind in ("agency", "person", "member")) or (
            _starts(rest, "collective") not in (None, "các")
        )
    if head in ("tổ chức", "cơ sở"):
        return bool(
            re.match(
                r"(?:chính trị|đảng|đoàn thể|hội(?! (?:nghị|thảo|thi|thao|diễn|chợ|khỏe|trại|đàm|báo|họp))|giáo dục"
                r"|y tế|khám|sản xuất|kinh doanh)",
                bare[len(head) :].strip(),
            )
        )
    return True


_SHORT = 5
"""Folded words up to this length are many words: "để" is no "đề", "trọng" no "trồng"."""


@cache
def _predicates() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]], dict[str, str]]:
    """The pattern of all predicates, and by folded phrase the words before it that make it a name, and its print."""
    unless: dict[str, tuple[str, ...]] = {}
    for row in table("predicates"):
        unless.setdefault(fold(row["phrase"]), tuple(u for u in row["unless"].split("|") if u))
    words = "|".join(sorted(map(re.escape, unless), key=len, reverse=True))
    printed = {fold(row["phrase"]): row["phrase"] for row in table("predicates")}
    return re.compile(rf"(?<![^\W_])({words})(?![^\W_])"), unless, printed


@lru_cache(maxsize=4096)
def predicate_at(text: str) -> int:
    """Offset of the first words that say what to do; the length of the text where there are none."""
    pattern, unless, printed = _predicates()
    spans = known_spans(text)
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
        if _in_name(text, match, unless[match[1]], spans) or _in_brackets(text, at):
            continue
        return at
    return len(text)


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
    if before.endswith((" về", " sự")):  # "Vụ Các vấn đề chung về xây dựng pháp luật", "đơn vị chịu sự giám sát"
        return True
    if match[1] not in _COMPLETE and (two := _TWO_DUTIES.search(before)):
        return not any(end == two.end(1) for _, end in spans)
    return any(same_words(before[-len(u) :], u) and not before[: -len(u)][-1:].isalpha() for u in unless)


def _another_word(text: str, match: re.Match[str], unless: Iterable[str]) -> bool:
    """Whether what stands behind a predicate makes another word of it: "ký túc xá", "Giao thừa"."""
    behind = fold(text[match.end() :])
    return any(re.match(rf" {fold(u[1:])}(?![^\W_])", behind) for u in unless if u.startswith("~"))


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


def _in_brackets(text: str, at: int) -> bool:
    """Whether a place is inside brackets or quotation marks: "Phong trào “Toàn dân đoàn kết xây dựng đời sống”"."""
    return any(text.count(opens, 0, at) > text.count(closes, 0, at) for opens, closes in ("()", "“”"))


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
        if any(start < match.end() and match.start() < end for start, end in spans) or _in_brackets(
            text, match.start()
        ):
            continue
        right = text[match.end() :]
        if "," in match[0] and title_of(text[begin : match.start()], right):
            continue
        named = "," in match[0] and _ends_in_proper_name(right)
        if ";" in match[0] or named or _boundary(text[begin : match.start()], right):
            names.append(text[begin : match.start()])
            begin = match.end()
    names.append(text[begin:])
    return [name for raw in names if (name := _trim(raw))]


def _boundary(left: str, right: str) -> bool:
    """Whether a comma or "và" between two texts parts two agencies."""
    if right.startswith("ban cán sự"):  # "các ban đảng, ban cán sự đảng": no board
        return True
    head = _starts(right, "member")
    collective = _starts_collective(left.strip())
    if head and collective:
        rest = right[len(head) :].lstrip()
        if head.endswith(_COMMITTEE) and _COMMITTEE not in left:
            return True  # "các ban đảng, đảng ủy trực thuộc": committees are no boards
        if not rest or not rest[0].isalnum() or rest[0].islower() or (right[0].islower() and _nameless(left)):
            return False
    if same_words(right[:6], "đơn vị"):
        return not fold(left).rstrip().endswith(_NO_SPLIT_BEFORE_UNIT)
    if same_words(right[:7], "cơ quan") and len(left.split()) == 2 and _nameless(left):
        return False  # "Các sở, cơ quan thuộc Ủy ban nhân dân tỉnh"
    return starts_agency(right) or _same_kind(left, right) or small_name(right)


_COMMITTEE = " ủy"


def _nameless(collective: str) -> bool:
    """Whether a collective still waits for its name: "Các đội" of "Các đội, trạm Cảnh sát giao thông"."""
    words = collective.strip().split()
    return len(words) >= 2 and all(_starts(word, "member") for word in words[1:]) and words[0].lower() == "các"


def small_name(right: str) -> bool:
    """Whether a capital in a list begins a name that goes on in small letters: "Tổ công nghệ số cộng đồng"."""
    words = re.findall(r"[^\W\d_]+", right[:40])
    if len(words) < 3 or not words[0][0].isupper() or not words[1].islower():
        return False
    return _starts(right, "agency") == words[0].lower() and words[1] not in small_words("no-name")


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
    name = re.sub(r"\s+(?:và|với|cùng|để|là)$", "", name)
    return _ROLE_BEHIND.sub("", name.strip(" ,;.:-–"))


_ROLE_BEHIND = re.compile(
    r"\s*\((?:là )?(?:cơ quan|đơn vị|bộ phận|thường trực|sau đây|gọi tắt|viết tắt|đầu mối|đối với"
    r"|nếu có|nếu cần|khi cần)[^()]*\)?$",
    re.IGNORECASE,
)
"""What a name is here, or is asked about: "Công an tỉnh (cơ quan thường trực)", "Cục X (đối với đường sắt)"."""


def mentioned(text: str) -> list[str]:
    """Names of the gazetteer in running text, with the place word behind them ("Hội đồng nhân dân tỉnh")."""
    out = []
    for start, end in known_spans(text):
        if not text[start].isupper():
            continue
        tail = re.match(r"\s+(?:tỉnh|huyện|quận|xã|phường|thành phố|thị xã|các cấp)\b", text[end:])
        out.append(text[start : end + (tail.end() if tail else 0)])
    return out
