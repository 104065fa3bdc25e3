"""The searchable PDF, read back with poppler."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from pipeline.export.searchable import write_searchable
from pipeline.model import Bbox, Line, Page, Word
from pipeline.options import Options
from pipeline.process import process
from pipeline.scan import open_scan, picture

RESOURCES = Path(__file__).parents[2] / "resources"
LAYERS = RESOURCES / "layers"
SAMPLES = Path(__file__).parents[3] / "samples"
WORDS = {
    "Ủy": (100, 200, 180, 240),
    "ban": (200, 200, 290, 240),
    "nhân^1": (310, 200, 470, 240),
    "dân": (100, 900, 190, 940),
}
Places = list[tuple[str, tuple[float, float, float, float]]]


def page(width: int, height: int, turn: int = 0, number: int = 1) -> Page:
    words = [Word(text, 0, 0.9, box) for text, box in WORDS.items()]
    lines = (Line(1, "Ủy ban nhân^1", tuple(words[:3])), Line(2, "dân", (words[3],)))
    return Page(number, "scan", lines, width, height, turn=turn)


def found(path: Path) -> Places:
    """Words and boxes in points of the page as it is shown."""
    said = subprocess.run(
        ["pdftotext", "-cropbox", "-bbox", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    rows = re.findall(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>', said)
    return [(row[4], (float(row[0]), float(row[1]), float(row[2]), float(row[3]))) for row in rows]


def text(path: Path, *options: str) -> str:
    return subprocess.run(["pdftotext", *options, path, "-"], capture_output=True, text=True, check=True).stdout


def turned_back(box: Bbox, turn: int, width: int, height: int) -> tuple[int, int, int, int]:
    """A box of a page that was turned counter-clockwise, on the page as it was shown before."""
    x0, y0, x1, y1 = box
    return {
        0: (x0, y0, x1, y1),
        90: (height - y1, x0, height - y0, x1),
        180: (width - x1, height - y1, width - x0, height - y0),
        270: (y0, width - x1, y1, width - x0),
    }[turn]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [(0, 0, 600, 800), (50, 70, 550, 770)])
def test_words_stand_in_their_places(turn: int, rotate: int, crop: tuple[int, ...], tmp_path: Path) -> None:
    source, target = tmp_path / "in.pdf", tmp_path / "out.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(600, 800))
        pdf.pages[0].CropBox = pikepdf.Array(crop)
        pdf.pages[0].Rotate = rotate
        pdf.save(source)
    shown = (crop[2] - crop[0], crop[3] - crop[1])
    if rotate in (90, 270):
        shown = shown[::-1]
    width, height = (2 * side for side in (shown[::-1] if turn in (90, 270) else shown))  # 144 dpi, as read
    write_searchable(target, [page(width, height, turn)], source, lambda number: b"")
    places = dict(found(target))
    assert set(places) == {"Ủy", "ban", "nhân¹", "dân"}
    for word, box in WORDS.items():
        expected = [value / 2 for value in turned_back(box, turn, width, height)]
        assert places[word.replace("^1", "¹")] == pytest.approx(expected, abs=1.5)


def test_lines_stay_lines(tmp_path: Path) -> None:
    write_searchable(tmp_path / "x.pdf", [page(1190, 1684)], LAYERS / "no-layer.pdf", lambda number: b"")
    assert text(tmp_path / "x.pdf").split("\n")[:3] == ["Ủy ban nhân¹", "", "dân"]
    assert "Ủy ban nhân¹\ndân" in text(tmp_path / "x.pdf", "-raw")


def test_picture_stays_as_it_was(tmp_path: Path) -> None:
    write_searchable(tmp_path / "x.pdf", [page(1190, 1684)], LAYERS / "no-layer.pdf", lambda number: b"")
    drawn = [
        subprocess.run(["pdftoppm", "-r", "50", path], capture_output=True, check=True).stdout
        for path in (tmp_path / "x.pdf", LAYERS / "no-layer.pdf")
    ]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize(
    "name",
    [
        "engine-without-vietnamese-over-scan",
        "engine-without-vietnamese-digital",
        "accents-lost-over-scan",
        "codes-without-tounicode",
        "thin-over-scan",
        "watermark-only-over-scan",
        "junk-invisible",
        "blank-layer",
        "rotated",
        "scan-in-strips",
    ],
)
def test_a_layer_that_was_not_used_is_found_no_more(name: str, tmp_path: Path) -> None:
    source, target = LAYERS / f"{name}.pdf", tmp_path / "x.pdf"
    scan = open_scan(source, Options())
    size = (1684, 1190) if name == "rotated" else (1190, 1684)
    write_searchable(target, [page(*size)], source, lambda number: picture(scan, number, 10**8))
    assert text(target).split() == ["Ủy", "ban", "nhân¹", "dân"]
    before, after = (
        Image.open(
            io.BytesIO(subprocess.run(["pdftoppm", "-r", "20", "-gray", p], capture_output=True, check=True).stdout)
        )
        for p in (source, target)
    )
    assert before.size == after.size
    assert sum(abs(a - b) for a, b in zip(before.tobytes(), after.tobytes(), strict=True)) < 10 * len(before.tobytes())


def test_text_in_a_form_is_found_no_more(tmp_path: Path) -> None:
    with pikepdf.open(LAYERS / "engine-without-vietnamese-over-scan.pdf") as pdf:
        first = pdf.pages[0]
        form = pdf.make_stream(first.Contents.read_bytes())
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox, form.Resources = first.MediaBox, first.Resources
        first.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
        first.Contents = pdf.make_stream(b"q /F Do Q")
        pdf.save(tmp_path / "in.pdf")
    write_searchable(tmp_path / "x.pdf", [page(1190, 1684)], tmp_path / "in.pdf", lambda number: b"")
    assert text(tmp_path / "x.pdf").split() == ["Ủy", "ban", "nhân¹", "dân"]


def test_more_characters_than_a_font_holds(tmp_path: Path) -> None:
    many = "".join(map(chr, range(0x1E00, 0x1EFF))) + "".join(map(chr, range(0x400, 0x450)))
    words = tuple(Word(many[n : n + 10], 0, None, (100, 50 + 4 * n, 600, 80 + 4 * n)) for n in range(0, len(many), 10))
    lines = tuple(Line(n, word.text, (word,)) for n, word in enumerate(words, 1))
    write_searchable(
        tmp_path / "x.pdf", [Page(1, "scan", lines, 1190, 1684)], LAYERS / "no-layer.pdf", lambda number: b""
    )
    assert "".join(text(tmp_path / "x.pdf", "-raw").split()) == many


def test_pages_with_a_good_layer_are_not_touched_and_failed_ones_stay(tmp_path: Path) -> None:
    pages = [
        Page(1, "text_layer", (Line(1, "anders"),), 1190, 1684),
        page(1190, 1684, number=2),
        Page(3, "scan", (), error="not read"),
        Page(4, "text_layer", (), 1190, 1684),
    ]
    write_searchable(tmp_path / "x.pdf", pages, LAYERS / "mixed-pages.pdf", lambda number: b"")
    parts = text(tmp_path / "x.pdf").split("\f")
    assert "KẾ HOẠCH" in parts[0]
    assert "Ủy ban nhân¹" in parts[1]
    assert parts[2].strip() == ""
    assert "KẾ HOẠCH" in parts[3]


def test_an_old_encoding_is_found_in_unicode(tmp_path: Path) -> None:
    document = process(LAYERS / "tcvn3.pdf", tmp_path, Options(pdf=True))
    result = text(tmp_path / "tcvn3" / "tcvn3.pdf")
    assert document.pages[0].decoded
    assert "KẾ HOẠCH" in result
    assert "HO¹CH" not in result


@pytest.mark.parametrize(
    ("name", "count", "size"),
    [
        ("multipage.tiff", 3, (58, 79)),
        ("transparent.png", 1, None),
        ("rotated-exif.jpg", 1, None),
        ("fax-oblong-pixels.tiff", 1, (152, 202)),
        ("red-stamp.png", 1, None),
    ],
)
def test_images_become_pages(name: str, count: int, size: tuple[float, float] | None, tmp_path: Path) -> None:
    scan = open_scan(RESOURCES / name, Options())
    pages = [
        Page(n, "scan", (Line(1, "dân", (Word("dân", 0, 1.0, (20, 100, 80, 120)),)),), 160, 220)
        for n in range(1, count + 1)
    ]
    target = tmp_path / "x.pdf"
    write_searchable(target, pages, None, lambda number: picture(scan, number, 10**8))
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == count
        x0, y0, x1, y1 = (float(v) for v in pdf.pages[0].mediabox)
        assert x1 - x0 < y1 - y0 or "fax" in name
        if size:
            assert (x1 - x0, y1 - y0) == pytest.approx(size, abs=1)
    assert text(target).split() == ["dân"] * count


def test_a_pdf_that_only_poppler_can_open(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    one = io.BytesIO()
    with pikepdf.open(LAYERS / "no-layer.pdf") as pdf:
        pdf.save(one)
    write_searchable(tmp_path / "x.pdf", [page(1190, 1684)], broken, lambda number: one.getvalue())
    assert "Ủy ban" in text(tmp_path / "x.pdf")


@pytest.mark.ocr
def test_the_whole_command(tmp_path: Path) -> None:
    scan = tmp_path / "Kế hoạch.pdf"
    shutil.copy(SAMPLES / "scan-office.pdf", scan)
    document = process(scan, tmp_path / "out", Options(pdf=True))
    target = tmp_path / "out" / "Kế hoạch" / "Kế hoạch.pdf"
    words = [w.text for p in document.pages for n in p.lines for w in n.words]
    there = text(target).split()
    missing = [w for w in words if "^" not in w and w not in there]
    assert len(missing) <= 0.01 * len(words), missing
    first = next(w for w in document.pages[0].lines[0].words if len(w.text) > 2)
    assert first.bbox is not None
    places = [box for word, box in found(target) if word == first.text]
    expected = [value * 72 / 200 for value in first.bbox]
    assert any(place == pytest.approx(expected, abs=4) for place in places)


@pytest.mark.ocr
def test_a_photograph_becomes_the_sheet_that_was_read(tmp_path: Path) -> None:
    document = process(SAMPLES / "photo-phone.jpg", tmp_path, Options(pdf=True))
    target = tmp_path / "photo-phone" / "photo-phone.pdf"
    read = document.pages[0]
    with pikepdf.open(target) as pdf:
        x0, y0, x1, y1 = (float(value) for value in pdf.pages[0].mediabox)
    assert (x1 - x0) / (y1 - y0) == pytest.approx(read.width / read.height, abs=0.02)
    assert text(target).split()[:3] == [word.text for line in read.lines for word in line.words][:3]
