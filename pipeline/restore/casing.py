"""Capitals: a syllable read in capitals amid small letters was not printed so (`TO` for `Tổ`, `HO` for `Hồ`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.restore.lexicon import Lexicon
from pipeline.restore.render import Choice
from pipeline.restore.syllables import key, reshape, shape, skeleton
from pipeline.syllable import is_syllable

_WORD = re.compile(r"[^\W\d_]{2,}")
ALIKE = frozenset("cosuvxzpk")
"""Letters whose capitals are but larger."""
OFTEN_TITLED = 0.3
"""Share of capitals from which a word keeps one without a neighbour that has one."""


def recased(choices: Sequence[Choice], lexicon: Lexicon) -> list[Choice]:
    """The choices of a line, with lone syllables in capitals put into the case of their neighbours."""
    out = list(choices)
    line = " ".join(choice.text for choice in choices)
    if in_capitals(line) or line.isupper():  # "SỞ Y TẾ" is too short to be told by its words
        return out
    for i, choice in enumerate(choices):
        if not _in_capitals(choice.text) or not is_syllable(choice.text.lower()):
            continue
        if choice.text == choice.atom.text and not _looks_capital(choice.text):
            continue
        neighbours = [c.text for c in choices[max(0, i - 1) : i + 2] if c is not choice and c.text.isalpha()]
        if not neighbours or any(_in_capitals(text) and is_syllable(text.lower()) for text in neighbours):
            continue
        number = lexicon.numbers.get(key(choice.text))
        titled = any(shape(text) == "title" for text in neighbours) and choice.atom.text[:1].isupper()
        often = number is not None and lexicon.titled[number] >= OFTEN_TITLED
        text = reshape(choice.text.lower(), "title" if titled or often or i == 0 else "lower")
        out[i] = replace(choice, text=text)
    return out


def _looks_capital(text: str) -> bool:
    """Whether a word with marks is in capitals that, but for the first, look like small letters (`TỔ`, `SỞ`)."""
    return not text.isascii() and set(skeleton(text[1:])) <= ALIKE


def _in_capitals(text: str) -> bool:
    return len(text) > 1 and text.isalpha() and text.isupper()


def in_capitals(line: str) -> bool:
    """Whether a line is printed in capitals, as headings are."""
    words = _WORD.findall(line)
    return len(words) > 2 and not any(word.islower() for word in words) and sum(map(len, words)) > 3 * len(words)
