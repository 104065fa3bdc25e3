"""Ruled tables: their lines are found on the page image, words are put into their cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Any

from pipeline.layout.geometry import Segment, grey_at, paper_of, rows
from pipeline.model import Cell

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

_WORK_DPI = 100
_DARK, _FAINT = 0.72, 0.75
"""Rules, and the rims of rules, are darker than this share of the paper around them, where ink is black."""
_INK = 0.005
"""The darkest part of a page: ink, where there is any."""
_FULL, _LEAST = 0.65, 0.4
"""By which share of the paper black print is darker at 100 dpi; and how much of that the faintest has that counts."""
_AROUND_INCH = 0.2
_NEAR_INCH = 0.06
_LEAST_INCH = 0.3
"""Shorter strokes are no rules; letters and their marks stay well below."""
_LEAST_TABLE_INCH = 2.0
"""Narrower ones are the rings and letters of a stamp, which is 3.6 cm wide."""
_WHOLE, _LOST = 0.75, 0.25
"""A rule fills more than this share of the side of one cell at least, the edge of a stamp does not; one that fills less
than that is not there."""
_LINE_GAP, _WIDER = 1.0, 0.3
"""Lines of one text stand nearer than this many of their heights and, where more of them are seen, hardly wider apart
than those: a row of a table whose rule is lost keeps the space of that rule."""
_TORN = 3
"""Upright rules that reach this many times _NEAR_INCH beyond the last level one, a line of print, hold a row."""
_WORD_GAP = 0.6
"""Words of one text stand nearer than this many of their heights; a rule and the air beside it are wider."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table in pixels of the straightened page.

    Attributes:
        xs: where its upright rules stand, left to right, those of its sides included.
        ys: the same of its level rules, top to bottom.
        open: (row, column) of places that no upright rule parts from the next column: their cell may reach over both.
        tall: the same of places that no level rule parts from the next row.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    open: frozenset[tuple[int, int]] = frozenset()
    tall: frozenset[tuple[int, int]] = frozenset()

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the table."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Row and column, from 0, of a point that lies in the table."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        return min(row, len(self.ys) - 2), min(column, len(self.xs) - 2)

    def scaled(self, factor: float) -> Grid:
        """The same table on a page of another size."""
        return Grid(tuple(x * factor for x in self.xs), tuple(y * factor for y in self.ys), self.open, self.tall)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A straight stroke: its place across, and its two ends along."""

    at: float
    start: float
    end: float


def read_cells(number: int, grid: Grid, parts: Iterable[Segment]) -> list[Segment]:
    """The segments of a table row by row, cell by cell, and in a cell line by line.

    Args:
        number: of the table on its page, from 0.
        grid: the table.
        parts: single words that lie in it.
    """
    cells: dict[tuple[int, int], list[Segment]] = {}
    for part in parts:
        cells.setdefault(grid.cell((part.x0 + part.x1) / 2, (part.y0 + part.y1) / 2), []).append(part)
    for row, column in sorted(grid.open, reverse=True):
        left, right = cells.get((row, column)), cells.get((row, column + 1))
        if left and right and _runs_across(left, right):
            cells[row, column] = left + cells.pop((row, column + 1))
    for row, column in sorted(grid.tall, reverse=True):
        below = cells.get((row + 1, column))
        if below and _goes_on(cells.get((row, column), ()), below):
            cells[row, column] = cells.get((row, column), []) + cells.pop((row + 1, column))
    return [_joined(row, (number, *cell)) for cell, inside in sorted(cells.items()) for row in rows(inside)]


def _runs_across(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether the print of two places runs on from one to the other: a rule that a scan lost parts no sentence."""
    for line in rows([*left, *right]):
        near = [(a, b) for a, b in pairwise(line) if a in left and b in right]
        if any(b.x0 - a.x1 < _WORD_GAP * max(a.y1 - a.y0, b.y1 - b.y0) for a, b in near):
            return True
    return False


def _goes_on(above: Sequence[Segment], below: Sequence[Segment]) -> bool:
    """Whether the print of a place goes on that of the place above: as the next line, or because that one is empty."""
    if not above:
        return True
    height = max(part.y1 - part.y0 for part in below)
    inside = [_between(a, b) for place in (above, below) for a, b in pairwise(rows(place))]
    most = min(_LINE_GAP, max(inside) / height + _WIDER) if inside else _LINE_GAP
    return _between(above, below) < most * height


def _between(above: Sequence[Segment], below: Sequence[Segment]) -> float:
    """The space between two lines, or two places: pixels from the foot of one to the head of the other."""
    return min(part.y0 for part in below) - max(part.y1 for part in above)


def _joined(row: Sequence[Segment], cell: Cell) -> Segment:
    return Segment(
        tuple(word for part in row for word in part.words),
        min(p.x0 for p in row),
        min(p.y0 for p in row),
        max(p.x1 for p in row),
        max(p.y1 for p in row),
        cell,
    )


def without_rules(page: Grey, dpi: int, grids: Sequence[Grid]) -> Grey:
    """The page without the rules of its tables, which engines take for letters, or their cells for pictures.

    Args:
        page: grey.
        dpi: its resolution.
        grids: as found on it; the same page is given back where there are none.
    """
    import cv2
    import numpy as np

    if not grids:
        return page
    page = page.copy()
    reach, length = round(_NEAR_INCH * dpi), round(_LEAST_INCH * dpi)
    for grid in grids:
        top, left = (max(0, round(edge) - reach) for edge in (grid.ys[0], grid.xs[0]))
        part = page[top : round(grid.ys[-1]) + reach, left : round(grid.xs[-1]) + reach]
        paper = _paper(part, dpi)
        ink = _darker(part, _faded(_FAINT, part), paper)
        level, upright = _strokes(ink, length), _strokes(ink.T, length).T
        rules = cv2.dilate(level | upright, np.ones((3, 3), np.uint8)) > 0
        part[rules] = paper[rules]
    return page


def find_grids(page: Grey, dpi: int) -> tuple[Grid, ...]:
    """The ruled tables on a page: two columns and two rows at least; three columns of one row, the end of a table.

    Args:
        page: grey, dark ink on light paper, straight.
        dpi: its resolution.
    """
    import cv2
    import numpy as np

    shrink = max(1, round(dpi / _WORK_DPI))
    height, width = (max(1, side // shrink) for side in page.shape)
    whole = page[: height * shrink, : width * shrink]
    grey, inch = np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8), dpi / shrink
    dark = _darker(grey, _faded(_DARK, grey), _paper(grey, inch))
    level = _rules(dark, inch)
    upright = _rules(np.ascontiguousarray(dark.T), inch)
    grids = (_grid(h, v, _NEAR_INCH * inch) for h, v in _tables(level, upright, _NEAR_INCH * inch))
    wide = _LEAST_TABLE_INCH * inch
    return tuple(grid.scaled(shrink) for grid in grids if grid is not None and grid.xs[-1] - grid.xs[0] > wide)


def _strokes(ink: NDArray[np.uint8], length: int) -> NDArray[np.uint8]:
    """The level strokes of at least this length; they may step by a pixel."""
    import cv2
    import numpy as np

    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    return np.asarray(cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8)), np.uint8)


def _paper(grey: NDArray[np.uint8], inch: float) -> NDArray[np.uint8]:
    """The paper around each place, which in a photograph is nowhere the same."""
    import cv2
    import numpy as np

    around = np.ones((round(_AROUND_INCH * inch) | 1,) * 2, np.uint8)
    return np.asarray(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, around), np.uint8)


def _faded(share: float, grey: NDArray[np.uint8]) -> float:
    """The share of the paper's grey below which ink lies on a page as faint as this one."""
    depth = 1 - grey_at(grey, _INK) / max(1, paper_of(grey))
    return 1 - (1 - share) * min(1.0, max(_LEAST, depth / _FULL))


def _darker(grey: NDArray[np.uint8], share: float, paper: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """1 where a place is darker than this share of the paper around it, else 0."""
    import cv2
    import numpy as np

    limits = np.ceil(share * np.arange(256)).astype(np.uint8)
    return np.less(grey, cv2.LUT(paper, limits)).view(np.uint8)


def _rules(dark: NDArray[np.uint8], inch: float) -> list[_Rule]:
    """The level rules of a picture; of its transpose, the upright ones."""
    import cv2
    import numpy as np

    length = max(2, int(_LEAST_INCH * inch))
    if dark.shape[1] < length:
        return []
    thick = dark.copy()  # a rule may step by a pixel to the next row
    thick[:-1] |= dark[1:]
    sums = np.asarray(
        cv2.boxFilter(thick, cv2.CV_16U, (length, 1), anchor=(0, 0), normalize=False, borderType=cv2.BORDER_CONSTANT)
    )
    full = sums[:, : dark.shape[1] - length + 1] >= ceil(0.95 * length)
    found: list[_Rule] = []
    for y in np.flatnonzero(full.any(axis=1)):
        found += _runs(full[y], float(y), length)
    return _merged(found, _NEAR_INCH * inch)


def _runs(row: NDArray[np.bool_], y: float, length: int) -> list[_Rule]:
    import numpy as np

    edges: NDArray[Any] = np.flatnonzero(np.diff(np.pad(row.astype(np.int8), 1)))
    return [_Rule(y, float(a), float(b + length)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _merged(found: Sequence[_Rule], near: float) -> list[_Rule]:
    """Runs of neighbouring rows that touch become one rule (they are sorted by row)."""
    out: list[list[_Rule]] = []
    for rule in found:
        for group in reversed(out):
            last = group[-1]
            if rule.at - last.at <= near and rule.start <= last.end + near and rule.end >= last.start - near:
                group.append(rule)
                break
        else:
            out.append([rule])
    return [_Rule(sum(r.at for r in g) / len(g), min(r.start for r in g), max(r.end for r in g)) for g in out]


def _tables(level: Sequence[_Rule], upright: Sequence[_Rule], near: float) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Groups of rules that cross one another."""
    groups: list[tuple[list[_Rule], list[_Rule]]] = []
    for rule in level:
        crossing = [v for v in upright if _cross(rule, v, near)]
        if not crossing:
            continue
        touched = [g for g in groups if any(v in g[1] for v in crossing)]
        merged = ([rule], crossing)
        for group in touched:
            groups.remove(group)
            merged = (group[0] + merged[0], group[1] + [v for v in merged[1] if v not in group[1]])
        groups.append(merged)
    return groups


def _cross(level: _Rule, upright: _Rule, near: float) -> bool:
    return (
        level.start - near <= upright.at <= level.end + near and upright.start - near <= level.at <= upright.end + near
    )


def _grid(level: Sequence[_Rule], upright: Sequence[_Rule], near: float) -> Grid | None:
    xs, ys = _places(upright, near), _places(level, near)
    if len(ys) == 1 and len(xs) > 3:  # the end of a row that went on over the page, above its only level rule
        ys = _with_torn_rows(upright, xs, ys, near)
    xs = tuple(x for x in xs if any(_covered(upright, x, band, near) > _WHOLE for band in pairwise(ys)))
    ys = tuple(y for y in ys if any(_covered(level, y, band, near) > _WHOLE for band in pairwise(xs)))
    ys = _with_torn_rows(upright, xs, ys, near)
    if len(ys) < 2 or len(xs) <= (2 if len(ys) > 2 else 3):
        return None
    rows = [(row, (top + near, bottom - near)) for row, (top, bottom) in enumerate(pairwise(ys))]
    columns = [(column, (left + near, right - near)) for column, (left, right) in enumerate(pairwise(xs))]
    open_ = {(r, c) for c, x in enumerate(xs[1:-1]) for r, band in rows if _covered(upright, x, band, near) < _LOST}
    tall = {(r, c) for r, y in enumerate(ys[1:-1]) for c, band in columns if _covered(level, y, band, near) < _LOST}
    return Grid(xs, ys, frozenset(open_), frozenset(tall))


def _with_torn_rows(
    upright: Sequence[_Rule], xs: Sequence[float], ys: tuple[float, ...], near: float
) -> tuple[float, ...]:
    """The level rules, and where most upright ones end beyond them, in a row that goes on over the page."""
    if len(xs) <= 2 or not ys:
        return ys
    at = [[rule for rule in upright if abs(rule.at - x) <= 2 * near] for x in xs]
    above = _common_end([ys[0] - min(r.start for r in rules) for rules in at], near)
    below = _common_end([max(r.end for r in rules) - ys[-1] for rules in at], near)
    return (*((ys[0] - above,) if above else ()), *ys, *((ys[-1] + below,) if below else ()))


def _common_end(beyond: Sequence[float], near: float) -> float:
    """How far rules reach beyond a place, where three in four reach equally far, a line of print at least; else 0."""
    far, odd = sorted(beyond), len(beyond) // 4
    return far[-1 - odd] if far[-1 - odd] > _TORN * near and far[-1 - odd] - far[odd] < near else 0.0


def _covered(rules: Collection[_Rule], at: float, band: tuple[float, float], near: float) -> float:
    """The share of a stretch along which a rule stands at this place."""
    pieces = [(max(r.start, band[0]), min(r.end, band[1])) for r in rules if abs(r.at - at) <= 2 * near]
    return sum(max(0.0, end - start) for start, end in pieces) / max(1.0, band[1] - band[0])


def _places(rules: Iterable[_Rule], near: float) -> tuple[float, ...]:
    """Where rules stand, those that nearly meet as one."""
    places = sorted(rule.at for rule in rules)
    return tuple(places[:1]) + tuple(b for a, b in pairwise(places) if b - a > near)
