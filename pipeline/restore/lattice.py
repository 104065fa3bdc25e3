"""From lines to a lattice of hypotheses, and back from chosen edges to text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from pipeline.restore.candidates import Candidate, Source, candidates
from pipeline.restore.classes import END, ROMAN, START
from pipeline.restore.codes import is_code
from pipeline.restore.decode import Lattice
from pipeline.restore.tokens import Atom, atoms

_LABEL = re.compile(r"\s*(?:[IVXLl1|]{1,5}[.\-]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[-+*•–—])(?=\s|$)")
_PIECES = re.compile(r"\w+|[^\w]")
LONE = "&$§¢£¥€@#|"
"""Signs that, standing alone, may be words."""
_ENDS = (".", ";", ":", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Edge:
    """A hypothesis for an atom: `line` and `atom` are indices."""

    line: int
    atom: int
    start: int
    end: int
    candidate: Candidate


@dataclass
class Builder:
    """Edges under construction, and the atoms of every line."""

    lines: list[list[Atom]] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    level: list[int] = field(default_factory=list)
    paragraph: list[int] = field(default_factory=list)
    chain: int = 3


def begins_paragraph(line: str, before: str | None) -> bool:
    """Whether a line starts a paragraph: the first one, after an end mark or an empty line, or with a label."""
    if before is None or not before.strip() or not line.strip():
        return True
    return before.rstrip().endswith(_ENDS) or bool(_LABEL.match(line))


def build(lines: Sequence[str], source: Source) -> Builder:
    """The hypotheses for all lines."""
    made = Builder()
    node = -1
    before: str | None = None
    for number, line in enumerate(lines):
        found = _atoms(line, source)
        made.lines.append(found)
        label = _LABEL.match(line)
        if begins_paragraph(line, before):
            if node >= 0:
                _close(made, node)
            node = -1
        for index, atom in enumerate(found):
            if atom.kind in ("sign", "marker"):
                continue
            if node < 0:
                node = _open(made)
            options = candidates(atom, source)
            if label and atom.start < label.end():
                options = [Candidate(ROMAN if atom.text.isupper() else options[0].word, atom.text, 0.0)]
            node = _add(made, node, number, index, options)
        before = line
    if node >= 0:
        _close(made, node)
    return made


def _atoms(line: str, source: Source) -> list[Atom]:
    """The atoms; capitals joined by hyphens that are no code fall apart, lone signs that were seen for words are words."""
    found: list[Atom] = []
    for atom in atoms(line):
        if atom.kind == "code" and not is_code(atom.text, source.lexicon.code_parts):
            for match in _PIECES.finditer(atom.text):
                found.append(Atom("word" if match[0].isalnum() else "sign", match[0], atom.start + match.start()))
        elif atom.kind == "sign" and atom.text in LONE and atom.text in source.noise.words:
            found.append(Atom("word", atom.text, atom.start))
        else:
            found.append(atom)
    return found


def _node(made: Builder, level: int, paragraph: int) -> int:
    made.level.append(level)
    made.paragraph.append(paragraph)
    return len(made.level) - 1


def _open(made: Builder) -> int:
    paragraph = made.paragraph[-1] + 1 if made.paragraph else 0
    node = _node(made, 0, paragraph)
    for _ in range(made.chain):
        node = _add(made, node, -1, -1, [Candidate(START, "", 0.0)])
    return node


def _close(made: Builder, node: int) -> None:
    _add(made, node, -1, -1, [Candidate(END, "", 0.0)])


def _add(made: Builder, node: int, line: int, atom: int, options: list[Candidate]) -> int:
    after = _node(made, made.level[node] + 1, made.paragraph[node])
    made.edges += (Edge(line, atom, node, after, option) for option in options)
    return after


def arrays(made: Builder) -> Lattice:
    """The lattice for the decoder; edges in their order."""
    edges = made.edges
    return Lattice(
        np.array([e.start for e in edges], np.int64),
        np.array([e.end for e in edges], np.int64),
        np.array([e.candidate.word for e in edges], np.int64),
        np.array([e.candidate.logp for e in edges], np.float64),
        np.array(made.level, np.int64),
        np.array(made.paragraph, np.int64),
    )
