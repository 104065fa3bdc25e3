"""Dashes that OCR lost or misread, put back where the page shows them.

A dash stands at the indent, and the words behind it begin a dash's width further right. A line whose first word stands
there, although nothing stands before it, lost its dash; a speck there is a misread dash; a speck before the indent is
dirt. Only the neighbours on the page tell where the indent is, so nothing happens without word boxes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pipeline.structure.furniture import reason_of
from pipeline.structure.rows import Row, indented

_DASHES = frozenset("-–—")
_OTHER = frozenset("+*•●")
_NEAR = 14
"""How many lines up and down the neighbours may stand: further away, photographed pages lean too much."""
_HEAD = 16
"""Lines in which the motto stands; above it issuer and number are centred, and may stand anywhere."""
_SPECK = re.compile(r"[^\w\s(“\"]|(?:[^\w\s(]|_){2,3}|[bcdfghjklmnpqrtv1]")
"""What a misread dash may look like: signs, or a lone letter that is no word."""


def mend_dashes(rows: Sequence[Row]) -> list[Row]:
    """The rows, with lost and misread dashes at the start of a line put back (`mended`), and specks taken away."""
    places = [_dash_place(row) for row in rows]
    below = max((i + 1 for i, row in enumerate(rows[:_HEAD]) if reason_of(row.text) == "motto"), default=0)
    return [*rows[:below], *(_mend(row, _around(rows, places, i)) for i, row in enumerate(rows) if i >= below)]


def _dash_place(row: Row) -> tuple[float, float] | None:
    """How far right of the margin a printed dash and the word behind it stand."""
    if len(row.words) < 2 or row.words[0].text not in _DASHES or row.margins is None:
        return None
    dash, word = row.words[0].bbox, row.words[1].bbox
    if dash is None or word is None or word[0] - dash[0] <= 0 or not indented(row):
        return None  # recipients stand at the margin
    return dash[0] - row.margins[0], word[0] - row.margins[0]


def _around(rows: Sequence[Row], places: Sequence[tuple[float, float] | None], i: int) -> tuple[float, float] | None:
    """Where the dashes around a line, and the words behind them, stand; None where fewer than two are near."""
    near = [
        place
        for k in range(max(0, i - _NEAR), min(len(rows), i + _NEAR + 1))
        if k != i and rows[k].page == rows[i].page and (place := places[k]) is not None
    ]
    return (median(p[0] for p in near), median(p[1] for p in near)) if len(near) >= 2 else None


def _mend(row: Row, around: tuple[float, float] | None) -> Row:
    if around is None or row.cell or row.margins is None or not row.words or row.words[0].text in _DASHES | _OTHER:
        return row
    dash, behind = around
    at = _share(row, 0, dash, behind)
    if at is not None and 0.65 <= at <= 1.4 and row.text[:1].isupper():
        return replace(row, text=f"- {row.text}", mended=True)
    second = _share(row, 1, dash, behind)
    rest = row.text.split(" ", 1)[1] if " " in row.text else ""
    if second is None or not _SPECK.fullmatch(row.words[0].text) or not rest[:1].isupper():
        return row
    if 0.45 <= second <= 1.5:
        return replace(row, text=f"- {rest}", mended=True)
    return replace(row, text=rest) if -0.35 <= second <= 0.35 else row


def _share(row: Row, word: int, dash: float, behind: float) -> float | None:
    """Where a word begins: 0 at the dashes' place, 1 at that of the words behind them."""
    box = row.words[word].bbox if len(row.words) > word else None
    if box is None or row.margins is None:
        return None
    return (box[0] - row.margins[0] - dash) / (behind - dash)
