"""Printed and read lines, word by word and character by character."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import Levenshtein

from pipeline.restore.noise import LONGEST
from pipeline.restore.syllables import early, skeleton
from pipeline.restore.tokens import LONE, Atom, atoms

Emissions = dict[str, dict[str, float]]
"""P(read characters | printed character)."""


def word_pairs(printed: str, read: str) -> Iterator[tuple[Atom, Atom]]:
    """Words of the printed line with what was read for them; unequal lines are aligned by skeleton."""
    true, seen = printed.split(), read.split()
    for i, j in _steps(true, seen):
        a, b = atoms(true[i]), atoms(seen[j])
        if len(a) == len(b):
            pairs = zip(a, b, strict=True)
            yield from ((x, y) for x, y in pairs if x.kind != "sign" and (y.kind != "sign" or y.text in LONE))


def _steps(true: list[str], seen: list[str]) -> list[tuple[int, int]]:
    """Index pairs of words that belong together."""
    if len(true) == len(seen):
        pairs = list(zip(range(len(true)), range(len(seen)), strict=True))
    else:
        ops = Levenshtein.opcodes([skeleton(w) for w in true], [skeleton(w) for w in seen])
        pairs = []
        for op in ops:
            if op.src_end - op.src_start == op.dest_end - op.dest_start:
                pairs += zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True)
    return [(i, j) for i, j in pairs if _alike(true[i], seen[j])]


def _alike(a: str, b: str) -> bool:
    """Not obviously different words."""
    if min(len(a), len(b)) <= 2:
        return abs(len(a) - len(b)) <= 2
    return Levenshtein.normalized_similarity(skeleton(a), skeleton(b)) >= 0.3


def segment(printed: str, read: str, emissions: Emissions) -> tuple[float, list[str]] | None:
    """The best cut of `read` into one piece for every printed character: log probability and pieces."""
    n, m = len(printed), len(read)
    best = [[-math.inf] * (m + 1) for _ in range(n + 1)]
    back = [[0] * (m + 1) for _ in range(n + 1)]
    best[0][0] = 0.0
    for i, char in enumerate(printed):
        table = emissions.get(char, {})
        for j in range(m + 1):
            score = best[i][j]
            if score == -math.inf:
                continue
            for size in range(min(LONGEST, m - j) + 1):
                value = score + table.get(read[j : j + size], fallback(char, read[j : j + size]))
                if value > best[i + 1][j + size]:
                    best[i + 1][j + size], back[i + 1][j + size] = value, size
    if best[n][m] == -math.inf:
        return None
    pieces, j = [], m
    for i in range(n, 0, -1):
        pieces.append(read[j - back[i][j] : j])
        j -= back[i][j]
    return best[n][m], pieces[::-1]


def fallback(char: str, piece: str) -> float:
    """Log probability of an emission not seen yet: cheap where the piece is the character or its bare letter."""
    if piece == char:
        return -1.0
    if len(piece) == 1 and skeleton(piece) == skeleton(char):
        return -3.0
    return (-7.0, -7.5, -11.0, -15.0)[len(piece)]


def learn(pairs: Counter[tuple[str, str]], rounds: int = 6) -> Emissions:
    """Emission log probabilities by hard expectation-maximisation.

    Args:
        pairs: (printed, read) words with their counts.
        rounds: iterations.
    """
    emissions: Emissions = {}
    for _ in range(rounds):
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for (printed, read), number in sorted(pairs.items()):
            found = segment(printed, read, emissions)
            if found is not None:
                for char, piece in zip(printed, found[1], strict=True):
                    counts[char][piece] += number
        emissions = {
            char: {piece: math.log((n) / (table.total() + 2.0)) for piece, n in table.items()}
            for char, table in counts.items()
        }
    return emissions


def counted(lines: Iterable[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """(printed, read) word pairs of aligned lines with their counts; the printed ones in early tone placement."""
    found: Counter[tuple[str, str]] = Counter()
    for printed, read in lines:
        for a, b in word_pairs(printed, read):
            if a.kind == "word" and a.text.isalpha():
                found[early(a.text), b.text] += 1
    return found
