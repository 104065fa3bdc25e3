"""The text of a PDF page with its places, by poppler's pdftotext and pdftohtml."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

from pipeline.errors import MissingDependencyError, install_hint
from pipeline.layout import box
from pipeline.model import Bbox, Word
from pipeline.scan.fonts import COMMAND, Run, font_of, parse_fonts
from pipeline.scan.legacy import decode, detect, draws_capitals, font_encoding
from pipeline.scan.pdf import TIMEOUT

_POINTS = 72
_XHTML = "{http://www.w3.org/1999/xhtml}"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Layer:
    """The text of a page as the file has it.

    Attributes:
        lines: words with boxes in pixels at `dpi`, upright.
        width, height: of the page in pixels at `dpi`, upright.
        dpi: pixels an inch.
        turn: degrees counter-clockwise by which the page was turned, for its text runs up, down or upside down.
        decoded: whether its text was in an old encoding.
    """

    lines: list[list[Word]]
    width: int
    height: int
    dpi: int
    turn: int = 0
    decoded: bool = False

    @property
    def texts(self) -> list[str]:
        """The lines as text."""
        return [" ".join(word.text for word in line) for line in self.lines]


def read_layer(path: Path, number: int, size: tuple[float, float], dpi: int) -> Layer | None:
    """The text of page `number` (from 1), in Unicode whatever encoding its fonts have; None where there is no page.

    Args:
        path: a PDF.
        number: of the page.
        size: of the page as it is shown, in points.
        dpi: pixels an inch, for the places.

    Raises:
        MissingDependencyError: poppler is not installed.
    """
    layer = parse_bbox(_output(["pdftotext", "-cropbox", "-bbox-layout"], path, number), size, dpi)
    if layer is None or not layer.lines:
        return layer
    if (encoding := detect(" ".join(layer.texts))) is not None:
        fonts = read_fonts(path, number, dpi)
        layer = replace(layer, lines=[_in_unicode(n, encoding, fonts) for n in layer.lines], decoded=True)
    return _upright(layer)


def read_fonts(path: Path, number: int, dpi: int) -> list[Run]:
    """The runs of text of page `number` (from 1) with their fonts, as the page lies in the file, not turned.

    Raises:
        MissingDependencyError: poppler is not installed.
    """
    return parse_fonts(_output(COMMAND, path, number), dpi)


def _output(command: Sequence[str], path: Path, number: int) -> str:
    """What a program of poppler says of a page; "" where it finds no end."""
    last = [] if "-stdout" in command else ["-"]
    try:
        done = subprocess.run(
            [*command, "-f", str(number), "-l", str(number), str(path), *last],
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
    except FileNotFoundError as error:
        raise MissingDependencyError(f"poppler is not installed. {install_hint(command[0])}") from error
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace")


def parse_bbox(xhtml: str, size: tuple[float, float], dpi: int) -> Layer | None:
    """The layer in the output of `pdftotext -bbox-layout` for one page; None where it holds no page.

    The size of a turned page is wrong there (poppler 22.12 gives that of the page before it is turned).
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
    return Layer([line for line in lines if line], round(size[0] * scale), round(size[1] * scale), dpi)


def _word(word: ElementTree.Element, scale: float) -> Word:
    x0, y0, x1, y1 = (round(float(word.get(key, 0)) * scale) for key in ("xMin", "yMin", "xMax", "yMax"))
    text = "".join(unicodedata.normalize("NFC", word.text or "").split()) or "\ufffd"
    return Word(text, 0, None, (x0, y0, x1, y1))


def _in_unicode(line: Sequence[Word], encoding: str, fonts: Sequence[Run]) -> list[Word]:
    """The words of a line decoded by their fonts; all of them by `encoding` where no font's name tells."""
    named = any(font_encoding(font) for _, font in fonts)
    out: list[Word] = []
    for word in line:
        font = font_of(word, fonts)
        own = font_encoding(font) if named and font else encoding
        text = decode(word.text, own) if own else word.text
        out.append(replace(word, text=text.upper() if named and draws_capitals(font) else text))
    return out


def _upright(layer: Layer) -> Layer:
    """The layer turned so that its text runs from left to right."""
    turn = _turn(layer.lines)
    if not turn:
        return layer
    width, height = layer.width, layer.height

    def turned(b: Bbox) -> Bbox:
        if turn == 180:
            return width - b[2], height - b[3], width - b[0], height - b[1]
        if turn == 90:
            return b[1], width - b[2], b[3], width - b[0]
        return height - b[3], b[0], height - b[1], b[2]

    lines = [[replace(word, bbox=turned(box(word))) for word in line] for line in layer.lines]
    if turn != 180:
        width, height = height, width
    return replace(layer, lines=lines, width=width, height=height, turn=turn)


def _turn(lines: Sequence[Sequence[Word]]) -> int:
    """Degrees counter-clockwise that set text upright, by how the words of most lines follow one another."""
    steps = [(box(a), box(b)) for line in lines for a, b in pairwise(line)]
    across = sum((b[0] > a[0]) - (b[0] < a[0]) for a, b in steps if abs(b[0] - a[0]) > abs(b[1] - a[1]))
    down = sum((b[1] > a[1]) - (b[1] < a[1]) for a, b in steps if abs(b[0] - a[0]) <= abs(b[1] - a[1]))
    if abs(down) > abs(across):
        return 90 if down > 0 else 270
    return 180 if across < 0 else 0
