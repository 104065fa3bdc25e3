"""What becomes of the words of a line with a change of its text."""

from __future__ import annotations

import pytest

from pipeline.model import Correction, Line, Page, Word
from pipeline.rewrite import rewritten


def change(start: int, observed: str, restored: str) -> Correction:
    return Correction(
        page=1,
        line=1,
        start=start,
        observed=observed,
        restored=restored,
        confidence=0.9,
        alternatives=[],
        rule="test",
    )


def line(text: str) -> Line:
    words, at = [], 0
    for said in text.split():
        at = text.index(said, at)
        words.append(Word(said, at, 0.5, (10 * at, 0, 10 * (at + len(said)), 9), ("x",), (0.3,)))
        at += len(said)
    return Line(1, text, tuple(words))


@pytest.mark.parametrize(
    ("text", "made", "expected"),
    [
        ("I.MỤC ĐÍCH", change(0, "I.", "I. "), [("I.", 0, 0, 20), ("MỤC", 3, 20, 50), ("ĐÍCH", 7, 60, 100)]),
        ("1Chương trình", change(0, "1", "^1 "), [("^1", 0, 0, 10), ("Chương", 3, 10, 70), ("trình", 10, 80, 130)]),
        ("- Lưu: VT; KT", change(7, "VT;", "VT,"), [("-", 0, 0, 10), ("Lưu:", 2, 20, 60), ("VT,", 7, 70, 100)]),
        ("nhân dân”;", change(8, "”", "^2"), [("nhân", 0, 0, 40), ("dân^2;", 5, 50, 100)]),
        ("| Mục đích", change(0, "| ", ""), [("Mục", 0, 20, 50), ("đích", 4, 60, 100)]),
    ],
)
def test_words(text: str, made: Correction, expected: list[tuple[str, int, int, int]]) -> None:
    (page,) = rewritten([Page(1, "scan", (line(text),))], [made])
    (found,) = page.lines
    words = [(w.text, w.start, w.bbox[0], w.bbox[2]) for w in found.words if w.bbox]
    assert words[: len(expected)] == expected
    assert all(found.text[w.start :].startswith(w.text) for w in found.words)
