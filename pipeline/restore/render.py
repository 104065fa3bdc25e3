"""Chosen hypotheses become restored lines, words and corrections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.layout import word_at
from pipeline.model import Bbox, Correction, Line, Word
from pipeline.restore.syllables import key
from pipeline.restore.tokens import Atom

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for an atom.

    Attributes:
        atom: the atom as read.
        text: what is written for it.
        confidence: posterior probability.
        alternatives: other hypotheses, best first.
        rule: which rule proposes it.
    """

    atom: Atom
    text: str
    confidence: float
    alternatives: tuple[str, ...] = ()
    rule: str = "noise-channel"


def as_read(choice: Choice, confidence: float) -> Choice:
    """The word as read; what it was taken for is the first alternative."""
    others = (choice.text, *(text for text in choice.alternatives if key(text) != key(choice.atom.text)))
    return replace(choice, text=choice.atom.text, confidence=confidence, alternatives=others)


Span = tuple[int, int, int, Choice]
"""Begin and end in the restored line, begin in the line as read, and what was chosen."""


def render(line: Line, choices: list[Choice], page: int) -> tuple[Line, list[Correction]]:
    """The restored line, its words with confidences, and the corrections made.

    Args:
        line: as read.
        choices: in order of their atoms; atoms without a choice stay as they are.
        page: number of the page, for the corrections.
    """
    text, at = "", 0
    corrections: list[Correction] = []
    spans: list[Span] = []
    for choice in choices:
        atom = choice.atom
        text += line.text[at : atom.start]
        spans.append((len(text), len(text) + len(choice.text), atom.start, choice))
        text += choice.text
        at = atom.end
        if choice.text != atom.text:
            corrections.append(
                Correction(
                    page=page,
                    line=line.number,
                    start=atom.start,
                    observed=atom.text,
                    restored=choice.text,
                    confidence=round(choice.confidence, 4),
                    alternatives=list(choice.alternatives),
                    rule=choice.rule,
                )
            )
    text += line.text[at:]
    words = tuple(_word(match, parts, line) for match, parts in _parts(text, spans))
    return replace(line, text=text, words=words), corrections


def _parts(text: str, spans: list[Span]) -> Iterator[tuple[re.Match[str], list[Span]]]:
    """Every word of the text with the spans that it overlaps."""
    at = 0
    for match in _WORD.finditer(text):
        begin, end = match.span()
        while at < len(spans) and spans[at][1] <= begin:
            at += 1
        last = at
        while last < len(spans) and spans[last][0] < end:
            last += 1
        yield match, spans[at:last]


def _word(match: re.Match[str], parts: list[Span], line: Line) -> Word:
    """The word with the least confidence of its parts, and the box of the observed word it comes from."""
    if len(parts) == 1 and not line.words and not parts[0][3].alternatives:  # most words of a text
        return Word(match[0], match.start(), min(1.0, parts[0][3].confidence))
    confidence = min([s[3].confidence for s in parts], default=None)
    observed = None
    if line.words and parts:
        observed = word_at(line.words, parts[0][2])
    elif line.words:
        same = [w for w in line.words if w.text == match[0]]
        observed = min(same, key=lambda w: abs(w.start - match.start()), default=None)
    alternatives: tuple[str, ...] = ()
    if parts and parts[0][3].alternatives and match.start() <= parts[0][0] and parts[0][1] <= match.end():
        lead, trail = match[0][: parts[0][0] - match.start()], match[0][parts[0][1] - match.start() :]
        alternatives = tuple(f"{lead}{other}{trail}" for other in parts[0][3].alternatives)
    if observed is not None and observed.confidence is not None:
        unchanged = observed.text == match[0]
        if confidence is None:
            confidence = observed.confidence
        elif not match[0].isalpha() and any(map(str.isdigit, match[0])):  # context knows nothing of figures
            confidence = min(confidence, observed.confidence, _share_of_figures(observed))
        elif unchanged:
            confidence = 1 - (1 - confidence) * (1 - 0.5 * observed.confidence)
    return Word(
        match[0],
        match.start(),
        None if confidence is None else min(1.0, max(0.0, confidence)),
        _place(observed, parts, line),
        alternatives,
    )


def _share_of_figures(word: Word) -> float:
    """The share of a word's figures among the engine's readings: "2028" is not sure beside "2025" at odds of 0.7."""
    own = re.sub(r"\D", "", word.text)
    others = ((re.sub(r"\D", "", text), odds) for text, odds in zip(word.alternatives, word.odds, strict=False))
    return 1 / (1 + sum(odds for text, odds in others if text != own and len(text) == len(own)))


def _place(observed: Word | None, parts: list[Span], line: Line) -> Bbox | None:
    """The box of an observed word; that of all together where several were joined into one."""
    if observed is None or observed.bbox is None or not parts:
        return observed.bbox if observed else None
    end = max([choice.atom.end for *_, choice in parts])
    if end <= observed.start + len(observed.text):
        return observed.bbox
    boxes = [w.bbox for w in line.words if w.bbox and observed.start <= w.start < end]
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)
