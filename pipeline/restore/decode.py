"""The decoder: forward-backward over a lattice of words, in passes of growing order.

An edge is a hypothesis for the piece of text between two nodes. A first pass with bigrams weighs every edge by its
posterior probability, and drops the hopeless ones; the next pass does so with trigrams, and so on. What is left at the
end carries its posterior as confidence. (Coarse-to-fine decoding; the sums are exact within each pass.)
All paragraphs are decoded side by side, so that each step handles many words at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.restore import lm
from pipeline.restore.classes import START

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

KEEP = (1e-5, 1e-4)
"""Posterior below which an edge is dropped, after the bigram pass and after the trigram pass."""


@dataclass(frozen=True)
class Lattice:
    """Edges sorted by start node; every edge leads to a node of a greater level.

    Attributes:
        start, end: nodes of each edge.
        word: its language model number; paragraphs begin with a chain of START edges.
        logp: natural log probability of having been read as it was.
        level: per node, its distance from its paragraph's first node.
        paragraph: per node.
    """

    start: Ints
    end: Ints
    word: Ints
    logp: Floats
    level: Ints
    paragraph: Ints


@dataclass(frozen=True)
class _Paths:
    """All paths of some number of edges.

    Attributes:
        prefix: index of the path without its last edge; of no edge: the node itself.
        suffix: index of the path without its first edge.
        last: last edge.
        end: node it leads to.
        key: its words, 16 bits each, the last lowest.
        begin: index of its first extension by an edge; extensions by the edges of a node are neighbours.
    """

    prefix: Ints
    suffix: Ints
    last: Ints
    end: Ints
    key: NDArray[np.uint64]
    begin: Ints


def posteriors(lattice: Lattice, model: lm.Model, order: int, weight: float = 1.0) -> tuple[Ints, Floats]:
    """Edges that survive, and their posterior probabilities under n-grams of the given order.

    Args:
        lattice: hypotheses.
        model: language model.
        order: highest order of n-grams used, 2 or more.
        weight: exponent of the language model.
    """
    kept = np.arange(len(lattice.start))
    share = np.ones(len(kept))
    for n in range(2, order + 1):
        share = _pass(_select(lattice, kept), model, n, weight)
        if n < order:
            stay = share > KEEP[min(n - 2, len(KEEP) - 1)]
            kept, share = kept[stay], share[stay]
    return kept, share


def _select(lattice: Lattice, edges: Ints) -> Lattice:
    return replace(
        lattice,
        start=lattice.start[edges],
        end=lattice.end[edges],
        word=lattice.word[edges],
        logp=lattice.logp[edges],
    )


def _paths(lattice: Lattice, n: int) -> tuple[_Paths, _Paths]:
    """All paths of n - 1 and of n edges."""
    nodes = np.arange(len(lattice.level))
    number = np.bincount(lattice.start, minlength=len(nodes))
    begin = np.cumsum(number) - number
    below = _Paths(nodes, nodes, nodes, nodes, np.zeros(len(nodes), np.uint64), begin)
    edges = np.arange(len(lattice.start))
    words = lattice.word.astype(np.uint64)
    here = _Paths(lattice.start, lattice.end, edges, lattice.end, words, _begins(lattice.end, number))
    for _ in range(n - 1):
        many = number[here.end]
        prefix = np.repeat(np.arange(len(here.last)), many)
        rank = np.arange(len(prefix)) - here.begin[prefix]
        last = begin[here.end[prefix]] + rank
        suffix = below.begin[here.suffix[prefix]] + rank
        key = (here.key[prefix] << np.uint64(16)) | words[last]
        end = lattice.end[last]
        below, here = here, _Paths(prefix, suffix, last, end, key, _begins(end, number))
    return below, here


def _begins(end: Ints, number: Ints) -> Ints:
    many = number[end]
    return np.asarray(np.cumsum(many) - many)


def _pass(lattice: Lattice, model: lm.Model, n: int, weight: float) -> Floats:
    """Posterior of every edge under n-grams."""
    states, items = _paths(lattice, n)
    word = lattice.word[items.last]
    context = items.key >> np.uint64(16)
    if n < 4:
        context &= (np.uint64(1) << np.uint64(16 * (n - 1))) - np.uint64(1)
    logp = weight * lm.score(model, context, word, n) + lattice.logp[items.last]
    logp = np.where(word == START, 0.0, logp)
    level = lattice.level[states.end]
    alpha = np.where(np.bincount(items.suffix, minlength=len(states.last)) == 0, 0.0, -np.inf)
    initial = np.flatnonzero(alpha == 0.0)
    _sweep(alpha, items.prefix, items.suffix, logp, level[items.suffix])
    beta = np.where(np.bincount(items.prefix, minlength=len(states.last)) == 0, 0.0, -np.inf)
    _sweep(beta, items.suffix, items.prefix, logp, -level[items.prefix])
    total = np.zeros(int(lattice.paragraph.max()) + 1)
    total[lattice.paragraph[states.end[initial]]] = beta[initial]
    share = np.exp(alpha[items.prefix] + logp + beta[items.suffix] - total[lattice.paragraph[items.end]])
    found = np.bincount(items.last, share, minlength=len(lattice.start))
    found[states.last[initial]] = 1.0
    found[lattice.word == START] = 1.0
    return np.minimum(found, 1.0)


def _sweep(value: Floats, source: Ints, target: Ints, logp: Floats, level: Ints) -> None:
    """Add up in the log domain, level by level: value[target] = log sum exp(value[source] + logp)."""
    order = np.lexsort((target, level))
    source, target, logp, level = source[order], target[order], logp[order], level[order]
    new = np.flatnonzero(np.diff(target, prepend=-1) | np.diff(level, prepend=level[:1] - 1))
    bounds = np.flatnonzero(np.diff(level, prepend=level[:1] - 1))
    for begin, end in zip(bounds, np.append(bounds[1:], len(level)), strict=True):
        groups = new[np.searchsorted(new, begin) : np.searchsorted(new, end)]
        terms = value[source[begin:end]] + logp[begin:end]
        best = np.maximum.reduceat(terms, groups - begin)
        sizes = np.diff(np.append(groups, end))
        summed = np.add.reduceat(np.exp(terms - np.repeat(best, sizes)), groups - begin)
        value[target[groups]] = best + np.log(summed)
