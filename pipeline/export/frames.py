"""The tables as pandas data frames, for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Document

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.export.tables import Column

_DTYPES = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[s]"}


def frames(document: Document) -> dict[str, pd.DataFrame]:
    """The tables of the output contract by name, with the columns of docs/tables.md.

    Text, numbers and truth values have pandas' nullable types, dates are datetime64, lists stay lists (`explode` them).
    """
    import pandas as pd

    from pipeline.export.tables import TABLES

    made = {}
    for table in TABLES:
        names = [column.name for column in table.columns]
        frame = pd.DataFrame([{name: row[name] for name in names} for row in table.rows(document)], columns=names)
        made[table.name] = frame.astype({c.name: _dtype(c) for c in table.columns if c.type != "list"})
    return made


def _dtype(column: Column) -> str:
    return _DTYPES[column.type]
