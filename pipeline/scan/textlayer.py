"""The text layer of a PDF page: taken only where it is good Vietnamese."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from pipeline.errors import MissingDependencyError, PageError, install_hint
from pipeline.layout import Grid, arrange, box, find_grids, hull
from pipeline.model import Page, Word
from pipeline.options import Options
from pipeline.scan.pdf import TIMEOUT, is_scanned, render
from pipeline.scan.superscript import mark
from pipeline.syllable import is_syllable

_POINTS = 72
_TABLE_DPI = 100
_XHTML = "{http://www.w3.org/1999/xhtml}"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LETTERS = re.compile(r"[^\W\d_]+")
_SIGNATURE = re.compile(r"(?i)người ký|ký bởi|thời gian ký|ngày ký|cơ quan:|email:|digitally signed|signature|\+07:?00")
MIN_WORDS, MIN_WORDS_STRICT = 15, 60
MIN_PLAUSIBLE, MIN_PLAUSIBLE_STRICT = 0.9, 0.97
"""Share of words that can be syllables. Born-digital plans have 97.8 % and more; the worst real layer 59 %."""
MIN_MARKED = 0.4
"""Share of those that bear marks; Vietnamese has more than 80 %, text stripped of its accents none."""


def layer_page(path: Path, number: int, options: Options) -> Page | None:
    """The text of a PDF page as a page, or None where it has none or (with text_layer="auto") no good one.

    Raises:
        MissingDependencyError: poppler is not installed.
    """
    found = parse_bbox(_bbox_layout(path, number), options.dpi)
    if found is None:
        return None
    lines, width, height = found
    if not lines:
        return None
    if options.text_layer == "auto":
        size = (width * _POINTS / options.dpi, height * _POINTS / options.dpi)
        texts = [" ".join(word.text for word in line) for line in lines]
        if not (is_good(texts) and (is_good(texts, strict=True) or not is_scanned(path, number, size))):
            return None
    grids = _grids(path, number, (width, height), options) if _may_hold_table(lines) else ()
    return Page(number, "text_layer", arrange(mark(lines), width, height, grids), width, height)


def _may_hold_table(lines: Sequence[Sequence[Word]]) -> bool:
    """Whether some lines stand three abreast: only then the page is drawn to look for a table's rules."""
    boxes = [hull(box(word) for word in line) for line in lines]
    tall = [b for b in boxes if b is not None]
    return any(sum(b[1] < (a[1] + a[3]) / 2 < b[3] for b in tall) >= 3 for a in tall)


def _grids(path: Path, number: int, size: tuple[int, int], options: Options) -> tuple[Grid, ...]:
    """The ruled tables of a page; its text is not read from the image, so a coarse one will do."""
    scale = options.dpi / _TABLE_DPI
    if size[0] * size[1] > options.max_pixels * scale**2:
        return ()
    try:
        image = render(path, number, _TABLE_DPI)
    except PageError:
        return ()
    return tuple(
        Grid(tuple(x * scale for x in grid.xs), tuple(y * scale for y in grid.ys))
        for grid in find_grids(image, _TABLE_DPI, 0.0)
    )


def _bbox_layout(path: Path, number: int) -> str:
    command = ["pdftotext", "-bbox-layout", "-f", str(number), "-l", str(number), str(path), "-"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False)
    except FileNotFoundError as error:
        raise MissingDependencyError(f"poppler is not installed. {install_hint('pdftotext')}") from error
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace")


def parse_bbox(xhtml: str, dpi: int) -> tuple[list[list[Word]], int, int] | None:
    """Lines of words, and the page's width and height in pixels at `dpi`, from `pdftotext -bbox-layout` of one page.

    None where the output holds no page.
    """
    try:
        root = ElementTree.fromstring(_CONTROLS.sub(" ", xhtml))
    except ElementTree.ParseError:
        return None
    page = root.find(f".//{_XHTML}page")
    if page is None:
        return None
    scale = dpi / _POINTS
    lines = [[_word(word, scale) for word in line.iter(f"{_XHTML}word")] for line in page.iter(f"{_XHTML}line")]
    return lines, round(float(page.get("width", 0)) * scale), round(float(page.get("height", 0)) * scale)


def _word(word: ElementTree.Element, scale: float) -> Word:
    x0, y0, x1, y1 = (round(float(word.get(key, 0)) * scale) for key in ("xMin", "yMin", "xMax", "yMax"))
    text = "".join(unicodedata.normalize("NFC", word.text or "").split()) or "\ufffd"
    return Word(text, 0, None, (x0, y0, x1, y1))


def is_good(lines: Sequence[str], strict: bool = False) -> bool:
    """Whether text is good Vietnamese: enough words, nearly all of them syllables, with their marks.

    The visible block of a digital signature does not count.

    Args:
        lines: all of a page.
        strict: as for the layer over a scanned image: an OCR engine made it, and reading it again may be better.
    """
    words = [
        word.lower()
        for line in lines
        if not _SIGNATURE.search(line)
        for word in _LETTERS.findall(line)
        if len(word) > 1 and not (word.isupper() and len(word) <= 6 and not is_syllable(word.lower()))
    ]
    valid = [word for word in words if is_syllable(word)]
    marked = [word for word in valid if not word.isascii()]
    least, plausible = (MIN_WORDS_STRICT, MIN_PLAUSIBLE_STRICT) if strict else (MIN_WORDS, MIN_PLAUSIBLE)
    return len(words) >= least and len(valid) >= plausible * len(words) and len(marked) >= MIN_MARKED * len(valid)
