"""Streaks: the upright lines that a copier's scratched glass or drum draws down the page, through the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

_DARK = 150
_PIECE_INCH = 0.35
"""A streak is seen in pieces of at least this length; the stems of letters are shorter."""
_GAP_INCH = 0.6
_LEAST_INCH = 2.0
"""Shorter lines are no streaks."""
_THICK_INCH = 0.03
_CROSSING = 2
"""Ink wider than a streak by so many pixels is that of a letter as well, and stays."""
_STEM_INCH = 0.035
"""A stem that a streak runs along makes it thicker by a pixel for at least this length."""
_BESIDE = 6
"""Pixels of paper beside the columns that are looked at."""
_EVERY = 4
"""What is dark along a piece is dark in every fourth row of it."""


def without_streaks(page: Grey, dpi: int) -> Grey:
    """The page without upright lines that belong to no table; what crosses them is kept.

    Args:
        page: grey.
        dpi: its resolution.

    Returns:
        The same array where there is none.
    """
    import cv2
    import numpy as np

    dark = np.asarray(cv2.threshold(page, _DARK, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    clean = page
    for columns in _columns(dark, round(_PIECE_INCH * dpi)):  # of nearly all pages there are none
        erased = _erased(dark, columns, dpi)
        if erased is not None:
            clean = page.copy() if clean is page else clean
            clean[:, columns][erased] = 255
    return clean


def _columns(dark: Grey, piece: int) -> list[slice]:
    """Columns in which pieces of upright lines stand, with the paper beside them."""
    import numpy as np

    found = np.flatnonzero(_opened(_thick(dark[::_EVERY]), (1, piece // _EVERY)).any(axis=0))
    if not found.size:
        return []
    groups = np.split(found, np.flatnonzero(np.diff(found) > 2 * _BESIDE) + 1)
    return [slice(max(0, int(group[0]) - _BESIDE), int(group[-1]) + 1 + _BESIDE) for group in groups]


def _erased(dark: Grey, columns: slice, dpi: int) -> NDArray[np.bool_] | None:
    """Which pixels of some columns are those of streaks; None where there is no streak."""
    import cv2
    import numpy as np

    own = dark[:, columns]
    streaks = _long_and_thin(_opened(_thick(own), (1, round(_PIECE_INCH * dpi))), dpi)
    if not cv2.countNonZero(streaks):
        return None
    streaks = _off_tables(streaks, dark, columns, dpi)
    if not cv2.countNonZero(streaks):
        return None
    around = np.asarray(cv2.dilate(streaks, np.ones((3, 3), np.uint8)), np.uint8)
    thickness = _thickness(around & own)
    kept = _opened(own, (thickness + _CROSSING, 1)) | _stems(own & around, thickness, round(_STEM_INCH * dpi))
    return np.asarray((around > 0) & (kept == 0), np.bool_)


def _stems(own: Grey, thickness: int, least: int) -> Grey:
    """The ink of rows in which, one below the other, it is thicker than a streak: that of a stem that it runs along."""
    import numpy as np

    thicker = _opened(own, (thickness + 1, 1))
    rows = _opened(np.asarray(thicker.max(axis=1, keepdims=True)), (1, least))
    return np.where(rows > 0, own, np.uint8(0))


def _thickness(streaks: Grey) -> int:
    """How many pixels wide streaks are, the median over their rows."""
    import numpy as np

    ends = np.flatnonzero(np.diff(np.pad(streaks, ((0, 0), (1, 1))).ravel()))
    return int(np.median(ends[1::2] - ends[::2]))


def _thick(dark: Grey) -> Grey:
    """The ink a pixel wider on both sides: a streak may step aside by one."""
    import cv2
    import numpy as np

    return np.asarray(cv2.dilate(dark, np.ones((1, 3), np.uint8)), np.uint8)


def _opened(dark: Grey, size: tuple[int, int]) -> Grey:
    """The ink that holds a bar of this width and height."""
    import cv2
    import numpy as np

    bar = cv2.getStructuringElement(cv2.MORPH_RECT, (max(1, size[0]), max(1, size[1])))
    return np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, bar), np.uint8)


def _bridged(streaks: Grey, dpi: int) -> Grey:
    """Streaks with their gaps closed."""
    size = 3, round(_GAP_INCH * dpi)
    return _shrunk(_grown(streaks, size), size)


def _grown(ink: Grey, size: tuple[int, int]) -> Grey:
    """The ink dilated by a bar of this width and height; by counting, which for long bars takes half the time."""
    import cv2
    import numpy as np

    count = cv2.boxFilter(ink & np.uint8(1), cv2.CV_16U, size, normalize=False, borderType=cv2.BORDER_CONSTANT)
    return np.greater(count, 0).view(np.uint8) * np.uint8(255)


def _shrunk(ink: Grey, size: tuple[int, int]) -> Grey:
    """The ink eroded by a bar of this width and height."""
    return ~_grown(~ink, size)


def _long_and_thin(upright: Grey, dpi: int) -> Grey:
    """The pieces that stand in one line of some inches."""
    import cv2
    import numpy as np

    bridged = _bridged(upright, dpi)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(bridged)
    height, area = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    keep = (height >= _LEAST_INCH * dpi) & (area <= (2 * _THICK_INCH * dpi + 2) * height)
    keep[0] = False
    return np.where(keep[labels] & (upright > 0), np.uint8(255), np.uint8(0)) if count > 1 else np.zeros_like(upright)


def _off_tables(streaks: Grey, dark: Grey, columns: slice, dpi: int) -> Grey:
    """The streaks, in some columns, that no level rule touches twice: those of a table would be its rules."""
    import cv2
    import numpy as np

    reach, bar = max(2, round(0.02 * dpi)), round(_PIECE_INCH * dpi)
    left = max(0, columns.start - bar - reach)
    thick = cv2.dilate(dark[:, left : columns.stop + bar + reach], np.ones((3, 1), np.uint8))  # of a page that leans
    level = _grown(_shrunk(np.asarray(thick, np.uint8), (bar, 1)), (bar, 1))
    bridged = _bridged(streaks, dpi)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(bridged)
    keep = np.zeros(count, bool)
    for n in range(1, count):
        x, y, width, height = stats[n, :4].tolist()
        x += columns.start - left
        around = level[max(0, y - reach) : y + height + reach, max(0, x - reach) : x + width + reach]
        rows = np.flatnonzero(around.any(axis=1))
        keep[n] = 1 + np.count_nonzero(np.diff(rows) > reach) < 2 or not rows.size
    return np.where(keep[labels] & (streaks > 0), np.uint8(255), np.uint8(0))
