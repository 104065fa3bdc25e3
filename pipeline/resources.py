"""Where dictionaries/ is: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent


@cache
def dictionaries() -> Path:
    """The folder of dictionaries that ships with the program."""
    shipped = _PACKAGE / "_dictionaries"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "dictionaries"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of dictionaries/NAME.tsv; lines that start with # are comments, the first other line is the header."""
    with (dictionaries() / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(
            (line for line in lines if line.strip() and not line.startswith("#")),
            delimiter="\t",
            quoting=csv.QUOTE_NONE,
        )
        return tuple({k: (v or "").strip() for k, v in row.items() if k} for row in rows)
