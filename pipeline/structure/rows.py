"""The lines of all pages as one list of rows, with what the layout says about each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model import Bbox, Cell, Line, Page, Style, Word
from pipeline.structure.tabs import tabbed
from pipeline.structure.text import first_word, width

INDENT = 0.925
"""Share of the column that a first line fills: the indent is 1 to 1.27 cm of 16.5 (Decree 30/2020/NĐ-CP, Annex I)."""


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line that is not blank.

    Attributes:
        page, number: as in the input.
        text: without white space at its ends.
        blanks: how many blank lines stand before it on its page.
        page_start: whether a page begins here.
        box: on the page image; None without geometry.
        margins: left and right margin of the page in pixels; None without geometry.
        words: with offsets in the line as given, not in `text`.
        cell: where in a ruled table it stands, as in `Line`.
        fields: what stands between the tabs of the line, where it is one of a table (`tabs.tabbed`).
        style, opening: how it is set, and how its first words are, as in `Line`.
        mended: whether its dash is not what was read, but what its place on the page shows (`dashes.mend_dashes`).
    """

    page: int
    number: int
    text: str
    blanks: int = 0
    page_start: bool = False
    box: Bbox | None = None
    margins: tuple[int, int] | None = None
    words: tuple[Word, ...] = ()
    cell: Cell | None = None
    fields: tuple[str, ...] = ()
    style: Style = ""
    opening: Style = ""
    mended: bool = False

    @property
    def left(self) -> int | None:
        """Where the line begins, in pixels."""
        return self.box[0] if self.box else None

    @property
    def right(self) -> int | None:
        """Where the line ends, in pixels."""
        return self.box[2] if self.box else None

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return "bold" in self.style

    @property
    def opens_bold(self) -> bool:
        """Whether its first words are bold."""
        return "bold" in self.opening

    @property
    def italic(self) -> bool:
        """Whether all of it is italic."""
        return "italic" in self.style

    @property
    def width(self) -> float:
        """Width in ems, as if set in Times."""
        return width(self.text)


@dataclass(frozen=True, slots=True)
class Column:
    """How wide the text column is, in ems; 0 where the lines do not tell (paragraphs on single lines)."""

    full: float

    def breaks_early(self, row: Row, after: Row, first: bool = False) -> bool:
        """Whether the first word of the next line would have fitted on this one: then the paragraph ended here.

        Args:
            row: a line.
            after: the next one.
            first: the line begins a paragraph, so that its indent leaves less room.
        """
        if row.margins and row.right is not None and row.left is not None and len(row.text) > 1:
            per_em = (row.right - row.left) / max(row.width, 0.3)
            return row.right + (width(first_word(after.text)) + 0.6) * per_em < row.margins[1]
        if not self.full:
            return True
        room = self.full * (INDENT if first else 1.0)
        return row.width + 0.25 + width(first_word(after.text)) < room * 0.965

    def starts_indented(self, row: Row, after: Row | None) -> bool:
        """Whether a filled line has room for one more word: then its indent took it, and it is a first line."""
        if row.margins:
            return indented(row)
        goes_on = after is not None and after.text[:1].islower() and not after.blanks
        return bool(self.full and goes_on and after and self.breaks_early(row, after))

    def far_short(self, row: Row) -> bool:
        """Whether the line fills less than four fifths of the column."""
        if row.margins and row.right is not None:
            return row.right < row.margins[0] + 0.8 * (row.margins[1] - row.margins[0])
        return not self.full or row.width < self.full * 0.8


def indented(row: Row) -> bool:
    """Whether the page shows that the line begins to the right of the left margin (a first line)."""
    if row.left is None or row.margins is None:
        return False
    return row.left > row.margins[0] + 0.03 * (row.margins[1] - row.margins[0])


def flush(row: Row) -> bool:
    """Whether the page shows that the line begins at the left margin (not a first line)."""
    return row.left is not None and row.margins is not None and not indented(row)


SURE_FIGURES = 0.7
"""Printed figures were read with 0.88 or more, wrong ones and those of a hand with 0.54 or less (of whole numbers)."""


def doubts(figures: Iterable[str], rows: Iterable[Row]) -> bool:
    """Whether the OCR engine itself doubts some figures, as it does handwriting: better none than a wrong one.

    Args:
        figures: runs of digits, as they stand in the text.
        rows: the lines that hold them.
    """
    wanted = set(figures)
    return any(
        w.confidence is not None and w.confidence < SURE_FIGURES and wanted & set(re.findall(r"\d+", w.text))
        for row in rows
        for w in row.words
        if w.bbox
    )


def confidence(rows: Iterable[Row]) -> float | None:
    """Mean confidence of the words of some lines; None where nobody knows any."""
    known = [w.confidence for row in rows for w in row.words if w.confidence is not None]
    return round(sum(known) / len(known), 4) if known else None


def rows_of(pages: Sequence[Page]) -> list[Row]:
    """All lines that are not blank, in reading order."""
    rows: list[Row] = []
    for page in pages:
        margins = _margins(page.lines)
        near = _local_margins(page.lines, margins) if margins else {}
        tables = tabbed(page.lines) if any("\t" in line.text for line in page.lines) else {}
        blanks, start = 0, True
        for line in page.lines:
            text = " ".join(line.text.split())
            if not text:
                blanks += 1
                continue
            # OCR text files mark a new page with a lone space where the form feed was
            begins = start or (page.kind == "ocr_text" and line.text[:1] in " \f" and len(rows) > 0)
            box = _box(line)
            text = _without_speck(text, line.words, near.get(line.number))
            margin = near.get(line.number)
            cell, fields = tables.get(line.number, (line.cell, ()))
            text = text if fields else tidy(text)
            words, style, opening = line.words, line.style, line.opening
            row = Row(page.number, line.number, text, blanks, begins, box, margin, words, cell, fields, style, opening)
            rows.append(row)
            blanks, start = 0, False
    return rows


_SPECKS = tuple(
    (re.compile(pattern), printed)
    for pattern, printed in (
        (
            r"^(?:(?:[_~|¬'`‘.,:;°]+|[-–—.]*_[-–_.]*) ?(?=[-–—+*] \S|\d{1,2}[.),/] |[a-zđ]\) |"
            r"[IVX]{1,4}(?:\. | ?[-–—~./)]{1,2} ?[^\W\d_a-z]{2}))|[-–] ?(?=[-–—*] \S))",
            "",
        ),
        (r"^(?:_ (?=Trên đây là )|[.·,'`‘] ?(?=\([^\W\d_a-z]))", ""),  # before a paragraph
        (r"^[-–—.] ?(?=(?:[A-HK]|[IVX]{1,4})\. ?[^\W\d_a-z]{2})", ""),  # before a title's label
        (r"^([IVXLH1l]{1,4}) ?(?:[-–—]{2}|[-–—]?[~_=]+[-–—]?) ?(?=[^\W\d_a-z]{2})", r"\1- "),  # "III—- PHÂN CÔNG"
        (r"^[._'`‘~]{0,2}_ (?=[^\W\d_a-z])", "- "),  # a dash that was read as a low line
        (r"^([-–—+]) ?['‘’`´·,=~|]{1,2} ?(?=[^\W_a-z][^'’]*$)", r"\1 "),  # behind a dash
        (r"^\^\d{1,2} ?(?=Lưu ?:)", "- "),  # a dash that was read as a raised figure
    )
)
"""Specks that OCR read before a label, and what is printed there."""
_JUNK_BEHIND = re.compile(r"(?<=\S) [|_~'`‘¦¬]+$")


def tidy(text: str) -> str:
    """The line without specks that OCR read before a label or behind the last word."""
    if not text[-1:].isalnum():
        text = _JUNK_BEHIND.sub("", text)
    if text[:1].isalpha() and text[0] not in "IVXLHl":  # no label, and nothing before it
        return text
    read = text
    for speck, printed in _SPECKS:
        text = speck.sub(printed, text)
    if re.match(r"['‘’][^\W\d_]", text) and not re.search(r"['‘’]", text[1:]):
        text = text[1:]  # a quotation mark that nothing closes
    return text or read


def _without_speck(text: str, words: Sequence[Word], margins: tuple[int, int] | None) -> str:
    """The line without a dash or dot that stands beyond the right margin."""
    if margins is None or len(words) < 3 or len(words[-1].text) > 1 or words[-1].text.isalnum():
        return text
    before, speck, wide = words[-2].bbox, words[-1].bbox, margins[1] - margins[0]
    if before is None or before[2] < margins[1] - 0.02 * wide or not text.endswith(words[-1].text):
        return text
    if speck and speck[2] < margins[1] + 0.003 * wide:  # within the column a name is split: "chính trị -" + "xã hội"
        return text
    return text[: -len(words[-1].text)].rstrip()


def column_of(rows: Sequence[Row]) -> Column:
    """The text column, from the widths of the lines that are followed by a line that goes on in lower case."""
    widths = sorted(a.width for a, b in pairwise(rows) if b.text[0].islower() and a.text[-1] not in ".;:")
    if len(widths) < 4:
        widths = sorted(r.width for r in rows if len(r.text) > 40)
    if len(widths) < 4 or widths[len(widths) // 2] > 75:  # paragraphs on single lines: no column
        return Column(0.0)
    full = _dense_maximum(widths)
    long = [r.width for r in rows if r.width > 0.5 * full]
    filled = sum(0.86 * full <= w <= 1.04 * full for w in long)
    return Column(full if filled >= 0.4 * len(long) else 0.0)


def _dense_maximum(widths: Sequence[float]) -> float:
    """The right edge of the densest stretch of widths, one tenth wide: body text, not footnotes."""
    best = max(range(len(widths)), key=lambda i: (i - bisect_left(widths, 0.9 * widths[i]), widths[i]))
    return widths[best]


def _box(line: Line) -> tuple[int, int, int, int] | None:
    if line.bbox is not None:
        return line.bbox
    boxes = [w.bbox for w in line.words if w.bbox]
    if not boxes:
        return None
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _local_margins(lines: Sequence[Line], page: tuple[int, int]) -> dict[int, tuple[int, int]]:
    """Margins around each line, from its neighbours: photographed pages lean and narrow."""
    boxed = [(line.number, b) for line in lines if (b := _box(line)) and line.text.strip()]
    out: dict[int, tuple[int, int]] = {}
    for i, (number, _) in enumerate(boxed):
        around = [b for _, b in boxed[max(0, i - 6) : i + 7]]
        lefts, rights = sorted(b[0] for b in around), sorted((b[2] for b in around), reverse=True)
        enough = len(around) >= 6 and rights[1] - lefts[1] > 0.85 * (page[1] - page[0])
        out[number] = (lefts[1], rights[1]) if enough else page
    return out


def _margins(lines: Sequence[Line]) -> tuple[int, int] | None:
    boxes = [b for line in lines if (b := _box(line))]
    long = [b for b in boxes if b[2] - b[0] > 0.6 * max(c[2] - c[0] for c in boxes)]
    if len(boxes) < len(lines) * 0.6 or len(long) < 3:
        return None
    lefts, rights = sorted(b[0] for b in long), sorted(b[2] for b in long)
    return lefts[len(lefts) // 10], rights[len(rights) * 9 // 10]
