"""Lines that belong to no part of a plan: page numbers, rules, mottos, stamps of the signature service, scribble."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.resources import table
from pipeline.structure.rows import Row
from pipeline.structure.text import fold

_NUMBER = re.compile(r"^(?:trang )?[-–—.~ ]*(\d{1,3})(?: ?/ ?\d{1,3})?[-–—.~ ]*$")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ARRIVED = re.compile(r"Đ?ẾN\b(?! NĂM| HẾT| NGÀY \d).{0,14}")
_ENTRY = re.compile(r"Đ|(?:Ngày|Giờ|Số|Chuyển|Lưu hồ sơ)(?: đến)? ?[:.;][^/]{0,16}")
"""What is stamped on a document that arrives: ĐẾN in large letters, and beside it lines that a pen fills in."""
_HEAD, _NEAR = 25, 2
"""Lines in which such a stamp stands, and how far its lines stand apart."""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["reason"], re.compile(row["pattern"])) for row in table("furniture"))


@cache
def _any_pattern() -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for _, pattern in _patterns()))


def reason_of(text: str) -> str | None:
    """Why a line is furniture by its words alone; None where it is not."""
    folded = fold(text)
    if _any_pattern().fullmatch(folded):
        return next(reason for reason, pattern in _patterns() if pattern.fullmatch(folded))
    if not _WORD.search(text) and not any(c.isdigit() for c in text):
        return "scribble"
    return None


def page_number(text: str) -> int | None:
    """The number, where a line holds nothing but a page number ("3", "- 3 -", "Trang 3/5")."""
    match = _NUMBER.match(fold(text))
    return int(match[1]) if match else None


def furniture(rows: Sequence[Row]) -> dict[int, str]:
    """The lines that are furniture: line number -> reason.

    A lone number is a page number where a page begins or ends, or where it follows the page number before it;
    elsewhere (a table's column of numbers) it is left alone.
    """
    out = dict.fromkeys(_arrival(rows), "registry stamp")
    last = 1
    for i, row in enumerate(rows):
        if row.number in out:
            continue
        if reason := reason_of(row.text):
            out[row.number] = reason
            continue
        after = rows[i + 1] if i + 1 < len(rows) else None
        if _stands_alone(rows, i):
            out[row.number] = "page number"
            continue
        number = None if row.cell else page_number(row.text)
        if number is None:
            continue
        edge = row.page_start or after is None or after.page_start or after.page != row.page
        lone = row.blanks > 0 and (after is None or after.blanks > 0)
        if (edge and number <= row.page + last + 1) or (lone and last < number <= last + 3):
            out[row.number] = "page number"
            last = number
    return out


def _arrival(rows: Sequence[Row]) -> list[int]:
    """The numbers of the lines of a stamp "ĐẾN" on the first page."""
    head = [row for row in rows[:_HEAD] if row.page == rows[0].page and row.box is not None]
    at = next((i for i, row in enumerate(head) if _ARRIVED.fullmatch(row.text)), None)
    if at is None:
        return []
    beside = [row for row in head[max(0, at - _NEAR) : at + _NEAR + 1] if _ENTRY.fullmatch(row.text)]
    return [head[at].number, *(row.number for row in beside)] if beside else []


def _stands_alone(rows: Sequence[Row], i: int) -> bool:
    """Whether up to three characters stand in the middle above or below all else of a page, whatever OCR read there.

    Page numbers stand there (Decree 30/2020/NĐ-CP, Annex I).
    """
    row = rows[i]
    if row.cell or row.box is None or row.margins is None or len(row.text) > 3 or row.page == rows[0].page:
        return False
    left, right = row.margins
    if abs((row.box[0] + row.box[2]) / 2 - (left + right) / 2) > 0.04 * (right - left):
        return False
    others = [r.box for r in rows if r.page == row.page and r is not row and r.box]
    above, below = (all(row.box[3] < b[1] for b in others), all(row.box[1] > b[3] for b in others))
    return len(others) > 2 and (above or below)
