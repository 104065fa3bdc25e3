"""Tables that arrive as plain lines, row by row or cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.structure.rows import Row


@dataclass(slots=True)
class TextTable:
    """A table and its lines; the first row is the header."""

    lines: tuple[Row, ...]
    rows: list[list[str]]


def take_tables(rows: Sequence[Row]) -> tuple[list[Row], list[TextTable]]:
    """Set tables apart from the lines."""
    return list(rows), []
