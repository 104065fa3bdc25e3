"""The year of days that a plan names without one: "Tháng 3" of a school year, "trước ngày 15/02" in December."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from pipeline.model import Assignment, Deadline

_TWO = re.compile(r"(?<!\d)(20\d\d) ?[-–] ?(20\d\d)(?!\d)")
_CITED = re.compile(r"tháng \d{1,2} năm 20\d\d", re.IGNORECASE)
_ONE = re.compile(r"(?<![\d/.\-])20\d\d(?![\d/])")
_SCHOOL, _NEXT, _LATE = 8, 10, 2
"""The month in which school years begin at the latest; that from which on a plan for the next year may mean that year
by its last months, too; months that a plan may come after the work it tells of."""


def in_its_year(made: list[Assignment], issued: str | None, title: str | None) -> list[Assignment]:
    """The assignments with the days that were read in the year of issue put into the year that the plan is for.

    Args:
        made: those of a plan; a deadline that names its year, or comes every year, stays.
        issued: the plan's date (ISO); without it nothing moves.
        title: of the plan: "Năm học 2025 - 2026", "năm 2026".
    """
    if issued is None:
        return made
    shift = _shift(date.fromisoformat(issued), title or "")
    return [a.model_copy(update={"deadline": _moved(a.deadline, shift)}) if a.deadline else a for a in made]


def _shift(issued: date, title: str) -> Callable[[int], int | None]:
    """How many years after that of issue a month lies; None where that cannot be told."""
    spans = [(int(m[1]), int(m[2])) for m in _TWO.finditer(title)]
    years = {int(y) for y in _ONE.findall(_TWO.sub("", _CITED.sub("", title)))}
    if spans and spans[-1][1] == spans[-1][0] + 1:
        first = spans[-1][0]
        begins = min(_SCHOOL, issued.month) if issued.year == first else _SCHOOL
        return lambda month: first - issued.year + (month < begins)
    if issued.year in years:
        return lambda month: 0
    if issued.year + 1 in years:
        soon = 0 if issued.month < _NEXT or re.search(r"\btết\b", title.lower()) else None
        return lambda month: 1 if month < issued.month else soon
    return lambda month: int(month < issued.month - _LATE)


def _moved(deadline: Deadline, shift: Callable[[int], int | None]) -> Deadline:
    day = deadline.start or deadline.end
    if day is None or deadline.recurrence or re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", deadline.text):
        return deadline
    years = shift(int(day[5:7]))
    return deadline.model_copy(update={"start": _later(deadline.start, years), "end": _later(deadline.end, years)})


def _later(day: str | None, years: int | None) -> str | None:
    if day is None or years is None or (years and day.endswith("02-29")):
        return None
    return f"{int(day[:4]) + years}{day[4:]}"
