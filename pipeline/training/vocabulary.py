"""The vocabulary: which words are known, how they are cased and spelled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.restore.classes import CLASSES
from pipeline.restore.syllables import key, shape
from pipeline.syllable import is_syllable

LEAST_SYLLABLE = 1
LEAST_OTHER = 30
"""How often a spelling must occur to be known: a possible syllable, anything else (abbreviations, foreign words)."""


@dataclass(frozen=True)
class Entry:
    """One known word.

    Attributes:
        key: lower case, early tone placement.
        form: its most frequent lower-case spelling (lower-cased only for comparison where it is mostly capitals).
        lower, title, upper: how often it occurs in each shape.
    """

    key: str
    form: str
    lower: int
    title: int
    upper: int


def vocabulary(forms: Counter[str], given: Iterable[str] = ()) -> list[Entry]:
    """The known words, most frequent first, from the counts of words as printed; `given` ones are known always."""
    certain = {key(word) for word in given}
    shapes: dict[str, Counter[str]] = defaultdict(Counter)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for word, count in forms.items():
        if not word.isalpha():
            continue
        k = key(word)
        shapes[k][shape(word)] += count
        spellings[k][word.lower()] += count
    found: list[Entry] = []
    for k, by_shape in shapes.items():
        total = by_shape.total()
        if k in certain or total >= (LEAST_SYLLABLE if is_syllable(k) else LEAST_OTHER):
            form = min(spellings[k].items(), key=lambda item: (-item[1], item[0]))[0]
            found.append(Entry(k, form, by_shape["lower"], by_shape["title"], by_shape["upper"]))
    return sorted(found, key=lambda e: (-(e.lower + e.title + e.upper), e.key))


def numbers(entries: list[Entry]) -> dict[str, int]:
    """The language model's number of each known key; the classes come first."""
    return {entry.key: i for i, entry in enumerate(entries, len(CLASSES))}
