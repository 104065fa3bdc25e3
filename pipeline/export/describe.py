"""docs/tables.md, made from the columns' own descriptions: `kehoach schema --tables > docs/tables.md`."""

from __future__ import annotations

from pipeline.export.tables import TABLES

_HEAD = """# The tables, column by column

Made by `kehoach schema --tables`; a test keeps it true. Every table is UTF-8 with BOM, comma separated, its lines ended
by CRLF (RFC 4180). A *list* is text whose values are joined by `; `. An empty cell: not found, never guessed.

Excel changes what looks like a formula, a number or a date (`- x`, `1.`, `05/11`). Such text has an apostrophe before
it; programs take away *one* apostrophe from the head of a text cell. `datapackage.json` tells the types to programs.
"""


def markdown() -> str:
    """The description of all tables as one Markdown page."""
    parts = [_HEAD]
    for table in TABLES:
        rows = "".join(f"| `{c.name}` | {c.type} | {c.description} |\n" for c in table.columns)
        parts.append(
            f"\n## {table.name}.csv\n\n{table.description}\n\n| column | type | meaning |\n|---|---|---|\n{rows}"
        )
    return "".join(parts)
