"""A closing quotation mark read as a figure behind a year (`“... giai đoạn 2021-20307;` for `2030”;`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_YEAR = re.compile(r"(?<![\d.,/])(?P<year>(?:19|20)\d\d)7(?=[;,.:)](?:\s|$))")
LINES = 8
"""Lines that a quotation takes at most."""


def closed_quotes(lines: Sequence[str]) -> dict[int, list[tuple[int, str, str]]]:
    """Per line, the years that swallowed a quotation mark: where they stand, as read, and as printed.

    Believed only where a quotation was opened before, and not closed before the next one opens: a number is never
    changed for its looks alone.
    """
    found: dict[int, list[tuple[int, str, str]]] = {}
    for number, line in enumerate(lines):
        for match in _YEAR.finditer(line):
            before = " ".join([*lines[max(0, number - LINES) : number], line[: match.start()]])
            behind = " ".join([line[match.end() :], *lines[number + 1 : number + LINES]])
            opened = before.rfind("“") > before.rfind("”")
            closed = 0 <= behind.find("”") < (behind.find("“") if "“" in behind else len(behind))
            if opened and not closed:
                found.setdefault(number, []).append((match.start(), match[0], f"{match['year']}”"))
    return found
