"""Chosen hypotheses become restored lines, words and corrections."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.model import Correction, Line, Word
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


def render(line: Line, choices: list[Choice], page: int) -> tuple[Line, list[Correction]]:
    """The restored line, its words with confidences, and the corrections made.

    Args:
        line: as read.
        choices: in order of their atoms; atoms without a choice stay as they are.
        page: number of the page, for the corrections.
    """
    text, at = "", 0
    corrections: list[Correction] = []
    spans: list[tuple[int, int, int, Choice]] = []
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
    words = tuple(_word(match, spans, line) for match in _WORD.finditer(text))
    return Line(line.number, text, words, line.bbox), corrections


def _word(match: re.Match[str], spans: list[tuple[int, int, int, Choice]], line: Line) -> Word:
    """The word with the least confidence of its parts, and the box of the observed word it comes from."""
    parts = [s for s in spans if s[0] < match.end() and s[1] > match.start()]
    confidence = min((s[3].confidence for s in parts), default=None)
    observed = None
    if line.words and parts:
        where = parts[0][2]
        observed = next((w for w in line.words if w.start <= where < w.start + len(w.text)), None)
    elif line.words:
        observed = next((w for w in line.words if w.text == match[0]), None)
    alternatives: tuple[str, ...] = ()
    if parts and parts[0][3].alternatives:
        lead, trail = match[0][: parts[0][0] - match.start()], match[0][parts[0][1] - match.start() :]
        alternatives = tuple(f"{lead}{other}{trail}" for other in parts[0][3].alternatives)
    if observed is not None and observed.confidence is not None:
        unchanged = observed.text == match[0]
        if confidence is None:
            confidence = observed.confidence
        elif unchanged:
            confidence = 1 - (1 - confidence) * (1 - 0.5 * observed.confidence)
    return Word(
        match[0],
        match.start(),
        None if confidence is None else min(1.0, max(0.0, confidence)),
        observed.bbox if observed else None,
        alternatives,
    )
