"""The sheet of paper in a photograph: found before its background, and seen straight on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]
    """Grey (height, width) or colour (height, width, 3)."""
    Corners = NDArray[np.float32]
    """Four points (x, y): top left, top right, bottom right, bottom left."""

_WORK = 600
_NARROWEST = 20
"""Pixels of the shorter side, where the longer one has `_WORK`, below which a picture shows no sheet."""
_LEAST, _MOST = 0.25, 0.98
"""Share of the photograph that a sheet takes."""
_CONTRAST = 40
"""Grey levels between the paper and the ground it lies on, at least."""


def straight_on(picture: Picture) -> Picture:
    """The sheet of a photograph as seen straight on, without the ground it lies on.

    Returns:
        The same array where no sheet stands out: a scan, or a photograph that holds nothing but paper.
    """
    import cv2
    import numpy as np

    corners = sheet_corners(picture)
    if corners is None:
        return picture
    top_left, top_right, bottom_right, bottom_left = corners
    width = round(max(_distance(top_left, top_right), _distance(bottom_left, bottom_right)))
    height = round(max(_distance(top_left, bottom_left), _distance(top_right, bottom_right)))
    goal = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    turn = cv2.getPerspectiveTransform(corners, goal)
    return np.asarray(cv2.warpPerspective(picture, turn, (width, height), flags=cv2.INTER_CUBIC), np.uint8)


def sheet_corners(picture: Picture) -> Corners | None:
    """The corners of a light sheet on a darker ground; None where there is none."""
    import cv2
    import numpy as np

    shrink = _WORK / max(picture.shape[:2])
    if shrink * min(picture.shape[:2]) < _NARROWEST:
        return None
    small = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY) if small.ndim == 3 else small
    grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), 2), np.uint8)
    ring = np.concatenate([grey[:4].ravel(), grey[-4:].ravel(), grey[:, :4].ravel(), grey[:, -4:].ravel()])
    paper = float(np.percentile(grey, 90))
    if np.median(ring) > paper - _CONTRAST:
        return None
    _, light = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    light = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))  # the print does not cut the sheet
    outlines, _ = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    hull = cv2.convexHull(max(outlines, key=cv2.contourArea))
    shape = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, closed=True), closed=True)
    if len(shape) != 4 or not _LEAST < cv2.contourArea(shape) / grey.size < _MOST:
        return None
    return _in_order(shape.reshape(4, 2).astype(np.float32) / np.float32(shrink))


def _in_order(points: Corners) -> Corners:
    """Top left, top right, bottom right, bottom left."""
    import numpy as np

    sums, differences = points.sum(axis=1), np.diff(points, axis=1).ravel()
    places = [sums.argmin(), differences.argmin(), sums.argmax(), differences.argmax()]
    return points[places]


def _distance(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    return float(((a - b) ** 2).sum() ** 0.5)
