"""Footnote markers and notes as OCR garbles them, rewritten to "^1".

A note is believed where the page shows one: a line at the foot of the page that opens with a lone sign or with the next
number. A marker is believed where a sign stands glued to a word above its note. A sign without a note is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model import Correction, Page
from pipeline.rewrite import rewritten
from pipeline.structure.fields import starts_field
from pipeline.structure.furniture import furniture
from pipeline.structure.notes import OPENING, height_of, stands_apart
from pipeline.structure.numbering import candidates
from pipeline.structure.rows import Column, Row, column_of, rows_of
from pipeline.structure.text import starts_lower, terminal

RULE = "footnote-marker"

_NOTE = re.compile(
    r"^(\d{1,2}|[!'’‘\"`®°©™¹²³⁴⁵⁶⁷⁸⁹ºª*†‡^~§?¢£¥|%#«»]{1,2}|[lIi])(?:\s+|(?=[“\"]?[^\W\d_]))(?=[“\"]?[^\W\d_a-z])"
)
# a sign glued to a word of lower-case letters (or to its closing quotation mark), at the end of a word
_SIGN = re.compile(
    r"(?<=[^\W\d_A-Z]{2}|[^\W\d_][”\")]|\d[”\"])"
    r"(?P<sign>[!®°©™¹²³⁴⁵⁶⁷⁸⁹ºª§¢¥£*†‡^~`´|]{1,2}|['’?“”\"]|\d{1,2}|\^\d{1,2})(?=[\s;,.:)”]|$)"
)
_STRONG = frozenset("®°©™¹²³⁴⁵⁶⁷⁸⁹ºª§*†‡^~`´|")
_LETTERS = frozenset("¢¥£")
"""What an engine without Vietnamese reads for letters, too."""
_SUPERSCRIPT = {"¹": 1, "²": 2, "³": 3, "⁴": 4, "⁵": 5, "⁶": 6, "⁷": 7, "⁸": 8, "⁹": 9}


@dataclass(frozen=True, slots=True)
class _Opening:
    """A line that may open a note; `at` is its place among the rows, `printed` its number where it is one."""

    at: int
    sign: str
    length: int
    weight: int

    @property
    def printed(self) -> int | None:
        """The number that opens the note; None for a sign."""
        return int(self.sign) if self.sign.isdecimal() else _SUPERSCRIPT.get(self.sign)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A sign that may be a marker, at an offset of a row's raw line."""

    at: int
    start: int
    sign: str
    weight: int


def mark(pages: Sequence[Page]) -> tuple[list[Page], list[Correction]]:
    """See `pipeline.structure.mark_footnotes`."""
    rows = rows_of(pages)
    raw = {line.number: line.text for page in pages for line in page.lines}
    changes: list[Correction] = []
    number = 0
    marks, column = furniture(rows), column_of(rows)
    spare: int | None = None  # where a page without notes begins: its markers may have their notes on the next one
    stretches = _stretches(rows, marks)
    for first, last in stretches:
        span = (first if spare is None else spare, first, last)
        before, number = number, _mark_page(rows, span, raw, number, changes, (marks, column))
        spare = first if number == before else None
    changes += _answers(rows, stretches, raw)
    return rewritten(pages, changes), changes


def _answers(rows: Sequence[Row], stretches: Sequence[tuple[int, int]], raw: dict[int, str]) -> Iterator[Correction]:
    """The markers of notes that were marked on the page's image ("^1 Theo ..."), where no marker was seen.

    Such is the one clear sign above the note, or on the page before, between the markers of the other notes; where more
    than one note waits for its marker, it must be the very number.
    """
    seen = {int(value): i for i, row in enumerate(rows) for value in re.findall(r"(?<=\S)\^(\d+)", row.text)}
    page_before = (0, 0)
    for first, last in stretches:
        notes = [(i, int(found[1])) for i in range(first, last) if (found := OPENING.match(rows[i].text))]
        lone = [(i, value) for i, value in notes if value not in seen]
        for at, value in lone:
            least = max((i for other, i in seen.items() if other < value and i < at), default=0)
            most = min((i for other, i in seen.items() if other > value and i >= page_before[0]), default=at)
            spans = (_marks_of(rows, *span, raw, _CLEAR) for span in ((first, at), page_before))
            fits = ([m for m in s if least <= m.at <= most and (len(lone) == 1 or _printed(m) == value)] for s in spans)
            here = next(filter(None, fits), [])
            if len(here) == 1:
                yield _change(rows[here[0].at], here[0].start, here[0].sign, f"^{value}")
        page_before = (first, last)


def _stretches(rows: Sequence[Row], marks: dict[int, str]) -> list[tuple[int, int]]:
    """The pages, as far as they can be told apart: ranges of rows, ended by a page break or a page number."""
    out, first = [], 0
    for i, row in enumerate(rows):
        if i > first and (row.page_start or marks.get(rows[i - 1].number) == "page number"):
            out.append((first, i))
            first = i
    return [*out, (first, len(rows))] if rows else []


def _mark_page(
    rows: Sequence[Row],
    span: tuple[int, int, int],
    raw: dict[int, str],
    number: int,
    changes: list[Correction],
    layout: tuple[dict[int, str], Column],
) -> int:
    """Mark the notes of one page; returns the number of the document's last note.

    The span begins with the page, or with the one before it that has no notes; then follow the page and its end.
    """
    (earlier, first, last), (marks, column) = span, layout
    openings = [o for i in range(first + 1, last) if (o := _opening(rows, i, last, column, marks)) is not None]
    if not openings:
        return number
    found = _marks_of(rows, first, last - 1, raw)
    notes = _in_sequence([o for o in openings if o.weight >= _ENOUGH or _answered(o, found)], number, found, rows)
    if not notes:
        return number
    found = [m for m in found if m.at < notes[0][0].at]
    values = [value for _, value in notes]
    chosen = _choose(found, values) or _choose(_marks_of(rows, earlier, first, raw, _CLEAR), values)
    for opening, value in notes:
        here = next((m for m, v in chosen if v == value), None)
        if here is None and opening.weight < 3:
            continue
        if here is not None:
            changes.append(_change(rows[here.at], here.start, here.sign, f"^{value}"))
        line = raw[rows[opening.at].number]
        start = len(line) - len(line.lstrip())
        observed = line[start : start + opening.length]
        changes.append(
            _change(rows[opening.at], start, observed, f"^{value}" + " " * (len(line) > start + len(observed)))
        )
        number = max(number, value)
    return number


def _opening(rows: Sequence[Row], i: int, last: int, column: Column, marks: dict[int, str]) -> _Opening | None:
    """The row as the opening of a note, with the weight of what speaks for it; None where too little does."""
    row = rows[i]
    if row.cell or starts_field(row.text) or OPENING.match(row.text):
        return None
    if _raised_alone(rows, i, last):
        return _Opening(i, row.text, len(row.text), 1)
    match = _NOTE.match(row.text)
    if row.number in marks:
        return None
    if not match:  # the marker is lost; one in the text must answer
        if not stands_apart(rows, i):
            return None
        foot = all(not _is_body(r) and not _larger(r, row) for r in rows[i + 1 : last] if r.number not in marks)
        lost = foot and not _goes_on_over_page(rows, i, marks)
        return _Opening(i, "", 0, _ENOUGH) if lost else None
    wide = bool(column.full) and row.width > column.full * 1.12
    small = _smaller(row, rows[i - 1])
    rest = [r for r in rows[i + 1 : last] if r.number not in marks]
    foot = len(rest) <= 14 and not any(_is_body(r) or _larger(r, row) for r in rest)
    weight = 2 * wide + 2 * small + foot + (row.blanks > 0) + (not terminal(rows[i - 1].text))
    if match[1] in "*i" and not (wide or small):
        return None
    if not foot and not wide:
        return None
    return _Opening(i, match[1], match.end(), weight + (wide or small) - 1)


def _goes_on_over_page(rows: Sequence[Row], i: int, marks: dict[int, str]) -> bool:
    """Whether small letters at the foot of a page go on a note of the page before, whose last line is full."""
    above = (r for r in reversed(rows[:i]) if r.page != rows[i].page and r.number not in marks)
    before = next((r for r in above if len(r.text) > _SCRAP), None)
    if not starts_lower(rows[i].text) or before is None or before.right is None or before.margins is None:
        return False
    full = before.right > before.margins[1] - 0.06 * (before.margins[1] - before.margins[0])
    return full and not terminal(before.text) and not _larger(before, rows[i])


def _raised_alone(rows: Sequence[Row], i: int, last: int) -> bool:
    """Whether the row is a small number at the height of the row behind it: text layers part them so."""
    row, after = rows[i], rows[i + 1] if i + 1 < last else None
    if after is None or row.box is None or after.box is None or not re.fullmatch(r"\d{1,2}", row.text):
        return False
    if row.box[3] - row.box[1] > 0.85 * (after.box[3] - after.box[1]):
        return False
    level = after.box[1] - (after.box[3] - after.box[1]) < row.box[1] < after.box[3]
    return level and 0 <= after.box[0] - row.box[2] < 2 * (row.box[3] - row.box[1])


_ENOUGH = 2
_CLEAR = 3
_SCRAP = 10


def _answered(opening: _Opening, found: Sequence[_Mark]) -> bool:
    """Whether a line above holds just the sign, glued to a word, that the note opens with."""
    marks = [m for m in found if m.at < opening.at and m.weight > 1]
    return any(
        m.sign == opening.sign or (opening.printed is not None and _printed(m) == opening.printed) for m in marks
    )


def _smaller(row: Row, before: Row) -> bool:
    """Whether the letters are visibly smaller than on the line before (known from word boxes)."""
    return 0 < height_of(row) < 0.85 * height_of(before)


def _larger(row: Row, note: Row) -> bool:
    """Whether the letters of a line below a note are visibly larger: then it is no note."""
    return height_of(note) > 0 and height_of(row) > 1.2 * height_of(note)


def _is_body(row: Row) -> bool:
    """Whether a line below a note can only be body text: it begins with a label."""
    labelled = any(c.style in ("roman", "number", "letter", "dash") for c in candidates(row.text))
    return labelled and not _NOTE.match(row.text)


def _in_sequence(
    openings: Sequence[_Opening], number: int, found: Sequence[_Mark], rows: Sequence[Row]
) -> list[tuple[_Opening, int]]:
    """The openings that fit the numbering of notes through the document (or anew on each page), with their numbers.

    Notes that are marked already count where they stand.
    """
    marked = [(i, int(note[1])) for i, row in enumerate(rows) if (note := OPENING.match(row.text))]
    out: list[tuple[_Opening, int]] = []
    expected = number + 1
    for opening in openings:
        expected = max(expected, 1 + max((value for i, value in marked if i < opening.at), default=0))
        printed = opening.printed
        if printed is not None and printed != expected:
            if not _answered(opening, found) or (printed < expected and (printed != 1 or out)):
                continue
            expected = printed  # a note before it was missed, or the notes are counted anew on each page
        out.append((opening, expected))
        expected += 1
    return out


def _marks_of(rows: Sequence[Row], first: int, last: int, raw: dict[int, str], least: int = 0) -> list[_Mark]:
    """The signs of some lines that may be markers, of at least some weight."""
    found = (m for i in range(first, last) for m in _marks_in(rows[i], i, raw[rows[i].number], rows[i + 1]))
    return [m for m in found if m.weight >= least]


def _marks_in(row: Row, at: int, raw: str, after: Row) -> list[_Mark]:
    """The signs of a line that may be markers."""
    out = _raised_marks(row, at, raw)
    for match in _SIGN.finditer(raw):
        sign = match["sign"]
        if sign.startswith("^") and len(sign) > 1:
            continue
        follows = raw[match.end() :].lstrip()
        out.append(_Mark(at, match.start("sign"), sign, _weight(sign, raw[: match.start("sign")], follows, after)))
    return [m for m in out if m.weight > 0]


def _raised_marks(row: Row, at: int, raw: str) -> list[_Mark]:
    """Numbers that stand as words of their own, visibly smaller and close behind a word (text layers, some engines)."""
    out: list[_Mark] = []
    boxed = [w for w in row.words if w.bbox]
    if len(boxed) < 3:
        return out
    heights = sorted(w.bbox[3] - w.bbox[1] for w in boxed if w.bbox)
    usual = heights[len(heights) // 2]
    for before, word in pairwise(boxed):
        if not before.bbox or not word.bbox or not re.fullmatch(r"\d{1,2}", word.text):
            continue
        small = word.bbox[3] - word.bbox[1] < 0.75 * usual and word.bbox[3] < before.bbox[3]
        if small and word.bbox[0] - before.bbox[2] < 0.15 * usual:
            start = before.start + len(before.text)
            end = word.start + len(word.text)
            end += bool(re.match(r" [;,.:)”]", raw[end:]))
            out.append(_Mark(at, start, raw[start:end], 5))
    return out


def _weight(sign: str, before: str, follows: str, after: Row) -> int:
    """How much a sign looks like a marker rather than punctuation."""
    nxt = follows or after.text
    goes_on = starts_lower(nxt) or nxt[:1] in ";,.:)"
    if sign.isdecimal():
        return 3
    if any(c in _STRONG for c in sign):
        return 4 if goes_on else 3
    if any(c in _LETTERS for c in sign):
        return 1
    if sign in ("!", "?"):
        return 3 if goes_on else 0
    if sign in ("”", '"', "“"):
        opened = before.count("“") + before.count('"') - before.count("”")
        return 0 if opened > 0 or before.count('"') % 2 else 1
    opened = before.count("'") + before.count("‘") - before.count("’")
    return 2 if goes_on and opened <= 0 else 0


def _choose(found: Sequence[_Mark], values: Sequence[int]) -> list[tuple[_Mark, int]]:
    """Pair markers and notes in reading order; nothing where two readings are equally good."""
    exact = {v: [m for m in found if _printed(m) == v] for v in values}
    if all(len(ms) == 1 for ms in exact.values()) and _rising([exact[v][0] for v in values]):
        return [(exact[v][0], v) for v in values]
    usable = [m for m in found if _printed(m) is None or _printed(m) in values]
    if len(usable) > len(values):
        order = sorted((m.weight for m in usable), reverse=True)
        floor = order[len(values) - 1]
        if order[len(values)] == floor:
            usable = [m for m in usable if m.weight > floor]
        else:
            usable = [m for m in usable if m.weight >= floor]
    if len(usable) == len(values):
        return list(zip(usable, values, strict=True))
    return [(m, v) for m in usable if (v := _printed(m)) is not None and v in values and len(exact[v]) == 1]


def _printed(mark_: _Mark) -> int | None:
    sign = mark_.sign.strip()
    return int(sign) if sign.isdecimal() else _SUPERSCRIPT.get(sign)


def _rising(marks: Sequence[_Mark]) -> bool:
    places = [(m.at, m.start) for m in marks]
    return places == sorted(places)


def _change(row: Row, start: int, observed: str, restored: str) -> Correction:
    return Correction(
        page=row.page, line=row.number, start=start, observed=observed, restored=restored, confidence=0.9, rule=RULE
    )


__all__ = ["RULE", "mark"]
