"""For every known word, the other words that are most easily read as it: a short list for clean text."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pipeline.restore import lexicon, lm, noise
from pipeline.restore.candidates import Source, prepare
from pipeline.restore.classes import CLASSES
from pipeline.restore.scan import Scanner
from pipeline.restore.tokens import Atom

MOST = 6


def write(folder: Path, kind: str) -> None:
    """Write confusable_KIND.npy from the models in the folder, int16 of shape (words, MOST, 2).

    Each entry is (number of the other word, 16 * log(P(read as this | other) / P(read as this | this)));
    unused ones are (0, -32768).
    """
    words, language = lexicon.load(folder), lm.load(folder)
    model = noise.load(folder / f"noise_{kind}.tsv")
    prior = language.unigrams[:, 0]
    source = Source(words, model, kind, prior, Scanner(model, words, prior))
    atoms = [Atom("word", form, 0) for form in words.forms[len(CLASSES) :]]
    prepare(atoms, source)
    table = np.zeros((len(words.words), MOST, 2), np.int16)
    table[:, :, 1] = -32768
    for number, atom in enumerate(atoms, len(CLASSES)):
        found = source.made["word", atom.text]
        own = next((c.logp for c in found if c.word == number), None)
        others = [c for c in found if c.word != number and c.word >= len(CLASSES)]
        if own is None:
            continue
        for place, other in enumerate(sorted(others, key=lambda c: (-c.logp - float(prior[c.word]), c.word))[:MOST]):
            table[number, place] = other.word, max(-32000, round(16 * (other.logp - own)))
    np.save(folder / f"confusable_{kind}.npy", table)
