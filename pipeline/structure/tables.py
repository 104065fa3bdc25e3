"""Tables that arrive as plain lines: columns from the white rivers between words, rows from the numbers in front.

Only tables whose header begins with a number column ("TT", "STT") and names at least two usual headings are taken.
With word boxes the cells are those of the page; without them a row is split where an agency or a deadline begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.model import Bbox
from pipeline.structure.columns import headings, numbers_rows, role_of
from pipeline.structure.gridtables import grid_end, grid_table
from pipeline.structure.numbering import candidates, garbled_roman
from pipeline.structure.paragraphs import join
from pipeline.structure.rows import Row
from pipeline.structure.text import fold, mostly_upper
from pipeline.structure.texttables import text_table

_ROW_LABEL = re.compile(r"^\W*(\d{1,3}(?:\.\d{1,2})*|[IVXLC]{1,5}|[A-ZĐ])\W*$")
_STRAY = re.compile(r"^[|\[\]_¦]+|[|\[\]_¦]+$")


@dataclass(slots=True)
class TextTable:
    """A table and its lines; the first row is the header. `places`: the lines of each row, where they are known."""

    lines: tuple[Row, ...]
    rows: list[list[str]]
    places: list[list[Row]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A word, or a line's run of words, with its place."""

    text: str
    box: Bbox
    page: int
    order: int


def take_tables(rows: Sequence[Row]) -> tuple[list[Row], list[TextTable]]:
    """Set tables apart from the lines of the body.

    Returns:
        The other lines, and the tables in reading order.
    """
    rest: list[Row] = []
    tables: list[TextTable] = []
    i = 0
    while i < len(rows):
        stop, made = _table_at(rows, i)
        if made is None:
            rest.append(rows[i])
            i += 1
        else:
            tables.append(made)
            i = stop
    return rest, tables


def _table_at(rows: Sequence[Row], i: int) -> tuple[int, TextTable | None]:
    """The table that begins at a line, and the index behind it; ruled ones need no known heading."""
    if rows[i].cell is not None:
        stop = grid_end(rows, i)
        if grid := grid_table(rows[i:stop]):
            cells = _retitled(_renumbered([cells for cells, _ in grid]))
            return stop, TextTable(tuple(rows[i:stop]), cells, [lines for _, lines in grid])
    stop = _table_end(rows, i) if _is_header(rows, i) else i
    return stop, _make(rows[i:stop]) if stop > i + 2 else None


_SCRAP = 2
"""Characters that a figure is misread as, at most."""


def _renumbered(rows: list[list[str]]) -> list[list[str]]:
    """The rows with misread running numbers put right: "1", "41", "3" is 1, 2, 3 only where one figure is wrong."""
    titles = [row for row in rows[1:] if not any(row[1:])]
    if titles:  # they stand between the numbers
        _renumbered([rows[0], *(row for row in rows[1:] if row not in titles)])
        return rows
    numbers = [int(row[0].strip(" .")) if row[0].strip(" .").isdecimal() else None for row in rows]
    for i in range(1, len(rows)):
        before = 0 if i == 1 else numbers[i - 1]
        after = numbers[i + 1] if i + 1 < len(rows) else None
        here = numbers[i]
        if before is None or after != before + 2 or here == before + 1:
            continue
        if (here is None and len(rows[i][0]) <= _SCRAP) or (here is not None and str(before + 1) in str(here)):
            numbers[i] = before + 1
            rows[i][0] = str(before + 1)
    return rows


def _retitled(rows: list[list[str]]) -> list[list[str]]:
    """Put right the misread numerals of the titles between the rows: I., II., "II." is III."""
    last = 0
    for row in rows[1:]:
        label = next((c for c in candidates(row[0]) if c.style == "roman"), None)
        if any(row[1:]) or not row[0]:
            continue
        if label is None or label.value != last + 1:
            label = garbled_roman(row[0], last + 1, known_title=True) or label
            if label is not None and not label.sure:
                row[0] = f"{label.printed} {label.text}"
        last = label.value if label else last
    return rows


def _make(lines: Sequence[Row]) -> TextTable | None:
    if all(row.box and all(w.bbox for w in row.words) and row.words for row in lines):
        cells = _from_boxes(lines)
    else:
        cells = text_table([row.text for row in lines])
    return TextTable(tuple(lines), _renumbered(cells)) if cells and len(cells) > 1 else None


def _is_header(rows: Sequence[Row], i: int) -> bool:
    """Whether a table's header begins in row i."""
    if not numbers_rows(rows[i].text):
        return False
    band = " ".join(fold(row.text) for row in rows[i : i + 8] if _level(rows[i], row))
    return sum(name in band for name, role in headings() if role != "number") >= 2


def _level(first: Row, row: Row) -> bool:
    """Whether a row may belong to the header that begins with `first`."""
    if first.box is None or row.box is None:
        return row.number - first.number <= 1
    high = first.box[3] - first.box[1]
    return row.page == first.page and row.box[1] < first.box[3] + 2.5 * high


def _table_end(rows: Sequence[Row], start: int) -> int:
    """Index behind the last line of the table."""
    last, width = start, _width(rows, start)
    for i in range(start + 1, len(rows)):
        row = rows[i]
        if _leaves(row, rows[i - 1], width):
            return i
        last = i
    return last + 1


def _width(rows: Sequence[Row], start: int) -> float:
    first = rows[start]
    same = [r.box for r in rows[start:] if r.box and r.page == first.page]
    return max((b[2] for b in same), default=0) - min((b[0] for b in same), default=0)


def _leaves(row: Row, before: Row, width: float) -> bool:
    """Whether a line can only stand below the table."""
    labels = candidates(row.text)
    if any(c.style in ("annex", "part", "chapter", "star", "plus", "bullet") for c in labels):
        return True
    if any(c.style.startswith("decimal") and c.printed.endswith(".") and len(c.text) > 8 for c in labels):
        return True
    if row.text.startswith("(") and row.page_start:
        return True
    if any(c.style == "roman" for c in labels) and mostly_upper(row.text) and row.box is None:
        return True
    if row.box and row.words and width:
        runs = [b.bbox[0] - a.bbox[2] for a, b in pairwise(row.words) if a.bbox and b.bbox]
        high = row.box[3] - row.box[1]
        return (
            row.box[2] - row.box[0] > 0.8 * width and max(runs, default=0) < 0.5 * high and not numbers_rows(row.text)
        )
    return row.box is None and (len(row.text) > 90 or bool(re.match(r"xac nhan|nguoi lap", fold(row.text))))


def _from_boxes(lines: Sequence[Row]) -> list[list[str]]:
    """Cells by geometry."""
    words = [
        _Cell(text, w.bbox, row.page, row.number * 1000 + k)
        for row in lines
        for k, w in enumerate(row.words)
        if w.bbox and (text := _STRAY.sub("", w.text))
    ]
    if not words:
        return []
    height = sorted(w.box[3] - w.box[1] for w in words)[len(words) // 2]
    edges = _whole_headings(words, _columns(words, height))
    if len(edges) < 2:
        return []
    first_page = words[0].page
    out: list[list[str]] = []
    for page in dict.fromkeys(w.page for w in words):
        made = _rows_of_page([w for w in words if w.page == page], edges, height)
        if page != first_page and made and out and role_of(made[0][0]) == "number":
            made = made[1:]
        if page != first_page and made and out and not made[0][0]:  # a row that goes on over the page
            out[-1] = [join([a, b]) if a and b else a or b for a, b in zip(out[-1], made[0], strict=True)]
            made = made[1:]
        out += made
    return out


def _columns(words: Sequence[_Cell], height: float) -> list[float]:
    """Left edges of the columns: behind each white river that runs down the table.

    A word or two that were read across a river do not stop it; those of the header, which every column has, do.
    """
    head = _header_words(words)
    slack = 0 if len(words) < 30 else 1 if len(words) < 80 else 2
    events: list[tuple[int, int]] = []
    for word in words:
        weight = slack + 1 if word in head else 1
        events += [(word.box[0], weight), (word.box[2], -weight)]
    events.sort()
    edges, cover, dry = [float(events[0][0])], 0, None
    for x, weight in events:
        before, cover = cover, cover + weight
        if before > slack >= cover:
            dry = x
        elif before <= slack < cover and dry is not None:
            if x - dry > (0.25 if len(edges) == 1 else 0.4) * height:
                edges.append((dry + x) / 2)
            dry = None
    return edges


def _whole_headings(words: Sequence[_Cell], edges: list[float]) -> list[float]:
    """Take back the edges without a heading, and those that cut one in two ("Ghi" | "chú" over an empty column)."""
    head = sorted(_header_words(words), key=lambda w: (w.box[1], w.box[0]))
    if not head:
        return edges
    names = [" ".join(fold(w.text) for w in head if _column(w, edges) == k) for k in range(len(edges))]
    known = {name for name, _ in headings()}
    out = [edges[0]]
    for k in range(1, len(edges)):
        cut = not names[k] or (f"{names[k - 1]} {names[k]}" in known and names[k] not in known)
        if not cut:
            out.append(edges[k])
    return out


def _header_words(words: Sequence[_Cell]) -> frozenset[_Cell]:
    """The words of the first page above the first row's number."""
    page = words[0].page
    first = next((w for w in words if w.page == page and re.fullmatch(r"\W*1\W*", w.text)), None)
    if first is None:
        return frozenset()
    return frozenset(
        w for w in words if w.page == page and w.box[3] < first.box[1] + 0.3 * (first.box[3] - first.box[1])
    )


def _column(word: _Cell, edges: Sequence[float]) -> int:
    middle = (word.box[0] + word.box[2]) / 2
    return max(i for i, edge in enumerate(edges) if edge <= middle or i == 0)


def _rows_of_page(words: Sequence[_Cell], edges: Sequence[float], height: float) -> list[list[str]]:
    """The rows of one page: each begins above the number in the first column."""
    labels = sorted(
        (w for w in words if _column(w, edges) == 0 and (_ROW_LABEL.match(w.text) or role_of(w.text) == "number")),
        key=lambda w: w.box[1],
    )
    tops = [min(w.box[1] for w in words) - 1.0]
    for above, below in pairwise(labels):
        tops.append(_river(words, above, below, height))
    if (
        labels
        and labels[0].box[1] > min(w.box[1] for w in words) + 2.2 * height
        and role_of(labels[0].text) != "number"
    ):
        tops.insert(1, labels[0].box[1] - 0.3 * height)
    tops = _split_unnumbered(words, tops, height)
    out = []
    for top, bottom in zip(tops, [*tops[1:], float("inf")], strict=True):
        inside = [w for w in words if top <= (w.box[1] + w.box[3]) / 2 < bottom]
        out.append([_cell_text([w for w in inside if _column(w, edges) == k], height) for k in range(len(edges))])
    return out


def _split_unnumbered(words: Sequence[_Cell], tops: list[float], height: float) -> list[float]:
    """Add the rows whose number was not read: stretches as wide as those between numbered rows, inside a row."""
    known = [_gap_at(words, top) for top in tops[1:]]
    if len(known) < 2 or min(known) < 0.35 * height:
        return tops
    out = []
    for top, bottom in zip(tops, [*tops[1:], float("inf")], strict=True):
        out.append(top)
        if top == tops[0]:  # the lines of the header
            continue
        spans = sorted((w.box[1], w.box[3]) for w in words if top <= (w.box[1] + w.box[3]) / 2 < bottom)
        end = spans[0][1] if spans else 0
        for upper, lower in spans:
            if upper - end > 0.75 * min(known):
                out.append((end + upper) / 2)
            end = max(end, lower)
    return out


def _gap_at(words: Sequence[_Cell], at: float) -> float:
    """Height of the stretch without words around a height."""
    above = max((w.box[3] for w in words if w.box[3] <= at), default=at)
    below = min((w.box[1] for w in words if w.box[1] >= at), default=at)
    return below - above


def _river(words: Sequence[_Cell], above: _Cell, below: _Cell, height: float) -> float:
    """The height at which one row ends and the next begins: the widest stretch without words between two numbers."""
    spans = sorted(
        (w.box[1], w.box[3])
        for w in words
        if w.box[3] > above.box[1] + 0.3 * height and w.box[1] < below.box[3] - 0.3 * height
    )
    best, at, bottom = float("-inf"), (above.box[3] + below.box[1]) / 2, spans[0][1]
    for top, end in spans[1:]:
        if top - bottom >= best and above.box[1] < (top + bottom) / 2 < below.box[3]:
            best, at = top - bottom, (top + bottom) / 2
        bottom = max(bottom, end)
    return at


def _cell_text(words: Sequence[_Cell], height: float) -> str:
    """Words of a cell in reading order."""
    lines: list[list[_Cell]] = []
    for word in sorted(words, key=lambda w: (w.box[1] + w.box[3]) / 2):
        if lines and (word.box[1] + word.box[3]) / 2 - (lines[-1][0].box[1] + lines[-1][0].box[3]) / 2 < 0.6 * height:
            lines[-1].append(word)
        else:
            lines.append([word])
    return join([" ".join(w.text for w in sorted(line, key=lambda w: w.box[0])) for line in lines])
