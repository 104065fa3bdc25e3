"""Where each restored word stands: a box of its own for every word, also for those that were split or joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from pipeline.model import Bbox, Line, Word

Placed = tuple[str, float, float, float, float]
"""A word and its box: x0, y0, x1, y1 in pixels of the page image."""
_MARKER = re.compile(r"\^(\d{1,2})")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def placed_words(line: Line) -> list[Placed]:
    """The words of a line with their boxes; none where the line has no place at all.

    Words that came from one word as read share its box by their lengths; words without a box share their neighbour's.
    Footnote markers `^1` become raised figures.
    """
    words = line.words or tuple(Word(w.group(), w.start()) for w in re.finditer(r"\S+", line.text))
    boxes = _filled([word.bbox for word in words], line.bbox)
    placed: list[Placed] = []
    for box, group in groupby(zip(words, boxes, strict=True), key=lambda pair: pair[1]):
        if box is not None:
            placed += _shared([word.text for word, _ in group], box)
    return [(_MARKER.sub(_raised, word), x0, y0, x1, y1) for word, x0, y0, x1, y1 in placed]


def _raised(marker: re.Match[str]) -> str:
    return marker[1].translate(_RAISED)


def _filled(boxes: Sequence[Bbox | None], whole: Bbox | None) -> list[Bbox | None]:
    """The boxes, those missing taken from the word before, else the one behind, else the line."""
    out = list(boxes)
    for n in range(1, len(out)):
        out[n] = out[n] or out[n - 1]
    for n in range(len(out) - 2, -1, -1):
        out[n] = out[n] or out[n + 1]
    return [box or whole for box in out]


def _shared(texts: Sequence[str], box: Bbox) -> list[Placed]:
    """A box cut across for words with one space between them, by their numbers of characters."""
    x0, y0, x1, y1 = box
    unit = (x1 - x0) / max(1, sum(map(len, texts)) + len(texts) - 1)
    placed: list[Placed] = []
    at = float(x0)
    for text in texts:
        placed.append((text, at, y0, at + unit * len(text), y1))
        at += unit * (len(text) + 1)
    return placed
