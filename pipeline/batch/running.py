"""What all steps of a run need."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.batch.display import Progress
from pipeline.batch.ledger import Ledger
from pipeline.batch.settings import Settings
from pipeline.options import Options

CHUNK = 1000
"""Documents that are looked at together."""


@dataclass(slots=True)
class Sparing:
    """Work that is repeated, but has a tenth of the time at most: the tables of a large archive that is watched."""

    due: float = float("-inf")

    def ready(self) -> bool:
        """Whether it may be done again."""
        return time.monotonic() >= self.due

    @contextmanager
    def work(self) -> Iterator[None]:
        """Do it."""
        began = time.monotonic()
        yield
        ended = time.monotonic()
        self.due = ended + 9 * (ended - began)


@dataclass(slots=True)
class Run:
    """A run that is under way."""

    number: int
    out: Path
    ledger: Ledger
    options: Options
    settings: Settings
    made_with: str
    tell: Callable[[Progress], None]
    tables: Sparing
    began: float = field(default_factory=time.monotonic)
    progress: Progress = field(default_factory=Progress)
    under_way: dict[str, sqlite3.Row] = field(default_factory=dict)
    started: int = 0
    unread_folders: int = 0
