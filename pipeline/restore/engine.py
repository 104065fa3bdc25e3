"""The restorer's models, and one run over lines of text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pipeline.resources import dictionaries
from pipeline.restore import decode, lattice, lexicon, lm, noise
from pipeline.restore.candidates import Source
from pipeline.restore.kind import Kind
from pipeline.restore.scan import Scanner
from pipeline.restore.render import Choice
from pipeline.restore.syllables import key

ORDER = 4
ALTERNATIVES = 4
SURE = {"eng": 0.0, "stripped": 0.0, "vie": 0.9}
"""Least posterior with which a word that is known already is changed."""
LINES_AT_ONCE = 400


@dataclass(frozen=True)
class Models:
    """All that is loaded once.

    Attributes:
        folder: where the dictionaries are.
        language: n-grams.
        words: the lexicon.
        sources: makers of candidates, one for each kind of noise.
    """

    folder: Path
    language: lm.Model
    words: lexicon.Lexicon
    sources: dict[str, Source] = field(default_factory=dict)

    def source(self, kind: Kind) -> Source:
        """The maker of candidates for a kind of noise."""
        if kind not in self.sources:
            if kind == "stripped":
                model = noise.Noise()
            else:
                model = noise.load(self.folder / f"noise_{kind}.tsv")
            self.sources[kind] = Source(
                self.words, model, kind, self.language.unigrams[:, 0], Scanner(model.chars, self.words)
            )
        return self.sources[kind]


@cache
def models() -> Models:
    """The models that ship with the program, loaded at the first call."""
    folder = dictionaries()
    return Models(folder, lm.load(folder), lexicon.load(folder))


def choose(lines: Sequence[str], kind: Kind, loaded: Models) -> list[list[Choice]]:
    """What is chosen for the words of each line."""
    out: list[list[Choice]] = []
    for begin in range(0, len(lines), LINES_AT_ONCE):
        out += _choose(lines[begin : begin + LINES_AT_ONCE], kind, loaded)
    return out


def _choose(lines: Sequence[str], kind: Kind, loaded: Models) -> list[list[Choice]]:
    made = lattice.build(lines, loaded.source(kind))
    if not made.edges:
        return [[] for _ in lines]
    kept, shares = decode.posteriors(lattice.arrays(made), loaded.language, ORDER)
    rivals: dict[tuple[int, int], list[tuple[float, str]]] = defaultdict(list)
    for index, share in zip(kept.tolist(), shares.tolist(), strict=True):
        edge = made.edges[index]
        if edge.line >= 0:
            rivals[edge.line, edge.atom].append((share, edge.candidate.text))
    out: list[list[Choice]] = [[] for _ in lines]
    for (line, atom), found in sorted(rivals.items()):
        out[line].append(_choice(made.lines[line][atom], found, kind))
    return out


def _choice(atom: lattice.Atom, found: list[tuple[float, str]], kind: Kind) -> Choice:
    found.sort(key=lambda item: (-item[0], item[1]))
    share, text = found[0]
    same = next((item for item in found if key(item[1]) == key(atom.text)), None)
    if same is not None and (same[1] == text or share < SURE[kind]):
        share, text = same[0], atom.text
    if key(text) == key(atom.text):
        text = atom.text
    others = tuple(t for p, t in found if key(t) != key(text) and p > 1e-3)[:ALTERNATIVES]
    return Choice(atom, text, min(1.0, share), others)
