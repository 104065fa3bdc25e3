"""Interpolated modified Kneser-Ney n-grams over arrays of word numbers, pruned, with back-off weights.

After Chen and Goodman (1999), "An empirical study of smoothing techniques for language modeling"; pruning keeps what
changes the likelihood of the training text most. Word numbers take 16 bits: an n-gram is one unsigned 64-bit key.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.classes import START

U64 = NDArray[np.uint64]
F64 = NDArray[np.float64]
BITS = np.uint64(16)
SINGLE, SINGLE_ORDER = 3.0, 3
"""Least gain of an n-gram seen but once, and the highest order in which such ones are kept at all."""


@dataclass(frozen=True)
class Order:
    """All n-grams of one order: sorted keys, natural log probabilities and log back-off weights."""

    keys: U64
    logp: F64
    backoff: F64


def _mask(n: int) -> np.uint64:
    """Bits of the last n words of a key."""
    return np.uint64((1 << 16 * n) - 1)


def windows(text: NDArray[np.uint16], n: int) -> U64:
    """Keys of all n-grams within paragraphs: START stands only in front."""
    keys = np.zeros(len(text) - n + 1, np.uint64)
    inner = np.zeros(len(keys), bool)
    for i in range(n):
        part = text[i : len(text) - n + 1 + i]
        keys = (keys << BITS) | part.astype(np.uint64)
        if i:
            inner |= part == START
    return keys[~inner]


def counts(text: NDArray[np.uint16], n: int) -> list[tuple[U64, F64]]:
    """Keys and counts per order 1..n: raw at the top, Kneser-Ney continuation counts below."""
    found: list[tuple[U64, F64]] = []
    keys, number = np.unique(windows(text, n), return_counts=True)
    found.append((keys, number.astype(np.float64)))
    for order in range(n - 1, 0, -1):
        suffix = keys & _mask(order)
        raw = windows(text, order)
        first = raw[(raw >> (BITS * np.uint64(order - 1))) == START]
        if order == 1:
            first = first[:0]
        keys, number = np.unique(np.concatenate([suffix, first]), return_counts=True)
        found.append((keys, number.astype(np.float64)))
    return found[::-1]


def _discounts(number: F64) -> F64:
    """Discount of a count of 0, 1, 2, 3 and more."""
    n1, n2, n3, n4 = (max(1.0, float((number == k).sum())) for k in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    return np.clip([0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3], 0, None)


def _interpolate(keys: U64, number: F64, lower: F64) -> tuple[F64, F64]:
    """Probabilities p(w|context), and the weight that each gives to the lower order (gamma of its context)."""
    discount = _discounts(number)[np.minimum(number, 3).astype(int)]
    _, group = np.unique(keys >> BITS, return_inverse=True)
    total = np.bincount(group, number)
    gamma = (np.bincount(group, discount) / total)[group]
    return (number - discount) / total[group] + gamma * lower, gamma


def estimate(text: NDArray[np.uint16], vocabulary: int, thresholds: dict[int, float], n: int) -> list[Order]:
    """The pruned model, orders 1..n.

    Args:
        text: word numbers, START and END around each paragraph.
        vocabulary: how many words there are.
        thresholds: per order, the least gain in log likelihood (nats over the training text) for an n-gram to stay.
        n: highest order.
    """
    tables = counts(text, n)
    keys, number = tables[0]
    full = np.full(vocabulary, 0.0)
    full[keys.astype(int)] = number
    discount = _discounts(number)[np.minimum(full, 3).astype(int)]
    uniform = discount.sum() / full.sum() / vocabulary
    p = (full - discount) / full.sum() + uniform
    p[START] = 1e-9
    every = np.arange(vocabulary, dtype=np.uint64)
    kept: list[tuple[U64, F64]] = [(every, np.log(p))]
    below_keys, below_p = every, p
    for order in range(2, n + 1):
        keys, number = tables[order - 1]
        mask = _mask(order - 1)
        low = below_p[np.searchsorted(below_keys, keys & mask)]
        p, gamma = _interpolate(keys, number, low)
        gain = number * (np.log(p) - np.log(np.maximum(gamma * low, 1e-30)))
        least = np.where(number > 1, thresholds[order], SINGLE if order <= SINGLE_ORDER else np.inf)
        stay = gain >= least
        kept.append((keys[stay], np.log(p[stay])))
        below_keys, below_p = keys, p
        tables[order - 1] = (keys, p)
    return back_off(_with_contexts(kept, tables))


def _with_contexts(kept: list[tuple[U64, F64]], full: list[tuple[U64, F64]]) -> list[tuple[U64, F64]]:
    """Bring back n-grams that are the context of a kept one."""
    for i in range(len(kept) - 1, 1, -1):
        needed = np.unique(kept[i][0] >> BITS)
        keys, logp = kept[i - 1]
        missing = np.setdiff1d(needed, keys)
        all_keys, all_p = full[i - 1]
        at = np.minimum(np.searchsorted(all_keys, missing), len(all_keys) - 1)
        there = all_keys[at] == missing
        keys = np.concatenate([keys, missing[there]])
        logp = np.concatenate([logp, np.log(all_p[at[there]])])
        order = np.argsort(keys)
        kept[i - 1] = (keys[order], logp[order])
    return kept


def back_off(kept: list[tuple[U64, F64]]) -> list[Order]:
    """Back-off weights that make every context's distribution sum to one."""
    done = [Order(kept[0][0], kept[0][1], np.zeros(len(kept[0][0])))]
    for i, (keys, logp) in enumerate(kept[1:], 2):
        mask = _mask(i - 1)
        lower = lookup(done, keys & mask, i - 1)
        contexts, group = np.unique(keys >> BITS, return_inverse=True)
        left = np.clip(1 - np.bincount(group, np.exp(logp)), 1e-4, 1)
        low = np.clip(1 - np.bincount(group, np.exp(lower)), 1e-4, 1)
        below = done[-1]
        at = np.minimum(np.searchsorted(below.keys, contexts), len(below.keys) - 1)
        there = below.keys[at] == contexts
        below.backoff[at[there]] = np.log(left / low)[there]
        done.append(Order(keys, logp, np.zeros(len(keys))))
    return done


def lookup(model: list[Order], keys: U64, n: int) -> F64:
    """Natural log probabilities of n-grams (keys of n words), backing off where they are not stored."""
    out = np.zeros(len(keys))
    open_ = np.arange(len(keys))
    for order in range(n, 0, -1):
        part = keys[open_] & _mask(order)
        table = model[order - 1]
        at = np.minimum(np.searchsorted(table.keys, part), len(table.keys) - 1)
        hit = table.keys[at] == part
        out[open_[hit]] += table.logp[at[hit]]
        open_ = open_[~hit]
        if order > 1 and len(open_):
            context = (keys[open_] & _mask(order)) >> BITS
            below = model[order - 2]
            at = np.minimum(np.searchsorted(below.keys, context), len(below.keys) - 1)
            there = below.keys[at] == context
            out[open_[there]] += below.backoff[at[there]]
    return out
