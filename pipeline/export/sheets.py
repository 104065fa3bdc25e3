"""Tables as sheets of a workbook: Vietnamese headings, filters, a frozen header, typed cells, nothing calculated.

Rows go to the disk as they come (XlsxWriter's constant memory), so that a sheet may have as many as Excel can hold.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from pipeline.export.tables import Column
from pipeline.export.words import WORDS

if TYPE_CHECKING:
    from xlsxwriter import Workbook

EXCEL_ROWS: Final = 1_048_576
_EXCEL_CHARACTERS: Final = 32_767  # in a cell
_EXCEL_LINKS: Final = 65_530  # in a sheet
_MADE: Final = datetime.datetime(2000, 1, 1)  # the same document gives the same bytes

_WIDTHS: Final = {  # in characters; by column, else by type
    "text": 60, "title": 50, "section": 22, "subsection": 26, "lead": 26, "coordinate": 28, "others": 18,
    "lead_keys": 24, "coordinate_keys": 24, "deadline": 16, "agency": 34, "agency_key": 24, "name": 28, "issuer": 24,
    "issuer_parent": 24, "caption": 24, "header": 24, "observed": 20, "restored": 20, "recipients": 40, "source": 24,
    "document": 30, "path": 30, "number": 16, "date_text": 24, "position": 20, "signer": 20, "authority": 20,
    "label": 8, "anchor_word": 10,
}  # fmt: skip
_TYPE_WIDTHS: Final = {"string": 12, "integer": 8, "number": 8, "boolean": 8, "date": 11, "list": 16}
_LINE, _MOST = 15.0, 409.0  # heights in points: of a line, and the greatest that Excel allows
_FORMATS: Final[Mapping[str, Mapping[str, object]]] = {
    "plain": {},
    "text": {"num_format": "@"},
    "date": {"num_format": "dd/mm/yyyy", "align": "center"},
    "number": {"num_format": "0.00"},
    "integer": {"num_format": "0"},
    "link": {"font_color": "#0563C1", "underline": 1},
    "group": {"bold": True, "bg_color": "#F2F2F2", "top": 1},
    "group date": {"num_format": "dd/mm/yyyy", "align": "center", "bold": True, "bg_color": "#F2F2F2", "top": 1},
    "header": {
        "text_wrap": True, "bold": True, "valign": "vcenter", "align": "center", "bg_color": "#DDEBF7", "border": 1,
    },
    "top": {"text_wrap": False, "bold": True, "font_size": 14},
    "above": {"text_wrap": False, "italic": True},
}  # fmt: skip
_FOR_PROGRAMS: Final = frozenset(
    {"lead_keys", "coordinate_keys", "agency_key", "assignment_id", "citation_ids", "footnote_ids", "table_id",
     "parent_id", "line_start", "line_end", "start", "end", "anchor_offset", "sha256", "deadline_start", "confidence"}
)  # fmt: skip
"""Columns that stand at the right end and are not printed."""
_LONG: Final = frozenset({"text", "title", "section", "subsection", "caption", "recipients"})


@contextmanager
def workbook(target: Path | BytesIO, title: str = "") -> Iterator[Workbook]:
    """A new workbook, complete when the block ends.

    Args:
        target: a file, whose rows lie in temporary files beside it until then; or a buffer, rows being kept in memory.
        title: in its properties.

    Raises:
        OSError: it cannot be written.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with ExitStack() as cleanup:
        options: dict[str, object] = {"in_memory": True}
        if isinstance(target, Path):
            rows = cleanup.enter_context(TemporaryDirectory(dir=target.parent, ignore_cleanup_errors=True))
            options = {"constant_memory": True, "tmpdir": rows}
        book = Workbook(target, options)
        book.set_properties({"title": title, "author": "kehoach", "created": _MADE})
        yield book
        try:
            book.close()
        except FileCreateError as error:
            cause = error.args[0] if error.args else None
            raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


class Sheet:
    """A table on a sheet, to which rows are added as they come."""

    def __init__(
        self, book: Workbook, name: str, columns: Sequence[Column], above: Sequence[str] = (), wrapped: bool = True
    ) -> None:
        """Begin a sheet, ready to print: headings, widths, the header frozen.

        Args:
            book: it becomes its last sheet.
            name: of the sheet, at most 31 characters.
            columns: in any order; those that only programs need are put at the right end.
            above: lines over the header; the first is a title.
            wrapped: long text runs over several lines; else a row is a line, and nothing is remembered of it.
        """
        self._columns = sorted(columns, key=lambda c: c.name in _FOR_PROGRAMS)
        self._head, self._links, self.rows = len(above), 0, 0
        self._wrapped = wrapped
        self._sheet = book.add_worksheet(name)
        self._format = cache(lambda kind: book.add_format({"valign": "top", "text_wrap": wrapped, **_FORMATS[kind]}))
        for at, line in enumerate(above):
            self._sheet.write_string(at, 0, line, self._format("above" if at else "top"))
        self._widths = [_WIDTHS.get(column.name, _TYPE_WIDTHS[column.type]) for column in self._columns]
        for at, column in enumerate(self._columns):
            self._sheet.set_column(at, at, self._widths[at])
            self._sheet.write_string(self._head, at, column.title, self._format("header"))
        self._sheet.freeze_panes(self._head + 1, 0)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(self._head)
        self._sheet.set_row(self._head, 2 * _LINE)
        self._sheet.set_footer("&L&A&R&P/&N")

    def add(self, row: Mapping[str, object], links: Mapping[str, str] | None = None, style: str = "") -> None:
        """Add a row.

        Args:
            row: values by column name.
            links: addresses for cells, by column name.
            style: "group" for a row that stands over those of `style` "member", which can be folded away.
        """
        self.rows += 1
        values = [row[column.name] for column in self._columns]
        texts = ["" if v is None else text_of_cell(c, v) for c, v in zip(self._columns, values, strict=True)]
        if self._wrapped:
            self._sheet.set_row(self._head + self.rows, self._height(texts), None, {"level": int(style == "member")})
        for at, (column, value, text) in enumerate(zip(self._columns, values, texts, strict=True)):
            if text:
                self._write(at, column, value, text, (links or {}).get(column.name), style)
            elif style == "group":
                self._sheet.write_blank(self._head + self.rows, at, None, self._format("group"))

    def finish(self) -> None:
        """Set the filter, and quiet Excel's remarks on codes that look like numbers; once, behind the last row."""
        from xlsxwriter.utility import xl_range

        area = (self._head, 0, self._head + self.rows, len(self._columns) - 1)
        self._sheet.autofilter(*area)
        self._sheet.ignore_errors({"number_stored_as_text": xl_range(*area)})
        self._sheet.outline_settings(symbols_below=False)
        people = sum(c.name not in _FOR_PROGRAMS for c in self._columns)
        self._sheet.print_area(0, 0, self._head + self.rows, people - 1)

    def _height(self, texts: Sequence[str]) -> float:
        """Points that the wrapped text of a row needs; Excel finds them itself, other programs do not."""
        lines = 1
        for column, width, text in zip(self._columns, self._widths, texts, strict=True):
            if column.type in ("string", "list") and (len(text) > width or "\n" in text):
                lines = max(lines, sum(1 + int(len(part) * 0.95 / width) for part in text.split("\n")))
        return min(lines * _LINE, _MOST)

    def _write(self, at: int, column: Column, value: object, text: str, link: str | None, style: str) -> None:
        """Write a cell; text is always written as text, so that nothing in it is ever calculated."""
        row = self._head + self.rows
        if link is not None and self._links < _EXCEL_LINKS:  # as text: LibreOffice forgets the link of a number
            self._links += 1
            if self._sheet.write_url(row, at, link, self._format("link"), text) == 0:
                return
        if column.type == "date" and isinstance(value, str) and (date := _date(value)):
            self._sheet.write_datetime(row, at, date, self._format("group date" if style == "group" else "date"))
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            self._sheet.write_number(row, at, value, self._format(column.type))
        else:
            kind = "group" if style == "group" else "plain" if column.name in _LONG else "text"
            self._sheet.write_string(row, at, text, self._format(kind))


def text_of_cell(column: Column, value: object) -> str:
    """A value in the words of people, no longer than a cell can hold."""
    text = "; ".join(map(str, value)) if isinstance(value, list) else WORDS.get(column.name, {}).get(value, str(value))
    if len(text) > _EXCEL_CHARACTERS // 2 and len(text.encode("utf-16-le")) // 2 > _EXCEL_CHARACTERS:
        return text[: _EXCEL_CHARACTERS // 2] + " ... (xem plan.json)"
    return text


def _date(iso: str) -> datetime.date | None:
    """A date that Excel knows, which none before 1900 is."""
    try:
        date = datetime.date.fromisoformat(iso)
    except ValueError:
        return None
    return date if date.year >= 1900 else None
