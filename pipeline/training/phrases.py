"""Hand-written phrases and names of places for the language model."""

from __future__ import annotations

import unicodedata
from pathlib import Path


def phrases(path: Path) -> list[str]:
    """The phrases of a table with one column; lines that start with # are comments."""
    lines = unicodedata.normalize("NFC", path.read_text("utf-8")).splitlines()
    found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return found[1:]
