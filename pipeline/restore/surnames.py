"""Names of people: a surname at the head of a name stays one, and rare ones that were misread are put right.

The language model knows words better than people: it takes `Đinh Gia Lê` for `Định Gia Lê`, and `Phan Ngọc Huyền` for
`Phan Ngọc Huyện`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.layout import word_at
from pipeline.model import Word
from pipeline.resources import table
from pipeline.restore.lexicon import Lexicon
from pipeline.restore.render import Choice, as_read
from pipeline.restore.syllables import key

LENGTH = (3, 4)
"""Words of a name: of two, the second half of "Tống Liên / đoàn" may be on the next line."""
DOUBT = 0.95
"""The engine's confidence below which a word may be a misread surname."""
OFTEN_TITLED = 0.2
"""Share of capitals from which a word is a usual given name."""
CONFIDENCE = 0.9
_BEHIND = re.compile(r"\s*(?:$|[^\w\s])")
_BEFORE = re.compile(r"(?:^|[,;:(.–-]|(?i:(?<![^\W_])(?:ông|bà|thầy|cô|đồng chí|anh|chị)))\s*$")


@cache
def _surnames() -> tuple[frozenset[str], dict[str, str]]:
    """The surnames, and the surname of every reading."""
    rows = table("surnames")
    return frozenset(row["surname"] for row in rows), {
        read: row["surname"] for row in rows for read in row["readings"].split()
    }


def named_people(text: str, choices: list[Choice], lexicon: Lexicon, seen: Sequence[Word]) -> list[Choice]:
    """The choices of a line, with the names of people in it as they were read, or with their surname put right.

    Args:
        text: the line as read.
        choices: of its words.
        lexicon: the known words.
        seen: the engine's words of the line, if one read it.
    """
    surnames, readings = _surnames()
    if not any(c.text in readings or (c.text != c.atom.text and c.text.istitle()) for c in choices):
        return choices
    out = list(choices)
    for begin, end in _names(text, choices):
        out[begin] = head = _head(text, choices[begin], seen)
        if head.text in surnames:
            out[begin + 1 : end] = [_given(c, lexicon, seen) for c in choices[begin + 1 : end]]
    return out


def _names(text: str, choices: Sequence[Choice]) -> Iterator[tuple[int, int]]:
    """Stretches of words that each begin with a capital, parted by single spaces, with a mark or nothing behind."""
    begin = 0
    for i, choice in enumerate(choices):
        if not choice.atom.text.istitle() or (i > begin and text[choices[i - 1].atom.end : choice.atom.start] != " "):
            begin = i
        if not choice.atom.text.istitle():
            begin = i + 1
        elif LENGTH[0] <= i + 1 - begin <= LENGTH[1] and _BEHIND.match(text, choice.atom.end):
            yield begin, i + 1


def _head(text: str, choice: Choice, seen: Sequence[Word]) -> Choice:
    """The first word of a name."""
    surnames, readings = _surnames()
    read = choice.atom.text
    if choice.text in surnames:
        return choice
    if read in surnames:
        return as_read(choice, CONFIDENCE)
    surname = readings.get(choice.text) or readings.get(read)
    word = word_at(seen, choice.atom.start)
    doubted = word is not None and word.confidence is not None and word.confidence < DOUBT
    if surname is None or not doubted or not _BEFORE.search(text[: choice.atom.start]):
        return choice
    others = tuple(dict.fromkeys((choice.text, *choice.alternatives)))
    return replace(choice, text=surname, confidence=CONFIDENCE, alternatives=others, rule="surname")


def _given(choice: Choice, lexicon: Lexicon, seen: Sequence[Word]) -> Choice:
    """A further word of a name: a usual given name stays, unless the engine itself offers another."""
    read, number = choice.atom.text, lexicon.numbers.get(key(choice.atom.text))
    if choice.text == read or number is None or lexicon.titled[number] < OFTEN_TITLED:
        return choice
    word = word_at(seen, choice.atom.start)
    offered = word is not None and any(key(choice.text) == key(re.sub(r"\W", "", t)) for t in word.alternatives)
    return choice if offered else as_read(choice, CONFIDENCE)
