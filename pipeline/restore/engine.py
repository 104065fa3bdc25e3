"""One run over lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.model import Word
from pipeline.restore import boundaries, decode, lattice
from pipeline.restore.candidates import Source
from pipeline.restore.casing import recased
from pipeline.restore.clean import clean
from pipeline.restore.kind import Kind
from pipeline.restore.lattice import Paragraph, Token
from pipeline.restore.models import Models
from pipeline.restore.names import named
from pipeline.restore.points import mended_points
from pipeline.restore.quarters import quarters
from pipeline.restore.quotes import closed_quotes
from pipeline.restore.render import Choice
from pipeline.restore.rivals import CERTAIN, SURE, Rival, best_of, decoded
from pipeline.restore.surnames import named_people
from pipeline.restore.syllables import key
from pipeline.restore.titles import retitled
from pipeline.restore.tokens import Atom

LINES_AT_ONCE = 400
POINT = 0.95
"""Confidence of the letter of a list point that was mended."""
QUOTE = 0.9
"""Confidence of a year whose last figure is taken for a closing quotation mark."""
QUARTER = 0.9
"""Confidence of the numeral of a quarter, of which there are four."""
LABEL_ODD = 0.5
"""Confidence of a label like `Il` or `I1`, which no list has; the order of the labels tells later what it is."""
LABEL_D = 0.85
"""Confidence of the label d of garbled text, for the engine gives it for đ as well."""


_ODD_LABEL = re.compile(r"(?=.*[l1|])(?=.*[IVXl|])[IVXl1|]+|[1I]?L")
FAMILIAR = 0.9
"""Share of certain words from which a text is one that the language model knows; of others it is less sure."""


def choose(lines: Sequence[str], kind: Kind, loaded: Models, seen: Sequence[Sequence[Word]] = ()) -> list[list[Choice]]:
    """What is chosen for the words of each line; `seen` are the engine's words, if an engine read the lines."""
    out: list[list[Choice]] = []
    source = loaded.source(kind)
    for begin in range(0, len(lines), LINES_AT_ONCE):
        block = lines[begin : begin + LINES_AT_ONCE]
        words = seen[begin : begin + LINES_AT_ONCE]
        paragraphs = boundaries.divided(lattice.cut(block, source, words), source, loaded.language)
        chosen = clean(paragraphs, loaded, source) if kind == "vie" else _noisy(paragraphs, loaded, source)
        by_line: list[list[Choice]] = [[] for _ in block]
        for paragraph, choices in zip(paragraphs, chosen, strict=True):
            for line, choice in _whole(paragraph, choices):
                by_line[line].append(choice)
        told: Sequence[Sequence[Word]] = words or [()] * len(block)
        out += named([_mended(*line, loaded) for line in zip(block, by_line, told, strict=True)])
    for number, (start, read, printed) in mended_points(lines).items():
        rest = [choice for choice in out[number] if choice.atom.start > start]
        out[number] = [Choice(Atom("word", read, start), printed, POINT, rule="list-point"), *rest]
    for number, years in closed_quotes(lines).items():
        for start, read, printed in years:
            mended = Choice(Atom("number", read, start), printed, QUOTE, (read,), rule="closing-quote")
            out[number] = [mended if (c.atom.start, c.atom.text) == (start, read) else c for c in out[number]]
    for number, text in enumerate(lines):
        for start, read, printed in quarters(text):
            out[number] = [_with_numeral(choice, start, read, printed) for choice in out[number]]
    return out


def _mended(text: str, choices: list[Choice], seen: Sequence[Word], loaded: Models) -> list[Choice]:
    """The choices of a line, with its capitals, its names of people and a title put right."""
    cased = recased(choices, loaded.words, seen)
    return retitled(named_people(text, cased, loaded.words, seen), loaded.words)


def _with_numeral(choice: Choice, start: int, read: str, printed: str) -> Choice:
    """The choice with a numeral put right, if it holds it: "11/2026" is one atom, "II1" another."""
    atom, at = choice.atom, start - choice.atom.start
    if not 0 <= at <= len(atom.text) - len(read):
        return choice
    text = atom.text[:at] + printed + atom.text[at + len(read) :]
    return Choice(atom, text, QUARTER, (atom.text,), rule="quarter")


def _whole(paragraph: Paragraph, choices: list[Choice]) -> Iterator[tuple[int, Choice]]:
    """Line and choice of every word as read: the parts of one that was cut are put together again."""
    parts: list[Choice] = []
    for token, choice in zip(paragraph.tokens, choices, strict=True):
        if token.divided < 1:
            choice = replace(choice, confidence=choice.confidence * token.divided, rule="word-boundary")
        parts.append(choice)
        if token.cut:
            continue
        if len(parts) > 1:
            atom = Atom("word", "".join(part.atom.text for part in parts), parts[0].atom.start)
            share = min(part.confidence for part in parts)
            choice = Choice(atom, " ".join(part.text for part in parts), share, rule="word-boundary")
        parts = []
        yield token.line, choice


def _noisy(paragraphs: list[Paragraph], loaded: Models, source: Source) -> list[list[Choice]]:
    """Decode every word; then once more those in doubt, with what the rest of the document says."""
    made = lattice.build(paragraphs, source)
    rivals = decoded(made, loaded)
    certain = sum(max(found)[0] >= CERTAIN for found in rivals.values())
    wary = {} if certain >= FAMILIAR * len(rivals) else decoded(made, loaded, weight=decode.WARY)
    best = [[max(rivals[id(token)]) for token in p.tokens] for p in paragraphs]
    memory = decode.remember(_certain(best))
    if memory is not None:
        numbers = [[word for _, _, word in found] for found in best]
        doubtful = [[i for i, (share, _, _) in enumerate(found) if share < CERTAIN] for found in best]
        again = lattice.build_windows(paragraphs, numbers, doubtful, source, {})
        rivals.update(decoded(again, loaded, memory))
    chosen = [[_chosen(token, rivals[id(token)], SURE[source.kind]) for token in p.tokens] for p in paragraphs]
    if not wary:
        return chosen
    return [
        [_warier(choice, wary[id(token)]) for token, choice in zip(p.tokens, choices, strict=True)]
        for p, choices in zip(paragraphs, chosen, strict=True)
    ]


def _warier(choice: Choice, found: list[Rival]) -> Choice:
    """The choice, no surer than the other weighing is of it."""
    share = sum(p for p, text, _ in found if key(text) == key(choice.text))
    return replace(choice, confidence=min(choice.confidence, share))


def _chosen(token: Token, found: list[Rival], sure: float) -> Choice:
    """The choice for a word of garbled text; the label d may be đ."""
    choice = best_of(token.atom, found, sure)
    if token.label and choice.text in ("d", "D"):
        return replace(choice, confidence=LABEL_D)
    return replace(choice, confidence=LABEL_ODD) if token.label and _ODD_LABEL.fullmatch(choice.text) else choice


def _certain(best: list[list[Rival]]) -> Iterator[list[int]]:
    """Stretches of words that are certain."""
    for found in best:
        stretch: list[int] = []
        for share, _, word in found:
            if share >= CERTAIN:
                stretch.append(word)
            else:
                yield stretch
                stretch = []
        yield stretch
