"""Pages of a few lines: the last one, with the recipients and who signs side by side, and covers.

Engines learn from a page how high its lines are and how it is set. Of a few lines in two columns of different print
they learn it wrong, and read across the gap or next to nothing; each column is then read by itself, as a block.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.layout import paper_of
from pipeline.model import Bbox, Word
from pipeline.ocr.columns import readable
from pipeline.ocr.part import Lines, Reader, read_part

if TYPE_CHECKING:
    from PIL import Image

_FEW = 60
"""Words of a page that is read so; a line of text has 15."""
_SHRINK, _DARK = 2, 0.6
_LETTER = (5, 60, 80)
"""Least and greatest height and greatest width of a letter, in pixels of the smaller picture at 200 dpi."""
_MIDDLE, _GAP = (0.3, 0.7), 0.04
"""Where the middle of the gap between two columns is, and how wide it is at least, in widths of the page."""
_MARGIN, _LEAST = 20, 100
"""Pixels around a column, and on a side of a picture that may hold two."""
_PAYS = 1.05


def with_blocks(lines: Lines, image: Image.Image, read: Reader) -> Lines:
    """The lines of a page of few words, read anew column by column where that reads better.

    Args:
        lines: words as the engine read them.
        image: the page, grey.
        read: how to read a block of lines.
    """
    words = [word for line in lines for word in line]
    if len(words) >= _FEW or min(image.size) < _LEAST:
        return lines
    again = [line for place in columns(image) for line in read_part(image, place, _MARGIN, read)]
    return again if _sum(again) > _PAYS * readable(words) else lines


def _sum(lines: Sequence[Sequence[Word]]) -> float:
    return readable(word for line in lines for word in line)


def columns(image: Image.Image) -> list[Bbox]:
    """The one or two columns of a page, left to right, with a margin; none where it bears no letters."""
    import cv2
    import numpy as np

    small = cv2.resize(np.asarray(image), None, fx=1 / _SHRINK, fy=1 / _SHRINK, interpolation=cv2.INTER_AREA)
    dark = (small < _DARK * paper_of(np.asarray(image))).view(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    letters = (height >= _LETTER[0]) & (height <= _LETTER[1]) & (width <= _LETTER[2])
    letters[0] = False
    ink = letters[labels]
    rows, across = np.flatnonzero(ink.sum(axis=1) > 2), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return []
    full = ink.shape[1]
    free = np.diff(across)
    centre = (across[:-1] + across[1:]) / 2
    middle = (centre > _MIDDLE[0] * full) & (centre < _MIDDLE[1] * full)
    widest = int(np.argmax(np.where(middle, free, 0))) if middle.any() else 0
    parted = middle.any() and free[widest] > _GAP * full
    runs = np.split(across, [widest + 1]) if parted else [across]
    top, bottom = (_SHRINK * int(rows[k]) + side for k, side in ((0, -_MARGIN), (-1, _MARGIN)))
    return [(_SHRINK * int(r[0]) - _MARGIN, top, _SHRINK * int(r[-1]) + _MARGIN, bottom) for r in runs]
