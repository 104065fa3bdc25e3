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

Keys = NDArray[np.uint64]
Ints = NDArray[np.integer]
Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Model:
    """Quantised back-off n-grams.

    Attributes:
        unigrams: per word number, log probability and back-off weight, float32 of shape (words, 2).
        pairs: log P(second | first) in negative steps, uint8 of shape (words, words), backed off where not stored.
        keys: per order from 2, sorted 32-bit keys: the two word numbers, or a hash of more.
        values: per order from 2, quantised probability and (but for the last order) back-off weight.
    """

    unigrams: Scores
    pairs: NDArray[np.uint8]
    keys: tuple[NDArray[np.uint32], ...]
    values: tuple[NDArray[np.uint8], ...]

    @property
    def order(self) -> int:
        """Length of the longest n-grams."""
        return len(self.keys) + 1


def hashed(keys: Keys, order: int) -> NDArray[np.uint32]:
    """32-bit keys of n-grams given as 16 bits a word, the last word lowest; exact for two words."""
    if order == 2:
        return keys.astype(np.uint32)
    mixed = (keys ^ (keys >> np.uint64(29))) * _MULTIPLIER
    return ((mixed ^ (mixed >> np.uint64(32))) * _MULTIPLIER >> np.uint64(32)).astype(np.uint32)


def load(folder: Path) -> Model:
    """Map the model's files into memory."""
    first = np.load(folder / "lm1.npy").astype(np.float32)
    unigrams = np.stack([-first[:, 0] / STEP, (first[:, 1] - BACKOFF_OFFSET) / STEP], 1)
    orders = range(2, 2 + len(list(folder.glob("lm?_keys.npy"))))
    keys = tuple(np.load(folder / f"lm{n}_keys.npy", mmap_mode="r") for n in orders)
    values = tuple(np.load(folder / f"lm{n}_values.npy", mmap_mode="r") for n in orders)
    return Model(unigrams, _pairs(first, keys[0], values[0]), keys, values)


def _pairs(first: Scores, keys: NDArray[np.uint32], values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The dense table of bigrams."""
    weights = (BACKOFF_OFFSET - first[:, 1]).astype(np.int16)
    words = first[:, 0].astype(np.int16)
    table = np.empty((len(first), len(first)), np.uint8)
    for row, weight in enumerate(weights.tolist()):
        np.clip(words + weight, 0, 255, out=table[row], casting="unsafe")
    table[keys >> 16, keys & 0xFFFF] = values[:, 0]
    return table


def _find(table: NDArray[np.uint32], keys: Keys, order: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Where keys stand in a sorted table, and whether they are there."""
    wanted = hashed(keys, order)
    at = np.minimum(np.searchsorted(table, wanted), len(table) - 1)
    return at, table[at] == wanted


def score(model: Model, keys: Keys, n: int) -> Scores:
    """Log probabilities P(last word | the words before), natural.

    Args:
        model: the language model.
        keys: n words each, 16 bits a word, the last word lowest; what stands higher is ignored.
        n: order to use, from 2 to the model's.
    """
    if n == 2:
        low = keys.astype(np.uint32)
        return np.asarray(model.pairs[low >> 16, low & 0xFFFF] / np.float32(-STEP), np.float32)
    keys = _lowest(keys, n)
    at, hit = _find(model.keys[n - 2], keys, n)
    out = model.values[n - 2][at, 0] / np.float32(-STEP)
    miss = keys[~hit]
    out[~hit] = backoff(model, miss >> np.uint64(16), n - 1) + score(model, miss, n - 1)
    return np.asarray(out, np.float32)


def backoff(model: Model, keys: Keys, n: int) -> Scores:
    """Log back-off weights of contexts of n words (2 or more), 0 where none is stored."""
    at, there = _find(model.keys[n - 2], _lowest(keys, n), n)
    weights = (model.values[n - 2][at, 1].astype(np.float32) - BACKOFF_OFFSET) / STEP
    return np.where(there, weights, np.float32(0))


def extended(model: Model, keys: Keys, n: int, contexts: Keys, before: Ints, after: Ints) -> Scores:
    """As `score`, for n-grams that share many of their contexts, which are looked up only once.

    Args:
        model: the language model.
        keys: n words each.
        n: order.
        contexts: n - 1 words each.
        before: per n-gram, the context of its first n - 1 words.
        after: per n-gram, the context that is its last n - 1 words.
    """
    if n == 2:
        return score(model, keys, n)
    keys = _lowest(keys, n)
    at, hit = _find(model.keys[n - 2], keys, n)
    backed = backoff(model, contexts, n - 1)[before] + score(model, contexts, n - 1)[after]
    return np.where(hit, model.values[n - 2][at, 0] / np.float32(-STEP), backed)


def _lowest(keys: Keys, n: int) -> Keys:
    """The last n words of each key."""
    return keys if n >= 4 else keys & ((np.uint64(1) << np.uint64(16 * n)) - np.uint64(1))
