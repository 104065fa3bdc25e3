"""The language model at run time: n-grams in arrays mapped into memory, scored many at a time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

STEP = 16
"""Quantisation: values are stored in sixteenths of a nat."""
BACKOFF_OFFSET = 192
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)

Words = NDArray[np.int64]
Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Model:
    """Quantised back-off n-grams.

    Attributes:
        unigrams: per word number, log probability and back-off weight, float32 of shape (words, 2).
        keys: per order from 2, sorted 32-bit hashes of the n-grams.
        values: per order from 2, quantised probability and (but for the last order) back-off weight.
    """

    unigrams: Scores
    keys: tuple[NDArray[np.uint32], ...]
    values: tuple[NDArray[np.uint8], ...]

    @property
    def order(self) -> int:
        """Length of the longest n-grams."""
        return len(self.keys) + 1


def hashed(keys: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """32-bit hashes of n-gram keys (16 bits a word, the last word lowest)."""
    mixed = (keys ^ (keys >> np.uint64(29))) * _MULTIPLIER
    return ((mixed ^ (mixed >> np.uint64(32))) * _MULTIPLIER >> np.uint64(32)).astype(np.uint32)


def load(folder: Path) -> Model:
    """Map the model's files into memory."""
    first = np.load(folder / "lm1.npy").astype(np.float32)
    unigrams = np.stack([-first[:, 0] / STEP, (first[:, 1] - BACKOFF_OFFSET) / STEP], 1)
    orders = range(2, 2 + len(list(folder.glob("lm?_keys.npy"))))
    return Model(
        unigrams,
        tuple(np.load(folder / f"lm{n}_keys.npy", mmap_mode="r") for n in orders),
        tuple(np.load(folder / f"lm{n}_values.npy", mmap_mode="r") for n in orders),
    )


def _find(table: NDArray[np.uint32], keys: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Where keys stand in a sorted table, and whether they are there."""
    wanted = hashed(keys)
    at = np.minimum(np.searchsorted(table, wanted), len(table) - 1)
    return at, table[at] == wanted


def score(model: Model, context: NDArray[np.uint64], words: Words, n: int) -> Scores:
    """Log probabilities P(word | context), natural.

    Args:
        context: the n - 1 words before, as one key (16 bits a word, nearest word lowest).
        words: word numbers, of the same length.
        n: order to use, 1 to the model's.
    """
    out = np.zeros(len(words), np.float32)
    todo = np.arange(len(words))
    last = words.astype(np.uint64)
    for order in range(n, 1, -1):
        part = context[todo] & ((np.uint64(1) << np.uint64(16 * (order - 1))) - np.uint64(1))
        at, hit = _find(model.keys[order - 2], (part << np.uint64(16)) | last[todo])
        out[todo[hit]] += model.values[order - 2][at[hit], 0] / np.float32(-STEP)
        miss = ~hit
        todo, part = todo[miss], part[miss]
        if not len(todo):
            return out
        if order == 2:
            out[todo] += model.unigrams[part.astype(np.int64), 1]
        else:
            at, there = _find(model.keys[order - 3], part)
            weight = (model.values[order - 3][at[there], 1].astype(np.float32) - BACKOFF_OFFSET) / STEP
            out[todo[there]] += weight
    out[todo] += model.unigrams[words[todo], 0]
    return out
