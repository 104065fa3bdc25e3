"""What all steps of a run need."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.batch.display import Progress
from pipeline.batch.ledger import Ledger
from pipeline.batch.settings import Settings
from pipeline.options import Options

CHUNK = 1000
"""Documents that are looked at together."""


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
    began: float = field(default_factory=time.monotonic)
    progress: Progress = field(default_factory=Progress)
    under_way: dict[str, sqlite3.Row] = field(default_factory=dict)
    started: int = 0
    unread_folders: int = 0
