"""What the columns of a table hold, told by their headings (dictionaries/table_columns.tsv)."""

from __future__ import annotations

import re
from functools import cache

from pipeline.resources import table
from pipeline.structure.fields import label_role
from pipeline.structure.text import fold

_NUMBER_HEAD = re.compile(r"^\W*(?:s?tt|so tt|so thu tu)\b")


@cache
def headings() -> tuple[tuple[str, str], ...]:
    """Folded headings with their roles, the longest first."""
    rows = ((fold(row["heading"]), row["role"]) for row in table("table_columns"))
    return tuple(sorted(rows, key=lambda pair: -len(pair[0])))


def numbers_rows(heading: str) -> bool:
    """Whether a heading, or a line, begins like that of the running numbers: "TT", "STT", "Số TT"."""
    return _NUMBER_HEAD.match(fold(heading)) is not None


def role_of(heading: str) -> str:
    """The role of a column: number, task, lead, coordinate, who, deadline, product or other."""
    folded = fold(heading)
    if numbers_rows(heading) and len(folded) <= 12:
        return "number"
    named = next((role for name, role in headings() if name in folded and role != "number"), None)
    return named or label_role(heading) or "other"
