"""Segments: pieces of a printed line that no wide gap parts, with their boxes as on a straightened page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from pipeline.model import Bbox, Cell, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WIDE_GAP = 2.0
"""A gap wider than this many word heights parts two columns; the spaces of justified text stay below."""
_MOTTO = re.compile(r"C\wNG H\w+ X\w", re.IGNORECASE)
"""Cộng hòa xã hội chủ nghĩa Việt Nam: heads the right column, however near the left one comes."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that stand side by side; the box is in pixels of the straightened page, `cell` as in `Line`."""

    words: tuple[Word, ...]
    x0: float
    y0: float
    x1: float
    y1: float
    cell: Cell | None = None

    @property
    def text(self) -> str:
        """The words, parted by single spaces."""
        return " ".join(word.text for word in self.words)


def box(word: Word) -> Bbox:
    """The box of a word that must have one.

    Raises:
        ValueError: it has none.
    """
    if word.bbox is None:
        raise ValueError(f"the word {word.text!r} has no box")
    return word.bbox


def said(word: Word, text: str) -> Word:
    """The word with another text; the alternatives of the old one are gone where it differs."""
    return word if text == word.text else replace(word, text=text, alternatives=(), odds=())


def moved(word: Word, start: int | None = None, bbox: Bbox | None = None) -> Word:
    """The word at another offset or place; what `dataclasses.replace` does, four times as fast."""
    start, bbox = word.start if start is None else start, word.bbox if bbox is None else bbox
    return Word(word.text, start, word.confidence, bbox, word.alternatives, word.odds)


def hull(boxes: Iterable[Bbox]) -> Bbox | None:
    """The smallest box around all; None around none."""
    corners = list(zip(*boxes, strict=True))
    return (min(corners[0]), min(corners[1]), max(corners[2]), max(corners[3])) if corners else None


def paper_of(page: NDArray[np.uint8]) -> int:
    """How light the paper of a grey page is: the median of every fourth row of pixels."""
    return grey_at(page[::4], 0.5)


def grey_at(picture: NDArray[np.uint8], share: float) -> int:
    """The grey up to which a share of the pixels go; by halving, for counting pixels that are alike is much slower."""
    import numpy as np

    wanted, low, high = share * picture.size, 0, 255
    while low < high:
        middle = (low + high) // 2
        if np.count_nonzero(picture <= middle) >= wanted:
            high = middle
        else:
            low = middle + 1
    return low


def word_height(words: Iterable[Word]) -> float:
    """The usual height of a word in pixels; 1 where there is no word."""
    return float(median([b[3] - b[1] for b in map(box, words)] or [1])) or 1.0


def slope(lines: Iterable[Sequence[Word]]) -> float:
    """How far the page leans: pixels down for a pixel to the right, the median over lines of five words or more."""
    leans = [_lean(line) for line in lines if len(line) >= 5]
    return median(leans) if leans else 0.0


def _lean(line: Sequence[Word]) -> float:
    """Of one line, by the middles of its words (Theil-Sen between the outer thirds)."""
    middles = [((b[0] + b[2]) / 2, (b[1] + b[3]) / 2) for b in map(box, line)]
    third = max(1, len(middles) // 3)
    return median((r[1] - l[1]) / (r[0] - l[0] or 1.0) for l in middles[:third] for r in middles[-third:])  # noqa: E741


def segments(lines: Sequence[Sequence[Word]], lean: float) -> list[Segment]:
    """Cut the lines of an engine at wide gaps and straighten their boxes by `lean` (see `slope`)."""
    height = word_height(word for line in lines for word in line)
    return [segment(part, lean) for line in lines for part in _cut(line, WIDE_GAP * height)]


def _cut(line: Sequence[Word], gap: float) -> Iterator[list[Word]]:
    part: list[Word] = []
    for n, word in enumerate(line):
        space = box(word)[0] - box(part[-1])[2] if part else 0
        if part and (space > gap or (space > gap / 3 and _MOTTO.match(" ".join(w.text for w in line[n : n + 3])))):
            yield part
            part = []
        part.append(word)
    if part:
        yield part


def segment(words: Sequence[Word], lean: float) -> Segment:
    """Words that stand side by side, straightened by `lean` (see `slope`)."""
    boxes = [box(word) for word in words]
    middles = [((b[0] + b[2]) / 2, (b[1] + b[3]) / 2) for b in boxes]
    return Segment(
        tuple(words),
        min(b[0] + lean * m[1] for b, m in zip(boxes, middles, strict=True)),
        min(b[1] - lean * m[0] for b, m in zip(boxes, middles, strict=True)),
        max(b[2] + lean * m[1] for b, m in zip(boxes, middles, strict=True)),
        max(b[3] - lean * m[0] for b, m in zip(boxes, middles, strict=True)),
    )


def rows(parts: Iterable[Segment]) -> list[list[Segment]]:
    """Segments that stand on the same height, rows from top to bottom, each from left to right."""
    out: list[list[Segment]] = []
    for part in sorted(parts, key=lambda s: (s.y0 + s.y1, s.x0)):
        if out and _level(out[-1], part):
            out[-1].append(part)
        else:
            out.append([part])
    for row in out:
        row.sort(key=lambda s: s.x0)
    return out


def _level(row: Sequence[Segment], part: Segment) -> bool:
    """Whether a segment belongs to a row: it overlaps the last one by half a height and stands beside all."""
    last = row[-1]
    overlap = min(last.y1, part.y1) - max(last.y0, part.y0)
    return overlap > 0.5 * min(last.y1 - last.y0, part.y1 - part.y0) and all(
        part.x0 >= other.x1 or part.x1 <= other.x0 for other in row
    )
