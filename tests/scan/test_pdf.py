import shutil
from pathlib import Path

import pytest

from pipeline.errors import MissingDependencyError
from pipeline.model import Page, PageImage
from pipeline.options import Options
from pipeline.scan import open_scan, pages
from pipeline.scan.pdf import image_shares, page_sizes

RESOURCES = Path(__file__).parents[1] / "resources"


def test_text_of_a_layer_with_its_places() -> None:
    options = Options(dpi=144)
    (page,) = pages(open_scan(RESOURCES / "good-text-layer.pdf", options), options)
    assert isinstance(page, Page)
    assert [line.text for line in page.lines][:2] == ["ỦY BAN NHÂN DÂN", "KẾ HOẠCH"]
    assert (page.width, page.height) == (1190, 1684)
    word = page.lines[0].words[1]
    assert (word.text, word.start) == ("BAN", 3)
    assert word.bbox is not None
    assert 120 < word.bbox[0] < word.bbox[2] < 400


def test_page_is_rendered_grey_at_the_resolution_asked_for() -> None:
    options = Options(dpi=72, text_layer="never")
    (page,) = pages(open_scan(RESOURCES / "good-text-layer.pdf", options), options)
    assert isinstance(page, PageImage)
    assert (page.number, page.dpi, page.image.mode, page.image.size) == (1, 72, "L", (595, 842))


def test_page_too_large_is_an_error_of_its_own(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for name in ("good-text-layer.pdf", "huge-page.pdf"):
        writer.add_page(PdfReader(RESOURCES / name).pages[0])
    path = tmp_path / "two.pdf"
    writer.write(path)
    options = Options(text_layer="never")
    first, second = pages(open_scan(path, options), options)
    assert isinstance(first, PageImage)
    assert isinstance(second, Page)
    assert "page 2" in (second.error or "")


def test_without_poppler(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("pdfinfo") is None
    with pytest.raises(MissingDependencyError, match="apt-get install poppler-utils"):
        page_sizes(RESOURCES / "good-text-layer.pdf")


def test_share_of_the_page_that_images_cover() -> None:
    listed = """page   num  type   width height color comp bpc  enc interp  object ID x-ppi y-ppi size ratio
--------------------------------------------------------------------------------------------
   1     0 image    1985  2804  rgb     3   8  jpeg   no        10  0   240   240  342K 2.1%
   1     1 image     744   685  rgb     3   8  image  no        17  0   391   391  373K  25%
   1     2 smask     744   685  gray    1   8  image  no        17  0   391   391 40.9K 8.2%
"""
    large, small = image_shares(listed, (595, 841))
    assert large == pytest.approx(1.0, abs=0.01)
    assert small == pytest.approx(0.035, abs=0.005)
    assert image_shares("", (595, 841)) == []
