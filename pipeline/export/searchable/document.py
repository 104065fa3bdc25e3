"""The scan's own pages, or pictures of them, with the restored words laid over."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import KehoachError
from pipeline.export.searchable.invisible import Alphabet, content
from pipeline.export.searchable.places import placed_words
from pipeline.export.searchable.strip import without_text
from pipeline.model import Page

if TYPE_CHECKING:
    import pikepdf

Picture = Callable[[int], bytes]
"""Gives a page, by its number, as a PDF of one page that holds nothing but its picture."""
_DEEPEST = 32
_A4 = (595, 842)
_log = logging.getLogger(__name__)


def write_searchable(target: Path, pages: Sequence[Page], source: Path | None, picture: Picture) -> None:
    """Write a PDF that shows what the scan shows, and in which the restored words are found.

    A page of a PDF stays as it is, but for a text layer that was not good: invisible text is taken out, and a page with
    other text becomes a picture. A page with a good text layer of its own is not touched.

    Args:
        target: the file to be written.
        pages: all pages, restored.
        source: the PDF that they come from; None where they come from images.
        picture: called for pages of images, and where a page of a PDF cannot be kept.

    Raises:
        OSError: it cannot be written.
    """
    import pikepdf

    try:
        _write(target, pages, source, picture)
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, IndexError) as error:
        if source is None:
            raise
        _log.info("the searchable PDF is made of pictures, for its source is damaged: %s", error)
        _write(target, pages, None, picture)


def _write(target: Path, pages: Sequence[Page], source: Path | None, picture: Picture) -> None:
    import pikepdf

    with _opened(source, len(pages)) as pdf:
        alphabet = Alphabet()
        written = []
        own = len(pdf.pages) > 0
        for index, page in enumerate(pages):
            keeps_text = own and page.kind == "text_layer" and not page.decoded
            if not own:
                _append(pdf, _pictured(picture, page))
            elif not keeps_text and not without_text(pdf, pdf.pages[index]):
                _log.info("page %d becomes a picture in the PDF: it has text of its own", page.number)
                _replace(pdf, index, _pictured(picture, page))
            if page.lines and not keeps_text:
                _lay_over(pdf, pdf.pages[index], page, alphabet)
                written.append(index)
        fonts = pikepdf.Dictionary(alphabet.fonts(pdf))
        for index in written:
            _add_fonts(pdf.pages[index], fonts)
        pdf.save(target)


def _opened(source: Path | None, count: int) -> pikepdf.Pdf:
    """The source with its pages, or an empty PDF.

    Raises:
        pikepdf.PdfError, ValueError: it is damaged, or has another number of pages than were read.
    """
    import pikepdf

    if source is None:
        return pikepdf.new()
    pdf = pikepdf.open(source)
    if len(pdf.pages) != count:
        raise ValueError(f"{len(pdf.pages)} pages, not {count}")
    return pdf


def _pictured(picture: Picture, page: Page) -> bytes:
    """The picture of a page; white paper where there is none to be had."""
    import pikepdf

    try:
        return picture(page.number)
    except KehoachError as error:
        _log.info("page %d is blank in the PDF: %s", page.number, error)
    out = io.BytesIO()
    with pikepdf.new() as blank:
        blank.add_blank_page(page_size=_A4)
        blank.save(out)
    return out.getvalue()


def _append(pdf: pikepdf.Pdf, picture: bytes) -> None:
    import pikepdf

    with pikepdf.open(io.BytesIO(picture)) as one:
        pdf.pages.append(one.pages[0])


def _replace(pdf: pikepdf.Pdf, index: int, picture: bytes) -> None:
    """Put a picture in the place of a page's content; links to the page stay."""
    _append(pdf, picture)
    new = pdf.pages[-1]
    old = pdf.pages[index].obj
    for key in ("/Contents", "/Resources", "/MediaBox"):
        old[key] = new.obj[key]
    for key in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox", "/Rotate", "/Annots", "/UserUnit", "/StructParents"):
        if key in old:
            del old[key]
    old.Rotate = 0  # the old one may be inherited
    old.CropBox = new.obj["/MediaBox"]
    del pdf.pages[-1]


def _lay_over(pdf: pikepdf.Pdf, target: pikepdf.Page, page: Page, alphabet: Alphabet) -> None:
    """Add the words of a page to its content."""
    lines = [placed_words(line) for line in page.lines]
    layer = content(lines, page.height, _from_pixels(target, page), alphabet)
    target.contents_add(pdf.make_stream(b"q\n"), prepend=True)  # whatever state the old content leaves
    target.contents_add(pdf.make_stream(b"\nQ\n" + layer))


def _add_fonts(page: pikepdf.Page, fonts: pikepdf.Dictionary) -> None:
    """Give a page fonts; its dictionaries are copied first, for other pages may share them."""
    import pikepdf

    resources = pikepdf.Dictionary(dict(page.resources.items()))
    known = resources.get("/Font")
    resources.Font = pikepdf.Dictionary(dict(known.items()) if known is not None else {})
    for name, font in fonts.items():
        resources.Font[name] = font
    page.obj.Resources = resources


def _from_pixels(target: pikepdf.Page, page: Page) -> tuple[float, ...]:
    """The matrix from the pixels of the image that was read, counted from its bottom left corner, to the PDF page."""
    import pikepdf

    x0, y0, x1, y1 = (float(value) for value in target.cropbox)
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    rotation = _rotation(target.obj)
    width, height = (y1 - y0, x1 - x0) if rotation in (90, 270) else (x1 - x0, y1 - y0)  # as shown
    seen_w, seen_h = (height, width) if page.turn in (90, 270) else (width, height)  # as read
    matrix = pikepdf.Matrix(seen_w / max(1, page.width), 0, 0, seen_h / max(1, page.height), 0, 0)
    for turn, w, h in (((360 - page.turn) % 360, seen_w, seen_h), (rotation, width, height)):
        matrix = matrix @ pikepdf.Matrix(*_counter_clockwise(turn, w, h))
    matrix = matrix @ pikepdf.Matrix(1, 0, 0, 1, x0, y0)
    return tuple(matrix.shorthand)


def _rotation(page: pikepdf.Object) -> int:
    """Degrees clockwise by which a page is turned for display; it may be said of a whole branch of the page tree."""
    node: pikepdf.Object | None = page
    for _ in range(_DEEPEST):
        if node is None:
            break
        if (value := node.get("/Rotate")) is not None:
            return round(float(value)) % 360
        node = node.get("/Parent")
    return 0


def _counter_clockwise(turn: int, width: float, height: float) -> tuple[float, ...]:
    """The matrix that turns an area about its middle and puts its corner back to the origin."""
    return {
        90: (0.0, 1.0, -1.0, 0.0, height, 0.0),
        180: (-1.0, 0.0, 0.0, -1.0, width, height),
        270: (0.0, -1.0, 1.0, 0.0, 0.0, width),
    }.get(turn, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))
