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
    marker = ""
    for row in rows:
        match = OPENING.match(row.text)
        if open_ and (match or not _goes_on(open_, row, breaks, column)):
            notes.append(Note(marker, tuple(open_)))
            open_ = []
        if match:
            open_, marker = [row], match[1]
        elif open_:
            open_.append(row)
        elif notes and _runs_over(notes[-1], row, body, column):
            notes[-1] = Note(notes[-1].marker, (*notes[-1].rows, row))
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


def _runs_over(note: Note, row: Row, body: Sequence[Row], column: Column) -> bool:
    """Whether a line of small print on the next page goes on a note that had not ended."""
    last = note.rows[-1]
    tail = body[-1] if body else None
    return bool(
        column.full
        and row.page == last.page + 1
        and not terminal(last.text)
        and tail is not None
        and tail.page == row.page
        and row.width > column.full * 1.12
    )


def clean(text: str) -> tuple[str, list[tuple[str, int]]]:
    """The text without markers, and each marker with its offset in that text."""
    out, anchors, end = "", [], 0
    for match in MARKER.finditer(text):
        out += text[end : match.start()]
        anchors.append((match[1], len(out)))
        end = match.end()
    return (out + text[end:]).strip(), anchors
