"""Pages as people see them: small, in colour, with their stamps."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import KehoachError
from pipeline.scan.clean import resolution, square, upright
from pipeline.scan.images import opened
from pipeline.scan.pdf import TIMEOUT
from pipeline.scan.source import Scan

_LONGEST = 1200
"""Pixels of the longer side: about 100 dpi for A4."""
_QUALITY = 60


def previews(scan: Scan, max_pixels: int) -> Iterator[bytes | None]:
    """A JPEG of every page in order, one at a time; None for a page of text, and for one that cannot be shown.

    Args:
        scan: as `open_scan` gave it.
        max_pixels: the largest image accepted.
    """
    for number in range(1, scan.page_count + 1):
        if scan.kind == "pdf":
            yield _of_pdf(scan.path, number)
        else:
            yield _of_image(scan.path, number, max_pixels) if scan.kind == "image" else None


def _of_pdf(path: Path, number: int) -> bytes | None:
    page = ["-f", str(number), "-l", str(number), "-cropbox", "-scale-to", str(_LONGEST)]
    command = ["pdftoppm", "-q", "-jpeg", "-jpegopt", f"quality={_QUALITY}", *page, str(path)]
    try:
        return subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False).stdout or None
    except (OSError, subprocess.TimeoutExpired):
        return None


def _of_image(path: Path, number: int, max_pixels: int) -> bytes | None:
    import numpy as np
    from PIL import Image

    out = io.BytesIO()
    try:
        with opened(path, number - 1, max_pixels) as image:
            across, down = resolution(image)
            image.load()
            turned = upright(image)
            if (turned.width > turned.height) != (image.width > image.height):
                across, down = down, across
            clear = turned.convert("RGBA")
            paper = Image.new("RGB", clear.size, "white")
            paper.paste(clear, mask=clear.getchannel("A"))
            page = Image.fromarray(square(np.asarray(paper), across, down)[0])
            page.thumbnail((_LONGEST, _LONGEST))
            page.save(out, "JPEG", quality=_QUALITY)
    except (KehoachError, OSError, ValueError):
        return None
    return out.getvalue()
