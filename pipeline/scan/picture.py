"""A page as a PDF of one page that holds nothing but its picture, in colour, as large as the page."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import MissingDependencyError, PageError, install_hint
from pipeline.scan.clean import ORIENTATION, as_a4, resolution, sheet, upright
from pipeline.scan.images import opened
from pipeline.scan.pdf import TIMEOUT
from pipeline.scan.source import Scan

if TYPE_CHECKING:
    from PIL import Image

_POINTS = 72
_DPI = 200
_QUALITY = 88


def picture(scan: Scan, number: int, max_pixels: int) -> bytes:
    """Page `number` (from 1) of an image file (without loss unless it is a photograph), or of a PDF at 200 dpi.

    Raises:
        PageError: it cannot be drawn.
        DamagedInputError, ImageTooLargeError: of an image.
        MissingDependencyError: poppler is not installed.
    """
    import img2pdf

    if scan.kind == "pdf":
        drawn, dpi = _drawn(scan.path, number), (float(_DPI), float(_DPI))
    else:
        with opened(scan.path, number - 1, max_pixels) as image:
            drawn, dpi = _of_image(image, scan.path)
    layout = img2pdf.get_fixed_dpi_layout_fun(dpi)
    try:
        return bytes(img2pdf.convert(drawn, layout_fun=layout, rotation=img2pdf.Rotation.none))
    except (ValueError, img2pdf.ImageOpenError) as error:  # among others: smaller than a PDF page may be
        raise PageError(f"page {number}: has no place in a PDF ({error})") from error


def _of_image(image: Image.Image, path: Path) -> tuple[bytes, tuple[float, float]]:
    """A frame as it was read: upright, of a photograph only the sheet, and its resolution; a plain JPEG as it is."""
    across, down = resolution(image)
    image.load()
    turned = upright(image)
    if (turned.width > turned.height) != (image.width > image.height):
        across, down = down, across
    flat = sheet(turned)
    if flat is not turned:
        out = io.BytesIO()
        flat.save(out, "JPEG", quality=_QUALITY)
        return out.getvalue(), (as_a4(flat.size), as_a4(flat.size))
    if image.format == "JPEG" and ORIENTATION not in image.getexif() and image.mode in ("L", "RGB"):
        return path.read_bytes(), (across, down)
    return _encoded(turned), (across, down)


def _encoded(page: Image.Image) -> bytes:
    """A frame, on white paper, as TIFF of fax coding (two tones) or PNG."""
    from PIL import Image

    out = io.BytesIO()
    if page.mode == "1":
        page.save(out, "TIFF", compression="group4")
        return out.getvalue()
    if page.mode in ("LA", "PA", "RGBA") or "transparency" in page.info:
        clear = page.convert("RGBA")
        page = Image.new("RGB", clear.size, "white")
        page.paste(clear, mask=clear.getchannel("A"))
    if page.mode.startswith("I"):  # 16 or 32 bits a pixel
        page = page.convert("I").point(lambda value: value / 256)
    page.convert("L" if page.mode in ("L", "I") else "RGB").save(out, "PNG")
    return out.getvalue()


def _drawn(path: Path, number: int) -> bytes:
    """A page of a PDF as JPEG."""
    command = ["pdftoppm", "-r", str(_DPI), "-f", str(number), "-l", str(number), "-cropbox", "-jpeg", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False)
    except FileNotFoundError as error:
        raise MissingDependencyError(f"poppler is not installed. {install_hint('pdftoppm')}") from error
    except subprocess.TimeoutExpired as error:
        raise PageError(f"page {number}: not rendered within {TIMEOUT} s") from error
    if not done.stdout:
        raise PageError(f"page {number}: cannot be rendered")
    return done.stdout
