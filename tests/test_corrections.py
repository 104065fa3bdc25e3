"""Corrections replay, undo and compose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corrections import apply, apply_line, compose, undo
from pipeline.model import Correction


def correction(line: int, start: int, observed: str, restored: str, rule: str = "r") -> Correction:
    return Correction(page=1, line=line, start=start, observed=observed, restored=restored, confidence=0.9, rule=rule)


@pytest.mark.parametrize(
    ("text", "corrections", "expected"),
    [
        ("KE HOACH", [(0, "KE", "KẾ"), (3, "HOACH", "HOẠCH")], "KẾ HOẠCH"),
        ("trin!", [(4, "!", "^1")], "trin^1"),
        ("hi¢u luc", [(0, "hi¢u luc", "hiệu lực")], "hiệu lực"),
        ("phat trin", [(8, "", "ể")], "phat triển"),
        ("a  b", [(1, "  ", " ")], "a b"),
        ("", [], ""),
    ],
)
def test_corrections_are_made_in_place(text: str, corrections: list[tuple[int, str, str]], expected: str) -> None:
    assert apply_line(text, [correction(1, *c) for c in corrections]) == expected


@pytest.mark.parametrize("wrong", [[(0, "x", "y")], [(0, "ab", "x"), (1, "b", "y")], [(9, "a", "b")]])
def test_corrections_that_do_not_fit_are_refused(wrong: list[tuple[int, str, str]]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        apply_line("abc", [correction(1, *c) for c in wrong])


@st.composite
def edits(draw: st.DrawFn, text: str, rule: str) -> list[Correction]:
    """Corrections of one line that do not touch one another."""
    out: list[Correction] = []
    at = 0
    while at <= len(text) and len(out) < 4 and draw(st.booleans()):
        start = draw(st.integers(at, len(text)))
        end = draw(st.integers(start, min(len(text), start + 3)))
        restored = draw(st.text("xyzệ ", max_size=3))
        if (start, end) != (start, start) or restored:
            out.append(correction(1, start, text[start:end], restored, rule))
        at = end + 1
    return out


@given(st.data(), st.text("abc d", max_size=12))
def test_undo_gives_back_what_was_observed(data: st.DataObject, text: str) -> None:
    made = data.draw(edits(text, "first"))
    assert undo(apply([text], made), made) == [text]


@given(st.data(), st.text("abc d", max_size=12))
def test_composed_corrections_do_what_both_do(data: st.DataObject, text: str) -> None:
    first = data.draw(edits(text, "first"))
    between = apply_line(text, first)
    then = data.draw(edits(between, "then"))
    assert apply_line(text, compose(first, then)) == apply_line(between, then)


def test_composing_names_both_rules_and_keeps_the_doubt() -> None:
    first = [correction(3, 0, "trinh!", "trình!", "noise-channel").model_copy(update={"confidence": 0.7})]
    then = [correction(3, 5, "!", "^1", "footnote-marker")]
    (both,) = compose(first, then)
    assert (both.observed, both.restored) == ("trinh!", "trình^1")
    assert (both.rule, both.confidence) == ("noise-channel+footnote-marker", 0.7)
