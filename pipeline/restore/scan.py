"""What was read against all known words at once: log P(read | onset, rime), many readings side by side.

A word is an onset and a rime. For every cut of what was read into two parts, the tables tell how likely each onset and
each rime is read as its part; parts never seen are spelled by characters (dynamic programming over all onsets and all
rimes in one array operation). The best cut counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.lexicon import Lexicon
from pipeline.restore.noise import ALIKE, LONGEST, LOOKALIKE, LOOKS, SAME, UNSEEN, Noise
from pipeline.restore.syllables import Shape, onset_rime, reshape, skeleton

LONGEST_READ = 12
LONGEST_ONSET_READ = 5
WORST = -60.0
RIMES = 64
"""Rimes kept per reading before words are looked at."""
BATCH = 128

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Table = dict[str, tuple[Ints, Floats]]


@dataclass(frozen=True)
class Parts:
    """All known words in one shape, as onsets and rimes.

    Attributes:
        onsets, rimes: character numbers, one row each, padded with 0; rimes are reversed.
        words: per rime, the positions of its words in `number`, `onset`.
        number: language model number of each word.
        onset: row of its onset.
        rime: row of its rime.
        onset_read, rime_read: by what was read: rows and log probabilities, from the tables.
        prior: per rime, the best prior of its words.
    """

    onsets: Ints
    rimes: Ints
    words: list[Ints]
    number: Ints
    onset: Ints
    rime: Ints
    onset_read: Table
    rime_read: Table
    prior: Floats


class Scanner:
    """Scores readings against all words of the lexicon; what it prepares is kept for the next call."""

    def __init__(self, noise: Noise, lexicon: Lexicon, prior: Floats, first: int = 0) -> None:
        """Take the noise model, the words (from a number on), and the log probability of each word on its own."""
        self._first = first
        self._noise, self._lexicon, self._prior = noise, lexicon, prior
        letters = sorted({c for w in lexicon.words for c in w + w.upper()} | set(noise.chars))
        self._alphabet = {c: i for i, c in enumerate(letters, 1)}
        self._alike: dict[str, list[int]] = defaultdict(list)
        for char, row in self._alphabet.items():
            self._alike[skeleton(char)].append(row)
        self._emitted: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for char, table in noise.chars.items():
            for piece, logp in table.items():
                self._emitted[piece].append((self._alphabet[char], logp))
        self._columns: dict[str, Floats] = {}
        self._parts: dict[Shape, Parts] = {}

    def scan(self, reads: Sequence[str], form: Shape, most: int, spread: float) -> list[list[tuple[int, float]]]:
        """For each reading the most likely words: (word number, log P(read | word)), by posterior, best first.

        Args:
            reads: what was read; too long ones get no words.
            form: shape of the printed words.
            most: words per reading at most.
            spread: words are dropped that are less likely than the best one by more than this (nats, with prior).
        """
        found: list[list[tuple[int, float]]] = [[] for _ in reads]
        by_size: dict[int, list[int]] = defaultdict(list)
        for i, read in enumerate(reads):
            if len(read) <= LONGEST_READ:
                by_size[len(read)].append(i)
        parts = self._shaped(form)
        for _, members in sorted(by_size.items()):
            for begin in range(0, len(members), BATCH):
                block = members[begin : begin + BATCH]
                texts = [reads[i] for i in block]
                onsets, rimes = self._tables(texts, parts)
                for i, at in zip(block, range(len(texts)), strict=True):
                    found[i] = self._best(onsets[:, :, at], rimes[:, :, at], parts, most, spread)
        return found

    def _shaped(self, form: Shape) -> Parts:
        if form not in self._parts:
            self._parts[form] = self._make(form)
        return self._parts[form]

    def _make(self, form: Shape) -> Parts:
        onsets: dict[str, int] = {}
        rimes: dict[str, int] = {}
        number: list[int] = []
        onset: list[int] = []
        rime: list[int] = []
        for n, word in enumerate(self._lexicon.words):
            if n >= self._first and word.isalpha():
                cut, cased = len(onset_rime(word)[0]), reshape(word, form)
                head, tail = cased[:cut], cased[cut:]
                number.append(n)
                onset.append(onsets.setdefault(head, len(onsets)))
                rime.append(rimes.setdefault(tail, len(rimes)))
        rows = np.array(rime)
        prior = np.full(len(rimes), WORST, np.float32)
        np.maximum.at(prior, rows, self._prior[number])
        order = np.argsort(rows, kind="stable")
        return Parts(
            self._rows(list(onsets)),
            self._rows([r[::-1] for r in rimes]),
            np.split(order, np.cumsum(np.bincount(rows))[:-1]),
            np.array(number),
            np.array(onset),
            rows,
            _by_read(self._noise.onsets, onsets),
            _by_read(self._noise.rimes, rimes),
            prior,
        )

    def _rows(self, texts: list[str]) -> Ints:
        rows = np.zeros((len(texts), max(map(len, texts))), np.int64)
        for i, text in enumerate(texts):
            rows[i, : len(text)] = [self._alphabet[c] for c in text]
        return rows

    def _column(self, piece: str) -> Floats:
        """Log P(piece | character) of every character of the alphabet; 0 for the padding and no piece."""
        if piece not in self._columns:
            column = np.full(len(self._alphabet) + 1, UNSEEN[self._noise.kind][len(piece)], np.float32)
            column[0] = WORST if piece else 0.0
            floor = column
            if len(piece) == 1:
                bare = skeleton(piece)
                for other in {c for group in LOOKALIKE if bare in group for c in group}:
                    column[self._alike.get(other, [])] = LOOKS[self._noise.kind]
                floor = column.copy()
                column[self._alike.get(skeleton(piece), [])] = ALIKE[self._noise.kind]
                if piece in self._alphabet:
                    column[self._alphabet[piece]] = SAME
            for row, logp in self._emitted.get(piece, ()):
                column[row] = max(logp, floor[row])
            self._columns[piece] = column
        return self._columns[piece]

    def _tables(self, reads: list[str], parts: Parts) -> tuple[Floats, Floats]:
        """Log P(read[:j] | onset) and log P(read[j:] | rime): arrays (j, onset or rime, reading)."""
        size = len(reads[0])
        pieces = {
            (j, k): np.stack([self._column(read[j:k]) for read in reads], 1)
            for j in range(size + 1)
            for k in range(j, min(j + LONGEST, size) + 1)
        }
        onsets = _forward(parts.onsets, pieces, size)
        rimes = _backward(parts.rimes, pieces, size)
        for at, read in enumerate(reads):
            for j in range(size + 1):
                seen = parts.rime_read.get(read[j:])
                if seen is not None:
                    rimes[j, seen[0], at] = np.maximum(rimes[j, seen[0], at], seen[1])
                seen = parts.onset_read.get(read[:j])
                if seen is not None:
                    onsets[j, seen[0], at] = np.maximum(onsets[j, seen[0], at], seen[1])
        return onsets[: LONGEST_ONSET_READ + 1], rimes[: LONGEST_ONSET_READ + 1]

    def _best(self, onsets: Floats, rimes: Floats, parts: Parts, most: int, spread: float) -> list[tuple[int, float]]:
        """The best words of one reading, from its two tables (cut, part)."""
        bound = (rimes + onsets.max(1, keepdims=True)).max(0) + parts.prior
        top = np.argpartition(-bound, min(RIMES, len(bound) - 1))[:RIMES]
        words = np.concatenate([parts.words[r] for r in top.tolist()])
        logp = (onsets[:, parts.onset[words]] + rimes[:, parts.rime[words]]).max(0)
        total = logp + self._prior[parts.number[words]]
        order = np.argsort(-total, kind="stable")[:most]
        order = order[total[order] > total[order[0]] - spread]
        return list(zip(parts.number[words[order]].tolist(), logp[order].tolist(), strict=True))


def _by_read(inverse: dict[str, list[tuple[str, float]]], rows: dict[str, int]) -> Table:
    """The tables of what was read, with row numbers for the printed parts."""
    found: Table = {}
    for read, printed in inverse.items():
        known = [(rows[p], logp) for p, logp in printed if p in rows]
        if known:
            found[read] = np.array([r for r, _ in known]), np.array([p for _, p in known], np.float32)
    return found


def _forward(rows: Ints, pieces: dict[tuple[int, int], Floats], size: int) -> Floats:
    """Best spelling of the first j characters by every row."""
    reads = pieces[0, 0].shape[1]
    best = np.full((size + 1, len(rows), reads), WORST, np.float32)
    best[0] = 0.0
    for column in rows.T:
        new = np.full_like(best, WORST)
        for (j, k), table in pieces.items():
            np.maximum(new[k], best[j] + table[column], out=new[k])
        best = new
    return best


def _backward(rows: Ints, pieces: dict[tuple[int, int], Floats], size: int) -> Floats:
    """Best spelling of the characters from j on by every row (of reversed text)."""
    reads = pieces[0, 0].shape[1]
    best = np.full((size + 1, len(rows), reads), WORST, np.float32)
    best[size] = 0.0
    for column in rows.T:
        new = np.full_like(best, WORST)
        for (j, k), table in pieces.items():
            np.maximum(new[j], best[k] + table[column], out=new[j])
        best = new
    return best
