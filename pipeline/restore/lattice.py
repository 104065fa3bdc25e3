"""From lines to a lattice of hypotheses, and back from chosen edges to text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.model import Word
from pipeline.restore.candidates import Candidate, Source, candidates, prepare
from pipeline.restore.casing import in_capitals
from pipeline.restore.classes import CODE, END, ROMAN, START, UNKNOWN
from pipeline.restore.codes import is_code
from pipeline.restore.decode import Lattice, Sausage
from pipeline.restore.evidence import Evidence, evidence, misreadings, weighed
from pipeline.restore.habits import Habits
from pipeline.restore.tokens import LONE, Atom, atoms

_LABEL = re.compile(
    r"""\s*(?:[IVXLl1|]{1,5}[.\-]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\d?\)|[A-ZĐÐ]\)|\([ivxl]{1,5}\)
    |(?P<letter>[A-ZĐÐ])(?i:(?P=letter))?[.](?=\s+[^\Wa-z])|[-+*•–—])(?=\s|$)""",
    re.VERBOSE,
)
_PIECES = re.compile(r"\w+|[^\w]")
_ENDLESS = re.compile(r"\S{600,}|(?:(?!([^\w\s])\1\1)\S){150,}|(?:(?<!\S)\S[ \t]+){60,}")
"""More characters without a space than a word or address has (leaders, `......`, part words), or lone ones in a row."""
NO_ABBREVIATION = -6.0
"""Log odds of an unknown word in a line of capitals: there it is rather a garbled one."""
CHAIN = 3
"""Words of context before and behind."""
_ENDS = (".", ";", ":", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Token:
    """An atom that is no mere mark.

    Attributes:
        line: index of its line.
        atom: as read.
        capitals: whether its line is in capitals, where short words are no abbreviations.
        label: whether it belongs to the label before a paragraph, which is left to the structure stage.
        cut: whether the next token is the rest of the same word as read.
        divided: probability that it was to be cut or joined; 1 where it stands as read.
        evidence: what the engine says of it, if anything.
    """

    line: int
    atom: Atom
    label: bool
    capitals: bool
    cut: bool = False
    divided: float = 1.0
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that belong together.

    Attributes:
        tokens: the words.
        context: what stands before: START, or END where the beginning is not there (no n-gram goes on after it).
        closed: whether it ends as paragraphs do.
    """

    tokens: list[Token]
    context: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to fill between two nodes: its token (None: context) and the hypotheses."""

    token: Token | None
    start: int
    end: int
    options: list[Candidate]


@dataclass
class Builder:
    """Slots under construction; level and paragraph of every node."""

    slots: list[Slot] = field(default_factory=list)
    level: list[int] = field(default_factory=list)
    paragraph: list[int] = field(default_factory=list)


def begins_paragraph(line: str, before: str | None) -> bool:
    """Whether a line starts a paragraph, seen from the last line with text before it.

    A label starts one, and so does a line behind an end mark; a line that goes on in small letters does not, even
    where the engine saw an empty line or a page ends.
    """
    if before is None or _LABEL.match(line):
        return True
    return before.rstrip().endswith(_ENDS)


def cut(lines: Sequence[str], source: Source, seen: Sequence[Sequence[Word]] = ()) -> list[Paragraph]:
    """The paragraphs of a text: what is to be restored and what serves as context.

    Args:
        lines: as read.
        source: of candidates.
        seen: the engine's words of each line; clean text is judged with its confidences and alternatives.
    """
    paragraphs: list[Paragraph] = []
    before: str | None = None
    gap = False
    for number, line in enumerate(lines):
        if not line.strip():
            gap = True
            continue
        capital = _goes_with_capital(line)
        if begins_paragraph(line, before) or (gap and capital):
            if paragraphs:
                paragraphs[-1] = replace(paragraphs[-1], closed=capital)
            paragraphs.append(Paragraph([], START if capital else END, True))
        label, capitals = _LABEL.match(line), in_capitals(line)
        words = seen[number] if seen and source.kind == "vie" else ()
        for atom in _atoms(line, source):
            if atom.kind not in ("sign", "marker"):
                found = evidence(atom, words) if words else None
                marked = bool(label and atom.start < label.end())
                paragraphs[-1].tokens.append(Token(number, atom, marked, capitals, evidence=found))
        before, gap = line, False
    return [p for p in paragraphs if p.tokens]


def _goes_with_capital(line: str) -> bool:
    """Whether a line begins as paragraphs do: a label, a figure or a capital."""
    first = next((c for c in line if c.isalnum()), "")
    return bool(_LABEL.match(line)) or not first.islower()


def build(paragraphs: Sequence[Paragraph], source: Source) -> Builder:
    """The hypotheses for all words."""
    prepare((token.atom for paragraph in paragraphs for token in paragraph.tokens), source)
    made = Builder()
    for paragraph in paragraphs:
        node = _open(made, [paragraph.context] * CHAIN)
        for token in paragraph.tokens:
            node = _add(made, node, token, _options(token, source, {}))
        if paragraph.closed:
            _add(made, node, None, [Candidate(END, "", 0.0)])
    return made


def build_windows(
    paragraphs: Sequence[Paragraph],
    numbers: Sequence[Sequence[int]],
    doubtful: Sequence[Sequence[int]],
    source: Source,
    habits: Habits,
) -> Builder:
    """Hypotheses for the doubtful words only; up to CHAIN words on both sides are taken as read.

    Args:
        paragraphs: as of `cut`.
        numbers: language model numbers of all words as read.
        doubtful: indices of the doubtful words of each paragraph, rising.
        source: of candidates.
        habits: what the engine misreads in this document again and again.
    """
    prepare((p.tokens[i].atom for p, found in zip(paragraphs, doubtful, strict=True) for i in found), source)
    made = Builder()
    for paragraph, words, found in zip(paragraphs, numbers, doubtful, strict=True):
        tokens = paragraph.tokens
        open_ = set(found)
        at = -1
        for first in found:
            if first < at:
                continue
            node = _open(made, ([paragraph.context] * CHAIN + list(words[:first]))[-CHAIN:])
            at, quiet = first, 0
            while at < len(tokens) and quiet < CHAIN:
                quiet = 0 if at in open_ else quiet + 1
                fixed = [Candidate(words[at], tokens[at].atom.text, 0.0)]
                doubt = at in open_
                options = _options(tokens[at], source, habits) if doubt else fixed
                node = _add(made, node, tokens[at] if doubt else None, options)
                at += 1
            if at == len(tokens) and paragraph.closed:
                _add(made, node, None, [Candidate(END, "", 0.0)])
    return made


def _options(token: Token, source: Source, habits: Habits) -> list[Candidate]:
    options = candidates(token.atom, source)
    if token.label:
        text = token.atom.text
        mixed = token.atom.kind == "word" and not text.isalpha()
        return [Candidate(ROMAN if text.isupper() else CODE if mixed else options[0].word, text, 0.0)]
    if token.evidence is not None:
        options = misreadings(options, token.atom, habits, source) if habits else options
        options = weighed(options, token.atom, token.evidence, source)
    if token.capitals:
        return [Candidate(o.word, o.text, o.logp + NO_ABBREVIATION) if o.word == UNKNOWN else o for o in options]
    return options


def _atoms(line: str, source: Source) -> list[Atom]:
    """The atoms; joined capitals that are no code fall apart, lone signs that were seen for words are words."""
    found: list[Atom] = []
    for atom in _split(line):
        if atom.kind == "code" and not is_code(atom.text, source.lexicon.code_parts):
            found += (
                Atom("word" if match[0].isalnum() else "sign", match[0], atom.start + match.start())
                for match in _PIECES.finditer(atom.text)
            )
        elif atom.kind == "sign" and atom.text in LONE and atom.text in source.noise.words:
            found.append(Atom("word", atom.text, atom.start))
        else:
            found.append(atom)
    return found


def _split(line: str) -> Iterator[Atom]:
    """The atoms of a line; a run of characters far longer than words is one atom that nothing is done to."""
    begin = 0
    for match in _ENDLESS.finditer(line):
        yield from (replace(atom, start=atom.start + begin) for atom in atoms(line[begin : match.start()]))
        yield Atom("web", match[0], match.start())
        begin = match.end()
    yield from (replace(atom, start=atom.start + begin) if begin else atom for atom in atoms(line[begin:]))


def _node(made: Builder, level: int, paragraph: int) -> int:
    made.level.append(level)
    made.paragraph.append(paragraph)
    return len(made.level) - 1


def _open(made: Builder, context: Sequence[int]) -> int:
    """A new paragraph that begins with given words."""
    node = _node(made, 0, made.paragraph[-1] + 1 if made.paragraph else 0)
    for word in context:
        node = _add(made, node, None, [Candidate(word, "", 0.0)])
    return node


def _add(made: Builder, node: int, token: Token | None, options: list[Candidate]) -> int:
    after = _node(made, made.level[node] + 1, made.paragraph[node])
    made.slots.append(Slot(token, node, after, options))
    return after


def sausage(made: Builder) -> tuple[Sausage, list[Slot]]:
    """The slots side by side for the first pass, and the slots in its order."""
    order = sorted(range(len(made.slots)), key=lambda i: (made.level[made.slots[i].start], i))
    slots = [made.slots[i] for i in order]
    width = max(len(slot.options) for slot in slots)
    words = np.zeros((len(slots), width), np.int32)
    logp = np.full((len(slots), width), -np.inf, np.float32)
    ending: dict[int, int] = {}
    previous = np.full(len(slots), -1, np.int32)
    for i, slot in enumerate(slots):
        previous[i] = ending.get(slot.start, -1)
        ending[slot.end] = i
        words[i, : len(slot.options)] = [option.word for option in slot.options]
        logp[i, : len(slot.options)] = [option.logp for option in slot.options]
    level = np.array([made.level[slot.start] for slot in slots], np.int32)
    return Sausage(words, logp, previous, level), slots


def arrays(made: Builder, slots: list[Slot], keep: NDArray[np.bool_]) -> tuple[Lattice, list[tuple[Slot, Candidate]]]:
    """The lattice of the hypotheses that are kept, and its edges in the lattice's order."""
    level, paragraph = np.array(made.level, np.int32), np.array(made.paragraph, np.int32)
    order = np.lexsort((paragraph, level))
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    start = place[[slot.start for slot in slots]]
    by_start = np.argsort(start, kind="stable")
    slots, keep = [slots[i] for i in by_start.tolist()], keep[by_start]
    edges = [(slots[i], slots[i].options[k]) for i, k in np.argwhere(keep).tolist()]
    many = keep.sum(1)
    lattice = Lattice(
        np.repeat(start[by_start], many),
        np.repeat(place[[slot.end for slot in slots]], many),
        np.array([option.word for _, option in edges], np.int32),
        np.array([option.logp for _, option in edges], np.float64),
        level[order],
        paragraph[order],
    )
    return lattice, edges
