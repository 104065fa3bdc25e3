"""The text layer of a PDF page: taken only where it says what the page shows."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ImageTooLargeError, PageError
from pipeline.layout import Grid, arrange, box, find_grids, hull
from pipeline.model import Bbox, Page, Word
from pipeline.options import Options
from pipeline.scan.fonts import styled
from pipeline.scan.layer import Layer, read_fonts, read_layer
from pipeline.scan.pdf import check_size, is_scanned, render
from pipeline.scan.superscript import mark
from pipeline.scan.verdict import INK_DPI, Verdict, judge_places, judge_text

if TYPE_CHECKING:
    from PIL import Image

_POINTS = 72
_log = logging.getLogger(__name__)


def layer_page(path: Path, number: int, size: tuple[float, float], options: Options) -> Page | None:
    """The text of a PDF page as a page, or None where it has none or (with text_layer="auto") no good one.

    Raises:
        MissingDependencyError: poppler is not installed.
    """
    layer = read_layer(path, number, size, options.dpi)
    if layer is None or not layer.lines:
        return None
    image = None
    if options.text_layer == "auto":
        verdict, image = judge(layer, path, number, options)
        if not verdict.is_good:
            _log.info("page %d is read by OCR: its text layer %s", number, verdict)
            return None
    grids: tuple[Grid, ...] = ()
    if may_hold_table(layer.lines) and (image := image or _image(path, number, layer, options)) is not None:
        grids = _grids(image, layer.dpi / INK_DPI)
    lines = arrange(mark(layer.lines), layer.width, layer.height, grids)
    if not layer.turn:
        lines = styled(lines, read_fonts(path, number, layer.dpi))
    typed = (
        not layer.decoded and judge_text(layer.texts, over_scan=True).is_good and not _over_scan(layer, path, number)
    )
    return Page(
        number, "text_layer", lines, layer.width, layer.height, turn=layer.turn, decoded=layer.decoded, typed=typed
    )


def _over_scan(layer: Layer, path: Path, number: int) -> bool:
    """Whether the layer lies over a picture of the page."""
    return is_scanned(path, number, (layer.width * _POINTS / layer.dpi, layer.height * _POINTS / layer.dpi))


def judge(layer: Layer, path: Path, number: int, options: Options) -> tuple[Verdict, Image.Image | None]:
    """Whether a layer says what its page shows, and the page's image at `INK_DPI` where it had to be looked at.

    The checks that cost least come first: spelling, then how the page is made, then its ink.

    Raises:
        MissingDependencyError: poppler is not installed.
    """
    verdict = judge_text(layer.texts)
    if verdict.is_good and not judge_text(layer.texts, over_scan=True).is_good:
        verdict = judge_text(layer.texts, _over_scan(layer, path, number))
    if not verdict.is_good:
        return verdict, None
    image = _image(path, number, layer, options)
    if image is None:  # what cannot be drawn cannot be read from its image either
        return verdict, None
    return judge_places(
        image, [_scaled(box(word), INK_DPI / layer.dpi) for line in layer.lines for word in line]
    ), image


def _scaled(place: Bbox, factor: float) -> Bbox:
    x0, y0, x1, y1 = place
    return round(x0 * factor), round(y0 * factor), round(x1 * factor), round(y1 * factor)


def _image(path: Path, number: int, layer: Layer, options: Options) -> Image.Image | None:
    """The page, small and upright; None where it cannot be drawn."""
    try:
        check_size((layer.width * _POINTS / layer.dpi, layer.height * _POINTS / layer.dpi), INK_DPI, options.max_pixels)
        return render(path, number, INK_DPI).rotate(layer.turn, expand=True)
    except (ImageTooLargeError, PageError):
        return None


def may_hold_table(lines: Sequence[Sequence[Word]]) -> bool:
    """Whether some lines stand three abreast, or a third of them two: only then rules of tables are looked for.

    So they are where the page begins with a short line away from its margins: the end of a row of the page before.
    """
    boxes = [(line, hull(box(word) for word in line)) for line in lines]
    tall = [b for _, b in boxes if b is not None]
    abreast = [sum(b[1] < (a[1] + a[3]) / 2 < b[3] for b in tall) for a in tall]
    if max(abreast, default=0) >= 3 or _PAIRS * sum(n == 2 for n in abreast) > len(tall):
        return True
    left, right = min((b[0] for b in tall), default=0), max((b[2] for b in tall), default=0)
    words = [b for line, b in boxes if b is not None and not (len(line) == 1 and line[0].text.isdigit())]
    first, aside = min(words, key=lambda b: b[1], default=(0, 0, 0, 0)), (right - left) // _ASIDE
    return first[0] > left + aside and first[2] < right - aside


_PAIRS = 3
"""One line in so many beside another makes a table of tall rows (.48 and more on 3 pages; 17 others .29 at most)."""
_ASIDE = 8
"""Which part of the column lies free on both sides of a short line; a first line's indent is narrower."""


def _grids(image: Image.Image, scale: float) -> tuple[Grid, ...]:
    """The ruled tables of a page, found on a small image and scaled up."""
    import numpy as np

    return tuple(grid.scaled(scale) for grid in find_grids(np.asarray(image), INK_DPI))
