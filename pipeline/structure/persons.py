"""People named beside the office that they hold: "Ông Vũ Đình Lâm, Phó Hiệu trưởng"."""

from __future__ import annotations

import re
from functools import cache

from pipeline.resources import table
from pipeline.structure.text import fold

_PERSON = re.compile(r"(?:ông|bà|thầy|cô|đồng chí|bác sĩ)(?: [^\W\d_]+){2,6}", re.IGNORECASE)


@cache
def _offices() -> re.Pattern[str]:
    names = sorted((fold(row["text"]) for row in table("signing") if row["role"] == "position"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))})(?![^\W_])")


def title_of(left: str, right: str) -> bool:
    """Whether a text begins with the office of the person whom the text before the comma names."""
    words = left.split()
    person = _PERSON.fullmatch(left.strip()) is not None and all(word[0].isupper() for word in words[-2:])
    return person and _offices().match(fold(right)) is not None
