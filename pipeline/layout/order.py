"""Reading order: where a page has two columns (header, end block), the left one before the right one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline import resources
from pipeline.layout.geometry import Segment, rows

_RECIPIENTS = re.compile(r"\S{2,4} nh[aâậạăặ]n\W*$", re.IGNORECASE)
_ADDRESSEES = re.compile(r"K\wnh g\wi\b", re.IGNORECASE)
_NUMBER = re.compile(r"S\w ?:")
"""Số: the number of a document may stand alone below the date, under a rule."""
_APART = 2.5
"""Between a footnote and the end block above it are this many gaps of columns at least."""
Gutter = tuple[float, float]
"""x0, x1 of an empty strip between two columns."""


def reading_order(parts: Sequence[Segment], gap: float) -> list[Segment]:
    """Put the segments of a page in reading order.

    Rows are read from top to bottom. A run of rows that one empty strip parts, with text on both sides, is read
    by columns.

    Args:
        parts: segments of a page.
        gap: least width of the strip in pixels.
    """
    table = rows(parts)
    columns = [[part for part in row if _is_text(part)] or row for row in table]  # a speck between two parts none
    out: list[Segment] = []
    done = 0
    while done < len(table):
        zone = _zone(columns, done, gap)
        if zone is None:
            out += table[done]
            done += 1
            continue
        end, gutter = zone
        run = [part for row in table[done:end] for part in row]
        out += [p for p in run if p.x1 <= gutter[0]] + [p for p in run if p.x1 > gutter[0]]
        done = end
    return out


def _is_text(part: Segment) -> bool:
    return any(map(str.isalnum, part.text))


def _zone(table: Sequence[Sequence[Segment]], start: int, gap: float) -> tuple[int, Gutter] | None:
    """The longest run of rows from `start` that one strip parts: its end and the strip; None without such a run."""
    gutter: Gutter | None = None
    seed = start
    while seed < len(table) and len(table[seed]) == 1:
        seed += 1
    if seed == len(table) or (gutter := _between(table[seed], gap)) is None:
        return None
    for row in table[start:seed]:  # rows above the first one with two sides must keep clear of the strip
        gutter = _narrow(gutter, row, gap) if gutter else None
    if gutter is None:
        return None
    end, gutter = _extended(table, seed, gutter, gap)
    alone = _between(table[seed], gap)
    if seed > start and alone and _extended(table, seed, alone, gap)[0] > end:
        return None  # a line of text above, which leaves a strip too narrow for the columns below
    end = min(end, seed + _headed(table[seed:end]), start + _below(table[start:end], gutter, gap))
    if all(len(row) == 1 or _goes_on(row[1]) for row in table[seed:end]):
        return None  # lines of text with a hole, where a stamp took words
    return (end, gutter) if end - start > 1 else None


def _goes_on(part: Segment) -> bool:
    """Whether a segment begins in the middle of a sentence: its first letter is small."""
    return next(filter(str.isalnum, part.text), "").islower()


def _extended(table: Sequence[Sequence[Segment]], seed: int, gutter: Gutter, gap: float) -> tuple[int, Gutter]:
    """How far down from `seed` the strip reaches: the first row that crosses it, and what is left of the strip."""
    end = seed + 1
    while end < len(table) and (narrower := _narrow(gutter, table[end], gap)) is not None:
        gutter, end = narrower, end + 1
    return end, gutter


def _headed(run: Sequence[Sequence[Segment]]) -> int:
    """How many rows stand above "Kính gửi:" or "KẾ HOẠCH", which end a header; all where neither is there."""
    return next((n for n, row in enumerate(run) if n and _ends_header(row)), len(run))


def _ends_header(row: Sequence[Segment]) -> bool:
    """Whether a row is of those that a letter is sent to, or nothing but a type of document in capitals."""
    return _ADDRESSEES.match(row[0].text) is not None or (len(row) == 1 and row[0].text.strip(" :.") in _types())


@cache
def _types() -> frozenset[str]:
    return frozenset(row["name"].upper() for row in resources.table("document_types") if row["title"] != "text")


def _below(run: Sequence[Sequence[Segment]], gutter: Gutter, gap: float) -> int:
    """How many rows stand above what begins below all of the right column: recipients of two signatures, or a footnote.

    The footnote stands well below all else. A page number at the right of the foot is no part of the column.
    """
    last = max((n for n, row in enumerate(run) if row[-1].x0 >= gutter[1] and not row[-1].text.isdigit()), default=-1)
    bottom = max((part.y1 for row in run[: last + 1] for part in row), default=0.0)
    for n, row in enumerate(run):
        apart = min(part.y0 for part in row) - bottom > _APART * gap and not _NUMBER.match(row[0].text)
        if n > last and (apart or _RECIPIENTS.match(row[0].text)):
            return n
        bottom = max(bottom, *(part.y1 for part in row))
    return len(run)


def _between(row: Sequence[Segment], gap: float) -> Gutter | None:
    """The strip of a row of exactly two segments."""
    if len(row) != 2 or row[1].x0 - row[0].x1 < gap:
        return None
    return row[0].x1, row[1].x0


def _narrow(gutter: Gutter, row: Sequence[Segment], gap: float) -> Gutter | None:
    """The strip that is left beside the segments of a row, or None where they cross it."""
    left, right = gutter
    for part in row:
        if part.x0 >= right or (part.x0 > left + gap and part.x1 > right):
            right = min(right, part.x0)
        elif part.x1 <= left or (part.x1 < right - gap and part.x0 < left):
            left = max(left, part.x1)
        else:
            return None
    return (left, right) if right - left >= gap else None
