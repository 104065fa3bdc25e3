"""CSV that Excel opens on a double click without changing a character: RFC 4180, UTF-8 with BOM, CRLF."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

import regex

from pipeline.export.tables import Column

# Taken for a formula (OWASP, "CSV injection"), a number or a date: "=A1", "-x", "1.", "05/11", "1-2".
_CHANGED = regex.compile(
    r"""[=+\-@\t\r]
      | (?! (?: 0 | [1-9]\d{0,14} ) $ ) \s* \d [\d.,]* %? \s* $
      | \s* \d [\d.,]* \s* [eE] \s* \d+ \s* $
      | \s* \d{1,4} \s* [/\-.:] \s* \d{1,4} (?: \s* [/\-.:] \s* \d{1,4} )? \s* $
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


def csv_bytes(columns: Sequence[Column], rows: Iterable[Mapping[str, object]]) -> bytes:
    """A whole CSV file.

    Lists are joined by "; ", None is an empty cell; numbers, ISO dates and truth values stay typed.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in columns)
    for row in rows:
        writer.writerow(_cell(column, row[column.name]) for column in columns)
    return out.getvalue().encode("utf-8-sig")


def _cell(column: Column, value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case str():
            return value if column.type == "date" else guard(value)
        case list() | tuple():
            return guard("; ".join(map(str, value)))
        case _:
            raise TypeError(f"no cell for {type(value).__name__}")
