"""Footnote markers on a page image: small glyphs that stand above the baseline of their line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median_high
from typing import TYPE_CHECKING

from pipeline.layout import box, paper_of, word_height
from pipeline.model import Bbox, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Dark = NDArray[np.bool_]

_DARK = 0.72
"""Ink is darker than this share of the paper."""
_REACH = 1.06
"""How far above the baseline glyphs are looked for, in word heights."""
_FOOT = 0.18
"""How far above the baseline a raised glyph ends, in word heights."""
_RULE = 0.25
"""How far down from there the rule above the notes may reach."""
_SUSPECT = re.compile(r"[^\w.,;:)\]]\W*$|[^\W\d]\d\W*$")
"""What engines make of a word with a marker: "xã!;", "ngộ?", "tai2"."""
_UNSURE = 0.5
"""Confidence below which a word may have one, too, whatever was read: "đồng." with a 4 over the foot of its g."""
_BELOW = frozenset("gpqyQ,;()[]{}/|ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴJj_-–—.“”\"'’*~…")
"""Characters that do not stand on the baseline, or reach below it."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A group of raised glyphs: `line` and `word` it stands in or behind, and its box."""

    line: int
    word: int
    bbox: Bbox


def find_raised(
    lines: Sequence[Sequence[Word]], chosen: Iterable[int], page: Grey, lean: float, ahead: float = 0
) -> list[Raised]:
    """Raised glyphs of digit size, in the order of the lines.

    Args:
        lines: words as the engine read them.
        chosen: the lines, from 0, in which they are looked for.
        page: they were read from, grey.
        lean: pixels that lines fall for a pixel to the right.
        ahead: how far before its first word a line is looked at, in word heights.
    """
    dark = page < ceil(_DARK * paper_of(page))  # bytes beside a whole number: no float per pixel
    usual = word_height(word for line in lines for word in line)
    return [Raised(n, k, bbox) for n in sorted(chosen) for k, bbox in _in_line(lines[n], dark, lean, usual, ahead)]


def _in_line(line: Sequence[Word], dark: Dark, lean: float, usual: float, ahead: float) -> Iterator[tuple[int, Bbox]]:
    on_base = [box(word) for word in line if not _BELOW & set(word.text)]
    if not on_base:
        return
    base = median_high(b[3] - lean * (b[0] + b[2]) / 2 for b in on_base)  # one of two may be the raised figure itself
    height = word_height(line) if len(line) > 3 else usual
    for k, word in enumerate(line):
        left, _, right, _ = box(word)
        stop = box(line[k + 1])[0] if k + 1 < len(line) else right + round(0.6 * height)
        stop = min(stop, right + round(0.6 * height), dark.shape[1])
        local = base + lean * (left + right) / 2
        touching = _SUSPECT.search(word.text) is not None or (word.confidence is not None and word.confidence < _UNSURE)
        glyphs = _glyphs(dark, left, stop, local, height, touching)
        yield from ((k, bbox) for bbox in _groups(glyphs, local, height))
        if ahead and k == 0:
            glyphs = _glyphs(dark, max(0, left - round(ahead * height)), left, local, height, touching=False)
            yield from ((k, bbox) for bbox in _groups(glyphs, local, height))


def _glyphs(dark: Dark, left: int, stop: int, base: float, height: float, touching: bool) -> Iterator[Bbox]:
    """Boxes of ink between two columns that empty columns part; only of such as may be raised.

    Where they are `touching`, the glyph on the right may hang over its neighbour, so that no empty column parts them:
    it comes once more, by itself.
    """
    import numpy as np

    top = max(0, round(base - _REACH * height))
    band = dark[top : round(base + 0.4 * height), left:stop]
    if not band.size:
        return
    rule: NDArray[np.intp] = np.flatnonzero(np.add.reduce(band[: round(_RULE * height)], 1, int) > 0.8 * band.shape[1])
    if rule.size:  # the line above the notes
        below = int(rule[-1]) + 2
        top, band = top + below, band[below:]
    low = _columns(band[max(0, round(base - _FOOT * height) + 1 - top) :])
    for x0, x1 in _runs(_columns(band)):
        if not touching and low.find(1, x0, x1) >= 0:
            continue
        ink = np.flatnonzero(band[:, x0:x1].any(axis=1))
        yield left + x0, top + int(ink[0]), left + x1, top + int(ink[-1]) + 1
        if touching:
            y = int(np.flatnonzero(band[:, x1 - 1])[0])
            part = _component(band[:, x0:x1], x1 - 1 - x0, y)
            if part[0] > 0:
                yield left + x0 + part[0], top + part[1], left + x0 + part[2], top + part[3]


def _columns(band: Dark) -> bytes:
    """1 for every column with ink, 0 for the others: of a word some thirty, for which bytes are quicker than arrays."""
    import numpy as np

    return bytes(np.logical_or.reduce(band, 0))


def _runs(columns: bytes) -> Iterator[tuple[int, int]]:
    """Where each run of ones begins and ends."""
    end = 0
    while (begin := columns.find(1, end)) >= 0:
        end = columns.find(0, begin)
        end = end if end >= 0 else len(columns)
        yield begin, end


def _component(ink: Dark, x: int, y: int) -> Bbox:
    """Box of the ink that hangs together with one dark pixel."""
    import cv2
    import numpy as np

    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
    left, top, width, height = stats[labels[y, x], :4].tolist()
    return left, top, left + width, top + height


def _groups(glyphs: Iterable[Bbox], base: float, height: float) -> Iterator[Bbox]:
    """Boxes of raised glyphs; neighbours are one group (a marker of two digits)."""
    group: Bbox | None = None
    for glyph in glyphs:
        raised = _is_raised(glyph, base, height)
        if group and not (raised and glyph[0] - group[2] < 0.3 * height):
            yield group
            group = None
        if raised:
            group = glyph if group is None else (group[0], min(group[1], glyph[1]), glyph[2], max(group[3], glyph[3]))
    if group:
        yield group


def _is_raised(glyph: Bbox, base: float, height: float) -> bool:
    x0, y0, x1, y1 = glyph
    return (
        y1 <= base - _FOOT * height
        and y0 <= base - 0.5 * height
        and 0.36 * height <= y1 - y0 <= 0.68 * height
        and 0.06 * height <= x1 - x0 <= 0.55 * height
    )
