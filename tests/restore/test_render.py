"""Confidence of words that the engine read with a confidence of its own."""

from pipeline.model import Line, Page, Word
from pipeline.options import Options
from pipeline.restore import restore


def test_context_makes_no_figure_surer_than_the_engine_was() -> None:
    text = "Số: 4292 /BC-SYT"
    words = (Word("Số:", 0, 0.6), Word("4292", 4, 0.54), Word("/BC-SYT", 9, 0.9))
    ((page,), _) = restore([Page(1, "scan", (Line(1, text, words),))], Options(noise="vie"))
    by_text = {w.text: w.confidence for w in page.lines[0].words}
    assert by_text["4292"] == 0.54
