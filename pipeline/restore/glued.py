"""Specks between two words that an engine takes for a mark (`quản.lý`, `nhiệm'về`), and marks without a space."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.model import Correction, Page
from pipeline.syllable import is_syllable

CONFIDENCE = 0.9
_TOKEN = re.compile(r"(?<![^\s“\"(])[^\s.,;:'’*‹›“”\"()]+(?:[.,;:'’*‹›][^\s.,;:'’*‹›“”\"()]+)+(?=[.,;:)”\"]*(?:\s|$))")
_MARK = re.compile(r"[.,;:'’*‹›]")
_SPACED = ",;:"
"""Marks that may be printed there, but for the space behind them; of the others none stands before a small letter."""


def glued(pages: Sequence[Page]) -> Iterator[Correction]:
    """What parts such words, on pages that our engine read; offsets are in the restored lines."""
    for page in pages:
        if page.kind != "scan":
            continue
        for line in page.lines:
            for start, mark in _marks(line.text):
                yield Correction(
                    page=page.number,
                    line=line.number,
                    start=start,
                    observed=mark,
                    restored=f"{mark} " if mark in _SPACED else " ",
                    confidence=CONFIDENCE,
                    alternatives=[mark],
                    rule="glued",
                )


def _marks(line: str) -> Iterator[tuple[int, str]]:
    """The marks within tokens that are nothing but syllables."""
    for token in _TOKEN.finditer(line):
        if _are_words(_MARK.split(token[0])):
            yield from ((token.start() + mark.start(), mark[0]) for mark in _MARK.finditer(token[0]))


def _are_words(parts: Sequence[str]) -> bool:
    """Whether parts are syllables, all but the first in small letters, and one of each two bears marks: no address."""
    return (
        all(len(part) > 1 and is_syllable(part.lower()) for part in parts)
        and all(part.islower() for part in parts[1:])
        and all(not (a + b).isascii() for a, b in pairwise(parts))
    )
