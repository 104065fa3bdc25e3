"""Lines of the model from the words of an engine: in reading order, page number last, numbered through the document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest
from operator import attrgetter

from pipeline.layout.geometry import Segment, box, hull, moved, rows, segment, segments, slope, word_height
from pipeline.layout.grid import Grid, read_cells
from pipeline.layout.order import reading_order
from pipeline.model import Line, Page, Word

_PAGE_NUMBER = re.compile(r"[-–—]?\s*\d{1,3}\s*[-–—]?")
_MARGIN = 0.12
"""Page numbers stand in this share of the page at its top or bottom."""
_COLUMN_GAP = 0.8
"""Two columns are parted by a strip of at least this many word heights all along."""
_START = attrgetter("start")


def arrange(
    lines: Sequence[Sequence[Word]], width: int, height: int, grids: Sequence[Grid] = (), lean: float | None = None
) -> tuple[Line, ...]:
    """Lines in reading order from the lines that an engine found.

    The left column of a header or end block comes before the right one; tables are read row by row and in a row cell
    by cell; the page number comes last.
    Every word is kept, once. The lines are numbered from 1; see `renumber`.

    Args:
        lines: words with boxes, each line from left to right; their `start` is ignored.
        width: of the page in the unit of the boxes.
        height: of the page.
        grids: its ruled tables, see `find_grids`.
        lean: pixels that its lines fall for a pixel to the right; None: as its words tell (`slope`), which a page of
            few words may tell wrong.
    """
    found = [line for line in lines if line]
    lean = slope(found) if lean is None else lean
    gap = _COLUMN_GAP * word_height(word for line in found for word in line)
    outside, tables = _by_table(found, lean, grids)
    ordered = _with_tables(segments(outside, lean), tables, gap)
    numbers = _page_numbers(ordered, width, height)
    body = [part for part in ordered if part not in numbers]
    return tuple(replace(make_line(n, part.words), cell=part.cell) for n, part in enumerate([*body, *numbers], 1))


def _by_table(
    lines: Sequence[Sequence[Word]], lean: float, grids: Sequence[Grid]
) -> tuple[list[list[Word]], list[tuple[Grid, list[Segment]]]]:
    """The lines without the words that stand in tables, and each table with its words."""
    if not grids:
        return [list(line) for line in lines if line], []
    outside: list[list[Word]] = []
    tables: list[tuple[Grid, list[Segment]]] = [(grid, []) for grid in grids]
    for line in lines:
        rest: list[Word] = []
        for word, following in zip_longest(line, line[1:]):
            part = segment([word], lean)
            if following and part.x0 < (end := segment([following], lean).x0) < part.x1:
                part = replace(part, x1=end)  # an engine may draw a box too wide: no reason to part a line
            x, y = (part.x0 + part.x1) / 2, (part.y0 + part.y1) / 2
            inside = next((words for grid, words in tables if grid.holds(x, y)), None)
            if inside is None:
                rest.append(word)
            else:
                inside.append(part)
        if rest:
            outside.append(rest)
    return outside, tables


def _with_tables(parts: Sequence[Segment], tables: Sequence[tuple[Grid, list[Segment]]], gap: float) -> list[Segment]:
    """Reading order of a page: what stands above a table, the table, what stands below it."""
    out: list[Segment] = []
    rest = list(parts)
    for number, (grid, words) in enumerate(sorted(tables, key=lambda table: table[0].ys[0])):
        above = [part for part in rest if part.y0 + part.y1 < grid.ys[0] + grid.ys[-1]]
        rest = [part for part in rest if part not in above]
        out += reading_order(above, gap) + read_cells(number, grid, words)
    return out + reading_order(rest, gap)


def _page_numbers(parts: Sequence[Segment], width: int, height: int) -> list[Segment]:
    """The segments that are page numbers: digits alone in their row, in the margin, near the middle."""
    return [
        row[0]
        for row in rows(parts)
        if len(row) == 1
        and _PAGE_NUMBER.fullmatch(row[0].text)
        and (row[0].y1 < _MARGIN * height or row[0].y0 > (1 - _MARGIN) * height)
        and abs((row[0].x0 + row[0].x1) / 2 - width / 2) < 0.15 * width
    ]


def make_line(number: int, words: Iterable[Word]) -> Line:
    """A line of words, which are given their offsets in its text."""
    placed: list[Word] = []
    end = -1
    for word in words:
        placed.append(moved(word, start=end + 1))
        end += 1 + len(word.text)
    boxes = [box(word) for word in placed if word.bbox is not None]
    return Line(number, " ".join(word.text for word in placed), tuple(placed), hull(boxes))


def word_at(words: Sequence[Word], place: int) -> Word | None:
    """The word of a line that holds an offset of its text; None where none does.

    Args:
        words: in the order of the line.
        place: the offset.
    """
    at = bisect_right(words, place, key=_START) - 1
    return words[at] if at >= 0 and place < words[at].start + len(words[at].text) else None


def renumber(page: Page, first: int) -> Page:
    """The same page with its lines numbered from `first` on."""
    return replace(page, lines=tuple(replace(line, number=n) for n, line in enumerate(page.lines, first)))
