"""failures.csv and duplicates.csv: what is not in the tables, and why. Streamed from the ledger."""

from __future__ import annotations

import csv
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from pipeline.batch.ledger import Ledger
from pipeline.export.csvfile import DELIMITER, Separator, guard

FAILURES, DUPLICATES = "failures.csv", "duplicates.csv"
_FAILED = ("id", "address", "state", "code", "error", "message", "pages", "failed_pages", "tries", "finished")
_SAME = ("id", "address", "duplicate_of", "sha256")


def write_lists(ledger: Ledger, out: Path, separator: Separator = "comma") -> None:
    """Write both lists, separated like the tables; each is swapped in in one step."""
    delimiter = DELIMITER[separator]
    _write(out / FAILURES, _FAILED, ledger.rows("state IN ('failed', 'partial') AND NOT gone"), delimiter)
    _write(out / DUPLICATES, _SAME, ledger.rows("state = 'duplicate' AND NOT gone"), delimiter)


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[sqlite3.Row], delimiter: str) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([guard(v) if isinstance(v, str) else v for v in (row[c] for c in columns)])
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
