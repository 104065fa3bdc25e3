"""Families of sentences that say who does what by when, in the words of many offices.

A row is a sentence and, behind the arrow, "[lead], [lead] / [coordinate] / deadline" of the assignments that it makes,
or "none"; a row that begins with "#" names the place in a plan where the rows below it stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.model import Assignment, Plan
from pipeline.structure.duties import deadline_in
from tests.structure.conftest import AsPlan

HEAD = "KẾ HOẠCH\nThi hành Luật\n\nI. MỤC ĐÍCH\n- Để thi hành Luật.\n"
PLACES = {
    "task": "II. NHIỆM VỤ\n- {}\n",
    "below a task": "II. NHIỆM VỤ\n- Mở lớp tập huấn cho cán bộ cơ sở.\n* {}\n",
    "organisation": "II. TỔ CHỨC THỰC HIỆN\n1. {}\n",
    "results": "II. KẾT QUẢ ĐẠT ĐƯỢC\n- {}\n",
    "law": "Điều 5. Trình tự kiểm tra\n1. {}\n",
}
RESOURCES = Path(__file__).parents[1] / "resources" / "families"


def rows() -> Iterator[tuple[str, str, str]]:
    """Place, sentence and what is expected, of all rows of all families."""
    for path in sorted((RESOURCES / "sentences").glob("*.txt")):
        place = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                place = line[2:]
            elif line:
                sentence, arrow, expected = line.partition(" => ")
                assert arrow, line
                yield place, sentence, expected


def told(assignment: Assignment) -> str:
    lead, coordinate = (", ".join(f"[{name}]" for name in names) for names in (assignment.lead, assignment.coordinate))
    return f"{lead} / {coordinate} / {assignment.deadline.text if assignment.deadline else ''}"


def spaceless(text: str) -> str:
    return text.replace(" ", "")


@pytest.mark.parametrize(("place", "sentence", "expected"), list(rows()))
def test_who_does_what_by_when(as_plan: AsPlan, place: str, sentence: str, expected: str) -> None:
    plan: Plan = as_plan(HEAD + PLACES[place].format(sentence))
    made = " || ".join(map(told, plan.assignments)) or "none"
    assert spaceless(made) == spaceless(expected), made


def times() -> Iterator[tuple[str, str]]:
    for line in (RESOURCES / "times.txt").read_text(encoding="utf-8").splitlines():
        sentence, arrow, expected = line.partition(" => ")
        assert arrow, line
        yield sentence, expected


@pytest.mark.parametrize(("sentence", "expected"), list(times()))
def test_by_when(sentence: str, expected: str) -> None:
    """Expected are the words of the deadline, and behind a stroke its start, end and recurrence in a plan of 2026."""
    read = deadline_in(sentence, 2026)
    days = f"{read.text} | {read.start or ''},{read.end or ''},{read.recurrence or ''}" if read else "none"
    assert days == expected
