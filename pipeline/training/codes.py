"""The parts of document codes (`QĐ`, `TTg`, `UBND`) and how they are spelled."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from pipeline.restore.tokens import bare_letters, pieces

LEAST = 5
CLEAR = 5
"""A spelling must be this much more frequent than the next one with the same bare letters."""
_PART = re.compile(r"[A-ZĐ]{2,}[a-z]{0,2}\d*|[A-ZĐ]{2,}")


def code_parts(texts: Iterable[str]) -> list[tuple[str, str, int]]:
    """(bare letters, spelling, count) of the parts of codes, sorted by the bare letters."""
    seen: Counter[str] = Counter()
    for text in texts:
        if "/" in text or "-" in text:
            for kind, found_text in pieces(text):
                if kind == "code":
                    seen.update(p for p in re.split("[-/]", found_text) if _PART.fullmatch(p))
    by_letters: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for part, count in seen.items():
        by_letters[bare_letters(part)].append((count, part))
    found: list[tuple[str, str, int]] = []
    for letters, spellings in sorted(by_letters.items()):
        (best, part), *rest = sorted(spellings, key=lambda s: (-s[0], s[1]))
        if best >= LEAST and all(best >= CLEAR * count for count, _ in rest):
            found.append((letters, part, best))
    return found


def write(path: Path, parts: list[tuple[str, str, int]]) -> None:
    """Write the parts as a table."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write("letters\tform\tcount\n")
        out.writelines(f"{letters}\t{form}\t{count}\n" for letters, form, count in parts)
