"""Tables as sheets of a workbook: Vietnamese headings, filters, a frozen header, typed cells, nothing calculated.

Rows go to the disk as they come (XlsxWriter's constant memory), so that a sheet may have as many as Excel can hold.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from pipeline.export.tables import Column

if TYPE_CHECKING:
    from xlsxwriter import Workbook

EXCEL_ROWS: Final = 1_048_576
_EXCEL_CHARACTERS: Final = 32_767  # in a cell
_EXCEL_LINKS: Final = 65_530  # in a sheet
_MADE: Final = datetime.datetime(2000, 1, 1)  # the same document gives the same bytes

WORDS: Final[Mapping[str, Mapping[object, str]]] = {
    "kind": {
        "section": "mục lớn", "subsection": "mục", "task": "nhiệm vụ", "item": "ý", "paragraph": "đoạn",
        "scan": "bản quét", "text_layer": "lớp chữ của PDF", "ocr_text": "văn bản OCR",
    },
    "recurrence": {
        "yearly": "hằng năm", "half-yearly": "6 tháng một lần", "quarterly": "hằng quý", "monthly": "hằng tháng",
        "weekly": "hằng tuần", "daily": "hằng ngày", "continuous": "thường xuyên", "periodic": "định kỳ",
    },
    "role": {"lead": "chủ trì", "coordinate": "phối hợp", "other": "khác"},
    "implied": {True: "có", False: "không"},
}  # fmt: skip
"""What people read instead of the values for programs, by column."""

_WIDTHS: Final = {  # in characters; by column, else by type
    "text": 70, "title": 50, "section": 30, "subsection": 36, "lead": 30, "coordinate": 36, "others": 24,
    "lead_keys": 24, "coordinate_keys": 24, "deadline": 22, "agency": 34, "agency_key": 24, "name": 34, "issuer": 30,
    "issuer_parent": 30, "caption": 30, "header": 24, "observed": 22, "restored": 22, "recipients": 50, "source": 28,
    "document": 36, "recurrence": 16, "number": 18, "date_text": 30, "position": 24, "signer": 22, "authority": 24,
}  # fmt: skip
_TYPE_WIDTHS: Final = {"string": 14, "integer": 9, "number": 9, "boolean": 10, "date": 12, "list": 16}
_FORMATS: Final[Mapping[str, Mapping[str, object]]] = {
    "plain": {},
    "text": {"num_format": "@"},
    "date": {"num_format": "dd/mm/yyyy", "align": "center"},
    "number": {"num_format": "0.00"},
    "integer": {"num_format": "0"},
    "link": {"font_color": "#0563C1", "underline": 1},
    "header": {"bold": True, "valign": "vcenter", "align": "center", "bg_color": "#DDEBF7", "border": 1},
}
_LONG: Final = frozenset({"text", "title", "section", "subsection", "caption", "recipients"})


@contextmanager
def workbook(path: Path, title: str = "") -> Iterator[Workbook]:
    """A new workbook, written when the block ends; until then its rows lie in temporary files beside it.

    Raises:
        OSError: it cannot be written.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with TemporaryDirectory(dir=path.parent, ignore_cleanup_errors=True) as rows:
        book = Workbook(path, {"constant_memory": True, "tmpdir": rows})
        book.set_properties({"title": title, "author": "kehoach", "created": _MADE})
        yield book
        try:
            book.close()
        except FileCreateError as error:
            cause = error.args[0] if error.args else None
            raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


class Sheet:
    """A table on a sheet, to which rows are added as they come."""

    def __init__(self, book: Workbook, name: str, columns: Sequence[Column]) -> None:
        """Begin a sheet: headings, widths, the header frozen."""
        self._columns, self._links, self.rows = columns, 0, 0
        self._sheet = book.add_worksheet(name)
        self._formats = {
            kind: book.add_format({"valign": "top", "text_wrap": True, **own}) for kind, own in _FORMATS.items()
        }
        for at, column in enumerate(columns):
            self._sheet.set_column(at, at, _WIDTHS.get(column.name, _TYPE_WIDTHS[column.type]))
            self._sheet.write_string(0, at, column.title, self._formats["header"])
        self._sheet.freeze_panes(1, 0)

    def add(self, row: Mapping[str, object], links: Mapping[str, str] | None = None) -> None:
        """Add a row; `links` gives addresses for cells, by column."""
        self.rows += 1
        for at, column in enumerate(self._columns):
            value = row[column.name]
            if value is not None and value != "" and value != []:
                self._write(at, column, value, (links or {}).get(column.name))

    def finish(self) -> None:
        """Set the filter, and quiet Excel's remarks on codes that look like numbers; once, behind the last row."""
        last = len(self._columns) - 1
        self._sheet.autofilter(0, 0, self.rows, last)
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(last)}{self.rows + 1}"})

    def _write(self, at: int, column: Column, value: object, link: str | None) -> None:
        """Write a cell; text is always written as text, so that nothing in it is ever calculated."""
        if column.type == "date" and isinstance(value, str) and (date := _date(value)):
            self._sheet.write_datetime(self.rows, at, date, self._formats["date"])
            return
        if isinstance(value, (int, float)) and not isinstance(value, bool) and link is None:
            self._sheet.write_number(self.rows, at, value, self._formats[column.type])
            return
        words = WORDS.get(column.name, {})
        text = "; ".join(map(str, value)) if isinstance(value, list) else words.get(value, str(value))
        if len(text.encode("utf-16-le")) // 2 > _EXCEL_CHARACTERS:
            text = text[: _EXCEL_CHARACTERS // 2] + " ... (xem plan.json)"
        if link is not None and self._links < _EXCEL_LINKS:
            self._links += 1
            self._sheet.write_url(self.rows, at, link, self._formats["link"], text)
        else:
            self._sheet.write_string(self.rows, at, text, self._formats["plain" if column.name in _LONG else "text"])


def _date(iso: str) -> datetime.date | None:
    """A date that Excel knows, which none before 1900 is."""
    try:
        date = datetime.date.fromisoformat(iso)
    except ValueError:
        return None
    return date if date.year >= 1900 else None


def _letters(column: int) -> str:
    """The letters of a column counted from 0."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
