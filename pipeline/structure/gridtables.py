"""Ruled tables: the layout stage says in which cell each line stands (`Line.cell`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from pipeline.structure.agencies import starts_agency
from pipeline.structure.columns import role_of
from pipeline.structure.paragraphs import join
from pipeline.structure.rows import Row
from pipeline.structure.text import connects, starts_lower

_STRAY = re.compile(r"^[|\[\]_¦]+ ?|(?<=\s)[|\[\]_¦]+(?=\s)| ?[|\[\]_¦]+$")
_MOST_HEADS = 3

Grid = list[tuple[list[str], list[Row]]]
"""Rows of a table: the cells, and the lines that they are made of."""


def grid_end(rows: Sequence[Row], start: int) -> int:
    """Index behind the last line of the ruled table that begins at `start`; it may go on over the next pages."""
    end = start
    while end < len(rows) and rows[end].cell is not None:
        here, following = rows[end], rows[end + 1] if end + 1 < len(rows) else None
        end += 1
        if following is None or following.cell is None:
            break
        same = following.page == here.page and following.cell[0] == here.cell[0]  # type: ignore[index]
        if not same and not _goes_on(rows, start, end):
            break
    return end


def _goes_on(rows: Sequence[Row], start: int, at: int) -> bool:
    """Whether the table at `at`, the first thing on its page, has the columns of the one that ended above it."""
    before, after = rows[at - 1], rows[at]
    if after.page != before.page + 1 or after.cell is None or before.cell is None or after.cell[0] != 0:
        return False
    left = _stretches(r for r in rows[start:at] if r.cell and (r.page, r.cell[0]) == (before.page, before.cell[0]))
    right = _stretches(r for r in rows[at:] if r.cell and (r.page, r.cell[0]) == (after.page, after.cell[0]))
    return max(left) == max(right) or _within(right, left)


Stretches = dict[int, tuple[int, int] | None]


def _stretches(rows: Iterable[Row]) -> Stretches:
    """From where to where the words of each column stand; None without boxes."""
    out: Stretches = {}
    for row in rows:
        if row.cell:
            known = out.get(row.cell[2], row.box and (row.box[0], row.box[2]))
            out[row.cell[2]] = (min(known[0], row.box[0]), max(known[1], row.box[2])) if known and row.box else None
    return out


def _within(right: Stretches, left: Stretches) -> bool:
    """Whether the words of each column stand below those of the same column, and of no other; the last may be empty."""
    return max(right) < max(left) and all(
        here is not None
        and [c for c, there in left.items() if there and there[0] < here[1] and here[0] < there[1]] == [column]
        for column, here in right.items()
    )


def grid_table(lines: Sequence[Row]) -> Grid:
    """The cells of a ruled table, its heading rows made one; empty where it has but one row or one column."""
    made: Grid = []
    for _, page in groupby(lines, key=lambda row: row.page):
        part = _page(list(page))
        if made and part:
            part = _without_repeated_head(part, made[0][0])
            if part and part[0][0][0] == "" and made[-1][0][0]:  # a row that goes on over the page
                made[-1] = _merged(made[-1], part.pop(0))
        made += part
    used = [
        c for c in range(max((len(cells) for cells, _ in made), default=0)) if any(_at(cells, c) for cells, _ in made)
    ]
    made = [([_at(cells, c) for c in used], rows) for cells, rows in made]
    made = _one_head(made)
    return made if len(used) > 1 and (len(made) > 1 or len(used) > 2) else []


def _at(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _page(lines: Sequence[Row]) -> Grid:
    """The rows of one page; a row without text is none."""
    wide = max((max(row.cell[2] + 1, len(row.fields)) for row in lines if row.cell), default=0)
    out: Grid = []
    for _, group in groupby(lines, key=lambda row: row.cell[:2] if row.cell else None):
        inside = list(group)
        if inside[0].fields:
            out.append(([*inside[0].fields, *[""] * (wide - len(inside[0].fields))], inside))
            continue
        cells = [join([t for r in inside if r.cell and r.cell[2] == c and (t := _clean(r.text))]) for c in range(wide)]
        if out and _torn(out[-1][0], cells):
            out[-1] = _merged(out[-1], (cells, inside))
        elif any(cells):
            out.append((cells, inside))
    return out


def _torn(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a rule that is none (dirt, a fold) tore a row in two: at least two cells go on in the middle of words.

    The number of a row stands in its upper part.
    """
    if below[0] and any(cells[0].rstrip(".").isdigit() for cells in (above, below)):
        return False
    pairs = [(a, b) for a, b in zip(above, below, strict=False) if a and b]
    return sum(connects(a) or starts_lower(b) for a, b in pairs) >= 2


def _clean(text: str) -> str:
    """The text without what OCR made of the rules around it."""
    return _STRAY.sub("", text).strip()


def _merged(above: tuple[list[str], list[Row]], below: tuple[list[str], list[Row]]) -> tuple[list[str], list[Row]]:
    wide = max(len(above[0]), len(below[0]))
    cells = [join([t for t in (_at(above[0], c), _at(below[0], c)) if t]) for c in range(wide)]
    return cells, [*above[1], *below[1]]


def _without_repeated_head(part: Grid, head: Sequence[str]) -> Grid:
    """The rows of a further page without the heading that is printed again."""
    same = {cell.lower() for cell in head if cell} & {cell.lower() for cell in part[0][0] if cell}
    return part[1:] if len(same) >= 2 else part


def _one_head(made: Grid) -> Grid:
    """Headings over two or three rows ("Cơ quan" over "chủ trì" and "phối hợp") as one row."""
    count = 1
    while count < min(_MOST_HEADS, len(made) - 1) and _goes_on_head(made[count][0]):
        count += 1
    head = made[0] if made else ([], [])
    for below in made[1:count]:
        head = _merged(head, below)
    return [head, *made[count:]]


def _goes_on_head(cells: Sequence[str]) -> bool:
    """Whether a row can only be headings below headings: short, without a number, and one of them known."""
    filled = [cell for cell in cells if cell]
    if not filled or cells[0] or any(len(c.split()) > 6 or c[0].isdigit() for c in filled):
        return False
    return any(role_of(cell) != "other" for cell in filled) and not any(starts_agency(cell) for cell in filled)
