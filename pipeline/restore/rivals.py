"""The hypotheses for words with their posteriors, and the choice among them."""

from __future__ import annotations

from collections import defaultdict

from pipeline.restore import decode, lattice
from pipeline.restore.classes import NUMBER
from pipeline.restore.models import Models
from pipeline.restore.render import Choice
from pipeline.restore.syllables import key
from pipeline.restore.tokens import Atom

ORDER = 4
ALTERNATIVES = 4
SURE = {"eng": 0.0, "stripped": 0.0, "vie": 0.985}
"""Least posterior with which a word that is known already is changed."""
DECISIVE = 0.98
"""Posterior from which a figure of two digits or more becomes a word; on training pages none does wrongly."""
CEILING = 0.9999
"""Nothing is surer than this."""
CERTAIN = 0.95
"""Posterior from which a word counts as known in its document."""
Rival = tuple[float, str, int]
"""Posterior, text and word number of a hypothesis."""


def decoded(
    made: lattice.Builder,
    loaded: Models,
    memory: decode.Memory | None = None,
    weight: float = decode.LANGUAGE,
) -> dict[int, list[Rival]]:
    """The surviving hypotheses, by the id of their token."""
    rivals: dict[int, list[Rival]] = defaultdict(list)
    if made.slots:
        sausage, slots = lattice.sausage(made)
        arrays, edges = lattice.arrays(made, slots, decode.thin(sausage, loaded.language))
        kept, shares = decode.posteriors(arrays, loaded.language, ORDER, memory, weight)
        for index, share in zip(kept.tolist(), shares.tolist(), strict=True):
            slot, option = edges[index]
            if slot.token is not None:
                rivals[id(slot.token)].append((share, option.text, option.word))
    return rivals


def best_of(atom: Atom, found: list[Rival], sure: float) -> Choice:
    """The choice among the hypotheses for a word; one that is known is changed from the posterior `sure`."""
    found.sort(key=lambda item: (-item[0], item[1]))
    share, text, _ = found[0]
    same = next((item for item in found if key(item[1]) == key(atom.text)), None)
    if key(text) != key(atom.text) and share < sure:
        share, text = same[0] if same else 1 - share, atom.text
    elif text != atom.text and atom.kind == "number" and len(atom.text) > 1 and share < DECISIVE:
        share, text = sum(p for p, _, word in found if word == NUMBER), atom.text
    if key(text) == key(atom.text):
        text = atom.text
    others = tuple(t for p, t, _ in found if key(t) != key(text) and p > 1e-3)[:ALTERNATIVES]
    return Choice(atom, text, min(CEILING, share), others)
