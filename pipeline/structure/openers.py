"""First words that tell what a paragraph is."""

from __future__ import annotations

import re
from functools import cache

from pipeline.resources import table
from pipeline.structure.text import fold

_signs = re.compile(r"[^\w\s]")


@cache
def _phrases(role: str) -> tuple[str, ...]:
    return tuple(_signs.sub("", fold(row["phrase"])) for row in table("openers") if row["role"] == role)


def opens(text: str, *roles: str) -> bool:
    """Whether the text begins with a phrase of one of the roles in openers.tsv."""
    folded = _signs.sub("", fold(text[:80]))
    return text[:1].isupper() and any(
        folded.startswith(p) and not folded[len(p) : len(p) + 1].isalpha() for role in roles for p in _phrases(role)
    )
