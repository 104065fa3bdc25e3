"""A page as a PDF of one page that holds nothing but its picture, in colour, as large as the page."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import MissingDependencyError, PageError, install_hint
from pipeline.scan.clean import resolution
from pipeline.scan.images import opened
from pipeline.scan.pdf import TIMEOUT
from pipeline.scan.source import Scan

if TYPE_CHECKING:
    from PIL import Image

_POINTS = 72
_DPI = 200
_ORIENTATION = 0x0112


def picture(scan: Scan, number: int, max_pixels: int) -> bytes:
    """Page `number` (from 1) of an image file without loss, of a PDF at 200 dpi.

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
            dpi = resolution(image)
            whole = image.format == "JPEG" and _ORIENTATION not in image.getexif() and image.mode in ("L", "RGB")
            drawn = scan.path.read_bytes() if whole else _encoded(image)
            if image.getexif().get(_ORIENTATION, 1) > 4:
                dpi = dpi[::-1]
    layout = img2pdf.get_fixed_dpi_layout_fun(dpi)
    try:
        return bytes(img2pdf.convert(drawn, layout_fun=layout, rotation=img2pdf.Rotation.none))
    except (ValueError, img2pdf.ImageOpenError) as error:  # among others: smaller than a PDF page may be
        raise PageError(f"page {number}: has no place in a PDF ({error})") from error


def _encoded(image: Image.Image) -> bytes:
    """A frame, upright and on white paper, as TIFF of fax coding (two tones) or PNG."""
    from PIL import Image, ImageOps

    image.load()
    upright = ImageOps.exif_transpose(image)
    out = io.BytesIO()
    if upright.mode == "1":
        upright.save(out, "TIFF", compression="group4")
        return out.getvalue()
    if upright.mode in ("LA", "PA", "RGBA") or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        upright = Image.new("RGB", clear.size, "white")
        upright.paste(clear, mask=clear.getchannel("A"))
    if upright.mode.startswith("I"):  # 16 or 32 bits a pixel
        upright = upright.convert("I").point(lambda value: value / 256)
    upright.convert("L" if upright.mode in ("L", "I") else "RGB").save(out, "PNG")
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
