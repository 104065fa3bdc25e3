"""The decoder: forward-backward over a lattice of words, in passes of growing order.

An edge is a hypothesis for the piece of text between two nodes. A first pass with bigrams weighs every hypothesis by
its posterior probability, and drops the hopeless ones; the next pass does so with trigrams, and so on. What is left at
the end carries its posterior as confidence. (Coarse-to-fine decoding; the sums are exact within each pass.)
All paragraphs are decoded side by side, so that each step handles many words at once.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.restore import lm
from pipeline.restore.classes import START

Ints = NDArray[np.integer]
Floats = NDArray[np.float64]

LANGUAGE = 0.9
"""Exponent of the language model: a little less than 1, for its words are not quite those of the page."""
WARY = 0.75
"""The same, for the confidence in a text that speaks of what the language model hardly knows."""
MEMORY = 0.3
"""Share of the document's own pairs of words in the mixture."""
KEEP = (7e-4, 6e-3)
"""Posterior below which an edge is dropped, after the bigram pass and after the trigram pass."""


@dataclass(frozen=True)
class Lattice:
    """Edges sorted by start node, nodes by level and paragraph; every edge leads to a node of a greater level.

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
class Sausage:
    """Hypotheses for each word, sorted by their distance from the start of their paragraph.

    Attributes:
        words: language model numbers, one row a word, padded.
        logp: log P(read | hypothesis); -inf for the padding.
        previous: row of the word before, -1 for the first of a paragraph.
        level: distance from the start of the paragraph.
    """

    words: Ints
    logp: NDArray[np.float32]
    previous: Ints
    level: Ints


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


@dataclass(frozen=True)
class Memory:
    """Pairs of words that a document is sure of: sorted keys (first << 16 | second) and log P(second | first) in it."""

    keys: NDArray[np.uint32]
    logp: NDArray[np.float32]


def remember(texts: Iterable[Sequence[int]]) -> Memory | None:
    """The memory of stretches of words that are certain; None where there are none (Kuhn and De Mori's cache, 1990)."""
    pairs: Counter[int] = Counter()
    firsts: Counter[int] = Counter()
    for words in texts:
        for first, second in pairwise(words):
            pairs[first << 16 | second] += 1
            firsts[first] += 1
    if not pairs:
        return None
    keys = sorted(pairs)
    logp = [math.log((pairs[k] - 0.5) / (firsts[k >> 16] + 1.0)) for k in keys]
    return Memory(np.array(keys, np.uint32), np.array(logp, np.float32))


def _recall(language: NDArray[np.float32], keys: NDArray[np.uint64], memory: Memory) -> NDArray[np.float32]:
    """Mix the language model with what the document says."""
    wanted = keys.astype(np.uint32)
    at = np.minimum(np.searchsorted(memory.keys, wanted), len(memory.keys) - 1)
    logp = np.where(memory.keys[at] == wanted, memory.logp[at] + math.log(MEMORY), -np.inf)
    return np.asarray(np.logaddexp(language + math.log(1 - MEMORY), logp), np.float32)


def thin(sausage: Sausage, model: lm.Model) -> NDArray[np.bool_]:
    """Which hypotheses have a posterior above KEEP[0] under bigrams; always at least one of each word."""
    with np.errstate(invalid="ignore"):
        emit = np.exp(sausage.logp - sausage.logp.max(1, keepdims=True))
    before = np.maximum(sausage.previous, 0)
    certain = np.isfinite(sausage.logp).sum(1) == 1
    forward, backward = emit.copy(), np.ones_like(emit)

    # A certain word parts what stands before it from what stands behind: only pairs of doubtful words are a chain.
    behind = np.flatnonzero((sausage.previous >= 0) & certain[before] & ~certain)
    first = sausage.words[before[behind], 0]
    forward[behind] = _scaled(_moves(model, first[:, None], sausage.words[behind]) * emit[behind])
    ahead = np.flatnonzero((sausage.previous >= 0) & certain & ~certain[before])
    second = sausage.words[ahead, 0]
    backward[before[ahead]] = _scaled(_moves(model, sausage.words[before[ahead]], second[:, None]))

    chained = np.flatnonzero((sausage.previous >= 0) & ~certain & ~certain[before])
    moves = _moves(model, sausage.words[before[chained]][:, :, None], sausage.words[chained][:, None, :])
    bounds = np.append(np.flatnonzero(np.diff(sausage.level[chained], prepend=-1)), len(chained)).tolist()
    steps = [(chained[begin:end], moves[begin:end]) for begin, end in pairwise(bounds)]
    for here, move in steps:
        forward[here] = _scaled(np.einsum("sk,skj->sj", forward[before[here]], move) * emit[here])
    for here, move in steps[::-1]:
        backward[before[here]] = _scaled(np.einsum("sj,skj->sk", backward[here] * emit[here], move))
    share = forward * backward
    total = share.sum(1, keepdims=True)
    return np.asarray((share > KEEP[0] * total) | (share >= share.max(1, keepdims=True)))


def _moves(model: lm.Model, first: Ints, second: Ints) -> NDArray[np.float32]:
    """P(second | first), of two arrays of words."""
    likely = np.exp(np.arange(256, dtype=np.float32) / -lm.STEP)
    return np.asarray(likely[model.pairs[first, second]])


def _scaled(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows, so that the greatest of each is 1."""
    return np.asarray(values / values.max(1, keepdims=True))


def posteriors(
    lattice: Lattice, model: lm.Model, order: int, memory: Memory | None = None, weight: float = LANGUAGE
) -> tuple[Ints, Floats]:
    """Edges that survive, and their posterior probabilities under n-grams of the given order.

    Args:
        lattice: hypotheses.
        weight: exponent of the language model.
        model: language model.
        order: highest order of n-grams used, 3 or more; trigrams come first.
        memory: what the document itself says.
    """
    kept = np.arange(len(lattice.start))
    share = np.ones(len(kept))
    for n in range(3, order + 1):
        share = _pass(_select(lattice, kept), model, n, memory, weight)
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
    """All paths of n - 1 and of n edges, in order of their prefixes."""
    nodes = np.arange(len(lattice.level), dtype=np.int32)
    number = np.bincount(lattice.start, minlength=len(nodes))
    begin = (np.cumsum(number) - number).astype(np.int32)
    below = _Paths(nodes, nodes, nodes, nodes, np.zeros(len(nodes), np.uint64), begin)
    edges = np.arange(len(lattice.start), dtype=np.int32)
    words = lattice.word.astype(np.uint64)
    here = _Paths(lattice.start, lattice.end, edges, lattice.end, words, _begins(lattice.end, number))
    for _ in range(n - 1):
        prefix = np.repeat(np.arange(len(here.last), dtype=np.int32), number[here.end])
        rank = np.arange(len(prefix), dtype=np.int32) - here.begin[prefix]
        last = begin[here.end[prefix]] + rank
        suffix = below.begin[here.suffix[prefix]] + rank
        key = (here.key[prefix] << np.uint64(16)) | words[last]
        end = lattice.end[last]
        below, here = here, _Paths(prefix, suffix, last, end, key, _begins(end, number))
    return below, here


def _begins(end: Ints, number: Ints) -> Ints:
    many = number[end]
    return np.asarray(np.cumsum(many) - many, np.int32)


def _pass(lattice: Lattice, model: lm.Model, n: int, memory: Memory | None, weight: float) -> Floats:
    """Posterior of every edge under n-grams."""
    states, items = _paths(lattice, n)
    word = lattice.word[items.last]
    language = lm.extended(model, items.key, n, states.key, items.prefix, items.suffix)
    if memory is not None:
        language = _recall(language, items.key, memory)
    logp = weight * language + lattice.logp[items.last]
    logp[word == START] = 0.0
    paragraph = lattice.paragraph[lattice.start[states.last]]
    level = lattice.level[lattice.end[states.last]]
    entered = np.bincount(items.suffix, minlength=len(states.last)) > 0
    left = np.bincount(items.prefix, minlength=len(states.last)) > 0
    alpha = _sweep(np.where(entered, -np.inf, 0.0), items.prefix, items.suffix, logp, paragraph, level[items.prefix], 1)
    beta = _sweep(np.where(left, -np.inf, 0.0), items.suffix, items.prefix, logp, paragraph, level[items.prefix], -1)
    total = np.zeros(int(paragraph.max()) + 1)
    total[paragraph[~entered]] = beta[~entered]
    share = np.exp(alpha[items.prefix] + logp + beta[items.suffix] - total[paragraph[items.prefix]])
    found = np.bincount(items.last, share, minlength=len(lattice.start))
    found[lattice.level[lattice.start] < n - 1] = 1.0  # context
    return np.minimum(found, 1.0)


def _sweep(
    value: Floats, source: Ints, target: Ints, logp: Floats, paragraph: Ints, level: Ints, direction: int
) -> Floats:
    """Add up in the log domain, level by level: value[target] = log sum exp(value[source] + logp).

    Items come in order of their level. Sums are taken relative to the best item of their paragraph and level.
    """
    bounds = np.append(np.flatnonzero(np.diff(level, prepend=-1)), len(level))
    steps = list(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True))
    shift = np.full(int(paragraph.max()) + 1, -np.inf)
    for begin, end in steps[::direction]:
        into = target[begin:end]
        terms = value[source[begin:end]] + logp[begin:end]
        where = paragraph[into]
        starts = np.flatnonzero(np.diff(where, prepend=-1))
        shift[where[starts]] = np.maximum.reduceat(terms, starts)
        low, high = int(into.min()), int(into.max()) + 1
        summed = np.bincount(into - low, np.exp(terms - shift[where]), minlength=high - low)
        hit = np.flatnonzero(summed)
        with np.errstate(divide="ignore"):
            new = np.log(summed[hit]) + shift[paragraph[low + hit]]
        value[low + hit] = np.logaddexp(value[low + hit], new)
    return value
