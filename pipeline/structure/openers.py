"""First words that tell what a paragraph is."""

from __future__ import annotations

import re
from functools import cache

from pipeline.resources import table
from pipeline.structure.agencies import starts_agency
from pipeline.structure.text import fold

_NAME_AND_VERB = 90
"""Characters in which the name of an agency and what it asks for stand."""
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


def closes(text: str) -> bool:
    """Whether a paragraph closes the plan: by its first words, or by what an agency says of itself there."""
    if opens(text, "closing"):
        return True
    folded = _signs.sub("", fold(text[:_NAME_AND_VERB].split(",")[0]))
    return starts_agency(text) and any(f" {p} " in f"{folded} " for p in _phrases("closing after agency"))
