from __future__ import annotations

import pytest

from pipeline.model import Line, Page, Word
from pipeline.options import Options
from pipeline.resources import table
from pipeline.restore import restore
from pipeline.restore.models import models
from pipeline.restore.render import Choice
from pipeline.restore.surnames import named_people
from pipeline.restore.tokens import Atom

ROWS = [(row["read"], row["expected"]) for row in table("surnames") if row["read"]]


def restored(text: str, told: dict[str, tuple[float, str]]) -> str:
    """A line of words that are sure but for those that are told of: confidence, and another reading."""
    words, start = [], 0
    for word in text.split():
        sure, other = told.get(word, (0.96, ""))
        words.append(Word(word, start, sure, None, (other,) if other else (), (0.5,) if other else ()))
        start += len(word) + 1
    pages, _ = restore([Page(1, "scan", (Line(1, text, tuple(words)),))], Options(noise="vie"))
    return pages[0].lines[0].text


@pytest.mark.parametrize(("read", "expected"), ROWS)
def test_a_surname_of_which_the_engine_is_not_sure(read: str, expected: str) -> None:
    surname = next(word for word, other in zip(read.split(), expected.split(), strict=True) if word != other)
    assert restored(read, {surname: (0.8, "")}) == expected


def test_surnames_differ_from_readings() -> None:
    rows = table("surnames")
    surnames = [row["surname"] for row in rows]
    readings = [read for row in rows for read in row["readings"].split()]
    assert len({*surnames, *readings}) == len(surnames) + len(readings)


@pytest.mark.parametrize(
    ("read", "told", "expected"),
    [
        # what was read rightly stays, though words are likelier
        ("12. Đinh Triều Dương (Chủ biên)", {"Đinh": (0.84, "Đỉnh")}, "12. Đinh Triều Dương (Chủ biên)"),
        ("(Chủ biên), Tống Đức Cường, Trần Hà", {"Tống": (0.94, "")}, "(Chủ biên), Tống Đức Cường, Trần Hà"),
        # the engine is sure, or it is no name
        ("Định Gia Lê (Tổng Chủ biên)", {"Định": (0.96, "")}, "Định Gia Lê (Tổng Chủ biên)"),
        ("huyện Định Quán Mới, tỉnh", {"Định": (0.8, "")}, "huyện Định Quán Mới, tỉnh"),
        ("Định Quán, Xuân Lộc", {"Định": (0.8, "")}, "Định Quán, Xuân Lộc"),
        ("Định mức chi cho Đội", {"Định": (0.8, "")}, "Định mức chi cho Đội"),
        ("Định Hướng Phát triển Du lịch", {"Định": (0.8, "")}, "Định Hướng Phát triển Du lịch"),
    ],
)
def test_names_of_people(read: str, told: dict[str, tuple[float, str]], expected: str) -> None:
    assert restored(read, told) == expected


@pytest.mark.parametrize(
    ("line", "taken_for", "other", "expected"),
    [
        ("Phan Ngọc Huyền,", "Huyện", "", "Huyền"),
        ("Phan Ngọc Huyền,", "Huyện", "Huyện,", "Huyện"),  # the engine itself offers it
        ("Phan Ngọc Câm,", "Cẩm", "", "Cẩm"),  # nobody is called so
        ("Đường Ngọc Huyền", "Huyện", "", "Huyền"),
        ("Phòng Ngọc Huyền", "Huyện", "", "Huyện"),  # no surname
        ("Ngọc Huyền,", "Huyện", "", "Huyện"),
        ("Phan Ngọc Huyền Trang Anh,", "Huyện", "", "Huyện"),
    ],
)
def test_a_usual_given_name_stays(line: str, taken_for: str, other: str, expected: str) -> None:
    words, choices, start = [], [], 0
    for text in line.split():
        odd = text.strip(",") in ("Huyền", "Câm")
        words.append(Word(text, start, 0.9, None, (other,) if odd and other else (), (0.5,) if odd and other else ()))
        choices.append(Choice(Atom("word", text.strip(","), start), taken_for if odd else text.strip(","), 0.94))
        start += len(text) + 1
    found = named_people(line, choices, models().words, words)
    assert expected in [choice.text for choice in found]
