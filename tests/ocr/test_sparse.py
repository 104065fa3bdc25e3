"""Pages of a few lines, drawn and real."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.model import PageImage, Word
from pipeline.ocr import tesseract
from pipeline.ocr.sparse import columns, with_blocks
from pipeline.options import Options

RESOURCES = Path(__file__).parents[1] / "resources"
FONT = ImageFont.load_default(30)
LEFT, RIGHT = ["Noi nhan:", "- Bo GD", "- Luu: VT."], ["GIAM DOC", "Nguyen Van H"]


def sheet(*placed: tuple[int, list[str]]) -> Image.Image:
    """Columns of lines, each from a left edge on."""
    page = Image.new("L", (1654, 2339), 235)
    draw = ImageDraw.Draw(page)
    for x, lines in placed:
        for n, text in enumerate(lines):
            draw.text((x, 300 + 60 * n), text, font=FONT, fill=20)
    return page


@pytest.mark.parametrize(
    ("page", "edges"),
    [
        (sheet((240, LEFT), (1000, RIGHT)), [240, 1000]),
        (sheet((240, [" ".join(LEFT) * 2])), [240]),  # no gap
        (sheet((240, LEFT)), [240]),
        (sheet(), []),
    ],
)
def test_columns(page: Image.Image, edges: list[int]) -> None:
    found = columns(page)
    assert [abs(box[0] - edge) < 30 for box, edge in zip(found, edges, strict=True)] == [True] * len(edges)


def words(*texts: tuple[str, float]) -> list[list[Word]]:
    return [[Word(text, 0, sure, (0, 40 * n, 100, 40 * n + 30))] for n, (text, sure) in enumerate(texts)]


@pytest.mark.parametrize(
    ("first", "again", "kept"),
    [
        (words(("Nha", 0.1)), words(("Noi", 0.9), ("nhan:", 0.9)), "again"),
        (words(("Noi", 0.9), ("nhan:", 0.9)), words(("Nha", 0.2)), "first"),
        (words(*[("lần", 0.3)] * 80), words(("Noi", 0.9)), "first"),  # not few: not even asked
    ],
)
def test_the_better_reading_is_kept(first: list[list[Word]], again: list[list[Word]], kept: str) -> None:
    asked: list[tuple[int, int]] = []

    def read(picture: Image.Image) -> list[list[Word]]:
        asked.append(picture.size)
        return again if len(asked) == 1 else []

    found = with_blocks(first, sheet((240, LEFT), (1000, RIGHT)), read)
    texts = [word.text for line in found for word in line]
    assert texts == [word.text for line in (again if kept == "again" else first) for word in line]
    assert len(asked) == (0 if len(first) > 60 else 2)


@pytest.mark.parametrize("size", [(1, 1), (99, 2000)])
def test_a_scrap_of_a_picture_is_left(size: tuple[int, int]) -> None:
    first = words(("Noi", 0.1))
    assert with_blocks(first, Image.new("L", size, 255), lambda picture: []) == first


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs Tesseract")
def test_the_last_page_of_a_photographed_plan() -> None:
    """Read as a whole, it is `PHÓ GIÁM ĐỐC` and little else."""
    with Image.open(RESOURCES / "last-page-by-phone.jpg") as image:
        page = tesseract.read(PageImage(4, np.asarray(image.convert("L")), 200), Options())
    texts = [line.text for line in page.lines]
    assert texts[0] == "Nơi nhận:"
    listed = {text.removeprefix("- ") for text in texts[1:8]}  # the engine loses a dash or two
    assert {"GĐ, các PGĐ Sở;", "Phòng VH-XH các xã, phường;", "Cổng TTĐT ngành;", "Lưu: VT, VP, CTTT."} <= listed
    assert {"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Trọng H"} <= set(texts)
