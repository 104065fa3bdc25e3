"""Where the title of a document ends, below its type: "KẾ HOẠCH" / "Phòng, chống dịch bệnh" / "năm 2025"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.resources import table
from pipeline.structure.agencies import starts_agency
from pipeline.structure.numbering import candidates
from pipeline.structure.openers import opens
from pipeline.structure.rows import Column, Row
from pipeline.structure.text import connects, fold, mostly_upper, starts_lower


def title_end(rows: Sequence[Row], start: int, rest: str, column: Column, decides: bool = False) -> int:
    """Index of the first row below the title.

    Args:
        rows: the rows of the document.
        start: the first row below the type.
        rest: what stands behind the type on its line.
        column: how wide the text column is.
        decides: below the title stands who decides, perhaps with no more than a name ("ỦY BAN NHÂN DÂN TỈNH").
    """
    i, before = start, None
    while i < len(rows) and i < start + 12:
        row = rows[i]
        if before is None and not rest:
            if any(c.style in ("roman", "upper") for c in candidates(row.text)):
                return i
        elif _ends_title(rows, i, before, column) or _speaks(rows, i, decides) or _plain_below(rows, start, i):
            return i
        before, i = row, i + 1
    return i


def _plain_below(rows: Sequence[Row], start: int, i: int) -> bool:
    """Whether the title above is bold, and this line and the next are not: the opening words."""
    title, below = rows[start:i], rows[i : i + 2]
    if not rows[i].text[:1].isupper() or connects(rows[i - 1].text):
        return False
    bold = bool(title) and all(row.bold for row in title)
    return bold and len(below) == 2 and not any(r.bold or r.opens_bold for r in below)


def _speaks(rows: Sequence[Row], i: int, decides: bool) -> bool:
    """Whether a line between title and legal bases says who decides: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" / "Căn cứ".

    The name may go on to a second line: "CHỦ TỊCH" / "ỦY BAN NHÂN DÂN TỈNH".
    """
    if not mostly_upper(rows[i].text) or connects(rows[i - 1].text):
        return False
    leads, named = _leads(rows[i].text), decides and starts_agency(rows[i].text)
    if i + 2 < len(rows) and mostly_upper(rows[i + 1].text) and (leads or not starts_agency(rows[i + 1].text)):
        i += 1
    return (leads or named) and i + 1 < len(rows) and opens(rows[i + 1].text, "basis")


def _leads(text: str) -> bool:
    """Whether a line begins with a position: "CHỦ TỊCH", "BỘ TRƯỞNG BỘ Y TẾ"."""
    return any(re.match(rf"{re.escape(position)}(?![^\W_])", text) for position in _positions())


@cache
def _positions() -> tuple[str, ...]:
    return tuple(row["text"] for row in table("signing") if row["role"] == "position")


def _ends_title(rows: Sequence[Row], i: int, before: Row | None, column: Column) -> bool:
    row, above = rows[i], rows[i - 1]
    if _labelled(row.text) and not connects(above.text):
        return True
    if row.text.startswith("(") and re.match(r"\((?:ban hanh )?kem theo", fold(row.text)):
        return True  # which document it comes with is not what it is about
    if row.blanks or starts_lower(row.text):
        return bool(row.blanks) and not (starts_lower(row.text) and connects(above.text))
    if _TERM.fullmatch(fold(row.text)):
        return False
    if before is not None and mostly_upper(above.text) != mostly_upper(row.text):
        return True
    if opens(row.text, "basis"):
        return True
    if connects(above.text) or (above.bold and row.bold):
        return False
    if _begins_text(row.text) or terminal_like(above.text):
        return True
    if before is not None and mostly_upper(row.text):  # no sentence of the text is set in capitals
        return False
    return (column.breaks_early(above, row) or column.far_short(above)) and not _runs_on(rows, i, column)


def _labelled(text: str) -> bool:
    """Whether a line has a label; a dash counts where a capital stands behind it."""
    return any(not c.bullet or (c.style == "dash" and c.text[:1].isupper()) for c in candidates(text))


def _begins_text(text: str) -> bool:
    return opens(text, "opening") or fold(text).startswith("kinh gui")


def _runs_on(rows: Sequence[Row], i: int, column: Column) -> bool:
    """Whether this line and perhaps some more are short and end no sentence, down to the first words of the text.

    A title is broken where its sense asks for it: "Phê chuẩn kết quả bầu Chủ tịch" / "Ủy ban nhân dân thành phố".
    """
    for n, row in enumerate(rows[i : i + 5]):
        if opens(row.text, "basis") or _begins_text(row.text) or _labelled(row.text) or (n and row.blanks):
            return n > 0
        if not column.far_short(row) or row.width > _LONG:
            return n > 0
        if terminal_like(row.text) or row.text.endswith(":"):
            return False
    return False


_LONG = 30
"""Ems of a line that may be a whole one where the column is not known."""

_TERM = re.compile(
    r"\(?(?:nam hoc|nien khoa|nam|giai doan) 20\d{2}(?: ?[-–] ?20\d{2})?\)?"
    r"|\(\d{1,2}/\d{1,2}/\d{4} ?[-–] ?\d{1,2}/\d{1,2}/\d{4}\)"
)
"""What a last line of a title may be, however early the line above ends: "Năm học 2025 - 2026"."""


def terminal_like(text: str) -> bool:
    """Whether the line ends in a full stop, which titles do not have inside."""
    return text.rstrip().endswith((".", ";"))
