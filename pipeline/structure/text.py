"""Small facts about Vietnamese print: folded letters, widths of Times glyphs, how sentences begin and end."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from pipeline.resources import table

_SINGLE = {
    "đ": "d",
    "Đ": "d",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "–": "-",
    "—": "-",
    "―": "-",
    "−": "-",
    "\xa0": " ",
    "⁄": "/",
    "∕": "/",
}


def _base(char: str) -> str:
    if char in _SINGLE:
        return _SINGLE[char]
    base = unicodedata.normalize("NFD", char)[0]
    lower = base.lower()
    return lower if len(lower) == 1 else base


_FOLDED = (*range(0x20, 0x250), *range(0x1E00, 0x1F00), *range(0x2010, 0x2016), 0x2044, 0x2212, 0x2215)
_FOLD = {code: _base(chr(code)) for code in _FOLDED}

# Advance widths of Times Roman in thousandths of an em (Adobe Core14 metrics, rounded to classes).
_WIDTHS = {
    "ijlt /\\:;|": 278, "frI()-[]!": 333, "sJ": 389, "acez": 444, "\"“”'‘’`": 420, " ,.": 250, "m": 778, "w": 722,
    "bdghknopquvxy0123456789+*": 500, "ELTZ": 611, "BCR": 667, "FPS": 556, "ADGHKNOQUVXY": 722, "MW%": 889,
}  # fmt: skip
_ADVANCE = {char: width for chars, width in _WIDTHS.items() for char in chars}


@cache
def small_words(role: str) -> tuple[str, ...]:
    """The words of function_words.tsv that have this role: connector, issuer-end, law-end."""
    return tuple(row["word"] for row in table("function_words") if row["role"] == role)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """The text in lower case without diacritics, character by character: offsets stay what they were."""
    return text.translate(_FOLD)


@cache
def _advance(char: str) -> int:
    if char in _ADVANCE:
        return _ADVANCE[char]
    base = unicodedata.normalize("NFD", char)[0]
    if base in "đĐ":
        return 500 if base == "đ" else 722
    return _ADVANCE.get(base, 500)


@lru_cache(maxsize=8192)
def width(text: str) -> float:
    """Width of the text in ems, set in Times: how far a printed line reaches where there is no geometry."""
    return sum(map(_advance, text)) / 1000


def first_word(text: str) -> str:
    """The characters up to the first white space."""
    return text.split(maxsplit=1)[0] if text.strip() else ""


def last_word(text: str) -> str:
    """The characters after the last white space."""
    return text.rsplit(maxsplit=1)[-1] if text.strip() else ""


_END = re.compile(r"(?:[.:;!?…]|\./\.)[”\"')\]]*(?:\^\d+)?$")
_OPENING = "“\"'‘(["


def terminal(text: str) -> bool:
    """Whether a sentence, clause or heading ends with this line: ".", ";", ":", "./." and the like."""
    return bool(_END.search(text.rstrip()[-16:]))


def starts_lower(text: str) -> bool:
    """Whether the first letter is a lower-case one; false where the text does not begin with a letter."""
    bare = text.lstrip(_OPENING)
    return bool(bare) and bare[0].islower()


def starts_upper(text: str) -> bool:
    """Whether the text begins with a capital, a digit or an opening quotation mark."""
    bare = text.lstrip(_OPENING)
    return bool(bare) and (bare[0].isupper() or bare[0].isdigit())


_UPPER = 0.87
"""Share of capitals in the letters of a line that is set in them."""


@lru_cache(maxsize=8192)
def mostly_upper(text: str) -> bool:
    """Whether a line is set in capitals (at most one letter in eight is not: OCR, "và" ...)."""
    few = (1 - _UPPER) * len(text)
    if sum(map(str.islower, text[: len(text) // 4 + 8])) > few:  # of nearly all lines the beginning tells
        return False
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 3 and sum(map(str.isupper, letters)) >= _UPPER * len(letters)


def connects(text: str) -> bool:
    """Whether the line ends in a word that cannot end a phrase: "của", "và", a comma, a hyphen after a digit."""
    bare = text.rstrip()
    words = bare.lower().rsplit(maxsplit=2)[-2:]
    if words == ["trực", "thuộc"]:
        return False
    return bare.endswith((",", "-", "/", "(", "–", ", trình")) or (
        bool(words) and words[-1] in small_words("connector")
    )
