"""Folds: the level line that the crease of a folded sheet draws from edge to edge of a scan, through a line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

_DARK = 150
_MARGIN = 0.08
"""Share of the page's width at its left and right in which nothing is printed."""
_INSIDE = 0.05
"""Nearer to the top and the bottom, in heights of the page, is the edge of the sheet."""
_BOTH, _EACH = 0.7, 0.2
"""Shares of the margins that a fold darkens at least, of both together and of each: it is broken, and fades."""
_STEP = 2
"""Rows that a fold may step up or down within a margin."""
_MOST = 3
"""Folds of a sheet: a letter is folded twice."""
_UPRIGHT_INCH = 0.35
"""Upright lines in a margin are longer."""
_LEAN = 0.02
"""What it may fall from the left margin to the right one, in widths of the page."""
_THICK_INCH, _THICKEST = 0.025, 90
"""What is thicker is no fold; it is as thick as it is in all but a tenth of the columns of the margins."""
_OFF = 2
"""Pixels that it may stray from the straight line between the margins."""


def without_folds(page: Grey, dpi: int) -> Grey:
    """The page without the lines of folds; strokes that cross them are kept.

    The rules of a table, or the frame of a page, meet an upright rule in the margins.

    Args:
        page: grey.
        dpi: its resolution.

    Returns:
        The same array where there are none.
    """
    margin, thick = round(_MARGIN * page.shape[1]), max(2, round(_THICK_INCH * dpi))
    sides = page[:, :margin], page[:, -margin:]
    left = _crossings(sides[0], thick)
    right = _crossings(sides[1], thick) if 0 < len(left) <= _MOST else []
    if not 0 < len(right) <= _MOST or any(_has_uprights(side, dpi) for side in sides):
        return page
    clean = page
    for start, covered in left:
        end, more = min(right, key=lambda other: abs(other[0] - start))
        if covered + more >= _BOTH and abs(start - end) <= _LEAN * page.shape[1]:
            clean = page.copy() if clean is page else clean
            _erase(clean, (start, end), thick)
    return clean


def _has_uprights(margin: Grey, dpi: int) -> bool:
    """Whether upright lines stand in a margin."""
    import cv2
    import numpy as np

    dark = cv2.threshold(margin, _DARK, 255, cv2.THRESH_BINARY_INV)[1]
    long = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((round(_UPRIGHT_INCH * dpi), 1), np.uint8))
    return cv2.countNonZero(long) > 0


def _crossings(margin: Grey, thick: int) -> list[tuple[float, float]]:
    """The rows in which lines of this thickness at most cross a margin, and the share of it that each darkens."""
    import cv2
    import numpy as np

    height, width = margin.shape
    first, last = round(_INSIDE * height), round((1 - _INSIDE) * height)
    dark = np.asarray(cv2.threshold(margin[first:last], _DARK, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    rows = np.asarray(cv2.reduce(dark, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)).ravel() // 255
    if rows.max(initial=0) * (2 * _STEP + 1) < _EACH * width:
        return []
    near = np.asarray(cv2.dilate(dark, np.ones((2 * _STEP + 1, 1), np.uint8)), np.uint8)
    share = np.count_nonzero(near, axis=1) / width
    covered = np.flatnonzero(share >= _EACH)
    groups = np.split(covered, np.flatnonzero(np.diff(covered) > 1) + 1) if covered.size else []
    lines = [group for group in groups if len(group) <= thick + 4 * _STEP]
    return [(first + float(np.average(line, weights=rows[line] + 1e-3)), float(share[line].max())) for line in lines]


def _erase(page: Grey, ends: tuple[float, float], most: int) -> None:
    """Take off the ink along a line from margin to margin that is no higher than that, nor than `most`."""
    import cv2
    import numpy as np

    width, reach = page.shape[1], most + 2 * _OFF
    top, bottom = max(0, int(min(ends)) - reach), int(max(ends)) + reach + 1
    dark = np.asarray(cv2.threshold(page[top:bottom], _DARK, 1, cv2.THRESH_BINARY_INV)[1], np.uint8)
    margin = round(_MARGIN * width)
    line = np.interp(np.arange(width), (margin / 2, width - margin / 2), ends) - top
    off = np.abs(np.arange(len(dark))[:, None] - line)
    sides = np.where(off <= most, dark, 0)[:, np.r_[:margin, width - margin : width]].sum(axis=0)
    thick = min(most, int(np.percentile(sides[sides > 0], _THICKEST))) if sides.any() else most
    crossing = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((thick + 1, 1), np.uint8))
    page[top:bottom][(dark > crossing) & (off <= thick / 2 + _OFF)] = 255
