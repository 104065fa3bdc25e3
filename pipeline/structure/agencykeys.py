"""Canonical keys of agencies: one for all spellings, abbreviations and misreadings of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from pipeline.resources import table
from pipeline.structure.agencies import heads
from pipeline.structure.text import fold

_WORD = re.compile(r"\w+")
_LINKS = re.compile(r"(?<![^\W_])(?:và|của)(?![^\W_])", re.IGNORECASE)


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    return {fold(row["short"]): tuple(_words(row["long"])) for row in table("abbreviations")}


@cache
def _known() -> dict[str, str]:
    """The names of the gazetteer, folded and without links -> key."""
    out: dict[str, str] = {}
    for row in table("agencies"):
        for name in (row["name"], *filter(None, row["abbreviations"].split("|"))):
            out.setdefault(" ".join(_words(name)), row["key"])
    return out


def _words(name: str) -> list[str]:
    """The folded words of a name, without those that link its parts in some spellings, and in others do not."""
    return _WORD.findall(fold(_LINKS.sub(" ", name)))


@lru_cache(maxsize=4096)
def agency_key(name: str) -> str:
    """Canonical key: the same for "UBND các huyện" and "Ủy ban nhân dân các huyện"."""
    said = _REMARK.sub("", name)
    said = _in_order(_joined(_CENTRAL.sub("Trung ương", said if said.strip() else name)))
    raw = _words(said)
    long = _written_out(raw)
    if several := _known().get(" ".join(["cac", *long])):
        return several
    near = None if _SHORT.search(said) and not said.isupper() and raw == long else nearest_key(long)
    for words in (raw, long, ["cac", *long]):
        for size in range(len(words), 0, -1):
            if near and words == long and size < near[1] - 1:
                break
            if (size > 1 or len(words) == 1) and (key := _known().get(" ".join(words[:size]))):
                return "-".join([key, *_written_out(words[size:])])
    return "-".join([near[0], *long[near[1] :]] if near else _one_of_a_kind(long))


def _written_out(words: Sequence[str]) -> list[str]:
    return [part for word in words for part in _abbreviations().get(word, (word,))]


def _joined(said: str) -> str:
    """The name with the parts of an abbreviation as one word: "LĐ-TB&XH", "VH, TT và DL" are LĐTBXH, VHTTDL."""

    def join(match: re.Match[str]) -> str:
        letters = re.sub(r"[^A-ZĐ]", "", match[0])
        return letters if fold(letters) in _abbreviations() else match[0]

    return _PARTS.sub(join, said)


def _one_of_a_kind(words: Sequence[str]) -> list[str]:
    """The words of a name that no table knows without "các" before it: "các cơ quan, đơn vị" are "cơ quan, đơn vị"."""
    several = len(words) > 2 and words[0] == "cac" and not _known().get(" ".join(words[1:]))
    several = several and words[1] not in heads("person")
    return list(words[1:] if several else words)


def _in_order(said: str) -> str:
    """The name with lists of units in one order: "xã, phường" and "các phường và xã" are "các xã phường"."""

    def order(match: re.Match[str]) -> str:
        units = [_SHORT_UNITS.get(unit, unit) for unit in _UNIT.findall(match[0].lower())]
        return " ".join(["các", *sorted(units, key=_ORDER.index)])

    return _RELATED.sub("liên quan", _UNITS.sub(order, said))


_ORDER = ["tỉnh", "quận", "huyện", "thị xã", "thành phố", "xã", "phường", "thị trấn", "đặc khu"]
_SHORT_UNITS = {"tp": "thành phố", "tp.": "thành phố", "tx": "thị xã", "tt": "thị trấn"}
_UNIT = re.compile(r"thành phố|thị xã|thị trấn|đặc khu|tỉnh|huyện|quận|xã|phường|tp\.?|tx|tt")
_UNITS = re.compile(
    rf"(?<![^\W_])(?:các )?(?:{_UNIT.pattern})(?:\s*(?:,|/|-|–|,? và)\s*(?:{_UNIT.pattern}))+"
    r"(?=\W*$|\s*\(|,? (?:trực|liên|có|nơi)\b)",
    re.IGNORECASE,
)
_RELATED = re.compile(r"có liên quan", re.IGNORECASE)
_CENTRAL = re.compile(r"(?<![^\W_])T\.?(?:W|Ư)(?![^\W_])")
_PARTS = re.compile(r"(?<![^\W_])[A-ZĐ]{1,6}(?:\s*(?:[&,\-–]|(?<=\s)và(?=\s))\s*[A-ZĐ]{1,6})+(?![^\W_])")
_SHORT = re.compile(r"(?<![^\W_])[A-ZĐ]{3,}(?![^\W_])")
_REMARK = re.compile(r"\s*\([^()]*(?:\)|$)")
"""What a name says in brackets is not of its key: "Sở Y tế (cơ quan thường trực)"."""
_EDITS, _SHARE = 2, 0.15
"""How many letters of a name may be misread, and which share of them."""


@cache
def _speller() -> tuple[Any, dict[str, str], dict[str, int]]:
    """A symmetric-delete index over the letters of the names; letters -> key, and -> how many words."""
    from symspellpy import SymSpell
    from unidecode import unidecode

    speller, keys, sizes = SymSpell(max_dictionary_edit_distance=_EDITS), dict[str, str](), dict[str, int]()
    for row in table("agencies"):
        for name in (row["name"], *(a for a in row["abbreviations"].split("|") if " " in a)):
            words = _WORD.findall(unidecode(_LINKS.sub(" ", name)).lower())
            letters = "".join(words)
            if letters not in keys:
                keys[letters], sizes[letters] = row["key"], len(words)
                speller.create_dictionary_entry(letters, 1)
    return speller, keys, sizes


def nearest_key(words: Sequence[str]) -> tuple[str, int] | None:
    """The key of the one name of the gazetteer that misread words come closest to, and how many words it takes.

    Args:
        words: folded, place words at their end: ["so", "taichinh"], ["phong", "noj", "vu", "cac", "huyen"].

    Returns:
        None where more than two letters, or 15 % of them, differ; where two agencies are as close; or where the
        words begin with another head ("Vụ" is no misread "Sở").
    """
    from symspellpy import Verbosity

    speller, keys, sizes = _speller()
    best: tuple[int, int, set[str]] = (_EDITS + 1, 0, set())
    for size in range(len(words), 0, -1):
        letters = "".join(words[:size])
        allowed = min(_EDITS, int(_SHARE * len(letters)))
        if best[0] == 0:
            break
        for found in speller.lookup(letters, Verbosity.CLOSEST, max_edit_distance=allowed):
            if found.distance > best[0] or size > sizes[found.term] or _other_head(words[0], found.term):
                continue
            known = [word for word in keys[found.term].split("-") if word != "va"]
            if _lacks_a_word(words[:size], known) or _certain(words[:size]) != _certain(known):
                continue
            if found.distance < best[0]:
                best = (found.distance, size, set())
            if size == best[1]:
                best[2].add(keys[found.term])
    return (best[2].pop(), best[1]) if len(best[2]) == 1 else None


def _other_head(word: str, letters: str) -> bool:
    """Whether a word is a head of names, but not the one that these letters begin with."""
    return word in (heads("agency").keys() | heads("person").keys()) and not letters.startswith(word)


def _lacks_a_word(words: Sequence[str], known: Sequence[str]) -> bool:
    """Whether one name is the other without a word: "Hội đồng Khoa (học)" is no misread "Hội đồng Y khoa"."""
    short, long = sorted((words, known), key=len)
    rest = iter(long)
    return len(short) < len(long) and all(word in rest for word in short)


def _certain(words: Sequence[str]) -> list[str]:
    """The words that are never guessed: "Phòng Nghiệp vụ 4" is no misread "Phòng Nghiệp vụ Y", nor "các" a "cấp"."""
    return [word for word in words if word in ("cac", "cap") or re.search(r"\d", word)]


def agency_keys(names: Iterable[str]) -> list[str]:
    """The keys of several names, in their order."""
    return [agency_key(name) for name in names]
