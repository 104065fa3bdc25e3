"""Tables whose cells stand between tabs, as word processors and web pages write them into plain text."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Cell, Line
from pipeline.structure.columns import role_of

_FIRST = 1000
"""Numbers of such tables on their page begin here: ruled ones, which the layout stage found, have the low numbers."""


def tabbed(lines: Sequence[Line]) -> dict[int, tuple[Cell, tuple[str, ...]]]:
    """The lines of tables with tabs: number of the line -> its place (column 0) and what stands between its tabs.

    A table begins with a line of headings, two of which are known. It goes on with lines that have as many tabs, and
    with lines without any between them (a title over the rows below); the same headings begin the next table.
    """
    out: dict[int, tuple[Cell, tuple[str, ...]]] = {}
    number, i = _FIRST, 0
    while i < len(lines):
        head = _fields(lines[i])
        if not _is_head(head):
            i += 1
            continue
        end = _end(lines, i, head)
        for row, line in enumerate(lines[i:end]):
            if line.text.strip():
                out[line.number] = (number, row, 0), _fields(line)
        number, i = number + 1, end
    return out


def _fields(line: Line) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in line.text.strip("\n\f").split("\t"))


def _is_head(fields: Sequence[str]) -> bool:
    return len(fields) > 1 and sum(role_of(field) != "other" for field in fields if len(field.split()) <= 8) >= 2


def _end(lines: Sequence[Line], start: int, head: Sequence[str]) -> int:
    """Index behind the last line of the table with this head."""
    end = start + 1
    for i in range(start + 1, len(lines)):
        fields = _fields(lines[i])
        if _is_head(fields) and (fields == head or len(fields) != len(head)):
            break
        if len(fields) == len(head):
            end = i + 1
        elif len(fields) > 1 or i > end:  # another table; or text: two lines without a tab
            break
    return end
