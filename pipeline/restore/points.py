"""Letters of list points: a) b) c) d) đ) e) g) ... are mended from their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.resources import table

ORDER = "abcdđeghiklmnopqrstuvxy"
"""The Vietnamese alphabet as lists use it (Decree 30/2020/NĐ-CP)."""
_POINT = re.compile(r"\s*(?P<letter>[^\W\d_]|\S)\)(?=\s)")
_HIGHER = re.compile(r"\s*(?:[IVX]+|\d+(?:\.\d+)*)[.\-)]\s|\s*Điều\s")
RUN = 2
"""Letters in their order that must come before a mended one."""


@cache
def _misread() -> frozenset[tuple[str, str]]:
    return frozenset((row["printed"], row["read"]) for row in table("list_points"))


def mended_points(lines: Sequence[str]) -> dict[int, tuple[int, str, str]]:
    """Per line whose list point was misread: where its letter stands, the letter read, and the letter printed."""
    found: dict[int, tuple[int, str, str]] = {}
    last = ""
    for number, line in enumerate(lines):
        match = _POINT.match(line)
        if not match:
            last = "" if _HIGHER.match(line) else last
            continue
        read, place = match["letter"], ORDER.find(last[-1:]) + 1
        expected = ORDER[place] if len(last) == RUN and place < len(ORDER) else ""
        if read != expected and (expected, read) in _misread():
            found[number] = match.start("letter"), read, expected
            read = expected
        last = (last + read)[-RUN:] if last + read in ORDER else read
    return found
