"""From pairs of printed and read lines to P(read | printed): characters, onsets and rimes, whole words.

Each level is smoothed with the one below it: a word seen often is believed as seen, a rare one is composed of what was
seen of its onset and rime, and these of their characters (a hierarchical Bayesian estimate with a Dirichlet prior).
"""

from __future__ import annotations

import json
import lzma
import math
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.restore.syllables import onset_rime
from pipeline.training.align import Emissions, counted, learn, segment

HELD_OUT_PAGES = 10
"""One page of pairs in so many is never trained on (by checksum of its name)."""
PRIOR_UNIT, PRIOR_WORD = 4.0, 8.0
"""How many observations the level below counts for."""
LEAST_LOGP = -14.0

Row = tuple[str, str, str, float]
"""level, read, printed, log P(read | printed)."""


def held_out(page: str) -> bool:
    """Whether a page of pairs is kept out of training, for measuring."""
    return zlib.crc32(page.encode()) % HELD_OUT_PAGES == 0


def pairs(path: Path, kind: str, *, training: bool = True) -> Iterator[tuple[str, str]]:
    """(printed, read) lines of pairs.jsonl.xz for one kind of reading, of training or held-out pages."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record.get(kind) and held_out(record["page"]) != training:
                yield tuple(unicodedata.normalize("NFC", record[k]) for k in ("true", kind))  # type: ignore[misc]


def rows(lines: Iterator[tuple[str, str]]) -> list[Row]:
    """The noise model of one kind of reading, sorted."""
    words = counted(lines)
    emissions = learn(words)
    found: list[Row] = [
        ("char", piece, char, logp) for char, table in emissions.items() for piece, logp in table.items()
    ]
    onsets: Counter[tuple[str, str]] = Counter()
    rimes: Counter[tuple[str, str]] = Counter()
    for (printed, read), number in words.items():
        cut = segment(printed, read, emissions)
        if cut is not None:
            size = len(onset_rime(printed)[0])
            onsets[printed[:size], "".join(cut[1][:size])] += number
            rimes[printed[size:], "".join(cut[1][size:])] += number
    onset = _smoothed(onsets, emissions)
    rime = _smoothed(rimes, emissions)
    found += [("onset", read, printed, logp) for (printed, read), logp in onset.items()]
    found += [("rime", read, printed, logp) for (printed, read), logp in rime.items()]
    totals: Counter[str] = Counter()
    for (printed, _), number in words.items():
        totals[printed] += number
    for (printed, read), number in words.items():
        cut = segment(printed, read, emissions)
        if cut is None:
            continue
        size = len(onset_rime(printed)[0])
        prior = math.exp(onset[printed[:size], "".join(cut[1][:size])] + rime[printed[size:], "".join(cut[1][size:])])
        logp = math.log((number + PRIOR_WORD * prior) / (totals[printed] + PRIOR_WORD))
        found.append(("word", read, printed, logp))
    return sorted((level, read, printed, round(max(logp, LEAST_LOGP), 2)) for level, read, printed, logp in found)


def _smoothed(seen: Counter[tuple[str, str]], emissions: Emissions) -> dict[tuple[str, str], float]:
    totals: Counter[str] = Counter()
    for (printed, _), number in seen.items():
        totals[printed] += number
    out: dict[tuple[str, str], float] = {}
    for (printed, read), number in seen.items():
        cut = segment(printed, read, emissions)
        below = math.exp(cut[0]) if cut else 0.0
        out[printed, read] = math.log((number + PRIOR_UNIT * below) / (totals[printed] + PRIOR_UNIT))
    return out


def write(path: Path, found: list[Row]) -> None:
    """Write a noise model as a table."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write("level\tread\tprinted\tlogp\n")
        out.writelines(f"{level}\t{read}\t{printed}\t{logp:.2f}\n" for level, read, printed, logp in found)
