"""Digits that stand by themselves (numbers of pages, notes and table rows), read by a small network of our own.

Engines are made for lines of text: asked for the digits of a lone figure, Tesseract sees none at some heights, and a 4
in a clear raised 3 at others. `pipeline.training.digits` makes the network from drawn print.
"""

from __future__ import annotations

from functools import cache
from math import ceil
from typing import TYPE_CHECKING

from pipeline.model import Bbox
from pipeline.resources import dictionaries

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Ink = NDArray[np.float32]

FILE = "digits.npz"
TALL, WIDE = 20, 16
"""Rows and columns of what the network looks at."""
NONE = 10
"""Its class of what is no digit."""
_INK = 0.4
"""Ink is darker than this share of the way from the paper to the darkest."""
_HEAD = 0.8
"""Of a figure that stands higher than is looked for the head is cut off: so much of its height at most."""
_RIM = 3
"""Pixels around a box that show how light the paper is."""
_LIKELY, _SURE = 0.25, 0.9
"""A glyph is a digit with the first probability at least, and the best of them has the second share of it.

Strokes of letters look like a 1, so that the first must not be high; marks of quotation are none with .99.
"""
_LOW = 0.75
"""What is less high than this share of the tallest glyph is a dash, a stop, a quotation mark or a speck."""
_GLUED = 0.8
"""Two digits that touch are wider than this share of their height."""


def read_digits(page: Grey, place: Bbox) -> str:
    """The number in a box of the page; "" where a glyph in it is not surely a digit.

    Args:
        page: grey.
        place: the box of its ink. Dashes, stops and specks beside the number are passed over.
    """
    glyphs = parted(_ink(page, place))
    tallest = max(map(len, glyphs), default=0)
    high = [k for k, glyph in enumerate(glyphs) if len(glyph) >= _LOW * tallest]
    if not high or len(high) <= high[-1] - high[0]:  # a stop or a dash between digits: no number
        return ""
    digits = [_digit(glyphs[k]) or _pair(glyphs[k]) for k in high]
    return "".join(digits) if all(digits) else ""


def _ink(page: Grey, place: Bbox) -> Ink:
    """How dark a box of the page is: 0 is its paper, 1 its darkest."""
    import numpy as np

    x0, y0, x1, y1 = place
    around = page[max(0, y0 - _RIM) : y1 + _RIM, max(0, x0 - _RIM) : x1 + _RIM]
    part = page[max(0, y0 - 1) : y1 + 1, max(0, x0 - 1) : x1 + 1]
    if not part.size:
        return np.zeros((0, 0), np.float32)
    paper = float(np.percentile(around, 90))
    above = _cut_off(page[max(0, y0 - ceil(_HEAD * (y1 - y0))) : y0, x0:x1], paper - _INK * (paper - float(part.min())))
    return darkness(page[max(0, y0 - above - 1) : y1 + 1, max(0, x0 - 1) : x1 + 1], paper)


def _cut_off(above: Grey, limit: float) -> int:
    """How many rows of the head of a glyph stand above its box; 0 where they do not end before a rule does."""
    import numpy as np

    dark = np.asarray(above < limit)[::-1]
    free = np.flatnonzero(~dark.any(axis=1))
    rows = int(free[0]) if free.size else 0
    return 0 if dark[:rows].all(axis=1).any() else rows


def darkness(part: Grey, paper: float) -> Ink:
    """How dark a part of a page is: 0 is paper, 1 its darkest."""
    import numpy as np

    if not part.size:
        return np.zeros(part.shape, np.float32)
    return np.asarray(((paper - part) / max(1.0, paper - float(part.min()))).clip(0, 1), np.float32)


def parted(dark: Ink) -> list[Ink]:
    """The glyphs that empty columns part, from left to right, each cut to its ink."""
    import numpy as np

    columns = (dark > _INK).any(axis=0)
    edges = np.flatnonzero(np.diff(np.pad(columns.astype(np.int8), 1))).tolist()
    glyphs = (dark[:, begin:end] for begin, end in zip(edges[::2], edges[1::2], strict=True))
    rows = ((glyph, np.flatnonzero((glyph > _INK).any(axis=1))) for glyph in glyphs)
    return [glyph[inked[0] : inked[-1] + 1] for glyph, inked in rows]


def seen(glyph: Ink) -> Ink:
    """A glyph as the network sees it: all of one height, in the middle."""
    import cv2
    import numpy as np

    high, wide = glyph.shape
    width = max(1, min(WIDE, round(wide * TALL / high)))
    how = cv2.INTER_AREA if high > TALL else cv2.INTER_LINEAR
    out = np.zeros((TALL, WIDE), np.float32)
    left = (WIDE - width) // 2
    out[:, left : left + width] = cv2.resize(glyph, (width, TALL), interpolation=how)
    return out.ravel()


def _digit(glyph: Ink) -> str:
    """The digit that a glyph is; "" where it is not surely one."""
    import numpy as np

    hidden, out = network()
    layer = np.maximum(seen(glyph) @ hidden[:-1] + hidden[-1], 0)
    scores = layer @ out[:-1] + out[-1]
    odds = np.exp(scores - scores.max())
    digits = odds[:NONE]
    every = float(digits.sum())
    sure = every >= _LIKELY * float(odds.sum()) and float(digits.max()) >= _SURE * every
    return str(int(digits.argmax())) if sure else ""


def _pair(glyph: Ink) -> str:
    """Two digits that touch, parted where there is least ink between them; "" where that gives no two digits."""
    high, wide = glyph.shape
    if wide < _GLUED * high:
        return ""
    middle = glyph[:, wide // 4 : wide - wide // 4]
    cut = wide // 4 + int(middle.sum(axis=0).argmin())
    both = [_digit(part) for side in (glyph[:, :cut], glyph[:, cut:]) for part in parted(side)]
    return "".join(both) if len(both) == 2 and all(both) else ""


@cache
def network() -> Sequence[Ink]:
    """The weights of both layers, float32; the last row of each is its bias."""
    import numpy as np

    with np.load(dictionaries() / FILE) as stored:
        return [stored[name].astype(np.float32) for name in ("hidden", "out")]
