"""CSV that Excel opens without changing a character: RFC 4180, UTF-8 with BOM, CRLF.

Two dialects. "comma" is RFC 4180 and what Excel splits on where the decimal sign is a point (English settings).
"semicolon" is for Vietnamese settings: where decimal sign and list separator would both be a comma, Excel splits on
semicolons; decimals then have a comma. A first line "sep=;" is no way out: Excel then no longer heeds the BOM, and
reads "Ká»¹ hoáº¡ch".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, TextIO

import regex

from pipeline.export.tables import Column

Separator = Literal["comma", "semicolon"]
DELIMITER: Final[Mapping[Separator, str]] = {"comma": ",", "semicolon": ";"}
DECIMAL: Final[Mapping[Separator, str]] = {"comma": ".", "semicolon": ","}

# Taken for a formula (OWASP, "CSV injection"), an error value, a number, an amount, a time or a date: "=A1", "-x",
# "1.", "(1)", "05/11", "1-2", "1 1/2", "8:30 AM", "MAR-5".
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_CHANGED = regex.compile(
    rf"""[=+\-@\t\r\n\#＝＋－＠]
      | (?! (?: 0 | [1-9]\d{{0,14}} ) $ ) \s* \d [\d.,]* \s* [%₫đ$€]? \s* $
      | \s* [$€₫] \s* \d [\d.,]* \s* $
      | \s* \( \s* \d [\d.,]* \s* \) \s* $
      | \s* \d [\d.,]* \s* e \s* \d+ \s* $
      | \s* \d{{1,4}} \s* [/\-.:\s] \s* \d{{1,4}} (?: \s* [/\-.:\s] \s* \d{{1,4}} )? \s* (?: [ap]m? )? \s* $
      | \s* {_MONTH} [\s\-/.,]* \d{{1,4}} (?: [\s\-/.,]+ \d{{1,4}} )? \s* $
      | \s* \d{{1,4}} [\s\-/.]* {_MONTH} (?: [\s\-/.,]* \d{{1,4}} )? \s* $
      | \s* (?: true | false ) \s* $""",
    regex.VERBOSE | regex.IGNORECASE,
)
_LONE_SIGN = regex.compile(r"[-+*]$")


def guard(text: str) -> str:
    """Text that no spreadsheet changes: an apostrophe goes before what it would calculate or convert.

    `unguard` takes it away. A lone bullet ("-", "+") is safe as it is.
    """
    if text.startswith("'") or (_CHANGED.match(text) and not _LONE_SIGN.match(text)):
        return "'" + text
    return text


def unguard(text: str) -> str:
    """The text that `guard` was given."""
    return text.removeprefix("'")


class CsvTable:
    """A CSV file to which rows are added as they come."""

    def __init__(self, out: TextIO, columns: Sequence[Column], separator: Separator = "comma") -> None:
        """Write the header; `out` must be open with encoding "utf-8-sig" and newline ""."""
        self._columns, self._decimal = columns, DECIMAL[separator]
        self._writer = csv.writer(out, delimiter=DELIMITER[separator], lineterminator="\r\n")
        self._writer.writerow(column.name for column in columns)

    def add(self, row: Mapping[str, object]) -> None:
        """Add a row: lists are joined by "; ", None is an empty cell; numbers, dates and truth values stay typed."""
        self._writer.writerow(self._cell(column, row[column.name]) for column in self._columns)

    def _cell(self, column: Column, value: object) -> str:
        match value:
            case None:
                return ""
            case bool():
                return "true" if value else "false"
            case int():
                return str(value)
            case float():
                return str(value).replace(".", self._decimal)
            case str():
                return value if column.type == "date" else guard(value)
            case list() | tuple():
                return guard("; ".join(map(str, value)))
            case _:
                raise TypeError(f"no cell for {type(value).__name__}")


def csv_bytes(columns: Sequence[Column], rows: Iterable[Mapping[str, object]], separator: Separator = "comma") -> bytes:
    """A whole CSV file."""
    out = io.StringIO(newline="")
    table = CsvTable(out, columns, separator)
    for row in rows:
        table.add(row)
    return out.getvalue().encode("utf-8-sig")
