"""datapackage.json: the tables described after Frictionless Data Package v1 (specs.frictionlessdata.io)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.export.csvfile import DECIMAL, DELIMITER, Separator
from pipeline.export.tables import Column, TableSpec
from pipeline.model import SCHEMA_VERSION


def datapackage(
    name: str,
    title: str,
    tables: Sequence[TableSpec],
    contents: Mapping[str, bytes | Path],
    separator: Separator = "comma",
) -> dict[str, Any]:
    """The descriptor of CSV tables.

    Args:
        name: of the package, in small letters.
        title: of the package, for people.
        tables: its tables, each lying in `<name>.csv`.
        contents: of every table, by its name: the bytes, or the file that holds them.
        separator: of the CSV.
    """
    return {
        "name": name,
        "title": title,
        "profile": "tabular-data-package",
        "version": SCHEMA_VERSION,
        "resources": [_resource(table, contents[table.name], separator) for table in tables],
    }


def _resource(table: TableSpec, content: bytes | Path, separator: Separator) -> dict[str, Any]:
    size, digest = _facts(content)
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": table.description,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": size,
        "hash": "sha256:" + digest,
        "dialect": {
            "delimiter": DELIMITER[separator],
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": {"fields": [_field(column, separator) for column in table.columns], "missingValues": [""]},
    }


def _facts(content: bytes | Path) -> tuple[int, str]:
    """Size and SHA-256."""
    if isinstance(content, bytes):
        return len(content), hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return content.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def _field(column: Column, separator: Separator) -> dict[str, str]:
    field = {"name": column.name, "type": column.type, "title": column.title, "description": column.description}
    if column.type == "list":
        field |= {"type": "string", "description": column.description + ' Several are joined by "; ".'}
    if column.type == "number":
        field["decimalChar"] = DECIMAL[separator]
    return field
