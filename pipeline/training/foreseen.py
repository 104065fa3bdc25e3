"""Candidates of everything that was read in training, ready for use: most words of a new page are among them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pipeline.restore import lexicon, lm, noise
from pipeline.restore.candidates import FORESEEN_STEP, MOST, scan
from pipeline.restore.scan import Scanner


def write(folder: Path, kind: str) -> None:
    """Write foreseen_KIND.npy from the models in the folder: uint16 of shape (readings, MOST, 2).

    Rows go with the sorted readings of whole words in noise_KIND.tsv. Each entry is (word number,
    -FORESEEN_STEP * log P(read | word)), most likely first; unused ones are 0.
    """
    words, language = lexicon.load(folder), lm.load(folder)
    model = noise.load(folder / f"noise_{kind}.tsv")
    prior = language.unigrams[:, 0]
    readings = sorted(model.words)
    found = scan(readings, Scanner(model, words, prior))
    table = np.zeros((len(readings), MOST, 2), np.uint16)
    for row, read in enumerate(readings):
        for place, (number, logp) in enumerate(found[read]):
            table[row, place] = number, min(65535, round(-logp * FORESEEN_STEP))
    np.save(folder / f"foreseen_{kind}.npy", table)
