"""Models as small arrays that can be mapped into memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pipeline.restore.lm import BACKOFF_OFFSET, STEP, hashed
from pipeline.training.ngrams import Order
from pipeline.training.vocabulary import Entry


def write_model(folder: Path, model: list[Order]) -> None:
    """Write lm1.npy (values only) and lm2..lmN (sorted 32-bit hashes; quantised probability and back-off weight)."""
    for n, order in enumerate(model, 1):
        prob = np.clip(np.round(-order.logp * STEP), 0, 255).astype(np.uint8)
        backoff = np.clip(np.round(order.backoff * STEP) + BACKOFF_OFFSET, 0, 255).astype(np.uint8)
        if n == 1:
            np.save(folder / "lm1.npy", np.stack([prob, backoff], 1))
            continue
        keys, first = np.unique(hashed(order.keys, n), return_index=True)
        np.save(folder / f"lm{n}_keys.npy", keys)
        columns = [prob[first]] if n == len(model) else [prob[first], backoff[first]]
        np.save(folder / f"lm{n}_values.npy", np.stack(columns, 1))


def write_vocabulary(path: Path, entries: list[Entry]) -> None:
    """Write the known words as a table."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write("word\tform\tlower\ttitle\tupper\n")
        out.writelines(
            f"{e.key}\t{e.form if e.form != e.key else ''}\t{e.lower}\t{e.title}\t{e.upper}\n" for e in entries
        )
