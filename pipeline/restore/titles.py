"""Types of documents that stand alone in a line of capitals (`UVẾT ĐỊNH` -> `QUYẾT ĐỊNH`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.resources import table
from pipeline.restore.lexicon import Lexicon
from pipeline.restore.render import Choice
from pipeline.restore.syllables import alike, key

LEAST_ALIKE = 0.6
CONFIDENCE = 0.9


@cache
def _types() -> tuple[tuple[str, ...], ...]:
    """The words of every type that stands above a title."""
    names = (row["name"].upper().split() for row in table("document_types") if row["title"] == "yes")
    return tuple(tuple(name) for name in names if len(name) > 1)


def retitled(choices: Sequence[Choice], lexicon: Lexicon) -> list[Choice]:
    """The choices of a line; where all but one of its words are those of a type, the unknown one becomes its word."""
    out = list(choices)
    texts = [choice.text for choice in choices]
    if not all(text.isupper() for text in texts):
        return out
    for i, text in enumerate(texts):
        if len(text) < 3 or not text.isalpha() or key(text) in lexicon.numbers:
            continue
        rest = [key(t) for t in texts[:i] + texts[i + 1 :]]
        fitting = [name[i] for name in _types() if [key(t) for t in name[:i] + name[i + 1 :]] == rest and len(name) > i]
        best = max(((alike(text, word), word) for word in fitting), default=(0.0, ""))
        if best[0] >= LEAST_ALIKE:
            out[i] = replace(out[i], text=best[1], confidence=CONFIDENCE, alternatives=(text,), rule="document-type")
    return out
