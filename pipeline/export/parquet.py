"""Tables as Parquet files, for archives that are too large for Excel (extra "parquet")."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import MissingDependencyError
from pipeline.export.tables import Column, TableSpec

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_GROUP: Final = 4_000  # rows that are held and written at a time


@contextmanager
def parquet_table(path: Path, table: TableSpec) -> Iterator[ParquetTable]:
    """A Parquet file, complete when the block ends; lists stay lists, dates are dates.

    Raises:
        MissingDependencyError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise MissingDependencyError("Parquet needs pyarrow. Install it: pip install 'kehoach[parquet]'") from error
    schema = pa.schema([_field(pa, column) for column in table.columns], {"description": table.description})
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        rows = ParquetTable(writer, schema, table.columns)
        yield rows
        rows.flush()


class ParquetTable:
    """A Parquet file to which rows are added as they come."""

    def __init__(self, writer: pq.ParquetWriter, schema: pa.Schema, columns: Sequence[Column]) -> None:
        self._writer, self._schema, self._columns = writer, schema, columns
        self._rows: list[dict[str, object]] = []

    def add(self, row: Mapping[str, object]) -> None:
        """Add a row."""
        self._rows.append({c.name: _value(c, row[c.name]) for c in self._columns})
        if len(self._rows) >= _GROUP:
            self.flush()

    def flush(self) -> None:
        """Write the rows held."""
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, self._schema))
            self._rows.clear()


def _value(column: Column, value: object) -> object:
    if column.type == "date" and isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return None
    return value


def _field(pa: Any, column: Column) -> pa.Field[Any]:  # noqa: ANN401 - a module
    types = {
        "string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(),
        "date": pa.date32(), "list": pa.list_(pa.string()),
    }  # fmt: skip
    return pa.field(
        column.name, types[column.type], metadata={"description": column.description, "title": column.title}
    )
