"""Names of administrative units, before and after 1 July 2025: `python -m pipeline.training.places DATABASE OUT`.

DATABASE is data/dataset.db of the Python package vietnamadminunits (MIT licence); names are facts.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

_COLUMNS = {"admin_units_legacy": ("province", "district", "ward"), "admin_units": ("province", "ward")}


def places(database: Path) -> list[str]:
    """Every unit once as it is written within a sentence (`huyện Ba Bể`), sorted; numbered ones are left out."""
    found: set[str] = set()
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        for table, columns in _COLUMNS.items():
            for column in columns:
                found.update(name for (name,) in connection.execute(f"SELECT DISTINCT {column} FROM {table}") if name)
    finally:
        connection.close()
    return sorted(name[0].lower() + name[1:] for name in found if not any(c.isdigit() for c in name))


def main() -> None:
    """Write places.tsv."""
    database, out = (Path(argument) for argument in sys.argv[1:3])
    text = "# Administrative units; made by pipeline.training.places, see README.md.\nplace\n" + "\n".join(
        places(database)
    )
    out.write_text(text + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
