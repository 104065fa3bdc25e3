"""Pages read by the real engine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.evaluate.text import wer
from pipeline.model import Page, PageImage
from pipeline.ocr import engine_for
from pipeline.options import Options
from pipeline.scan import open_scan, pages

SAMPLE = Path("samples/scan-office.pdf")


@pytest.fixture(scope="module")
def image() -> PageImage:
    """The second page of a scan, 200 dots an inch."""
    options = Options()
    found = [page for page in pages(open_scan(SAMPLE, options), options) if isinstance(page, PageImage)]
    return found[1]


def read(image: PageImage, factor: float) -> Page:
    size = round(image.image.width * factor), round(image.image.height * factor)
    picture = image.image.resize(size, Image.Resampling.LANCZOS)
    return engine_for(Options()).read(PageImage(image.number, np.asarray(picture), image.dpi), Options())


def text(page: Page) -> str:
    return "\n".join(line.text for line in page.lines)


def test_print_much_too_small_or_large_is_read_at_the_best_size(image: PageImage) -> None:
    """As of a file that tells a wrong resolution, or a table in small print."""
    whole = read(image, 1.0)
    small, large = read(image, 0.5), read(image, 2.0)
    assert whole.width == image.image.width
    assert abs(small.width - whole.width) < 0.12 * whole.width
    assert wer(text(whole), text(small)) < 0.02  # read small it is 0.03
    assert wer(text(whole), text(large)) < 0.015
