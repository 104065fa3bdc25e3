"""A page from its image: set upright and straight, recognised by an engine, marked, tidied and put in reading order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from pipeline.layout import Grid, arrange, find_grids, slope, straightened, without_rules, word_height
from pipeline.model import Page, PageImage
from pipeline.ocr import hocr
from pipeline.ocr.cells import with_cells
from pipeline.ocr.columns import with_columns_apart
from pipeline.ocr.comparison import with_bars
from pipeline.ocr.digits import read_digits
from pipeline.ocr.doubted import with_doubted
from pipeline.ocr.lostmarks import with_lost_marks
from pipeline.ocr.markers import mark
from pipeline.ocr.missed import with_missed
from pipeline.ocr.noise import tidy
from pipeline.ocr.orientation import readability, turn_needed
from pipeline.ocr.pagenumber import with_page_number
from pipeline.ocr.part import Lines
from pipeline.ocr.quarters import with_quarters
from pipeline.ocr.signature import without_signatures
from pipeline.ocr.sparse import with_blocks
from pipeline.ocr.stops import without_false_stops
from pipeline.ocr.strokes import counted
from pipeline.ocr.style import styled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

    Grey = NDArray[np.uint8]

_BEST_HEIGHT = 28
"""Pixels from the top of a word to its bottom at which print is read best: 14 points at 200 dpi."""
_READABLE = (20, 45)
"""Heights that are read as well. Measured on pages of 28 pixels made smaller and larger: word error rates of 1 % at 17
pixels, 2 at 15, 8 at 12, 25 at 9, and .2, .6, 2 and 5 where such pages were enlarged again; pages of 57 pixels take
twice the time, faxes of that size three times the errors."""
_LEAST_WORDS = 30
"""Of fewer words the height tells little: a seal, a cover."""
_MOSTLY = 0.9
"""The engine is as sure of letters that are too small: the first reading is kept only where less than this is left."""
_MOST_PIXELS = 40_000_000


class Recogniser(Protocol):
    """The two questions that a page asks an engine."""

    def hocr(self, image: PageImage) -> str:
        """What stands on a page, as hOCR.

        Raises:
            PageError: the engine failed or ran out of time.
        """
        ...

    def block(self, picture: Image.Image) -> str:
        """What stands on a picture of one block of lines, as hOCR; "" where the engine fails."""
        ...


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page image, upright and straight, and what was recognised on it."""

    image: PageImage
    lines: Lines
    lean: tuple[float, float]
    grids: tuple[Grid, ...]
    turn: int = 0


def read_page(image: PageImage, engine: Recogniser) -> Page:
    """Read a page; its lines are in reading order and numbered from 1.

    Raises:
        PageError: the engine failed or ran out of time.
    """
    reading = _at_best_size(_upright(image, engine), engine)
    straight, lines = reading.image, reading.lines
    picture = straight.image
    lean = slope(lines)
    digits = partial(read_digits, straight.pixels)

    def block(part: Image.Image) -> Lines:
        return hocr.parse(engine.block(part))

    if not reading.grids:
        lines = with_blocks(lines, picture, block)
    lines = with_doubted(with_columns_apart(lines, picture, block), picture, block)
    lines = with_lost_marks(lines, picture, block)
    lines = with_missed(lines, picture, block)
    lines = with_cells(lines, picture, reading.grids, block, digits)
    if straight.number > 1:  # the first page bears none
        lines = with_page_number(lines, picture, straight.number, digits)
    lines = without_signatures(lines)
    lines = with_bars(with_quarters(counted(lines, picture), picture), picture)
    lines = tidy(mark(without_false_stops(lines, straight.pixels), straight.pixels, lean, digits))
    width, height = picture.size
    ordered = styled(arrange(lines, width, height, reading.grids, lean=0.0), straight.pixels)
    return Page(straight.number, "scan", ordered, width, height, turn=reading.turn, lean=reading.lean)


def _upright(image: PageImage, engine: Recogniser) -> _Reading:
    """The image and its lines; turned and read again where it lies on its side or stands on its head."""
    import numpy as np

    reading = _straight(image, engine)
    turn = turn_needed(reading.lines)
    if not turn:
        return reading
    turned = np.ascontiguousarray(np.rot90(image.pixels, turn // 90))
    again = _straight(replace(image, pixels=turned), engine)
    return replace(again, turn=turn) if readability(again.lines) > readability(reading.lines) else reading


def _at_best_size(reading: _Reading, engine: Recogniser) -> _Reading:
    """The reading; anew with letters of the best height, where they were much smaller or larger."""
    words = [word for line in reading.lines for word in line]
    height, pixels = word_height(words), reading.image.pixels.size
    if len(words) < _LEAST_WORDS or _READABLE[0] <= height <= _READABLE[1]:
        return reading
    factor = min(_BEST_HEIGHT / height, (_MOST_PIXELS / pixels) ** 0.5)
    again = _straight(replace(reading.image, pixels=_resized(reading.image.image, factor)), engine)
    lost = readability(again.lines) < _MOSTLY * readability(reading.lines)
    return reading if lost else replace(again, turn=reading.turn)


def _resized(image: Image.Image, factor: float) -> Grey:
    import numpy as np
    from PIL import Image

    size = round(image.width * factor), round(image.height * factor)
    return np.asarray(image.resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0))


def _straight(image: PageImage, engine: Recogniser) -> _Reading:
    """The image straightened, without the rules of tables, and its lines."""
    level, lean = straightened(image.pixels, image.dpi)
    grids = find_grids(level, image.dpi)
    plain = without_rules(level, image.dpi, grids)
    straight = image if plain is image.pixels else replace(image, pixels=plain)
    return _Reading(straight, hocr.parse(engine.hocr(straight)), lean, grids)
