"""Roman numerals of quarters in which strokes were read as figures or small letters (`Quý II1/2026`, `Quý 11/2026`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_QUARTER = re.compile(r"(?<![^\W_])[Qq][uU][ýÝỳỷỹyY¥]\s+(?P<read>[I1l|!]{1,3}V?)(?![^\W_])")
_STROKES = re.compile(r"[1l|!]")
_NUMERALS = frozenset({"I", "II", "III", "IV"})


def quarters(line: str) -> Iterator[tuple[int, str, str]]:
    """Where such a numeral stands, as read, and as printed; "Quý 1" may be printed so, and stays."""
    for match in _QUARTER.finditer(line):
        read = match["read"]
        printed = _STROKES.sub("I", read)
        if read not in ("1", printed) and printed in _NUMERALS:
            yield match.start("read"), read, printed
