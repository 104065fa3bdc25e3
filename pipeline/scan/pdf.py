"""PDF files through poppler: facts first, then one page at a time."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import (
    DamagedInputError,
    EncryptedPdfError,
    ImageTooLargeError,
    MissingDependencyError,
    NoPagesError,
    PageError,
    install_hint,
)
from pipeline.scan.clean import to_grey
from pipeline.scan.images import own_limit

if TYPE_CHECKING:
    from PIL import Image

TIMEOUT = 20
"""Seconds that poppler may take for one page; a scan takes a fifth of one, a large map some."""
_POINTS = 72
_LAST = 2**31 - 1
_COVERED = 0.6
_NO_PAGES = "last page (0)"
_SIZE = re.compile(r"([\d.]+) x ([\d.]+)")
_ON_ITS_SIDE = ("90", "270")
_TURN = re.compile(r"Page +(\d+) rot")


def page_sizes(path: Path) -> list[tuple[float, float]]:
    """Width and height of every page in points, as it is shown: turned, and cut to its crop box.

    Raises:
        EncryptedPdfError: a password is needed.
        DamagedInputError: poppler finds no PDF in the file.
        NoPagesError: it has no pages.
        MissingDependencyError: poppler is not installed.
    """
    facts = _facts(path)
    count = facts.get("Pages", 0)
    if not isinstance(count, int) or count < 1:
        raise NoPagesError(f"{path}: the PDF has no pages.")
    rows = [(match[1], str(value)) for key, value in facts.items() if (match := re.fullmatch(r"Page +(\d+) size", key))]
    turned = {
        match[1] for key, value in facts.items() if str(value) in _ON_ITS_SIDE and (match := _TURN.fullmatch(key))
    }
    sizes = ((number, _SIZE.match(value)) for number, value in rows)
    found = [(float(s[1 + (n in turned)]), float(s[2 - (n in turned)])) for n, s in sizes if s]
    if len(found) != count:
        raise DamagedInputError(f"{path}: only {len(found)} of its {count} pages can be found.")
    return found


def _facts(path: Path) -> dict[str, object]:
    """What pdfinfo says of the document and the size of every page."""
    import pdf2image
    from pdf2image import exceptions

    try:
        facts: dict[str, object] = pdf2image.pdfinfo_from_path(
            str(path), timeout=TIMEOUT, first_page=1, last_page=_LAST
        )
    except exceptions.PDFInfoNotInstalledError as error:
        raise MissingDependencyError(f"poppler is not installed. {install_hint('pdfinfo')}") from error
    except exceptions.PDFPopplerTimeoutError as error:
        raise DamagedInputError(f"{path}: pdfinfo found no end in {TIMEOUT} s.") from error
    except (exceptions.PDFPageCountError, ValueError) as error:
        if "password" in str(error).lower():
            raise EncryptedPdfError(
                f"{path}: asks for a password. Remove it first: qpdf --decrypt --password=PASSWORD {path.name} open.pdf"
            ) from error
        if _NO_PAGES in str(error) and _is_whole(path):
            raise NoPagesError(f"{path}: the PDF has no pages.") from error
        raise DamagedInputError(f"{path}: cannot be read as a PDF. qpdf or mutool clean may repair it.") from error
    return facts


def _is_whole(path: Path) -> bool:
    """False for a PDF that was cut off: its end-of-file mark is missing (ISO 32000-1, 7.5.5)."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 1024))
        return b"%%EOF" in file.read()


def check_size(size: tuple[float, float], dpi: int, max_pixels: int) -> None:
    """Refuse a page that would become too large an image.

    Args:
        size: width and height in points.
        dpi: at which it is to be rendered.
        max_pixels: the most allowed.

    Raises:
        ImageTooLargeError: it would.
    """
    pixels = size[0] * size[1] * (dpi / _POINTS) ** 2
    if pixels > max_pixels:
        raise ImageTooLargeError(
            f"a page of {size[0]:.0f} x {size[1]:.0f} points has {pixels:,.0f} pixels at {dpi} dpi; {max_pixels:,} are "
            f"allowed. Lower dpi or, if it is no decompression bomb, allow more (max_pixels)."
        )


def render(path: Path, number: int, dpi: int) -> Image.Image:
    """Page `number` (from 1) as a grey image without coloured stamps; ask `check_size` first.

    Raises:
        PageError: poppler cannot render it.
        MissingDependencyError: poppler is not installed.
    """
    import numpy as np
    import pdf2image
    from pdf2image import exceptions
    from PIL import Image

    try:
        with own_limit():
            images = pdf2image.convert_from_path(
                str(path), dpi=dpi, first_page=number, last_page=number, timeout=TIMEOUT, use_cropbox=True
            )
    except exceptions.PDFInfoNotInstalledError as error:
        raise MissingDependencyError(f"poppler is not installed. {install_hint('pdftoppm')}") from error
    except exceptions.PDFPopplerTimeoutError as error:
        raise PageError(f"page {number}: not rendered within {TIMEOUT} s") from error
    except (exceptions.PDFPageCountError, OSError, ValueError) as error:
        raise PageError(f"page {number}: cannot be rendered ({error})") from error
    if not images:
        raise PageError(f"page {number}: cannot be rendered")
    return Image.fromarray(to_grey(np.asarray(images[0]), dpi))


def is_scanned(path: Path, number: int, size: tuple[float, float]) -> bool:
    """Whether images cover most of a page of `size` points (one, or strips): then an OCR engine made its text."""
    command = ["pdfimages", "-list", "-f", str(number), "-l", str(number), str(path)]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False).stdout
    except FileNotFoundError as error:
        raise MissingDependencyError(f"poppler is not installed. {install_hint('pdfimages')}") from error
    except subprocess.TimeoutExpired:
        return True
    return sum(image_shares(listed, size)) >= _COVERED


def image_shares(listed: str, size: tuple[float, float]) -> list[float]:
    """The shares of a page of `size` points that its images cover, from the output of `pdfimages -list`."""
    rows = (row.split() for row in listed.splitlines()[2:])
    images = (row for row in rows if len(row) >= 14 and row[2] in ("image", "stencil"))
    return [
        (int(row[3]) * _POINTS / max(1, int(row[12])))
        * (int(row[4]) * _POINTS / max(1, int(row[13])))
        / max(1.0, size[0] * size[1])
        for row in images
    ]
