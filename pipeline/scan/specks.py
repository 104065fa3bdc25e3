"""Specks: dust of fax machines and photocopies, taken off only where there is much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

_DARK = 150
_MANY_INCH = 12
"""Pixels of specks a square inch that hurt the reading; office scans have up to five, bad copies a hundred."""
_SPECK_INCH = 0.016
"""Side of the largest speck; the dot of an i is as large, so near print only the smallest are taken off."""
_NEAR_INCH = 0.04
_FOUL_INCH = 40
"""Pixels of specks a square inch from which they stand between the letters, too."""
_TINY = 5e-5, 2e-4
"""Square inches (two and eight pixels at 200 dpi) of the largest speck that is taken off near print: on most pages, and
on foul ones, where it costs a dot here and there: of a bad copy the word error rate falls from 28 to 12 %; of faxes
with 20 pixels of specks a square inch it would rise from .3 to .4 %."""
_BAND, _REACH = 128, 3
"""Rows looked at at once, and how far beyond them a speck of theirs may reach with the paper around it."""
_EVERY = 2
"""Every second band tells whether there are many: on 206 pages, 10 a square inch at most, or 17 and more."""
_PRINT, _SPECK, _SURE_SPECK = range(3)


def without_specks(page: Grey, dpi: int) -> Grey:
    """The page without specks, where there are many; a dot beside a letter stays.

    Args:
        page: grey.
        dpi: its resolution.

    Returns:
        The same array where there are few.
    """
    import cv2
    import numpy as np

    dark = np.asarray(cv2.threshold(page, _DARK, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    if _EVERY * _speckled(dark, _EVERY) * dpi**2 < _MANY_INCH * page.size:
        return page
    dirt = _speckled(dark) * dpi**2 / page.size
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    side = max(2, round(_SPECK_INCH * dpi))
    small = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= side
    tiny = stats[:, cv2.CC_STAT_AREA] <= max(2, _TINY[dirt >= _FOUL_INCH] * dpi**2)
    kinds = np.where(small, np.where(tiny, _SURE_SPECK, _SPECK), _PRINT).astype(np.uint8)
    inked = np.flatnonzero(dark)  # a small part of the page, which need not be looked up whole
    kind = kinds[np.asarray(labels).ravel()[inked]]
    print_, clean = np.zeros_like(dark), page.copy()
    print_.ravel()[inked[kind == _PRINT]] = 1
    reach = 2 * round(_NEAR_INCH * dpi) + 1
    near = cv2.dilate(print_, np.ones((reach, reach), np.uint8))
    clean.ravel()[inked[(kind == _SURE_SPECK) | ((kind == _SPECK) & (np.asarray(near).ravel()[inked] == 0))]] = 255
    return clean


def _speckled(dark: Grey, every: int = 1) -> int:
    """How many pixels belong to specks of at most three pixels a side with nothing around them, in every such band."""
    import cv2

    found = 0
    for top in range(0, len(dark), every * _BAND):  # bands stay in the cache: half the time of a whole page
        above = max(0, top - _REACH)
        specks = _specks(dark[above : top + _BAND + _REACH])
        found += cv2.countNonZero(specks[top - above :][:_BAND])
    return found


def _specks(dark: Grey) -> Grey:
    """The specks of a part of a page; wrong in the outermost `_REACH` rows."""
    import cv2
    import numpy as np

    def sums(side: int) -> cv2.typing.MatLike:
        return cv2.boxFilter(ink, cv2.CV_8U, (side, side), normalize=False, borderType=cv2.BORDER_CONSTANT)

    ink: Grey = dark & np.uint8(1)
    inside = sums(3)
    alone = cv2.bitwise_and(
        cv2.compare(inside, sums(5), cv2.CMP_EQ), cv2.threshold(inside, 0, 255, cv2.THRESH_BINARY)[1]
    )
    return np.asarray(cv2.bitwise_and(cv2.dilate(alone, np.ones((3, 3), np.uint8)), ink), np.uint8)
