"""No spreadsheet changes a cell, and nothing is lost on the way."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.csvfile import csv_bytes, guard, unguard
from pipeline.export.tables import Column

CHANGED = [
    "=1+1",
    "+84 24",
    "-x",
    "- Rà soát",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "1.",
    "1.1.",
    "012",
    "1234567890123456",
    "1,5",
    "95%",
    "05/11",
    "1-2",
    "2021 - 2030",
    "30/9/2025",
    "2025-09-30",
    "8:30",
    "1e5",
    "TRUE",
    "'x",
    "\nx",
    "＝1+1",
    "#N/A",
    "(1)",
    "1 1/2",
    "8:30 AM",
    "MAR-5",
    "Sep 2",
    "5 May 2025",
    "5 %",
    "1.000 ₫",
    "$5",
]
SAFE = [
    "0",
    "12",
    "",
    "-",
    "+",
    "*",
    "a)",
    "II.",
    "12/KH-UBND",
    "135-KH/TU",
    "ngày 30/9/2025",
    "Sở Y tế; Sở Nội vụ",
    "Quý III/2025",
    "5 năm",
    "(a)",
    "1)",
    "Mục 5",
    "Marathon 2025 mở rộng",
    "5 mục",
]


@pytest.mark.parametrize("text", CHANGED)
def test_what_a_spreadsheet_would_change_is_guarded(text: str) -> None:
    assert guard(text) == "'" + text


@pytest.mark.parametrize("text", SAFE)
def test_other_text_stays(text: str) -> None:
    assert guard(text) == text


@given(st.text())
def test_a_guard_can_be_taken_away(text: str) -> None:
    assert unguard(guard(text)) == text


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=4))
def test_csv_gives_every_text_back(cells: list[str]) -> None:
    content = csv_bytes([Column("a", "string", "", "")], [{"a": cell} for cell in cells])
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [unguard(row[0]) if row else "" for row in rows[1:]] == cells


def test_the_bytes_are_what_excel_wants() -> None:
    columns = [Column(name, "string", "", "") for name in ("a", "b", "c", "d", "e")]
    row = {"a": None, "b": True, "c": -1.5, "d": ["x", "y"], "e": 'nói "được", rồi'}
    assert csv_bytes(columns, [row]) == '\ufeffa,b,c,d,e\r\n,true,-1.5,x; y,"nói ""được"", rồi"\r\n'.encode()
