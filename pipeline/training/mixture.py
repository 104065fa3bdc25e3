"""Words and phrases mixed into the language model: linear interpolation of two models (Jelinek and Mercer, 1980).

Law texts seldom speak of everyday things. A list of phrases tells which words go together there, but nothing of how
often. So the n-grams of the phrases get a share of the probability of their context: a large one where the texts hardly
know the context, a small one where they know it well.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.classes import END, START
from pipeline.training.ngrams import BITS, F64, U64, Order, back_off, lookup, windows

SINGLE_SHARE, SHARE = 0.1, 0.4
"""Share of the phrases among single words, and after a context that the texts do not know."""
HALVED = 5000.0
"""Occurrences of a context in the texts at which its share is halved."""
SPARE = 0.5
"""Occurrences that a context is taken to have besides those in the phrases."""


def mixed(model: list[Order], phrases: NDArray[np.uint16], text: NDArray[np.uint16]) -> list[Order]:
    """The model with the n-grams of phrases.

    Args:
        model: orders 1..n.
        phrases: word numbers of the phrases, START and END around each.
        text: those of the texts that the model was estimated from.
    """
    out: list[tuple[U64, F64]] = []
    for n, order in enumerate(model, 1):
        keys, likely = _within(phrases, n)
        if not len(keys):
            out.append((order.keys, order.logp))
            continue
        contexts = np.unique(keys >> BITS)
        shares = _shares(contexts, text, n)
        before = np.exp(lookup(model, keys, n))
        known = np.exp(order.logp)
        at = np.minimum(np.searchsorted(contexts, order.keys >> BITS), len(contexts) - 1)
        known *= np.where(contexts[at] == order.keys >> BITS, 1 - shares[at], 1.0)
        share = shares[np.searchsorted(contexts, keys >> BITS)]
        every = np.union1d(order.keys, keys)
        p = np.zeros(len(every))
        p[np.searchsorted(every, order.keys)] = known
        p[np.searchsorted(every, keys)] = (1 - share) * before + share * likely
        out.append((every, np.log(p)))
    return back_off(out)


def _shares(contexts: U64, text: NDArray[np.uint16], n: int) -> F64:
    """The share of the phrases after each context (sorted) of n - 1 words."""
    if n == 1:
        return np.full(len(contexts), SINGLE_SHARE)
    found = windows(text, n - 1)
    found, number = np.unique(found[np.isin(found, contexts)], return_counts=True)
    often = np.zeros(len(contexts))
    often[np.searchsorted(contexts, found)] = number
    return SHARE / (1 + often / HALVED)


def _within(phrases: NDArray[np.uint16], n: int) -> tuple[U64, F64]:
    """The n-grams inside the phrases, and how likely each is after its context there."""
    inner = windows(phrases, n)
    for place in range(n):
        word = (inner >> (BITS * np.uint64(place))) & np.uint64(0xFFFF)
        inner = inner[(word != START) & (word != END)]
    keys, number = np.unique(inner, return_counts=True)
    if n == 1:
        return keys, number / number.sum()
    found, times = np.unique(windows(phrases, n - 1), return_counts=True)
    return keys, number / (times[np.searchsorted(found, keys >> BITS)] + SPARE)
