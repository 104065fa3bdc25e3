"""The engine Tesseract, called through pytesseract. This module is an `Engine`."""

from __future__ import annotations

import csv
import os
import unicodedata
from itertools import groupby

from pipeline.errors import MissingDependencyError, PageError, install_hint
from pipeline.layout import arrange, find_grids, slope
from pipeline.model import Bbox, Page, PageImage, Word
from pipeline.ocr.markers import mark
from pipeline.ocr.noise import tidy
from pipeline.ocr.orientation import readability, turn_needed
from pipeline.ocr.pagenumber import with_page_number
from pipeline.options import Options

name = "tesseract"
_WORD_LEVEL = "5"
_DIGIT_HEIGHT = 40
_DIGIT_TIMEOUT = 10


def version() -> str:
    """Version of the installed Tesseract.

    Raises:
        MissingDependencyError: there is none.
    """
    import pytesseract

    try:
        return str(pytesseract.get_tesseract_version())
    except (pytesseract.TesseractNotFoundError, SystemExit) as error:
        raise MissingDependencyError(f"Tesseract is not installed. {install_hint('tesseract')}") from error


def check(language: str) -> None:
    """Make sure that Tesseract and its language files are installed.

    Raises:
        MissingDependencyError: one is not; the message says how to install it.
    """
    import pytesseract

    try:
        installed = set(pytesseract.get_languages())
    except (pytesseract.TesseractNotFoundError, FileNotFoundError) as error:
        raise MissingDependencyError(f"Tesseract is not installed. {install_hint('tesseract')}") from error
    except pytesseract.TesseractError as error:
        raise MissingDependencyError(f"Tesseract does not run ({error}). {install_hint('tesseract')}") from error
    for code in language.split("+"):
        if code not in installed:
            raise MissingDependencyError(
                f"Tesseract's language file {code} is not installed. {install_hint(f'tesseract-{code}')}"
            )


def read(image: PageImage, options: Options) -> Page:
    """Read a page with Tesseract's page segmentation 3, then put its lines in reading order.

    Raises:
        PageError: Tesseract failed or took longer than `options.page_timeout`.
    """
    image, lines = _upright(image, options)
    lean = slope(lines)

    def digits(place: Bbox) -> str:
        return _digits(image, place, options.language)

    if image.number > 1:  # the first page bears none
        lines = with_page_number(lines, image.image, image.number, digits)
    lines = tidy(mark(lines, image.image, lean, digits))
    grids = find_grids(image.image, image.dpi, lean)
    width, height = image.image.size
    return Page(image.number, "scan", arrange(lines, width, height, grids), width, height)


def _upright(image: PageImage, options: Options) -> tuple[PageImage, list[list[Word]]]:
    """The image and its lines; turned and read again where it lies on its side or stands on its head."""
    lines = parse_tsv(_tsv(image, options))
    turn = turn_needed(lines)
    if not turn:
        return image, lines
    turned = PageImage(image.number, image.image.rotate(turn, expand=True), image.dpi)
    again = parse_tsv(_tsv(turned, options))
    return (turned, again) if readability(again) > readability(lines) else (image, lines)


def _tsv(image: PageImage, options: Options) -> str:
    import pytesseract

    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # pages run side by side: more threads a page only get in their way
    picture = image.image.copy()
    picture.format = "PPM"  # the exchange file of pytesseract: half a second faster than PNG
    try:
        return str(
            pytesseract.image_to_data(
                picture, lang=options.language, config=f"--psm 3 --dpi {image.dpi}", timeout=options.page_timeout
            )
        )
    except pytesseract.TesseractError as error:
        raise PageError(f"page {image.number}: Tesseract failed: {error.message}") from error
    except RuntimeError as error:  # this is how pytesseract tells a time-out
        raise PageError(f"page {image.number}: not read within {options.page_timeout:g} s") from error


def _digits(image: PageImage, place: Bbox, language: str) -> str:
    """The digits in a small box of the page, enlarged for the engine; "" where it reads none."""
    import pytesseract
    from PIL import Image

    x0, y0, x1, y1 = place
    glyph = image.image.crop((x0 - 2, y0 - 2, x1 + 2, y1 + 2))
    scale = _DIGIT_HEIGHT / max(1, y1 - y0)
    glyph = glyph.resize((round(glyph.width * scale), round(glyph.height * scale)), Image.Resampling.LANCZOS)
    picture = Image.new("L", (glyph.width + 60, glyph.height + 40), 255)
    picture.paste(glyph, (30, 20))
    config = "--psm 10 --dpi 300 -c tessedit_char_whitelist=0123456789"
    try:
        return str(pytesseract.image_to_string(picture, lang=language, config=config, timeout=_DIGIT_TIMEOUT)).strip()
    except (pytesseract.TesseractError, RuntimeError):
        return ""


def parse_tsv(tsv: str) -> list[list[Word]]:
    """The lines of words in Tesseract's TSV output; NFC, confidences from 0 to 1."""
    rows = csv.DictReader(tsv.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = (row for row in rows if row["level"] == _WORD_LEVEL and (row["text"] or "").strip())
    lines = groupby(words, key=lambda row: (row["block_num"], row["par_num"], row["line_num"]))
    return [[_word(row) for row in line] for _, line in lines]


def _word(row: dict[str, str]) -> Word:
    left, top, width, height = (int(row[key]) for key in ("left", "top", "width", "height"))
    text = unicodedata.normalize("NFC", "".join(row["text"].split()))
    return Word(text, 0, min(1.0, max(0.0, float(row["conf"]) / 100)), (left, top, left + width, top + height))


def stop() -> None:
    """End the Tesseract processes that this process started; pytesseract gives no handle to them."""
    import psutil

    for child in psutil.Process().children():
        try:
            if name in child.name():
                child.terminate()
        except psutil.NoSuchProcess:  # it ended by itself meanwhile
            continue
