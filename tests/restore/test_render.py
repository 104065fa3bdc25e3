"""Confidence of words that the engine read with a confidence of its own."""

import pytest

from pipeline.model import Line, Page, Word
from pipeline.options import Options
from pipeline.restore import restore


def test_context_makes_no_figure_surer_than_the_engine_was() -> None:
    text = "Số: 4292 /BC-SYT"
    words = (Word("Số:", 0, 0.6), Word("4292", 4, 0.54), Word("/BC-SYT", 9, 0.9))
    ((page,), _) = restore([Page(1, "scan", (Line(1, text, words),))], Options(noise="vie"))
    by_text = {w.text: w.confidence for w in page.lines[0].words}
    assert by_text["4292"] == 0.54


@pytest.mark.parametrize(
    ("others", "odds", "confidence"),
    [
        (("2025.", "202B."), (0.6, 0.4), 0.625),  # other figures
        (("2028,", "2O28."), (0.6, 0.4), 0.84),  # other marks and letters only
        ((), (), 0.84),
    ],
)
def test_other_figures_that_the_engine_saw_are_doubt(
    others: tuple[str, ...], odds: tuple[float, ...], confidence: float
) -> None:
    words = (Word("năm", 0, 0.9), Word("2028.", 4, 0.84, (0, 0, 9, 9), others, odds))
    ((page,), _) = restore([Page(1, "scan", (Line(1, "năm 2028.", words),))], Options(noise="vie"))
    assert page.lines[0].words[1].confidence == pytest.approx(confidence)
