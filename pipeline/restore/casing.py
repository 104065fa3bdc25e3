"""Capitals: a syllable read in capitals amid small letters was not printed so (`TO` for `Tổ`, `HO` for `Hồ`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout import word_at
from pipeline.model import Word
from pipeline.restore.lexicon import Lexicon
from pipeline.restore.render import Choice
from pipeline.restore.syllables import Shape, key, reshape, shape, skeleton
from pipeline.syllable import is_syllable

_WORD = re.compile(r"[^\W\d_]{2,}")
_MIXED = re.compile(r"[A-Z]{2,}[a-z]+|[a-z]+[A-Z]+[a-z]+")
ALIKE = frozenset("cosuvxzpk")
"""Letters whose capitals are but larger."""
OFTEN_TITLED = 0.3
"""Share of capitals from which a word keeps one without a neighbour that has one."""


def recased(choices: Sequence[Choice], lexicon: Lexicon, seen: Sequence[Word] = ()) -> list[Choice]:
    """The choices of a line, with lone syllables in capitals put into the case of their neighbours.

    So are syllables with capitals behind small or first letters ("VOng"): nothing is printed so.

    Args:
        choices: of one line.
        lexicon: the known words.
        seen: the engine's words of the line, if one read it.
    """
    out = list(choices)
    line = " ".join(choice.text for choice in choices)
    if in_capitals(line) or line.isupper():  # "SỞ Y TẾ" is too short to be told by its words
        return out
    for i, choice in enumerate(choices):
        if _is_mixed(choice.text, lexicon):
            out[i] = replace(choice, text=_unmixed(choices, i, lexicon))
            continue
        if not _in_capitals(choice.text) or not is_syllable(choice.text.lower()):
            continue
        if choice.text == choice.atom.text and not _looks_capital(choice.text) and not _is_offered_small(choice, seen):
            continue
        neighbours = [c.text for c in choices[max(0, i - 1) : i + 2] if c is not choice and c.text.isalpha()]
        if not neighbours or any(_in_capitals(text) and is_syllable(text.lower()) for text in neighbours):
            continue
        titled = any(shape(text) == "title" for text in neighbours) and choice.atom.text[:1].isupper()
        form: Shape = "title" if titled or i == 0 or _is_often_titled(choice.text, lexicon) else "lower"
        out[i] = replace(choice, text=reshape(choice.text.lower(), form))
    return out


def _is_mixed(text: str, lexicon: Lexicon) -> bool:
    """Whether a syllable has capitals behind small letters, or small ones behind several capitals.

    Brands, units and codes have, too ("VNeID", "kWh", "LoA"): a word without marks must be a known one.
    """
    if not text.isalpha() or text.islower() or text.isupper() or text.istitle() or not is_syllable(text.lower()):
        return False
    return not text.isascii() or (_MIXED.fullmatch(text) is not None and key(text) in lexicon.numbers)


def _unmixed(choices: Sequence[Choice], i: int, lexicon: Lexicon) -> str:
    """The word as it is printed: with a capital, unless that is one like a small letter amid a sentence ("tử VOng")."""
    text = choices[i].text
    before = choices[i - 1] if i else None
    inside = before is not None and before.text.islower() and before.atom.end + 1 == choices[i].atom.start
    small = inside and text[0].lower() in ALIKE and not _is_often_titled(text, lexicon)
    return reshape(text.lower(), "title" if text[0].isupper() and not small else "lower")


def _is_often_titled(text: str, lexicon: Lexicon) -> bool:
    number = lexicon.numbers.get(key(text))
    return number is not None and lexicon.titled[number] >= OFTEN_TITLED


def _is_offered_small(choice: Choice, seen: Sequence[Word]) -> bool:
    """Whether the engine itself offers a word with marks in small letters, too ("VỀ", or "Về")."""
    word = None if choice.text.isascii() else word_at(seen, choice.atom.start)
    lead = choice.atom.start - word.start if word else 0
    others = (text[lead : lead + len(choice.text)] for text in (word.alternatives if word else ()))
    return any(text.lower() == choice.text.lower() and not text.isupper() for text in others)


def _looks_capital(text: str) -> bool:
    """Whether a word with marks is in capitals that, but for the first, look like small letters (`TỔ`, `SỞ`)."""
    return not text.isascii() and set(skeleton(text[1:])) <= ALIKE


def _in_capitals(text: str) -> bool:
    return len(text) > 1 and text.isalpha() and text.isupper()


def in_capitals(line: str) -> bool:
    """Whether a line is printed in capitals, as headings are."""
    words = _WORD.findall(line)
    return len(words) > 2 and not any(word.islower() for word in words) and sum(map(len, words)) > 3 * len(words)
