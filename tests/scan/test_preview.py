"""Pages as people see them."""

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from pipeline.options import Options
from pipeline.scan import open_scan, previews

needs_poppler = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs poppler")
PDFS = [pytest.param(name, marks=needs_poppler) for name in ("good-text-layer.pdf", "owner-password-only.pdf")]
IMAGES = ["multipage.tiff", "fax-oblong-pixels.tiff", "rotated-exif.jpg", "transparent.png", "red-stamp.png"]


def shown(path: Path) -> list[Image.Image | None]:
    found = previews(open_scan(path, Options()), 120_000_000)
    return [Image.open(io.BytesIO(jpeg)) if jpeg else None for jpeg in found]


def colours(image: Image.Image) -> set[tuple[int, ...]]:
    """Every colour of it."""
    flat = image.convert("RGB").tobytes()
    return set(zip(flat[::3], flat[1::3], flat[2::3], strict=True))


@pytest.mark.parametrize("name", [*PDFS, *IMAGES])
def test_every_page_is_shown_small(name: str, resources: Path) -> None:
    made = shown(resources / name)
    assert len(made) == open_scan(resources / name, Options()).page_count
    for image in made:
        assert image is not None
        assert image.format == "JPEG"
        assert max(image.size) <= 1200


def test_a_stamp_stays_red(resources: Path) -> None:
    (image,) = shown(resources / "red-stamp.png")
    assert image is not None
    assert any(red - blue > 60 for red, _, blue in colours(image))


def test_what_is_transparent_is_paper(resources: Path) -> None:
    (image,) = shown(resources / "transparent.png")
    assert image is not None
    assert max(min(colour) for colour in colours(image)) > 240


def test_text_has_no_picture_and_a_damaged_page_none(resources: Path) -> None:
    assert shown(resources / "crlf.txt") == [None] * open_scan(resources / "crlf.txt", Options()).page_count
    assert shown(resources / "damaged-cut.jpg") == [None]
