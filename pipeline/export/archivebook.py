"""archive.xlsx, archive-2.xlsx, ...: the tables of many documents for people, and what each agency has to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

from pipeline.export.rows import Row
from pipeline.export.sheets import Sheet, workbook
from pipeline.export.tables import AGENCIES, Column, TableSpec

ROWS_A_FILE: Final = 250_000
"""What Excel opens in seconds on an office machine; a sheet could hold four times as many rows."""
SUMMARY: Final = "Ai làm gì, khi nào"
_LINKS: Final = 20_000  # a sheet; each takes 1.5 KB of memory until the workbook is closed
_COLUMNS: Final = (
    Column("agency", "string", "Cơ quan", ""),
    Column("agency_key", "string", "Mã cơ quan", ""),
    Column("documents", "integer", "Số văn bản", ""),
    Column("lead", "integer", "Chủ trì", ""),
    Column("coordinate", "integer", "Phối hợp", ""),
    Column("other", "integer", "Liên quan", ""),
    Column("dated", "integer", "Có thời hạn", ""),
    Column("first_due", "date", "Hạn đầu", ""),
    Column("last_due", "date", "Hạn cuối", ""),
)

Rows = Mapping[str, Sequence[Row]]
"""The rows of one document, by table."""


@dataclass(slots=True)
class _Agency:
    """What the documents ask of one agency."""

    agency: str
    agency_key: str | None
    documents: int = 0
    lead: int = 0
    coordinate: int = 0
    other: int = 0
    dated: int = 0
    first_due: str | None = None
    last_due: str | None = None

    def add(self, row: Row) -> None:
        role = str(row["role"])
        setattr(self, role, getattr(self, role) + 1)
        if due := row["deadline_end"]:
            self.dated += 1
            self.first_due = min(str(due), self.first_due or str(due))
            self.last_due = max(str(due), self.last_due or "")


@dataclass(slots=True)
class _Book:
    """A workbook that is being written."""

    summary: Sheet
    sheets: dict[str, Sheet]
    agencies: dict[str, _Agency] = field(default_factory=dict)

    def full(self, rows: Rows, rows_a_file: int) -> bool:
        """Whether a document would make a sheet too long; one that is too long by itself has a file of its own."""
        return any(s.rows and s.rows + len(rows[name]) > rows_a_file for name, s in self.sheets.items())

    def add(self, rows: Rows) -> None:
        """Add a document."""
        for name, sheet in self.sheets.items():
            for row in rows[name]:
                sheet.add(row, _link(row) if sheet.rows < _LINKS else None)
        named: dict[str, _Agency] = {}
        for row in rows[AGENCIES.name]:
            name, key = str(row["agency"]), row["agency_key"]
            who = str(key or name)
            named[who] = self.agencies.setdefault(who, _Agency(name, str(key) if key else None))
            named[who].add(row)
        for agency in named.values():
            agency.documents += 1

    def finish(self) -> None:
        """Write the summary, those that lead most first."""
        for a in sorted(self.agencies.values(), key=lambda a: (-a.lead, -a.coordinate, a.agency)):
            self.summary.add({c.name: getattr(a, c.name) for c in _COLUMNS})
        for sheet in (self.summary, *self.sheets.values()):
            sheet.finish()


@contextmanager
def workbooks(folder: Path, tables: Sequence[TableSpec], rows_a_file: int) -> Iterator[Callable[[Rows], None]]:
    """What takes document after document; the next workbook begins with one that would make a sheet too long.

    Raises:
        OSError: a workbook cannot be written.
    """
    with ExitStack() as current:
        book: _Book | None = None
        count = 0

        def add(rows: Rows) -> None:
            nonlocal book, count
            if book is None or book.full(rows, rows_a_file):
                current.close()
                count += 1
                name = "archive.xlsx" if count == 1 else f"archive-{count}.xlsx"
                book = current.enter_context(_book(folder / name, tables))
            book.add(rows)

        yield add
        if book is None:
            current.enter_context(_book(folder / "archive.xlsx", tables))


@contextmanager
def _book(path: Path, tables: Sequence[TableSpec]) -> Iterator[_Book]:
    with workbook(path) as book:
        summary = Sheet(book, SUMMARY, _COLUMNS, wrapped=False)
        found = _Book(summary, {t.name: Sheet(book, t.title, t.columns, wrapped=False) for t in tables})
        yield found
        found.finish()


def _link(row: Row) -> dict[str, str]:
    """From a document to its workbook, where that lies beside these tables."""
    path = str(row.get("path", "://"))
    return {} if "://" in path else {"path": f"external:{_escaped(path)}/plan.xlsx"}


def _escaped(path: str) -> str:
    """A path as it stands in a hyperlink: what has a meaning there is escaped, letters of any language are not."""
    return "".join(quote(c, safe="/!$&'()*+,;=:@~") if c.isascii() else c for c in path)
