"""Reading of the training text: paragraphs without repetition, a part held out, words as numbers."""

from __future__ import annotations

import lzma
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.classes import CLASSES, CODE, END, NUMBER, ROMAN, START, UNKNOWN
from pipeline.restore.syllables import key
from pipeline.restore.tokens import atoms, is_roman

HELD_OUT_PARAGRAPHS = 400
"""One paragraph in so many is never trained on (by checksum of its text)."""


def held_out(paragraph: str) -> bool:
    """Whether a paragraph is kept out of training, for measuring."""
    return zlib.crc32(paragraph.encode()) % HELD_OUT_PARAGRAPHS == 0


def paragraphs(folder: Path) -> Iterator[str]:
    """Every different paragraph of the .txt and .txt.xz files of a folder once, NFC, in order of the file names."""
    seen: set[str] = set()
    for path in sorted(p for p in folder.iterdir() if p.name.endswith((".txt", ".txt.xz"))):
        opener: Callable[..., Iterable[str]] = lzma.open if path.suffix == ".xz" else open  # type: ignore[assignment]
        for line in opener(path, "rt", encoding="utf-8"):
            text = unicodedata.normalize("NFC", line.strip())
            if text and text not in seen:
                seen.add(text)
                yield text


def units(paragraph: str) -> list[str]:
    """The language model's units of a paragraph: words as printed, or the name of a class such as `<num>`."""
    found: list[str] = []
    for atom in atoms(paragraph):
        if atom.kind == "word":
            if not atom.text.isalpha():
                found.append(CLASSES[CODE])
            elif is_roman(atom.text):
                found.append(CLASSES[ROMAN])
            else:
                found.append(atom.text)
        elif atom.kind == "number":
            found.append(CLASSES[NUMBER])
        elif atom.kind in ("code", "web"):
            found.append(CLASSES[CODE])
    return found


def encode(texts: Iterable[str], ids: dict[str, int]) -> tuple[NDArray[np.uint16], Counter[str]]:
    """All paragraphs as one array of word numbers, each between START and END, and the counts of words as printed.

    Args:
        texts: paragraphs.
        ids: number of each known key; filled by the caller; unknown words become UNKNOWN.
    """
    cached: dict[str, int] = {name: i for i, name in enumerate(CLASSES)}
    out: list[NDArray[np.uint16]] = []
    block: list[int] = []
    forms: Counter[str] = Counter()
    for text in texts:
        words = units(text)
        forms.update(words)
        block.append(START)
        for word in words:
            number = cached.get(word)
            if number is None:
                number = cached[word] = ids.get(key(word), UNKNOWN)
            block.append(number)
        block.append(END)
        if len(block) > 1 << 20:
            out.append(np.array(block, np.uint16))
            block = []
    out.append(np.array(block, np.uint16))
    return np.concatenate(out), forms
