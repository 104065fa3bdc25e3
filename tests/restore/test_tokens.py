from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.restore.tokens import atoms, bare_letters, is_roman, pieces

CASES = {
    "Số: 1583/KH-UBND": [("word", "Số"), ("sign", ":"), ("code", "1583/KH-UBND")],
    "S6:1583 /KH-UBND": [("word", "S6"), ("sign", ":"), ("number", "1583"), ("sign", "/"), ("code", "KH-UBND")],
    "18/2025/QĐ-UBND ngày 28/6/2024": [("code", "18/2025/QĐ-UBND"), ("word", "ngày"), ("number", "28/6/2024")],
    "135-KH/TU; 190/2025/QH15": [("code", "135-KH/TU"), ("sign", ";"), ("code", "190/2025/QH15")],
    "135-": [("number", "135"), ("sign", "-")],
    "trình^1 về": [("word", "trình"), ("marker", "^1"), ("word", "về")],
    "¢6 si? v§": [("word", "¢6"), ("word", "si?"), ("word", "v§")],
    "và/hoặc 20%": [("word", "và"), ("sign", "/"), ("word", "hoặc"), ("number", "20%")],
    "2021-2030": [("number", "2021"), ("sign", "-"), ("number", "2030")],
    "vanthu@laocai.gov.vn": [("web", "vanthu@laocai.gov.vn")],
    "https://laocai.gov.vn/a?b=1 và": [("web", "https://laocai.gov.vn/a?b=1"), ("word", "và")],
    "1a 101 s6": [("word", "1a"), ("number", "101"), ("word", "s6")],
    "* Thực hiện": [("sign", "*"), ("word", "Thực"), ("word", "hiện")],
    "": [],
}


@pytest.mark.parametrize(("line", "expected"), CASES.items())
def test_atoms(line: str, expected: list[tuple[str, str]]) -> None:
    assert [(a.kind, a.text) for a in atoms(line)] == expected


@given(st.text())
def test_atoms_stand_where_they_say_and_nothing_but_white_space_is_left_over(line: str) -> None:
    end = 0
    for atom in atoms(line):
        assert line[atom.start : atom.end] == atom.text
        assert not line[end : atom.start].strip()
        end = atom.end
    assert not line[end:].strip()


@given(st.text())
def test_pieces_are_the_atoms(line: str) -> None:
    assert list(pieces(line)) == [(a.kind, a.text) for a in atoms(line)]


@pytest.mark.parametrize(
    ("text", "expected"), [("II", True), ("XIV", True), ("IIII", False), ("", False), ("ii", False), ("KH", False)]
)
def test_roman(text: str, expected: bool) -> None:
    assert is_roman(text) is expected


def test_bare_letters_keep_their_case() -> None:
    assert bare_letters("QĐ-Ủy") == "QD-Uy"
