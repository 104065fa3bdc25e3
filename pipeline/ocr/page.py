"""A page from its image: what an engine recognises, set upright, marked, tidied and put in reading order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from pipeline.layout import arrange, find_grids, slope
from pipeline.model import Bbox, Page, PageImage
from pipeline.ocr import hocr
from pipeline.ocr.columns import with_columns_apart
from pipeline.ocr.markers import mark
from pipeline.ocr.missed import with_missed
from pipeline.ocr.noise import tidy
from pipeline.ocr.orientation import readability, turn_needed
from pipeline.ocr.pagenumber import with_page_number
from pipeline.ocr.part import Lines

if TYPE_CHECKING:
    from PIL import Image

_DIGIT_HEIGHT = 40


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

    def digits(self, picture: Image.Image) -> str:
        """The digits on a small picture; "" where there are none."""
        ...


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page image, upright, and what was recognised on it."""

    image: PageImage
    lines: Lines
    turn: int = 0


def read_page(image: PageImage, engine: Recogniser) -> Page:
    """Read a page; its lines are in reading order and numbered from 1.

    Raises:
        PageError: the engine failed or ran out of time.
    """
    reading = _upright(image, engine)
    image, lines = reading.image, reading.lines
    lean = slope(lines)

    def digits(place: Bbox) -> str:
        return engine.digits(_enlarged(image.image, place))

    def block(picture: Image.Image) -> Lines:
        return hocr.parse(engine.block(picture))

    lines = with_missed(with_columns_apart(lines, image.image, block), image.image, block)
    if image.number > 1:  # the first page bears none
        lines = with_page_number(lines, image.image, image.number, digits)
    lines = tidy(mark(lines, image.image, lean, digits))
    grids = find_grids(image.image, image.dpi, lean)
    width, height = image.image.size
    return Page(image.number, "scan", arrange(lines, width, height, grids), width, height, turn=reading.turn)


def _upright(image: PageImage, engine: Recogniser) -> _Reading:
    """The image and its lines; turned and read again where it lies on its side or stands on its head."""
    lines = hocr.parse(engine.hocr(image))
    turn = turn_needed(lines)
    if not turn:
        return _Reading(image, lines)
    turned = replace(image, image=image.image.rotate(turn, expand=True))
    again = hocr.parse(engine.hocr(turned))
    return _Reading(turned, again, turn) if readability(again) > readability(lines) else _Reading(image, lines)


def _enlarged(page: Image.Image, place: Bbox) -> Image.Image:
    """A small box of a page at a size that engines read, with a white border."""
    from PIL import Image

    x0, y0, x1, y1 = place
    glyph = page.crop((x0 - 2, y0 - 2, x1 + 2, y1 + 2))
    scale = _DIGIT_HEIGHT / max(1, y1 - y0)
    glyph = glyph.resize((round(glyph.width * scale), round(glyph.height * scale)), Image.Resampling.LANCZOS)
    picture = Image.new("L", (glyph.width + 60, glyph.height + 40), 255)
    picture.paste(glyph, (30, 20))
    return picture
