"""Names of agencies: found, and split from lists (agencykeys.py gives them canonical keys).

A spaCy phrase matcher over folded words carries the look-up in dictionaries/agencies.tsv; the pipeline is blank.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from pipeline.resources import table
from pipeline.structure.text import fold, mostly_upper, small_words

_TOKEN = re.compile(r"\w+|[^\w\s]")


@cache
def matcher() -> tuple[Any, Any]:
    """The vocabulary and the phrase matcher."""
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    vocab = Vocab()
    matcher = PhraseMatcher(vocab)
    for key, names in _matched_names():
        matcher.add(key, [Doc(vocab, words=words) for words in names])
    return vocab, matcher


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
    """Heads by their folded first word: printed forms in lower case, the longest first, in the order of the table."""
    out: dict[str, dict[str, None]] = {}
    for row in table("agency_heads"):
        if row["kind"] == kind:
            out.setdefault(re.findall(r"\w+", fold(row["head"]))[0], {})[row["head"].lower()] = None
    return {word: tuple(sorted(forms, key=len, reverse=True)) for word, forms in out.items()}


@lru_cache(maxsize=4096)
def known_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of names of the gazetteer, the longest where several overlap."""
    from spacy.tokens import Doc
    from spacy.util import filter_spans

    folded = fold(text)
    words = _TOKEN.findall(folded)
    if _beginnings().isdisjoint(words) and _beginnings().isdisjoint(pairwise(words)):
        return ()
    tokens = [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(folded)]
    vocab, phrases = matcher()
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


def starts_with(text: str, kind: str) -> str | None:
    """The head that the text begins with, as listed; the longest, as it is printed rather than without diacritics."""
    first = re.match(r"\w+", text)
    if not first:
        return None
    forms = heads(kind).get(fold(first[0]), ())
    fit = [form for form in forms if same_words(text[: len(form)], form) and not text[len(form) :][:1].isalpha()]
    low = text[: len(fit[0])].lower() if fit else ""
    return max(fit, key=lambda form: (len(form), form == low), default=None)  # "trưởng bản" is like "trưởng ban", too


@lru_cache(maxsize=4096)
def starts_agency(text: str) -> bool:
    """Whether the text begins with the name of somebody who can be given a task.

    "Ban Dân tộc" and "Công an huyện" do; "ban hành", "Phòng, chống", "Tổ chức", "Hội nghị" do not.
    """
    bare = text.lstrip(" “\"'(")
    if _TO_BUILD.match(bare):
        return False
    if any(_proper(bare, kind) for kind in ("person", "agency")) or starts_collective(bare) or _POLICE.match(bare):
        return True
    first = _TOKEN.match(fold(bare))
    known = known_spans(text[:90]) if first and first[0] in _name_starts() else ()
    return any(start == len(text) - len(bare) for start, _ in known)


_TO_BUILD = re.compile(
    r"(?:chính quyền|doanh nghiệp|thư viện|(?:bệnh|học) viện|trường học|(?:trạm )?y tế|hải quan|ngân hàng|tòa án"
    r"|kho bạc) (?:số(?! ?\d)|điện tử|thông minh)(?![^\W_])",
    re.IGNORECASE,
)
"""What is to be built, and can be given no task: "2. Chính quyền số"."""


@cache
def _name_starts() -> frozenset[str]:
    """The first words of all known names, folded."""
    return frozenset(fold(word) for words in _first_words().values() for word in words)


_POLICE = re.compile(r"(?:P[A-ZĐ]|[ACHKVX])\d{2}\b")
"""Units of the police are named by their codes: "PC06", "V01"."""


def _proper(bare: str, kind: str) -> bool:
    """Whether the text begins with a head of this kind and what goes on reads as a name."""
    head = starts_with(bare, kind)
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


def starts_collective(bare: str) -> bool:
    """Whether the text begins with a name for several bodies: "các sở, ban, ngành", "người dân"."""
    head = starts_with(bare, "collective")
    if head is None:
        return False
    if head in ("các", "những", "từng", "mỗi", "mọi", "toàn thể"):
        rest = bare[len(head) :].lstrip()
        if same_words(rest[:10], "trường hợp") or rest.startswith("quy "):  # "các quy định" are no funds
            return False
        return any(starts_with(rest, kind) for kind in ("agency", "person", "member")) or (
            starts_with(rest, "collective") not in (None, "các")
        )
    if head in ("tổ chức", "cơ sở"):
        return _BODY.match(bare[len(head) :].strip()) is not None
    return True


_BODY = re.compile(
    r"(?:chính trị|đảng|đoàn thể|hội(?! (?:nghị|thảo|thi|thao|diễn|chợ|khỏe|trại|đàm|báo|họp))"
    r"|giáo dục|y tế|khám|KCB|sản xuất|kinh doanh)"
)
"""What a "tổ chức" is, that nobody can hold: "tổ chức hội" is, "tổ chức hội nghị" is something to do."""


def mentioned(text: str) -> list[str]:
    """Names of the gazetteer in running text, each once, with the place behind them ("Sở Y tế tỉnh Hà Nam")."""
    out: dict[str, None] = {}
    for start, end in known_spans(text):
        if text[start].isupper() and text[start - 1 : start] not in ("/", "-"):  # "92/TTr-UBND" names nobody
            end = word.end() if (word := _PLACE_WORD.match(text, end)) else end
            place = _OF_PLACE.match(text, end) if text[:end].endswith(_PLACES) else None
            out[text[start : place.end() if place else end]] = None
    return list(out)


_PLACES = ("tỉnh", "huyện", "quận", "xã", "phường", "thành phố")
_PLACE_WORD = re.compile(rf"\s+(?:(?:cấp )?(?:{'|'.join(_PLACES)}|thị xã)|các cấp|cùng cấp)\b")
_OF_PLACE = re.compile(r"(?: [A-ZĐÀ-Ỹ][^\W\d_]*){1,4}")
