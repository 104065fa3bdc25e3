"""The number in the head: taken where the engine is sure of it, left out where it doubts (handwriting)."""

import pytest

from pipeline.model import Line, Page, Source, Word
from pipeline.structure import structure


@pytest.mark.parametrize(("confidence", "number"), [(0.91, "2004/KH-SYT"), (0.38, None), (None, "2004/KH-SYT")])
def test_a_number_that_the_engine_doubts_is_not_taken(confidence: float | None, number: str | None) -> None:
    texts = ["SỞ Y TẾ", "Số: 2004/KH-SYT", "KẾ HOẠCH", "Triển khai Tháng hành động năm 2017"]
    lines = []
    for i, text in enumerate(texts):
        words, at = [], 0
        for word in text.split():
            box = (100 + 12 * at, 100 + 50 * i, 100 + 12 * (at + len(word)), 130 + 50 * i)
            words.append(Word(word, at, confidence, box))
            at += len(word) + 1
        lines.append(Line(i + 1, text, tuple(words), (100, 100 + 50 * i, 100 + 12 * len(text), 130 + 50 * i)))
    page = Page(1, "scan", tuple(lines), 1654, 2339)
    plan = structure([page], Source(path="x.pdf", sha256="0", kind="scan", pages=1))
    assert plan.metadata.number == number
    assert ("number-unclear" in {w.code for w in plan.warnings}) is (number is None)
