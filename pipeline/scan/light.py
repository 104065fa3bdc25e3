"""Light: the shadow over a photographed page, and the dark edges around a copied one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

_SHRINK = 8
_UNEVEN = 60
"""Grey levels between the lightest and the darkest part of the paper from which the light is uneven. Engines read no
page better for evening out 40 of them; from 100 on they lose half of a page that is not (measured on shaded plans)."""
_DARK = 150
_SOLID_INCH = 0.14
"""Dark areas that hold a square of this side are no print."""


_MARGIN_INCH = 0.9
"""Dark areas are dirt where nearly all of them lies this near to an edge of the page."""


def evened(page: Grey, dpi: int) -> Grey:
    """The page divided by its own paper, where the light on it is uneven.

    Args:
        page: grey.
        dpi: its resolution.

    Returns:
        The same array where the light is even.
    """
    import cv2
    import numpy as np

    small = cv2.resize(page, None, fx=1 / _SHRINK, fy=1 / _SHRINK, interpolation=cv2.INTER_AREA)
    reach = max(3, round(0.25 * dpi / _SHRINK)) | 1
    paper = np.asarray(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)))
    if paper.size < 100:
        return page
    darkest, lightest = np.percentile(paper, (5, 95))
    if lightest - darkest < _UNEVEN:
        return page
    paper = np.asarray(cv2.GaussianBlur(paper, (0, 0), reach / 2))
    paper = np.maximum(np.asarray(cv2.resize(paper, page.shape[::-1], interpolation=cv2.INTER_LINEAR)), 40)
    return np.asarray(cv2.divide(page, paper, scale=255), np.uint8)


def without_edges(page: Grey, dpi: int) -> Grey:
    """The page without the dark borders and punch holes that a copier leaves: large solid ink at its edges.

    Args:
        page: grey.
        dpi: its resolution.

    Returns:
        The same array where there are none.
    """
    import cv2
    import numpy as np

    if min(page.shape) < 4 * dpi:  # a slip of paper is all margin
        return page
    small = cv2.resize(page, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    dark = np.asarray(cv2.threshold(small, _DARK, 255, cv2.THRESH_BINARY_INV)[1])
    side = max(2, round(_SOLID_INCH * dpi / 4))
    square = np.ones((side, side), np.uint8)
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, square, borderType=cv2.BORDER_REPLICATE)
    if not cv2.countNonZero(solid):
        return page
    grown = cv2.dilate(solid, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(grown)
    margin = round(_MARGIN_INCH * dpi / 4)
    centre = np.bincount(labels[margin:-margin, margin:-margin].ravel(), minlength=count)
    at_edge = centre < 0.1 * stats[:, cv2.CC_STAT_AREA]
    at_edge[0] = False
    if count < 2 or not at_edge.any():
        return page
    mask = cv2.resize(at_edge[labels].astype(np.uint8), page.shape[::-1], interpolation=cv2.INTER_NEAREST)
    return np.where(mask > 0, np.uint8(255), page).astype(np.uint8)
