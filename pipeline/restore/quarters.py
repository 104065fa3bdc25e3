"""Roman numerals of quarters in which strokes were read as figures or small letters (`Quý II1/2026`, `Quý 11/2026`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMERAL = r"\s+([I1l|!]{1,3}V?)"
_QUARTER = re.compile(rf"(?<![^\W_])[Qq][uU][ýÝ]{_NUMERAL}(?= ?/| năm |[,;.)]|$| và )")
_GARBLED = re.compile(rf"(?<![^\W_])[Qq][uU][yY¥]{_NUMERAL}(?= ?/ ?20\d\d)")
"""Without its mark, only before a year: "nội quy" and "quỹ" go before numbers, too."""
_STROKES = re.compile(r"[1l|!]")
_NUMERALS = frozenset({"I", "II", "III", "IV"})


def quarters(line: str) -> Iterator[tuple[int, str, str]]:
    """Where such a numeral stands, as read, and as printed; "Quý 1" may be printed so, and stays."""
    for match in (*_QUARTER.finditer(line), *_GARBLED.finditer(line)):
        read = match[1]
        printed = _STROKES.sub("I", read)
        if read not in ("1", printed) and printed in _NUMERALS:
            yield match.start(1), read, printed
