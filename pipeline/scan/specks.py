"""Specks: dust of fax machines and photocopies, taken off only where there is much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

_DARK = 150
_MANY_INCH = 8
"""Specks a square inch from which they hurt the reading; office scans have one."""
_SPECK_INCH = 0.016
"""Side of the largest speck; the dot of an i is as large, so near print only the smallest are taken off."""
_NEAR_INCH = 0.04
_PAPER, _PRINT, _SMALL, _TINY = range(4)


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

    dark = np.asarray(cv2.threshold(page, _DARK, 255, cv2.THRESH_BINARY_INV)[1])
    lone = cv2.morphologyEx(dark, cv2.MORPH_HITMISS, _lone_pixel())
    if cv2.countNonZero(lone) < _MANY_INCH * page.size / dpi**2:
        return page
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    side = max(2, round(_SPECK_INCH * dpi))
    small = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= side
    tiny = stats[:, cv2.CC_STAT_AREA] <= 2
    kinds = np.where(small, np.where(tiny, _TINY, _SMALL), _PRINT).astype(np.uint8)
    kinds[0] = _PAPER
    kind = np.take(kinds, np.asarray(labels))
    reach = 2 * round(_NEAR_INCH * dpi) + 1
    near = cv2.dilate((kind == _PRINT).view(np.uint8), np.ones((reach, reach), np.uint8))
    erased = (kind == _TINY) | ((kind == _SMALL) & (near == 0))
    return np.where(erased, np.uint8(255), page).astype(np.uint8)


def _lone_pixel() -> NDArray[np.int8]:
    import numpy as np

    kernel = -np.ones((3, 3), np.int8)
    kernel[1, 1] = 1
    return kernel
