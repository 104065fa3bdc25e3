"""Abbreviations with a letter too many (`PCTTT`, `QĐ-BYTT`): engines read a capital that follows its like twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from pipeline.model import Correction, Page
from pipeline.resources import table

CONFIDENCE = 0.9
_CAPITALS = re.compile(r"(?<![^\W_])[A-ZĐ]{3,9}(?![^\W_])")
_LEAST, _OFTEN = 4, 3
"""Letters of an abbreviation, and how many times as often the document writes it with a letter less."""
_LONG = 3
"""Letters of a part of a code that is not met by chance: the code "BTTTT-THH" holds no "TH" read twice."""


def doubled(pages: Sequence[Page]) -> Iterator[Correction]:
    """What takes the letter off, on pages that our engine read; offsets are in the restored lines.

    An abbreviation is mended that the document mostly writes with a letter less, or that only then is part of a code.
    """
    spelt = Counter(found for page in pages for line in page.lines for found in _CAPITALS.findall(line.text))
    for page in pages:
        if page.kind != "scan":
            continue
        for line in page.lines:
            for match in _CAPITALS.finditer(line.text):
                if usual := _usual(match[0], spelt, line.text[: match.start()].endswith(("/", "-"))):
                    yield Correction(
                        page=page.number,
                        line=line.number,
                        start=match.start(),
                        observed=match[0],
                        restored=usual,
                        confidence=CONFIDENCE,
                        alternatives=[match[0]],
                        rule="doubled",
                    )


@cache
def _parts() -> frozenset[str]:
    """The parts of document codes."""
    return frozenset(row["form"] for row in table("code_parts"))


def _usual(read: str, spelt: Mapping[str, int], in_code: bool) -> str:
    """The abbreviation without the letter that was read twice; "" where nothing tells that one was."""
    shorter = sorted({read[:i] + read[i + 1 :] for i in range(1, len(read)) if read[i] == read[i - 1]})
    if not shorter or read in _parts():
        return ""
    best = max(shorter, key=lambda text: (spelt.get(text, 0), text in _parts()))
    often = len(read) >= _LEAST and spelt.get(best, 0) >= _OFTEN * spelt[read]
    part = in_code and best in _parts() and (len(best) >= _LONG or "ĐĐ" in read)
    return best if often or part else ""
