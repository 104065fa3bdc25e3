"""What bold and italic print tells: headings are bold, lines that assign may be italic; where a document does so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.structure.numbering import Label, candidates
from pipeline.structure.rows import Row
from pipeline.structure.text import connects, mostly_upper, starts_lower, starts_upper, terminal

STYLE = "bold"
"""The numbering style of a heading that has no number, but is bold."""
_LEAST, _MOST = 2, 0.5
"""Bold headings with a number, and share of bold lines: bold print tells from so many, and up to so much."""
_ASTRAY = 0.1
"""Share of bold lines in the middle of a sentence above which they are rather blots."""
_WORDS = 30


def trusted(rows: Sequence[Row]) -> list[Row]:
    """The lines of the body; without their styles, where those do not part headings from text.

    They do where some numbered lines are bold, most lines are not, and hardly one is in the middle of a sentence: the
    strokes of a coarse scan may be thick anywhere.
    """
    bold = [row for row in rows if row.bold]
    numbered = sum(any(not label.bullet for label in candidates(row.text)) for row in bold)
    astray = sum(b.bold and not a.bold and starts_lower(b.text) for a, b in pairwise(rows))
    if numbered >= _LEAST and len(bold) <= _MOST * len(rows) and astray <= max(1, _ASTRAY * len(bold)):
        return list(rows)
    return [replace(row, style="", opening="") if row.style or row.opening else row for row in rows]


def restyled(before: Row, row: Row) -> bool:
    """Whether a heading ends between two lines, or begins: one is bold, the other is not and goes on no sentence."""
    if before.bold == row.bold or not starts_upper(row.text) or connects(before.text):
        return False
    if mostly_upper(before.text) and mostly_upper(row.text):
        return False  # a title in capitals goes on: of few letters it is hard to tell whether they are bold
    return not (row if before.bold else before).opens_bold


def unnumbered(row: Row, after: Row | None) -> Label | None:
    """The empty label of a heading without a number: a bold line that begins a block and reads like a title."""
    if not row.bold or row.cell is not None or not starts_upper(row.text) or len(row.text.split()) > _WORDS:
        return None
    if after is None or (terminal(row.text) and not row.text.endswith(":")):
        return None
    if starts_lower(after.text) and not after.bold:
        return None  # a sentence whose first line looks bold goes on
    return Label("", STYLE, 0, row.text)
