"""First words that tell what a paragraph is."""

from __future__ import annotations

from functools import cache

from pipeline.resources import table
from pipeline.structure.text import fold


@cache
def _phrases(role: str) -> tuple[str, ...]:
    return tuple(fold(row["phrase"]) for row in table("openers") if row["role"] == role)


def opens(text: str, *roles: str) -> bool:
    """Whether the text begins with a phrase of one of the roles in openers.tsv."""
    folded = fold(text)
    return text[:1].isupper() and any(
        folded.startswith(p) and not folded[len(p) : len(p) + 1].isalpha() for role in roles for p in _phrases(role)
    )
