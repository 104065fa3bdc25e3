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
from pipeline.scan.pdf import TIMEOUT, render
from pipeline.scan.superscript import mark
from pipeline.scan.syllable import is_syllable

_POINTS = 72
_TABLE_DPI = 100
_XHTML = "{http://www.w3.org/1999/xhtml}"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LETTERS = re.compile(r"[^\W\d_]+")
_SIGNATURE = re.compile(r"(?i)người ký|ký bởi|thời gian ký|ngày ký|cơ quan:|email:|digitally signed|signature|\+07:?00")
MIN_WORDS = 15
MIN_PLAUSIBLE = 0.9
MIN_MARKED = 0.4


def layer_page(path: Path, number: int, options: Options) -> Page | None:
    """The text of a PDF page as a page, or None where it has none or (with text_layer="auto") no good one.

    Raises:
        MissingDependencyError: poppler is not installed.
    """
    found = parse_bbox(_bbox_layout(path, number), options.dpi)
    if found is None:
        return None
    lines, width, height = found
    if not lines or (options.text_layer == "auto" and not is_good([" ".join(w.text for w in line) for line in lines])):
        return None
    fits = width * height * (_TABLE_DPI / options.dpi) ** 2 <= options.max_pixels
    grids = _grids(path, number, options) if _may_hold_table(lines) and fits else ()
    return Page(number, "text_layer", arrange(mark(lines), width, height, grids), width, height)


def _may_hold_table(lines: Sequence[Sequence[Word]]) -> bool:
    """Whether some lines stand three abreast: only then the page is drawn to look for a table's rules."""
    boxes = [hull(box(word) for word in line) for line in lines]
    tall = [b for b in boxes if b is not None]
    return any(sum(b[1] < (a[1] + a[3]) / 2 < b[3] for b in tall) >= 3 for a in tall)


def _grids(path: Path, number: int, options: Options) -> tuple[Grid, ...]:
    """The ruled tables of a page; its text is not read from the image, so a coarse one will do."""
    try:
        image = render(path, number, _TABLE_DPI)
    except PageError:
        return ()
    scale = options.dpi / _TABLE_DPI
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


def is_good(lines: list[str]) -> bool:
    """Whether text is good Vietnamese: enough words, nearly all of them syllables, with their marks.

    The visible block of a digital signature does not count.
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
    return (
        len(words) >= MIN_WORDS and len(valid) >= MIN_PLAUSIBLE * len(words) and len(marked) >= MIN_MARKED * len(valid)
    )
