"""Stage 1: a file becomes page images to be read, or pages of text where it has good text already."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import ImageTooLargeError, PageError
from pipeline.model import Page, PageImage
from pipeline.options import Options
from pipeline.scan.embedded import embedded, is_wordless
from pipeline.scan.images import frame_count, image_pages, page_image
from pipeline.scan.pdf import check_size, page_sizes, render
from pipeline.scan.picture import picture
from pipeline.scan.preview import previews
from pipeline.scan.source import Scan, digest_and_kind
from pipeline.scan.text import decode, read_text, split_pages, text_pages
from pipeline.scan.textlayer import layer_page

__all__ = ["Scan", "decode", "open_scan", "pages", "picture", "previews"]


def open_scan(path: Path, options: Options) -> Scan:
    """Look at an input without reading its pages.

    Raises:
        NotFoundError, NotReadableError, UnsupportedTypeError, EncryptedPdfError, DamagedInputError, NoPagesError,
        ImageTooLargeError (the image, or every page of the PDF), MissingDependencyError (poppler).
    """
    digest, kind = digest_and_kind(path)
    sizes: list[tuple[float, float]] = []
    if kind == "text":
        count = len(split_pages(read_text(path)))
    elif kind == "image":
        count = frame_count(path, options.max_pixels)
    else:
        sizes = page_sizes(path)
        count = len(sizes)
        check_size(min(sizes, key=lambda size: size[0] * size[1]), options.dpi, options.max_pixels)
    return Scan(path, digest, kind, count, tuple(sizes))


def pages(scan: Scan, options: Options) -> Iterator[PageImage | Page]:
    """The pages of a scan, one in memory at a time: images to be read by OCR, or pages of text.

    A page that cannot be rendered comes as a `Page` with an error, so that the others go on.

    Raises:
        MissingDependencyError: poppler is not installed.
    """
    if scan.kind == "text":
        yield from text_pages(read_text(scan.path))
    elif scan.kind == "image":
        yield from image_pages(scan.path, scan.page_count, options.dpi, options.max_pixels)
    else:
        for number, size in enumerate(scan.sizes, 1):
            yield _pdf_page(scan.path, number, size, options)


def _pdf_page(path: Path, number: int, size: tuple[float, float], options: Options) -> PageImage | Page:
    import numpy as np

    asked = options.text_layer != "never" and not is_wordless(path, number)
    if asked and (page := layer_page(path, number, size, options)) is not None:
        return page
    if (found := embedded(path, number, options.dpi, options.max_pixels)) is not None:
        picture, across, down = found
        return page_image(picture, number, across, down, options.dpi)
    try:
        check_size(size, options.dpi, options.max_pixels)
        drawn = np.asarray(render(path, number, options.dpi))
        return page_image(drawn, number, options.dpi, options.dpi, options.dpi)
    except ImageTooLargeError as error:
        return Page(number, "scan", (), error=f"page {number}: {error}")
    except PageError as error:
        return Page(number, "scan", (), error=str(error))
