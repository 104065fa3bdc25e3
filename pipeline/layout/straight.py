"""Pages that lean: how their lines fall, the page made straight for reading, and places of it on the page as it was.

A page laid askew on the glass leans alike everywhere; of a page photographed the upper lines lean otherwise than the
lower ones. Engines cut lines out along the rows of pixels, so both cost them words, and with a few degrees paragraphs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.layout.geometry import hull, moved, paper_of
from pipeline.model import Bbox, Line, Page

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Profiles = NDArray[np.int32]
    """The ink in every row of every strip: (strips, rows)."""

_WORK_DPI = 100
_STRIPS, _BANDS = 24, 6
"""A page is cut into upright strips, whose rows of ink agree when shifted by the lean, at each of some heights."""
_MOST, _STEP = 0.07, 0.001
"""Four degrees; what leans more is no page of text."""
_MOST_SPREAD, _SPREAD_STEP = 0.05, 0.0025
_STANDS_OUT = 2.0
"""By how much the rows must agree better at the lean than they mostly do: 7 on pages of text, 1.2 on specks."""
_SPREAD_PAYS = 1.03
"""By how much they must agree better with a spread than without one."""


_LEVEL = (0.0, 0.0)
_LEAST = 0.006
"""A third of a degree; pages that lean less are read as they are, for every turn blurs them a little."""


class Lean(NamedTuple):
    """How a page leans, and by that where a place of the straight page lay before.

    Attributes:
        fall: pixels that lines fall for a pixel to the right, in the middle of the page.
        spread: how much `fall` grows from the top to the bottom of the page.
        width, height: of the page in pixels.
    """

    fall: float
    spread: float
    width: int
    height: int

    def before(self, x: Any, y: Any) -> tuple[Any, Any]:  # noqa: ANN401 - numbers or arrays of them
        """Where the place (x, y) of the straight page is on the page that leans."""
        down = y - self.height / 2
        fall = self.fall + self.spread * down / self.height
        return x - self.fall * down, y - fall * self.width / 2 + fall * x


def straightened(page: Grey, dpi: int) -> tuple[Grey, tuple[float, float]]:
    """A page with level lines, and how it leaned (`fall` and `spread`); the same page and 0, 0 where it hardly leans.

    Args:
        page: grey.
        dpi: its resolution.
    """
    if min(page.shape) < dpi:  # less than an inch: no page
        return page, _LEVEL
    lean = find_lean(page, dpi)
    if abs(lean.fall) + abs(lean.spread) / 2 < _LEAST:
        return page, _LEVEL
    return levelled(page, lean), (lean.fall, lean.spread)


def levelled(page: Grey, lean: Lean) -> Grey:
    """The page without its lean, as large as it was; what comes from outside of it is as light as its paper.

    Where the lean grows down the page, it is turned in bands, so low that none is off by more than a sixty-fourth of
    a pixel: that takes two thirds of the time of a map of all pixels.

    Between pixels it is interpolated linearly: a cubic takes three times as long and is read about as well (of 41,000
    words, linear and cubic, 1.09 and 1.13 % are wrong on real scans, .28 and .22 on made ones).
    """
    import cv2
    import numpy as np

    paper = (paper_of(page),)
    deep = max(4, round(lean.height / max(1.0, 16 * abs(lean.spread) * lean.width)))
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    out = np.empty((lean.height, lean.width), np.uint8)
    for top in range(0, lean.height, deep):
        band = out[top : top + deep]
        y = top + (len(band) - 1) / 2
        origin, right = (np.array(lean.before(x, y)) for x in (0, 1))
        down = np.array([-lean.fall, 1.0])
        turn = np.column_stack([right - origin, down, origin - (y - top) * down])
        cv2.warpAffine(page, turn, band.shape[::-1], dst=band, flags=how, borderValue=paper)
    return out


def as_scanned(page: Page) -> Page:
    """The page with its boxes where the print stands on the scan, which may lean."""
    if page.lean == _LEVEL:
        return page
    lean = Lean(*page.lean, page.width, page.height)
    lines = tuple(_line_as_scanned(line, lean) for line in page.lines)
    return replace(page, lines=lines, lean=_LEVEL)


def _line_as_scanned(line: Line, lean: Lean) -> Line:
    words = tuple(moved(w, bbox=_moved(w.bbox, lean)) if w.bbox else w for w in line.words)
    around = hull([w.bbox for w in words if w.bbox])
    return replace(line, words=words, bbox=around or (_moved(line.bbox, lean) if line.bbox else None))


def _moved(place: Bbox, lean: Lean) -> Bbox:
    """The box, moved as its middle is: a word is too short to lean by itself."""
    x0, y0, x1, y1 = place
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    before = lean.before(x, y)
    right, down = round(before[0] - x), round(before[1] - y)
    return x0 + right, y0 + down, x1 + right, y1 + down


def find_lean(page: Grey, dpi: int) -> Lean:
    """How the lines of a page lean; straight where it shows no lines of print.

    Args:
        page: grey.
        dpi: its resolution.
    """
    import cv2
    import numpy as np

    height, width = page.shape
    shrink = max(1.0, dpi / _WORK_DPI)
    small = cv2.resize(page, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 20)
    strips = np.asarray(cv2.resize(ink, (_STRIPS, ink.shape[0]), interpolation=cv2.INTER_AREA))
    profiles = np.ascontiguousarray(strips.T, np.int32)
    return Lean(*_best(*_agreements(profiles, ink.shape[1] / _STRIPS)), width, height)


def _agreements(profiles: Profiles, strip: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How unevenly the ink lies in the rows of each band (columns) at each lean that is tried (rows)."""
    import numpy as np

    leans = np.arange(-_MOST, _MOST + _STEP / 2, _STEP)
    count, rows = profiles.shape
    size = (rows - 1) // _BANDS
    shifts = np.rint(leans[:, None] * strip * (np.arange(count) - (count - 1) / 2)).astype(int)
    total, totals = np.zeros(rows, np.int32), np.empty((len(leans), rows), np.int32)
    before: list[int | None] = [None] * count
    for k, now in enumerate(shifts.tolist()):
        for profile, old, by in zip(profiles, before, now, strict=True):
            if old != by:  # from one lean to the next most strips stay where they are
                if old is not None:
                    _moved_up(np.subtract, total, profile, old)
                _moved_up(np.add, total, profile, by)
        before, totals[k] = now, total
    uneven = np.square(np.diff(totals)[:, : size * _BANDS], dtype=np.float64)
    return leans, uneven.reshape(len(leans), _BANDS, size).sum(axis=2)


def _moved_up(change: np.ufunc, total: NDArray[np.int32], profile: NDArray[np.int32], by: int) -> None:
    """Add a strip, moved up by so many rows, to the sum over all, or subtract it."""
    rows = total[: len(total) - by] if by >= 0 else total[-by:]
    change(rows, profile[by:] if by >= 0 else profile[:by], out=rows)


def _best(leans: NDArray[np.float64], agreements: NDArray[np.float64]) -> tuple[float, float]:
    """The lean in the middle and its growth from top to bottom with which all bands agree best; 0, 0 without lines."""
    import numpy as np

    places = (np.arange(_BANDS) + 0.5) / _BANDS - 0.5
    spreads = np.arange(-_MOST_SPREAD, _MOST_SPREAD + _SPREAD_STEP / 2, _SPREAD_STEP)
    scores = np.zeros((len(leans), len(spreads)))
    for place, agreement in zip(places, agreements.T, strict=True):
        scores += np.interp(leans[:, None] + spreads * place, leans, agreement)
    level = scores[:, len(spreads) // 2]
    if scores.max() <= _STANDS_OUT * np.median(level):
        return 0.0, 0.0
    if scores.max() < _SPREAD_PAYS * level.max():
        scores = level[:, None]
        spreads = np.zeros(1)
    weights = np.where(scores > 0.98 * scores.max(), scores, 0)
    weights /= weights.sum()
    return float(weights.sum(axis=1) @ leans), float(weights.sum(axis=0) @ spreads)
