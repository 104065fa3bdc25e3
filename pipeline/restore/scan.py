"""All known words at once against what was read: P(read | printed) by characters, for words that no table knows."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.lexicon import Lexicon
from pipeline.restore.noise import LONGEST, fallback
from pipeline.restore.syllables import Shape, is_syllable, reshape

LONGEST_WORD, LONGEST_READ = 8, 11
REACH = 3
"""Words longer or shorter than what was read by more characters than this are not tried."""

Floats = NDArray[np.float32]


@dataclass
class Scanner:
    """Known words as rows of character numbers, and the emission columns made so far.

    Attributes:
        chars: log P(piece | printed character), by the character.
        lexicon: the words.
    """

    chars: dict[str, dict[str, float]]
    lexicon: Lexicon
    columns: dict[str, Floats] = field(default_factory=dict)
    alphabet: dict[str, int] = field(default_factory=dict)
    rows: dict[Shape, tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]] = field(default_factory=dict)

    def likely(self, read: str, form: Shape, most: int, spread: float) -> list[tuple[str, float]]:
        """The most likely printed words in the given shape with log P(read | word), best first."""
        if len(read) > LONGEST_READ:
            return []
        chars, lengths, numbers = self._rows(form)
        near = np.abs(lengths - len(read)) <= REACH
        chars, lengths, numbers = chars[near], lengths[near], numbers[near]
        if not len(numbers):
            return []
        scores = self._scores(read, chars, lengths)
        top = np.argsort(-scores, kind="stable")[:most]
        best = scores[top[0]]
        words = self.lexicon.words
        return [(reshape(words[numbers[i]], form), float(scores[i])) for i in top if scores[i] > best - spread]

    def _rows(self, form: Shape) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        if form not in self.rows:
            if not self.alphabet:
                letters = {c for w in self.lexicon.words for c in w + w.upper() if c.isalpha()}
                self.alphabet.update({c: i for i, c in enumerate(sorted(letters), 1)})
            found = [
                (n, reshape(w, form))
                for n, w in enumerate(self.lexicon.words)
                if w.isalpha() and len(w) <= LONGEST_WORD and (is_syllable(w) or self.lexicon.capital[n] > 0.8)
            ]
            chars = np.zeros((len(found), LONGEST_WORD), np.int64)
            for row, (_, word) in enumerate(found):
                chars[row, : len(word)] = [self.alphabet.get(c, 0) for c in word[:LONGEST_WORD]]
            lengths = np.array([len(w) for _, w in found])
            self.rows[form] = chars, lengths, np.array([n for n, _ in found])
        return self.rows[form]

    def _column(self, piece: str) -> Floats:
        """Log P(piece | character) of every character of the alphabet."""
        if piece not in self.columns:
            column = np.full(len(self.alphabet) + 1, -20.0, np.float32)
            for char, i in self.alphabet.items():
                table = self.chars.get(char, {})
                column[i] = table.get(piece, fallback(char, piece))
            self.columns[piece] = column
        return self.columns[piece]

    def _scores(self, read: str, chars: NDArray[np.int64], lengths: NDArray[np.int64]) -> Floats:
        """Best cut of `read` for every row of characters."""
        size = len(read)
        best = np.full((size + 1, len(chars)), -np.inf, np.float32)
        best[0] = 0
        for i in range(int(lengths.max())):
            column = chars[:, i]
            here = lengths > i
            new = np.full_like(best, -np.inf)
            for j in range(size + 1):
                for k in range(j, min(j + LONGEST, size) + 1):
                    np.maximum(new[k], best[j] + self._column(read[j:k])[column], out=new[k])
            best = np.where(here, new, best)
        return best[size]
