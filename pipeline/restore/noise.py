"""The noise model at run time: P(read | printed) of characters, onsets, rimes and words, by what was read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

LONGEST = 3
"""Most characters that one printed character is read as."""
SAME = -1.0
ALIKE = {"eng": -3.0, "vie": -7.5}
LOOKS = {"eng": -5.0, "vie": -8.0}
LOOKALIKE = ("il1|!t", "o06q", "s5$", "a4", "b8", "g9q", "z2", "uv")
UNSEEN = {"eng": (-7.0, -7.5, -11.0, -15.0), "vie": (-8.0, -9.0, -13.0, -17.0)}
"""Log probability of an emission never seen: the character itself, one with its bare letter, one of similar form (by
groups of bare letters), any other by length."""
WIDTH = 64
"""Readings kept per piece."""

Inverse = dict[str, list[tuple[str, float]]]
"""What was read -> what may be printed, with log P(read | printed), best first."""


@dataclass(frozen=True)
class Noise:
    """One kind of reading.

    Attributes:
        kind: its name.
        chars: log P(piece | printed character), by the character.
        onsets, rimes, words: by what was read.
    """

    kind: str = "eng"
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
            del found[WIDTH:]
    return Noise(
        path.stem.removeprefix("noise_"), dict(chars), dict(levels["onset"]), dict(levels["rime"]), dict(levels["word"])
    )
