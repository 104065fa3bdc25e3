"""Results as Markdown tables, with the date, the machine and the versions they were measured with."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata


@dataclass(frozen=True, slots=True)
class Table:
    """A result: its title, its columns, its rows."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]

    def markdown(self) -> str:
        """The table as Markdown."""
        lines = ["| " + " | ".join(map(str, row)) + " |" for row in (self.columns, *self.rows)]
        return "\n".join([f"## {self.title}", "", lines[0], "|" + "---|" * len(self.columns), *lines[1:], ""])


def conditions() -> str:
    """When, where and with which versions."""
    engine = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=False).stdout.split("\n")[
        0
    ]
    packages = ", ".join(f"{p} {metadata.version(p)}" for p in ("kehoach", "spacy", "symspellpy", "numpy"))
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    machine = f"{platform.machine()}, {os.cpu_count()} cores; Python {platform.python_version()}"
    return f"{today}; {machine}; {engine}; {packages}\n"
