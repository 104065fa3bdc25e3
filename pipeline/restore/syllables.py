"""Spelling of Vietnamese syllables: tone placement, stripped skeleton, onset and rime."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

Shape = Literal["lower", "title", "upper"]

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_PLACED_LATE = re.compile("(?<![qQ])(?P<glide>[ouOU])(?P<vowel>[àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ])$")
_PLACED_EARLY = re.compile("(?P<glide>[òóỏõọùúủũụÒÓỎÕỌÙÚỦŨỤ])(?P<vowel>[aeyAEY])$")
_GLIDED = {"oa", "oe", "uy"}
_ONSET = re.compile(
    r"^(?:ngh|ng|nh|gh|kh|ph|th|tr|ch|qu(?=.)|gi(?=[aăâeêoôơuưyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệóòỏõọốồổỗộớờởỡợúùủũụứừửữự])|[bcdđghklmnpqrstvx])?",
    re.I,
)


def _split_tone(char: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", char)
    tone = "".join(c for c in decomposed if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES)), tone


def early(word: str) -> str:
    """The word with the tone on the first vowel of open oa, oe, uy (hòa, thủy); other words unchanged."""
    match = _PLACED_LATE.search(word)
    if not match:
        return word
    vowel, tone = _split_tone(match["vowel"])
    if (match["glide"] + vowel).lower() not in _GLIDED:
        return word
    return word[: match.start()] + unicodedata.normalize("NFC", match["glide"] + tone) + vowel


def late(word: str) -> str:
    """The word with the tone on the second vowel of open oa, oe, uy (hoà, thuỷ); other words unchanged."""
    match = _PLACED_EARLY.search(word)
    if not match:
        return word
    glide, tone = _split_tone(match["glide"])
    if (glide + match["vowel"]).lower() not in _GLIDED or word[: match.start()].lower().endswith("q"):
        return word
    return word[: match.start()] + glide + unicodedata.normalize("NFC", match["vowel"] + tone)


def tones(word: str) -> int:
    """How many tone marks a word bears; a Vietnamese one has one at most, abbreviations and foreign words none."""
    return 0 if word.isascii() else sum(c in _TONES for c in unicodedata.normalize("NFD", word))


def undoubled(word: str) -> list[str]:
    """The word without one of two neighbouring letters that differ in their marks at most (`KÉẾ` -> `KẾ`, `KÉ`)."""
    bare = skeleton(word)
    if len(bare) != len(word):
        return []
    places = [i for i in range(1, len(word)) if bare[i] == bare[i - 1]]
    return sorted({word[:j] + word[j + 1 :] for i in places for j in (i - 1, i)})


@lru_cache(maxsize=1 << 17)
def key(word: str) -> str:
    """What two spellings of one word share: NFC, lower case, early tone placement."""
    return early(unicodedata.normalize("NFC", word.lower()))


@lru_cache(maxsize=1 << 17)
def skeleton(word: str) -> str:
    """The word without any marks, in lower case (`Đường` -> `duong`)."""
    decomposed = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def alike(a: str, b: str) -> float:
    """The share of their letters, marks aside, that two words have in common (0 to 1)."""
    return SequenceMatcher(None, skeleton(a), skeleton(b), autojunk=False).ratio()


@lru_cache(maxsize=1 << 17)
def onset_rime(word: str) -> tuple[str, str]:
    """The initial consonants and the rest (`Nghĩa` -> `Ngh`, `ĩa`)."""
    match = _ONSET.match(word)
    end = match.end() if match else 0
    return (word[:end], word[end:]) if end < len(word) else ("", word)


def shape(text: str) -> Shape:
    """How the letters of a word are cased; a single capital counts as title."""
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if capitals > 1 and 2 * capitals >= len(letters):
        return "upper"
    return "title" if capitals and letters[0].isupper() and text[0] == letters[0] else "lower"


def reshape(word: str, form: Shape) -> str:
    """A lower-case word in the given shape."""
    if form == "upper":
        return word.upper()
    return word[:1].upper() + word[1:] if form == "title" else word
