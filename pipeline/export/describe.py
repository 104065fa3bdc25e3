"""docs/tables.md, made from the columns' own descriptions: `kehoach schema --tables > docs/tables.md`."""

from __future__ import annotations

from pipeline.export.archive import ARCHIVE
from pipeline.export.tables import AGENCIES, EXPLAIN, TABLES, TableSpec

_HEAD = """# The tables, column by column

Made by `kehoach schema --tables`; a test keeps it true. Every table is UTF-8 with BOM, comma separated, its lines ended
by CRLF (RFC 4180). A *list* is text whose values are joined by `; `. An empty cell: not found, never guessed.

**For a double click take `plan.xlsx`**: it opens alike on every machine, with typed dates, and nothing in it is changed
or calculated. A CSV opens in columns only where Excel splits on its separator, and that is a setting of the machine:
comma where the decimal sign is a point (English settings), semicolon where it is a comma (Vietnamese settings). So
`--csv-separator semicolon` is there for the latter; decimals then have a comma, as Excel expects (`0,98`). A first line
`sep=;` would make Excel ignore the BOM and garble every accent, so none is written.

Excel changes what looks like a formula, a number, an amount, a time or a date (`- x`, `1.`, `(1)`, `05/11`, `1-2`,
`MAR-5`). In CSV such text has an apostrophe before it, the way that OWASP names against "CSV injection"; programs take
away *one* apostrophe from the head of a text cell. `datapackage.json` tells separator and types to programs.
"""
_ARCHIVE = """
# The tables of an archive

The tables above but the corrections, with the document in a first column `document`, and two more. `archive.xlsx`
begins with a summary, "Ai làm gì, khi nào": of every agency the documents, what it leads and coordinates, the first and
last day on which something is due; then come documents, tasks, agencies and citations. Where a sheet would grow beyond
250,000 rows, `archive-2.xlsx` goes on with the next document, and sums up its own. The path of a document leads to its
`plan.xlsx` (of the first 20,000 in a file). The Parquet files have the same columns; their lists are lists and no cell
has an apostrophe.

Beside them lie `failures.csv` (what could not be read, wholly or partly: `id`, `address`, `state`, exit `code`,
`error`, `message` with the remedy, `pages`, `failed_pages`, `tries`, `finished`) and `duplicates.csv` (`id`, `address`,
`duplicate_of`, `sha256`), with the same separator.
"""


_COLUMNS = "| column | type | heading in Excel | meaning |\n|---|---|---|---|\n"


def markdown() -> str:
    """The description of all tables as one Markdown page."""
    return (
        _HEAD
        + "".join(_section(table) for table in (*TABLES, EXPLAIN))
        + _ARCHIVE
        + "".join(map(_section, (ARCHIVE[0], AGENCIES)))
    )


def _section(table: TableSpec) -> str:
    rows = "".join(f"| `{c.name}` | {c.type} | {c.title} | {c.description} |\n" for c in table.columns)
    return f"\n## {table.name}.csv\n\n{table.description}\n\n{_COLUMNS}{rows}"
