"""What the OCR engine itself says of a word: how sure it was, and what else it may have been."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.layout import word_at
from pipeline.model import Word
from pipeline.restore.candidates import Candidate, Source
from pipeline.restore.classes import UNKNOWN
from pipeline.restore.habits import Habits, misread
from pipeline.restore.syllables import key
from pipeline.restore.tokens import Atom

DOUBT = ((0.85, 3.0), (0.90, 2.0), (0.95, 0.0), (0.97, -2.0))
"""Confidence of Tesseract, and log P(confidence | misread) / P(confidence | read rightly), of 5,000 words of scans."""
ANOTHER = -0.7
"""Log probability that an alternative of the engine is meant, besides its odds."""
LEAST = 0.05
"""Odds from which an alternative that is a known word makes a word doubtful."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of one word.

    Attributes:
        misread: log odds that it was misread, against the usual.
        alternatives: other readings, with the log of their odds against the word as read.
    """

    misread: float
    alternatives: tuple[tuple[str, float], ...]


def evidence(atom: Atom, words: Sequence[Word]) -> Evidence | None:
    """What is known of an atom from the engine's word around it; None where that tells nothing."""
    word = word_at(words, atom.start)
    if word is None or word.confidence is None or atom.kind != "word" or atom.end > word.start + len(word.text):
        return None
    lead, trail = word.text[: atom.start - word.start], word.text[atom.end - word.start :]
    others = [
        (text[len(lead) : len(text) - len(trail)], math.log(odds))
        for text, odds in zip(word.alternatives, word.odds, strict=False)
        if odds >= LEAST and text.startswith(lead) and text.endswith(trail) and len(text) > len(lead) + len(trail)
    ]
    return Evidence(_interpolated(word.confidence), tuple(others))


def _interpolated(confidence: float) -> float:
    for (low, first), (high, second) in pairwise(DOUBT):
        if confidence < high:
            return first + (second - first) * max(0.0, confidence - low) / (high - low)
    return DOUBT[-1][1]


def doubted(atom: Atom, found: Evidence, source: Source) -> bool:
    """Whether the engine gives a reason to look at a word of clean text."""
    numbers = source.lexicon.numbers
    return any(key(text) in numbers and key(text) != key(atom.text) for text, _ in found.alternatives)


def weighed(options: Sequence[Candidate], atom: Atom, found: Evidence, source: Source) -> list[Candidate]:
    """The hypotheses for a word, with what the engine says; doubt in the word as read is taken off it.

    To add it to all the others says the same, and makes new ones of dozens.
    """
    own = key(atom.text)
    best = {
        o.word: Candidate(o.word, o.text, o.logp - found.misread) if o.word == UNKNOWN or key(o.text) == own else o
        for o in options
    }
    kept = max((o.logp for o in options if key(o.text) == own), default=0.0) - found.misread
    for text, odds in found.alternatives:
        number = source.lexicon.numbers.get(key(text))
        logp = kept + odds + ANOTHER
        if number is not None and key(text) != own and (number not in best or logp > best[number].logp):
            best[number] = Candidate(number, text, logp)
    return list(best.values())


def misreadings(options: Sequence[Candidate], atom: Atom, habits: Habits, source: Source) -> list[Candidate]:
    """The hypotheses for a word, with what the engine misreads in this document again and again."""
    numbers = source.lexicon.numbers
    best = {o.word: o for o in options}
    for text, logp in misread(atom.text, habits, numbers.__contains__).items():
        number = numbers[key(text)]
        if number not in best or logp > best[number].logp:
            best[number] = Candidate(number, text, logp)
    return list(best.values())
