"""The mark that a service of digital signatures puts on a page: who signed and when, small, beside or below the text.

It is a stamp, and no part of what the document says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from pipeline.layout import box, hull, word_height
from pipeline.model import Bbox, Word

_SIGNED = re.compile(
    r"(?i)\b(?:ng[aà]y|gi[oờ]|th[oờ]i gian) k[yýỳỷỹỵ]\b\D{0,4}"
    r"\d{1,2}[./-]\d{1,2}[./-]\d{4}\D{1,3}\d{1,2}[ :.h]\d{2}\b"
)
"""The day and the time of day: nobody else writes both ("Ngày ký: 29/12/2017 14:26:52")."""
_SMALL = 0.8
"""The mark is smaller than this share of the page's print."""
_ALIKE = (0.65, 1.5)
"""How high the other lines of a mark are, in heights of the line with the time."""
_APART = 1.2
"""The lines of a mark stand nearer than this many of their heights."""


def without_signatures(lines: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """The lines without those of such marks: small print that holds the day and time of a signature.

    Args:
        lines: words as the engine read them.
    """
    kept = [list(line) for line in lines if line]
    height = word_height(word for line in kept for word in line)
    for line in [line for line in kept if _tells_when(line) and _height(line) < _SMALL * height]:
        mark = _around(line, kept)
        kept = [other for other in kept if not any(other is part for part in mark)]
    return kept


def _tells_when(line: Sequence[Word]) -> bool:
    return _SIGNED.search(" ".join(word.text for word in line)) is not None


def _height(line: Sequence[Word]) -> float:
    return float(median(box(word)[3] - box(word)[1] for word in line))


def _around(line: list[Word], lines: Sequence[list[Word]]) -> list[list[Word]]:
    """The line and those as small as it that stand close above and below, one after another."""
    least, most = (share * _height(line) for share in _ALIKE)
    small = [other for other in lines if other is not line and least < _height(other) < most]
    mark, place = [line], _place(line)
    while True:
        near = [other for other in small if _touch(place, _place(other), _APART * _height(line))]
        if not near:
            return mark
        mark += near
        small = [other for other in small if not any(other is part for part in near)]
        place = hull(map(_place, mark)) or place


def _place(line: Sequence[Word]) -> Bbox:
    return hull(map(box, line)) or (0, 0, 0, 0)


def _touch(a: Bbox, b: Bbox, apart: float) -> bool:
    """Whether a line stands right above or below a mark, and not beyond its sides by half."""
    over = min(a[2], b[2]) - max(a[0], b[0])
    return over > (b[2] - b[0]) / 2 and b[1] - a[3] < apart and a[1] - b[3] < apart
