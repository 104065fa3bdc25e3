"""The searchable PDF in PDFium, the viewer of Chrome and Edge: words are found in their places, nothing is seen."""

from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from pipeline.export.searchable import write_searchable
from pipeline.model import Line, Page, Word
from pipeline.options import Options
from pipeline.scan import open_scan, picture

SAMPLES = Path(__file__).parents[3] / "samples"
SHOWN = {
    "Ủy": (100, 200, 180, 240),
    "ban": (200, 200, 290, 240),
    "nhân": (310, 200, 470, 240),
    "dân": (100, 260, 190, 300),
}
TOPS = (200, 260)


def write(target: Path, shown: dict[str, tuple[int, int, int, int]]) -> Path:
    """A scan of an office with words laid over its first page, as if read at 200 dpi."""
    source, options = SAMPLES / "scan-office.pdf", Options()
    lines = [[Word(text, 0, 0.9, box) for text, box in shown.items() if box[1] == top] for top in TOPS]
    scan = open_scan(source, options)
    read = tuple(Line(n, " ".join(w.text for w in line), tuple(line)) for n, line in enumerate(lines, 1))
    pages = [Page(1, "scan", read, 1654, 2339)]
    write_searchable(target, pages, source, lambda number: picture(scan, number, options.max_pixels))
    return target


@pytest.mark.parametrize(("sought", "words"), [("Ủy ban nhân", ["Ủy", "ban", "nhân"]), ("dân", ["dân"])])
def test_found_where_it_is_printed(tmp_path: Path, sought: str, words: list[str]) -> None:
    page = pypdfium2.PdfDocument(write(tmp_path / "out.pdf", SHOWN))[0]
    text = page.get_textpage()
    start, count = text.search(sought).get_next()
    boxes = [text.get_charbox(start + n, loose=True) for n in range(count) if sought[n] != " "]
    left, bottom = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, top = max(b[2] for b in boxes), max(b[3] for b in boxes)
    x0, y0 = min(SHOWN[w][0] for w in words), min(SHOWN[w][1] for w in words)
    x1, y1 = max(SHOWN[w][2] for w in words), max(SHOWN[w][3] for w in words)
    width, height = page.get_size()
    expected = (x0 * width / 1654, height - y1 * height / 2339, x1 * width / 1654, height - y0 * height / 2339)
    assert (left, bottom, right, top) == pytest.approx(expected, abs=4)


def test_nothing_is_seen_of_it(tmp_path: Path) -> None:
    without, with_words = (
        pypdfium2.PdfDocument(write(tmp_path / f"{len(shown)}.pdf", shown))[0].render(scale=1).to_numpy()
        for shown in ({".": (0, 200, 1, 201)}, SHOWN)
    )
    assert np.array_equal(without, with_words)
