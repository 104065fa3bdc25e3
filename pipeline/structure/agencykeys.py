"""Canonical keys of agencies: one for all spellings, abbreviations and misreadings of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from pipeline.resources import table
from pipeline.structure.agencies import heads, matcher
from pipeline.structure.text import fold

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\w+|[^\w\s]")


@cache
def _abbreviations() -> dict[str, str]:
    return {fold(row["short"]): fold(row["long"]) for row in table("abbreviations")}


@lru_cache(maxsize=4096)
def agency_key(name: str) -> str:
    """Canonical key: the same for "UBND các huyện" and "Ủy ban nhân dân các huyện"."""
    _, _, keys = matcher()
    said = _REMARK.sub("", name)
    raw = [t for t in _TOKEN.findall(fold(said if said.strip() else name)) if t.isalnum()]
    long = _WORD.findall(" ".join(_abbreviations().get(t, t) for t in raw))
    near = nearest_key(long)
    for words in (raw, long):
        for size in range(len(words), 0, -1):
            if near and words is long and size < near[1] - 1:
                break
            if (size > 1 or len(words) == 1) and (key := keys.get(" ".join(words[:size]))):
                return "-".join([key, *(_abbreviations().get(w, w).replace(" ", "-") for w in words[size:])])
    return "-".join([near[0], *long[near[1] :]] if near else long)


_REMARK = re.compile(r"\s*\([^()]*\)")
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
            words = _WORD.findall(unidecode(name).lower())
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
            if _lacks_a_word(words[:size], keys[found.term].split("-")):
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


def agency_keys(names: Iterable[str]) -> list[str]:
    """The keys of several names, in their order."""
    return [agency_key(name) for name in names]
