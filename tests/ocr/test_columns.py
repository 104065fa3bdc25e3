import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.model import PageImage, Word
from pipeline.ocr import tesseract
from pipeline.ocr.columns import with_columns_apart
from pipeline.options import Options

RESOURCES = Path(__file__).parents[1] / "resources"
PAGE = Image.new("L", (1200, 400), 255)


def line(y: int, *words: tuple[str, int, float]) -> list[Word]:
    """Words given by text, left edge and confidence; 12 pixels a letter, 30 high."""
    return [Word(text, 0, sure, (x, y, x + 12 * len(text), y + 30)) for text, x, sure in words]


def texts(lines: Sequence[Sequence[Word]]) -> list[str]:
    return [" ".join(word.text for word in line) for line in lines]


MIXED = [
    line(100, ("344m2)", 100, 0.0), ("lông", 300, 0.1), ("KT.", 800, 0.96), ("CHỦ", 860, 0.96), ("TỊCH", 920, 0.96)),
    line(135, ("q11", 100, 0.3), ("tỉnh;", 200, 0.6), ("PHÓ", 800, 0.96), ("CHỦ", 860, 0.96), ("TỊCH", 920, 0.96)),
]
PASSED_OVER = [
    line(100, ("TU", 100, 0.15), ("TM.", 800, 0.96), ("ỦY", 860, 0.96), ("BAN", 920, 0.96)),
    line(135, ("-", 100, 0.9), ("Thường", 130, 0.96), ("trực", 220, 0.96), ("Đảng", 290, 0.96), ("CHỦ", 860, 0.96)),
]
"""The first line of a column, unread, among well-read ones."""
SURE = [line(100, ("Nơi", 100, 0.9), ("KT.", 800, 0.9)), line(135, ("Lưu:", 100, 0.9), ("PHÓ", 800, 0.9))]
TEXT = [line(100, ("Tổ", 100, 0.2), ("chức", 140, 0.3), ("thực", 200, 0.4), ("hiện", 260, 0.5))]


def test_each_column_is_read_by_itself_and_kept_where_it_is_read_better() -> None:
    widths: list[int] = []

    def read(picture: Image.Image) -> list[list[Word]]:
        widths.append(picture.width)
        return [line(40, ("Nơi", 40, 0.95), ("nhận:", 90, 0.95))] if len(widths) == 1 else [line(40, ("KT", 40, 0.4))]

    found = with_columns_apart(MIXED, PAGE, read)
    assert texts(found) == ["Nơi nhận:", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert all(width < 700 for width in widths)
    assert found[0][0].bbox == (80, 95, 116, 125)  # back in the page's own pixels


def test_one_line_unread_is_enough() -> None:
    def read(picture: Image.Image) -> list[list[Word]]:
        return [line(40, ("Nơi", 40, 0.95), ("nhận:", 90, 0.95), ("Thường", 160, 0.95), ("trực", 250, 0.95))]

    assert texts(with_columns_apart(PASSED_OVER, PAGE, read))[0].startswith("Nơi nhận: Thường trực")


@pytest.mark.parametrize("lines", [SURE, TEXT, []], ids=["sure", "one column", "empty"])
def test_what_is_read_surely_or_stands_alone_is_not_read_again(lines: list[list[Word]]) -> None:
    def never(picture: Image.Image) -> list[list[Word]]:
        raise AssertionError("read again")

    assert with_columns_apart(lines, PAGE, never) == lines


@pytest.mark.ocr
@pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed")
def test_small_print_beside_the_large_print_of_a_signing_block() -> None:
    image = Image.open(RESOURCES / "mixed-columns.jpg").convert("L")
    page = tesseract.read(PageImage(2, np.asarray(image), 200), Options())
    found = [printed.text.replace(" ", "") for printed in page.lines]
    for expected in ("Nơi nhận:", "- Chủ tịch, các PCT UBND huyện;", "- Lưu: VT, NN.", "PHÓ CHỦ TỊCH"):
        assert expected.replace(" ", "") in found
