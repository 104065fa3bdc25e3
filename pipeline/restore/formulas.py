"""Fixed formulas, in which a misread word is a word, too (`(đề phối hợp)` for `(để phối hợp)`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.model import Correction, Page
from pipeline.resources import table

CONFIDENCE = 0.95


@cache
def _formulas() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(row["pattern"]), row["printed"]) for row in table("formulas")]


def formulas(pages: Sequence[Page]) -> Iterator[Correction]:
    """What puts the formulas of dictionaries/formulas.tsv right; offsets are in the restored lines."""
    for page in pages:
        for line in page.lines:
            for pattern, printed in _formulas():
                for match in pattern.finditer(line.text):
                    yield Correction(
                        page=page.number,
                        line=line.number,
                        start=match.start(1),
                        observed=match[1],
                        restored=printed,
                        confidence=CONFIDENCE,
                        alternatives=[match[1]],
                        rule="formula",
                    )
