"""Reading of the training text: paragraphs without repetition, a part held out, words as numbers."""

from __future__ import annotations

import lzma
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.classes import CLASSES, CODE, END, NUMBER, ROMAN, START, UNKNOWN
from pipeline.restore.syllables import key
from pipeline.restore.tokens import is_roman, pieces

HELD_OUT_PARAGRAPHS = 400
"""One paragraph in so many is never trained on (by checksum of its text)."""


def held_out(paragraph: str) -> bool:
    """Whether a paragraph is kept out of training, for measuring."""
    return zlib.crc32(paragraph.encode()) % HELD_OUT_PARAGRAPHS == 0


def paragraphs(folder: Path) -> Iterator[str]:
    """Every different paragraph of the .txt and .txt.xz files of a folder once, NFC, in order of the file names."""
    seen: set[str] = set()
    for path in sorted(p for p in folder.iterdir() if p.name.endswith((".txt", ".txt.xz"))):
        opener: Callable[..., Iterable[str]] = lzma.open if path.suffix == ".xz" else open
        for line in opener(path, "rt", encoding="utf-8"):
            text = unicodedata.normalize("NFC", line.strip())
            if text and text not in seen:
                seen.add(text)
                yield text


def units(paragraph: str) -> list[str]:
    """The language model's units of a paragraph: words as printed, or the name of a class such as `<num>`."""
    found: list[str] = []
    for kind, text in pieces(paragraph):
        if kind == "word":
            if not text.isalpha():
                found.append(CLASSES[CODE])
            else:
                found.append(CLASSES[ROMAN] if is_roman(text) else text)
        elif kind == "number":
            found.append(CLASSES[NUMBER])
        elif kind in ("code", "web"):
            found.append(CLASSES[CODE])
    return found


@dataclass(frozen=True)
class Encoded:
    """Text as numbers of its distinct units.

    Attributes:
        stream: unit numbers, START and END around each paragraph.
        units: the unit of each number; the classes come first.
    """

    stream: NDArray[np.int32]
    units: list[str]

    def counts(self) -> Counter[str]:
        """How often each word occurs as printed."""
        number = np.bincount(self.stream, minlength=len(self.units))
        return Counter({u: int(n) for u, n in zip(self.units, number, strict=True) if u not in CLASSES})

    def renumbered(self, ids: dict[str, int]) -> NDArray[np.uint16]:
        """The stream in the language model's numbers; unknown words become UNKNOWN."""
        table = [CLASSES.index(u) if u in CLASSES else ids.get(key(u), UNKNOWN) for u in self.units]
        return np.array(table, np.uint16)[self.stream]


def encode(texts: Iterable[str]) -> Encoded:
    """All paragraphs as one array."""
    numbers = {name: i for i, name in enumerate(CLASSES)}
    blocks: list[NDArray[np.int32]] = []
    block: list[int] = []
    for text in texts:
        block.append(START)
        block += (numbers.setdefault(unit, len(numbers)) for unit in units(text))
        block.append(END)
        if len(block) > 1 << 20:
            blocks.append(np.array(block, np.int32))
            block = []
    blocks.append(np.array(block, np.int32))
    return Encoded(np.concatenate(blocks), list(numbers))


WINDOW = 6
"""Words at the beginning and the end of a measured line by which it is found in the training text."""


def without(stream: NDArray[np.uint16], lines: Iterable[str], ids: dict[str, int]) -> NDArray[np.uint16]:
    """The text without the paragraphs that hold one of the lines (of at least WINDOW words)."""
    wanted: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for line in lines:
        words = np.array(
            [CLASSES.index(u) if u in CLASSES else ids.get(key(u), UNKNOWN) for u in units(line)], np.uint16
        )
        if len(words) >= WINDOW:
            hashes = _rolling(words)
            wanted[int(hashes[0])].add((len(hashes) - 1, int(hashes[-1])))
    hashes = _rolling(stream)
    found = np.flatnonzero(np.isin(hashes, np.array(sorted(wanted), np.uint64)))
    hits = [
        i for i in found.tolist()
        for span, last in wanted[int(hashes[i])]
        if i + span < len(hashes) and int(hashes[i + span]) == last
    ]  # fmt: skip
    paragraph = np.cumsum(stream == START)
    return stream[~np.isin(paragraph, paragraph[hits])]


def _rolling(words: NDArray[np.uint16]) -> NDArray[np.uint64]:
    """A hash of every WINDOW neighbouring words."""
    out = np.zeros(len(words) - WINDOW + 1, np.uint64)
    for i in range(WINDOW):
        out = out * np.uint64(0x100000001B3) + words[i : len(words) - WINDOW + 1 + i] + np.uint64(1)
    return out
