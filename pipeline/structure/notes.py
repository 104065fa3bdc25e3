"""Footnotes in canonical notation: blocks that open with "^1 ", and the markers "^1" in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.structure.rows import Column, Row
from pipeline.structure.text import starts_lower, terminal, width

OPENING = re.compile(r"^\^(\d{1,3})\s*")
MARKER = re.compile(r"\^(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote as printed: its marker and its lines."""

    marker: str
    rows: tuple[Row, ...]


def split_notes(rows: Sequence[Row], breaks: frozenset[int], column: Column) -> tuple[list[Row], list[Note]]:
    """Take the footnotes out of the lines.

    A note reaches to the next one or to the end of its page. Where the text does not tell pages apart, it ends at a
    piece of furniture, or with the first line after which the next word would have fitted into the note's own column.

    Args:
        rows: without furniture.
        breaks: numbers of the lines before which furniture or a page break stands.
        column: of the body.
    """
    body: list[Row] = []
    notes: list[Note] = []
    open_: list[Row] = []
    marker, small = "", _small_print(rows)
    for row in rows:
        match = OPENING.match(row.text)
        if open_ and (match or not _goes_on(open_, row, breaks, column)):
            notes.append(Note(marker, tuple(open_)))
            open_ = []
        if match:
            open_, marker = [row], match[1]
        elif open_:
            open_.append(row)
        elif row.number in small:
            if notes and not terminal(notes[-1].rows[-1].text) and notes[-1].rows[-1].page == row.page - 1:
                notes[-1] = Note(notes[-1].marker, (*notes[-1].rows, row))
            else:
                open_, marker = [row], ""
        else:
            body.append(row)
    if open_:
        notes.append(Note(marker, tuple(open_)))
    return body, notes


def _goes_on(note: Sequence[Row], row: Row, breaks: frozenset[int], column: Column) -> bool:
    """Whether a line still belongs to the note above it."""
    before = note[-1]
    if len(note) == 1 and OPENING.fullmatch(before.text):  # the marker stands on a line of its own
        return True
    if row.page != before.page or row.page_start:
        return False
    if row.number in breaks:
        return False
    if before.margins or row.page > 1:  # pages are known: a note reaches to the end of its page
        return True
    full = max(max(r.width for r in note), column.full * 1.12)
    from_first = width(row.text.split()[0])
    early = before.width + 0.25 + from_first < full * 0.96
    if row.blanks and terminal(before.text):
        return False
    return not early or (not terminal(before.text) and starts_lower(row.text) and row.blanks == 0)


def _small_print(rows: Sequence[Row]) -> frozenset[int]:
    """Lines of visibly smaller print that fill the column at the foot of a page: notes, also without a marker."""
    usual = sorted(h for row in rows if len(row.text) > 40 and (h := height_of(row)))
    if len(usual) < 8:
        return frozenset()
    limit = 0.87 * usual[len(usual) // 2]
    out: set[int] = set()
    for i in range(len(rows) - 1, -1, -1):
        row = rows[i]
        below = rows[i + 1] if i + 1 < len(rows) and rows[i + 1].page == row.page else None
        if not (below is None or below.number in out) or not 0 < height_of(row) < limit:
            continue
        if row.cell is None and row.margins and row.box and len(row.text) > 20 and row.box[0] < row.margins[0] + 60:
            full = row.box[2] > row.margins[1] - 0.06 * (row.margins[1] - row.margins[0])
            if full or below is None:
                out.add(row.number)
    apart = {row.number for i, row in enumerate(rows) if stands_apart(rows, i)}
    return frozenset(n for n in out if n - 1 in out or n + 1 in out or n in apart)


def stands_apart(rows: Sequence[Row], i: int) -> bool:
    """Whether a line of smaller print begins at the left margin, well below the text: a note that lost its marker."""
    row, before = rows[i], rows[i - 1] if i else None
    if before is None or row.page != before.page or row.box is None or before.box is None or row.margins is None:
        return False
    if len(row.text) <= 20 or row.box[0] > row.margins[0] + 60:
        return False
    above = max(height_of(r) for r in rows[max(0, i - 3) : i] if r.page == row.page)
    gap, high = row.box[1] - before.box[3], row.box[3] - row.box[1]
    far = gap > (1.2 if row.text[0].isupper() else 1.6) * high  # the marker and the word behind it read as one: "thợ"
    return 0 < height_of(row) < 0.85 * above and far


def height_of(row: Row) -> float:
    """Size of the print in pixels an em, from how far the words reach; 0 without boxes or for a few letters."""
    if row.box is None or len(row.text) < 12:
        return 0
    return (row.box[2] - row.box[0]) / row.width


def clean(text: str) -> tuple[str, list[tuple[str, int]]]:
    """The text without markers, and each marker with its offset in that text."""
    out, anchors, end = "", [], 0
    for match in MARKER.finditer(text):
        out += text[end : match.start()]
        anchors.append((match[1], len(out)))
        end = match.end()
    return (out + text[end:]).strip(), anchors
