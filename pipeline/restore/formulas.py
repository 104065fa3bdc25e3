"""Fixed formulas, in which a misread word is a word, too (`(đề phối hợp)` for `(để phối hợp)`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.model import Correction, Page
from pipeline.resources import table

CONFIDENCE = 0.95


_AT_WORD = r"(?<![^\W_])"


@cache
def _formulas() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(row["pattern"]), row["printed"]) for row in table("formulas")]


@cache
def _any_formula() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """All formulas in one: those at the beginning of a line, of a word, and others; most lines hold none."""
    begin: list[str] = []
    word: list[str] = []
    others: list[str] = []
    for pattern, _ in _formulas():
        kind = begin if pattern.pattern.startswith("^") else word if pattern.pattern.startswith(_AT_WORD) else others
        kind.append(f"(?:{pattern.pattern.removeprefix(_AT_WORD)})")
    return re.compile("|".join(begin)), re.compile(f"{_AT_WORD}(?:{'|'.join(word)})"), re.compile("|".join(others))


def formulas(pages: Sequence[Page]) -> Iterator[Correction]:
    """What puts the formulas of dictionaries/formulas.tsv right; offsets are in the restored lines."""
    for page in pages:
        for line in page.lines:
            for start, observed, restored in _mended(line.text):
                yield Correction(
                    page=page.number,
                    line=line.number,
                    start=start,
                    observed=observed,
                    restored=restored,
                    confidence=CONFIDENCE,
                    alternatives=[observed],
                    rule="formula",
                )


def _mended(line: str) -> Iterator[tuple[int, str, str]]:
    """Where a line is mended, what stands there and what is printed; no two places overlap."""
    begin, word, others = _any_formula()
    if not (begin.match(line) or word.search(line) or others.search(line)):
        return
    taken: list[tuple[int, int]] = []
    for pattern, printed in _formulas():
        for match in pattern.finditer(line):
            (start, end), restored = match.span(1), match.expand(printed)
            if restored != match[1] and all(end <= a or b <= start for a, b in taken):
                taken.append((start, end))
                yield start, match[1], restored
