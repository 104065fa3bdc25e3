"""The words that the restorer knows: numbers, casing, skeletons."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from pipeline.restore.classes import CLASSES
from pipeline.restore.syllables import skeleton
from pipeline.syllable import is_syllable


@dataclass(frozen=True)
class Lexicon:
    """Known words; positions in the lists are the language model's word numbers.

    Attributes:
        words: lower-case word of each number, tone early; the classes come first.
        numbers: number of each word.
        forms: the usual spelling (tone placement) of each number.
        capital: share of occurrences in which all letters are capitals, per number.
        titled: share of those not all in capitals that begin with one, per number.
        by_skeleton: numbers of the words that look alike without marks.
        code_parts: the usual spelling of the parts of document codes, by their bare letters (`QD` -> `QĐ`).
    """

    words: list[str]
    numbers: dict[str, int]
    forms: list[str]
    capital: list[float]
    titled: list[float]
    by_skeleton: dict[str, list[int]]
    code_parts: dict[str, str]

    def is_abbreviation(self, number: int) -> bool:
        """Whether a word is mostly printed in capitals and is no syllable."""
        return self.capital[number] > 0.8 and not is_syllable(self.words[number])


def load(folder: Path) -> Lexicon:
    """Read syllables.tsv and code_parts.tsv."""
    words, forms = list(CLASSES), list(CLASSES)
    capital, titled = [0.0] * len(CLASSES), [0.0] * len(CLASSES)
    by_skeleton: dict[str, list[int]] = defaultdict(list)
    for row in (folder / "syllables.tsv").read_text("utf-8").splitlines()[1:]:
        word, form, lower, title, upper = row.split("\t")
        by_skeleton[skeleton(word)].append(len(words))
        words.append(word)
        forms.append(form or word)
        capital.append(int(upper) / (int(lower) + int(title) + int(upper)))
        titled.append(int(title) / max(1, int(lower) + int(title)))
    parts = (row.split("\t") for row in (folder / "code_parts.tsv").read_text("utf-8").splitlines()[1:])
    return Lexicon(
        words,
        {w: i for i, w in enumerate(words)},
        forms,
        capital,
        titled,
        dict(by_skeleton),
        {p[0]: p[1] for p in parts},
    )
