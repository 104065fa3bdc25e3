"""The noise model at run time: P(read | printed) of characters, onsets, rimes and words, by what was read."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.restore.syllables import skeleton

LONGEST = 3
"""Most characters that one printed character is read as."""
WIDTH = 16
"""Readings kept per piece."""

Inverse = dict[str, list[tuple[str, float]]]
"""What was read -> what may be printed, with log P(read | printed), best first."""


@dataclass(frozen=True)
class Noise:
    """One kind of reading.

    Attributes:
        chars: log P(piece | printed character), by the character.
        onsets, rimes, words: by what was read.
    """

    chars: dict[str, dict[str, float]] = field(default_factory=dict)
    onsets: Inverse = field(default_factory=dict)
    rimes: Inverse = field(default_factory=dict)
    words: Inverse = field(default_factory=dict)


def load(path: Path) -> Noise:
    """Read a noise_*.tsv."""
    chars: dict[str, dict[str, float]] = defaultdict(dict)
    levels: dict[str, dict[str, list[tuple[str, float]]]] = {
        "onset": defaultdict(list),
        "rime": defaultdict(list),
        "word": defaultdict(list),
    }
    for row in path.read_text("utf-8").split("\n")[1:]:
        if not row:
            continue
        level, read, printed, logp = row.split("\t")
        if level == "char":
            chars[printed][read] = float(logp)
        else:
            levels[level][read].append((printed, float(logp)))
    for table in levels.values():
        for found in table.values():
            found.sort(key=lambda item: -item[1])
            del found[WIDTH * 4 :]
    return Noise(dict(chars), dict(levels["onset"]), dict(levels["rime"]), dict(levels["word"]))


def fallback(char: str, piece: str) -> float:
    """Log probability of an emission never seen: cheap where the piece is the character or its bare letter."""
    if piece == char:
        return -1.0
    if len(piece) == 1 and skeleton(piece) == skeleton(char):
        return -3.0
    return (-7.0, -7.5, -11.0, -15.0)[len(piece)]


def spelled(chars: dict[str, dict[str, float]], printed: str, read: str) -> float:
    """Log P(read | printed) by characters alone: the best cut of `read` into a piece for each printed character."""
    size = len(read)
    row = [-math.inf] * (size + 1)
    row[0] = 0.0
    for char in printed:
        table = chars.get(char, {})
        new = [-math.inf] * (size + 1)
        for j, score in enumerate(row):
            if score == -math.inf:
                continue
            for k in range(j, min(j + LONGEST, size) + 1):
                piece = read[j:k]
                value = score + (table[piece] if piece in table else fallback(char, piece))
                if value > new[k]:
                    new[k] = value
        row = new
    return row[size]
