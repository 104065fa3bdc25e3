"""Coloured ink: stamps and signatures are lifted off the black print, coloured print is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    """A picture (height, width), 0 black."""
    Colour = NDArray[np.uint8]
    """A picture (height, width, 3), red, green, blue."""

_CHROMA = 60
"""Least difference between the strongest and the weakest channel of coloured ink."""
_COLOURLESS = 0.0002
"""Where less of the page is coloured, it is as good as black and white."""
_SHRINK = 2
_SEAL_INCH, _GAP_INCH = 0.33, 0.1
"""A seal or framed stamp holds a square of this side when its outline, broken by print, is closed and filled."""
_ROW_INCH = (0.06, 0.36)
"""Height of a row of coloured print; what stands higher is a signature."""
_ROW_LENGTH_INCH, _WORD_GAP_INCH = 0.3, 0.12
_FILL = (0.08, 0.7)
"""Share of ink in the box of such a row."""


def lifted(picture: Colour, dpi: int) -> Grey:
    """The picture in grey without coloured stamps, signatures and pen strokes; the black print below them stays.

    Coloured print (a name stamped in red, a number written in blue) is kept: ink that is no higher than a line of text
    and stands outside of every stamp. Measured on made plans with a red stamp: word error rate 8.9 -> 2.7 % (d1) and
    21.0 -> 13.2 % (d4) by the engine alone.

    Args:
        picture: of a page.
        dpi: its resolution.
    """
    import cv2
    import numpy as np

    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    high, chroma = _chroma(picture)
    if _is_faint(chroma, _CHROMA):
        return grey
    coloured = np.asarray(cv2.threshold(chroma, _CHROMA, 255, cv2.THRESH_BINARY)[1], np.uint8)
    # Black has no chroma and stays as it is; coloured ink becomes as light as paper.
    paper = np.asarray(cv2.add(high, chroma), np.uint8)
    cv2.copyTo(grey, _print(coloured, dpi), paper)
    return paper


def is_colourless(picture: Colour, faint: int = _CHROMA) -> bool:
    """Whether a picture is as good as black and white; ink is coloured from the chroma `faint` on."""
    return _is_faint(_chroma(picture)[1], faint)


def _is_faint(chroma: Grey, faint: int) -> bool:
    import cv2

    return cv2.countNonZero(cv2.threshold(chroma, faint, 255, cv2.THRESH_BINARY)[1]) < _COLOURLESS * chroma.size


def _chroma(picture: Colour) -> tuple[Grey, Grey]:
    """The strongest channel of every pixel, and its difference to the weakest."""
    import cv2
    import numpy as np

    red, green, blue = cv2.split(picture)
    high = np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)
    return high, np.asarray(cv2.subtract(high, cv2.min(cv2.min(red, green), blue)), np.uint8)


def _print(coloured: Grey, dpi: int) -> Grey:
    """Where coloured ink is print: in rows of letters outside of every seal."""
    import cv2
    import numpy as np

    small = np.asarray(cv2.resize(coloured, None, fx=1 / _SHRINK, fy=1 / _SHRINK, interpolation=cv2.INTER_AREA))
    ink = np.asarray(cv2.threshold(small, 60, 255, cv2.THRESH_BINARY)[1], np.uint8)
    inch = dpi / _SHRINK
    margin = round(_GAP_INCH * inch) + 2
    x, y, width, height = cv2.boundingRect(ink)  # a seal and a signature take a tenth of the page
    place = slice(max(0, y - margin), y + height + margin), slice(max(0, x - margin), x + width + margin)
    rows = np.zeros_like(ink)
    rows[place] = _rows(ink[place], inch)
    return np.asarray(cv2.resize(rows, coloured.shape[::-1], interpolation=cv2.INTER_NEAREST), np.uint8)


def _rows(ink: Grey, inch: float) -> Grey:
    """The ink that stands in rows of letters outside of every seal, a pixel wider than it is."""
    import cv2
    import numpy as np

    outside = np.where(_seals(ink, inch) > 0, np.uint8(0), ink)
    word_gap = np.ones((max(1, round(0.03 * inch)), max(1, round(_WORD_GAP_INCH * inch))), np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(outside, cv2.MORPH_CLOSE, word_gap))
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    fill = np.bincount(labels[outside > 0], minlength=count) / (width * height)
    keep = (height >= _ROW_INCH[0] * inch) & (height <= _ROW_INCH[1] * inch) & (width >= _ROW_LENGTH_INCH * inch)
    keep &= (fill >= _FILL[0]) & (fill <= _FILL[1])
    keep[0] = False
    rows = np.zeros_like(ink)
    for n in np.flatnonzero(keep):
        x, y, dx, dy = stats[n, :4].tolist()
        rows[y : y + dy, x : x + dx] |= (labels[y : y + dy, x : x + dx] == n).view(np.uint8)
    return np.asarray(cv2.dilate(rows, np.ones((3, 3), np.uint8)), np.uint8)


def _seals(ink: Grey, inch: float) -> Grey:
    """The areas of seals and framed stamps."""
    import cv2
    import numpy as np

    gap, side = max(1, round(_GAP_INCH * inch)), max(1, round(_SEAL_INCH * inch))
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    filled = np.zeros_like(ink)
    cv2.drawContours(filled, outlines, -1, 255, cv2.FILLED)
    cores = cv2.morphologyEx(filled, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    return np.asarray(cv2.dilate(cores, np.ones((gap, gap), np.uint8)), np.uint8)
