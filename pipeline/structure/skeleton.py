"""The headings of a whole document as one sequence: which misread labels are the numbers that are missing.

`numbering.resolve` looks at a line and at what is open. Here the labels of all lines ("A.", "I.", "1.") are read
together: the assignment of lines to levels and numbers with the fewest repairs, gaps and restarts wins (a beam search
over the open numbers of each level). "L. Mục tiêu" between "A. ..." and "II. Yêu cầu" is "I." for that reason alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from pipeline.resources import table
from pipeline.structure.agencies import starts_agency
from pipeline.structure.numbering import ALPHABET, WORD_STYLES, Label, candidates, follows, roman, to_roman
from pipeline.structure.rows import Column, Row, indented
from pipeline.structure.sections import kind_of
from pipeline.structure.text import mostly_upper, starts_lower, terminal

_ORDERS = (("upper", "roman", "number"), ("roman", "upper", "number"))
_TABLES = {"upper": "ocr_letters", "roman": "ocr_labels", "number": "ocr_numbers"}
_BEAM = 64
# What a reading of the document costs. A repair is cheaper than to pass over a heading, a gap dearer than both.
_MISREAD, _STOP, _NO_STOP, _SMALL, _ANY = 1.0, 0.2, 1.0, 0.7, 1.2
_STROKES_LOST = 0.4
"""A lost full stop behind what can only be a numeral: "II", "IL"."""
_PASS, _PASS_CLEAR, _PASS_TITLE = 1.5, 2.0, 3.2
_GAP, _RESTART, _LATE = 3.0, 4.0, 3.0
_LOOSE = 0.6
"""Numbers restart and jump more often than sections: below "a)", in quotations."""

_SLASHED = "UƯỰỤŨW"
"""What a stroke and a slash are read as together: "IU" is "II/"."""
_STROKES = frozenset("IVXLl1|")
_POINTS = frozenset("abcdđeg")
"""In small letters they are rather points than misread numbers."""
_MOST = 40
"""No plan has as many sections: "L." and "C." are letters."""

_TOKEN = re.compile(
    r"^(?:[-–_.]\s?)?([^\W_]{1,5}|[|€])( ?[.,:;)/]| ?[-–—](?=\s))?(?:(?<=\.)|\s+)"
    r"(?=[^\W\d_]|[\"“(]|(?<=\s)(?!00)\d{1,3}(?:,\d+)?(?:%| [^\W\d]))"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the label of a line; value 0 stands for "the next one, whatever is printed"."""

    style: str
    value: int
    cost: float


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that may begin with a label, and all its readings."""

    row: Row
    text: str
    readings: tuple[Reading, ...]

    @property
    def to_pass(self) -> float:
        """What it costs to take the line for no heading: most for a title in capitals, little for a doubtful label."""
        if mostly_upper(self.text):
            return _PASS_TITLE
        return _PASS_CLEAR if any(r.cost == 0 and r.style != "upper" for r in self.readings) else _PASS


@dataclass(frozen=True, slots=True)
class _Path:
    """A way through the document: its cost, and the readings taken, last one first."""

    cost: float
    taken: tuple[Heading, Reading, int] | None = None
    before: _Path | None = None

    def steps(self) -> Iterator[tuple[Heading, Reading, int]]:
        """The readings taken, last one first."""
        path: _Path | None = self
        while path is not None:
            if path.taken:
                yield path.taken
            path = path.before


def repairs(rows: Sequence[Row], column: Column) -> dict[int, Label]:
    """Labels that the sequence of the whole document puts right: line number -> label.

    Args:
        rows: of the body, without furniture, footnotes, head and tail.
        column: from `column_of`.
    """
    steps = [step for part in _parts(rows) for step in _cheapest(_headings(part, column)).steps()]
    marks = Counter((reading.style, mark) for heading, reading, _ in steps if (mark := _mark(heading.row)))
    usual = {style: mark for (style, mark), _ in reversed(marks.most_common())}
    return {
        heading.row.number: Label(
            _printed(reading.style, value) + (_mark(heading.row) or usual.get(reading.style, ".")),
            reading.style,
            value,
            heading.text,
            sure=False,
        )
        for heading, reading, value in steps
        if reading.cost > 0
    }


def _parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows between "Phần thứ nhất", "Chương I", "Phụ lục" ..., below which numbers begin anew."""
    starts = [i for i, row in enumerate(rows) if any(c.style in WORD_STYLES for c in candidates(row.text)[:1])]
    for a, b in pairwise([0, *starts, len(rows)]):
        yield rows[a:b]


def _cheapest(found: Sequence[Heading]) -> _Path:
    return min((_search(found, order) for order in _ORDERS), key=lambda path: path.cost)


def _headings(rows: Sequence[Row], column: Column) -> list[Heading]:
    found: list[Heading] = []
    small = any(
        r.cost == 0 and r.style == "roman" and not mostly_upper(text)
        for row in rows
        for text, readings in [_read(row.text, True)]
        for r in readings
    )
    for i, row in enumerate(rows):
        if i and not _begins(rows[i - 1], row, column):
            continue
        text, readings = _read(row.text, small)
        if readings:
            found.append(Heading(row, text, tuple(readings)))
    return found


def _begins(before: Row, row: Row, column: Column) -> bool:
    """Whether anything but the label speaks for a new block."""
    return terminal(before.text) or row.blanks > 0 or indented(row) or column.breaks_early(before, row)


def _read(line: str, small: bool) -> tuple[str, list[Reading]]:
    """The text behind the label, and all its readings; none where the line cannot begin with one.

    Args:
        line: as printed.
        small: the document has sections in small letters, so that they are no surprise.
    """
    match = _TOKEN.match(line)
    if not match:
        return "", []
    token, stop, text = match[1], (match[2] or "").strip(), line[match.end() :].strip()
    if starts_lower(text) or (token.isalpha() and stop == ")"):
        return text, []
    if re.match(r"[-–] ", line) and not mostly_upper(text):  # a bullet, not a speck
        return text, []
    extra = _stop_cost(token, stop)
    title = mostly_upper(text)
    found = list(_plain(token, stop, extra, title)) if stop or title or not terminal(text) else []
    if mostly_upper(text) or not terminal(text.rstrip(":")):
        for style in ("roman", "upper"):
            usual = not token.isdecimal() if style == "upper" else mostly_upper(text) or small
            strange = 0.0 if usual else _SMALL
            if _may_be_title(style, token, stop, text, small):
                found += [Reading(style, v, _MISREAD + extra + strange) for v in _misread(style).get(token, ())]
    if stop and not mostly_upper(text) and token not in _POINTS:
        found += [Reading("number", v, _MISREAD) for v in _misread("number").get(token, ())]
        if not found and len(token) == 1 and stop in ".:;" and not token.isascii():
            found.append(Reading("number", 0, _ANY))
    return text, found


def _stop_cost(token: str, stop: str) -> float:
    """What the mark behind a label costs, by what was read of it."""
    if stop:
        return 0.0 if stop in ".-–—/)" else _STOP
    if token[-1] in _SLASHED:
        return 0.0
    return _STROKES_LOST if len(token) > 1 and set(token) <= _STROKES else _NO_STOP


def _may_be_title(style: str, token: str, stop: str, text: str, small: bool) -> bool:
    """Whether a line reads as the title of a section, so that its label may be a misread one of this style.

    Digits ("1", "11") and labels without a full stop ask for more than letters do.
    """
    if mostly_upper(text):
        return True
    if style == "upper":
        return False
    if token == "1":  # "1. Hoàn thiện cơ chế" above "II. Phát triển"
        return small and stop == "."
    titled = kind_of(text) is not None or starts_agency(text)
    if token.isdecimal():
        return titled and small
    return titled or bool(stop) or (len(token) > 1 and set(token) <= _STROKES)


def _plain(token: str, stop: str, extra: float, title: bool) -> Iterator[Reading]:
    """The token taken as it is printed; without a full stop only a numeral of two letters, or an I before a title."""
    if token.isdecimal():
        if stop and len(token) <= 2:
            yield Reading("number", int(token), extra)
        return
    if token.isupper() and 0 < roman(token) < _MOST and (stop or len(token) > 1 or (token == "I" and title)):
        yield Reading("roman", roman(token), extra)
    if token.isupper() and len(token) == 1 and stop and token.lower() in ALPHABET and token not in "IVX":
        yield Reading("upper", ALPHABET.index(token.lower()) + 1, extra)


@cache
def _misread(style: str) -> dict[str, tuple[int, ...]]:
    """What is read -> the values that may be printed."""
    values: dict[str, Callable[[str], int]] = {
        "upper": lambda letter: ALPHABET.index(letter.lower()) + 1,
        "roman": roman,
        "number": int,
    }
    rows = table(_TABLES[style])
    return {row["read"]: tuple(values[style](p) for p in row["printed"].split() if p != row["read"]) for row in rows}


def _search(found: Sequence[Heading], order: tuple[str, ...]) -> _Path:
    """The cheapest way through the headings, the styles being nested in this order."""
    beam: dict[tuple[int, ...], _Path] = {(0,) * len(order): _Path(0.0)}
    for heading in found:
        to_pass = heading.to_pass
        after = {state: _Path(path.cost + to_pass, None, path) for state, path in beam.items()}
        for state, path in beam.items():
            for reading in heading.readings:
                level = order.index(reading.style)
                value = reading.value or (state[level] + 1 if state[level] else 0)
                if not value:
                    continue
                cost = path.cost + reading.cost + _step(order, state, level, value)
                new = (*state[:level], value, *(0,) * (len(order) - level - 1))
                if new not in after or cost < after[new].cost:
                    after[new] = _Path(cost, (heading, reading, value), path)
        beam = dict(sorted(after.items(), key=lambda item: item[1].cost)[:_BEAM])
    return min(beam.values(), key=lambda path: path.cost)


def _step(order: tuple[str, ...], state: tuple[int, ...], level: int, value: int) -> float:
    """What it costs to go on with this number on this level."""
    last = state[level]
    late = _LATE if last == 0 and any(state[level + 1 :]) else 0.0
    if follows(order[level], last, value):
        return late
    cost = (_RESTART if value == 1 else _GAP) + late
    return cost * _LOOSE if level == len(state) - 1 else cost


def _printed(style: str, value: int) -> str:
    if style == "roman":
        return to_roman(value)
    return ALPHABET[value - 1].upper() if style == "upper" else str(value)


def _mark(row: Row) -> str:
    """The mark behind the label, as Party documents ("II-") or the State ("II.", "II/") print it; "" where it is lost.

    A comma or colon is a misread full stop.
    """
    match = _TOKEN.match(row.text)
    mark = (match[2] or "").strip() if match else ""
    return "-" if mark in ("-", "–", "—") else "." if mark in (",", ":", ";") else mark
