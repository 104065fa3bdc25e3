"""datapackage.json: the tables described after Frictionless Data Package v1 (specs.frictionlessdata.io)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from pipeline.export.tables import TABLES, Column, TableSpec
from pipeline.model import SCHEMA_VERSION, Document


def datapackage(document: Document, contents: Mapping[str, bytes]) -> dict[str, Any]:
    """The descriptor of the tables in `contents` (file name to bytes)."""
    return {
        "name": "kehoach-" + document.plan.source.sha256[:16],
        "title": document.plan.metadata.title or document.plan.source.path,
        "profile": "tabular-data-package",
        "version": SCHEMA_VERSION,
        "resources": [_resource(table, contents[f"{table.name}.csv"]) for table in TABLES],
    }


def _resource(table: TableSpec, content: bytes) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.description,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {"fields": [_field(column) for column in table.columns], "missingValues": [""]},
    }


def _field(column: Column) -> dict[str, str]:
    if column.type == "list":
        return {
            "name": column.name,
            "type": "string",
            "description": column.description + ' Several are joined by "; ".',
        }
    return {"name": column.name, "type": column.type, "description": column.description}
