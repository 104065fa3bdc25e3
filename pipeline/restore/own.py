"""A document's own words (`khóm`, `ấp`), which it holds far more often than texts do: no others take their place."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from pipeline.restore.lattice import Token
from pipeline.restore.models import Models
from pipeline.restore.render import Choice, as_read
from pipeline.restore.syllables import key, skeleton

LEAST, OFTEN = 4, 30
"""Times that a document's own word stands in it unchanged, and how many times as often as in texts."""
CONFIDENCE = 0.9
"""Confidence of such a word, where another one suited its neighbours better."""


def kept(tokens: Sequence[Sequence[Token]], chosen: Sequence[list[Choice]], loaded: Models) -> list[list[Choice]]:
    """The choices; a document's own word does not become one of other letters, unless the engine itself offers that.

    Engines misread a word by chance, and not the same one again and again as the same known word; marks they do lose
    again and again, so a word that only loses or changes marks is none of this.
    """
    pairs = [list(zip(line, choices, strict=True)) for line, choices in zip(tokens, chosen, strict=True)]
    tempted = {key(c.atom.text) for t, c in chain.from_iterable(pairs) if _is_other(t, c)} & loaded.words.numbers.keys()
    if not tempted:
        return list(chosen)
    left = Counter(key(c.atom.text) for t, c in chain.from_iterable(pairs) if not t.label and c.text == c.atom.text)
    total = left.total()
    own = {word for word in tempted if left[word] >= max(LEAST, OFTEN * total * _share(word, loaded))}

    def settled(token: Token, choice: Choice) -> Choice:
        return as_read(choice, CONFIDENCE) if key(choice.atom.text) in own and _is_other(token, choice) else choice

    return [[settled(token, choice) for token, choice in line] for line in pairs]


def _is_other(token: Token, choice: Choice) -> bool:
    """Whether a word becomes one of other letters that the engine does not offer."""
    if choice.text == choice.atom.text or skeleton(key(choice.text)) == skeleton(key(choice.atom.text)):
        return False
    offered = token.evidence.alternatives if token.evidence else ()
    return all(key(text) != key(choice.text) for text, _ in offered)


def _share(word: str, loaded: Models) -> float:
    """How often a word stands among those of texts."""
    return math.exp(loaded.language.unigrams[loaded.words.numbers[word], 0])
