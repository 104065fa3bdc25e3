import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytesseract
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.errors import MissingDependencyError, PageError
from pipeline.layout import arrange
from pipeline.model import Page, PageImage
from pipeline.ocr import hocr, read_pages, tesseract
from pipeline.ocr.noise import tidy
from pipeline.options import Options
from pipeline.scan import open_scan, pages

ROOT = Path(__file__).parents[2]
REPLIES = ROOT / "tests" / "resources" / "ocr"
A4 = (1654, 2339)
has_tesseract = shutil.which("tesseract") is not None
ocr = [pytest.mark.ocr, pytest.mark.skipif(not has_tesseract, reason="Tesseract is not installed")]


def replay(name: str) -> list[str]:
    lines = tidy(hocr.parse((REPLIES / f"{name}.hocr").read_text("utf-8")))
    return [line.text for line in arrange(lines, *A4)]


def test_recorded_header_left_column_first() -> None:
    assert replay("office-header-footnote")[:7] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH TUYÊN QUANG",
        "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Tuyên Quang, ngày 08 tháng 01 năm 2025",
        "KẾ HOẠCH",
    ]


def test_recorded_end_block_recipients_first() -> None:
    lines = replay("fax-endblock")
    end = lines[next(n for n, text in enumerate(lines) if text.startswith("Nơi nhận")) :]
    order = [
        next(n for n, text in enumerate(end) if mark in text)
        for mark in ("BCH PCTT", "Lưu", "TM.", "CHỦ TỊCH", "Nguyễn")
    ]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (RuntimeError("Tesseract process timeout"), "page 3: not read within 5 s"),
        (pytesseract.TesseractError(-11, "crashed"), "page 3: Tesseract failed"),
    ],
)
def test_faults_are_page_errors(monkeypatch: pytest.MonkeyPatch, fault: Exception, says: str) -> None:
    def fail(*args: object, **kwargs: object) -> str:
        raise fault

    monkeypatch.setattr(pytesseract, "image_to_pdf_or_hocr", fail)
    with pytest.raises(PageError, match=says):
        tesseract.read(PageImage(3, np.zeros((9, 9), np.uint8), 200), Options(page_timeout=5))


def test_missing_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "no-such-tesseract")
    with pytest.raises(MissingDependencyError, match="apt-get install tesseract-ocr"):
        tesseract.check("vie")


def test_stop_ends_our_own_tesseract_and_nothing_else(tmp_path: Path) -> None:
    fake = tmp_path / "tesseract"
    fake.symlink_to("/bin/sleep")
    ours, other = subprocess.Popen([fake, "60"]), subprocess.Popen(["/bin/sleep", "60"])
    try:
        tesseract.stop()
        assert ours.wait(5) != 0
        assert other.poll() is None
    finally:
        for child in (ours, other):
            child.kill()
            child.wait()


class TestReal:
    pytestmark = ocr

    def test_missing_language(self) -> None:
        with pytest.raises(MissingDependencyError, match="tesseract-ocr-xyz"):
            tesseract.check("vie+xyz")

    def test_version(self) -> None:
        assert tesseract.version()[0].isdigit()

    def test_reads_a_sample_with_its_footnote(self) -> None:
        options = Options(dpi=200)
        first = next(iter(pages(open_scan(ROOT / "samples" / "scan-office.pdf", options), options)))
        (page,) = read_pages([first], tesseract, options)
        texts = [line.text for line in page.lines]
        assert texts[0] == "ỦY BAN NHÂN DÂN"
        assert any("y tế xã^1;" in text for text in texts)
        assert any(text.startswith("^1 Ban hành kèm theo") for text in texts)
        assert os.environ["OMP_THREAD_LIMIT"]

    def test_reads_a_table_by_rows(self) -> None:
        options = Options(dpi=200)
        *_, last = pages(open_scan(ROOT / "samples" / "scan-stamped-table.pdf", options), options)
        (page,) = read_pages([last], tesseract, options)
        text = " ".join(line.text for line in page.lines)
        assert "Tổ chức hội nghị triển khai, tập huấn Phòng Văn hóa" in text.replace("Tố", "Tổ")

    def test_time_limit(self) -> None:
        font = ImageFont.load_default(30)
        image = Image.new("L", A4, 255)
        for y in range(100, 2200, 50):
            ImageDraw.Draw(image).text((100, y), "Ban hanh ke hoach trien khai " * 3, font=font, fill=0)
        (page,) = read_pages([PageImage(1, np.asarray(image), 200)], tesseract, Options(page_timeout=0.05))
        assert isinstance(page, Page)
        assert "not read within" in (page.error or "")
