"""Labels in front of headings and items, and which of their readings makes sense in the sequence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pipeline.resources import table
from pipeline.structure.text import fold, mostly_upper, starts_lower

ALPHABET = "abcdđeghiklmnopqrstuvxy"
"""Order of points in a clause (Decree 30/2020/NĐ-CP, Annex I, II.6.đ): no f, j, w, z."""

_ORDINALS = {"nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
WORD_STYLES = frozenset({"annex", "part", "chapter", "title"})
BULLETS = frozenset({"dash", "plus", "star", "bullet"})


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label.

    Attributes:
        printed: as it shall appear in Node.label.
        style: a style of dictionaries/numbering_styles.tsv; decimals carry their depth ("decimal2").
        value: its place in the sequence, from 1; 0 for bullets.
        text: the rest of the line.
        sure: false where the label was read otherwise and repaired by the sequence.
    """

    printed: str
    style: str
    value: int
    text: str
    sure: bool = True

    @property
    def bullet(self) -> bool:
        """Whether it is a sign without a number."""
        return self.style in BULLETS


def roman(numeral: str) -> int:
    """Value of a Roman numeral; 0 where it is none ("IL", "VV")."""
    total, text = 0, numeral.lower()
    for char, after in zip(text, text[1:] + " ", strict=False):
        value = _ROMAN.get(char, 0)
        total += -value if value < _ROMAN.get(after, 0) else value
    return total if text and to_roman(total).lower() == text else 0


def to_roman(value: int) -> str:
    """The Roman numeral of a small number."""
    signs = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    out = ""
    for unit, sign in signs:
        while value >= unit and len(out) < 9:
            out, value = out + sign, value - unit
    return out


@cache
def _styles() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    return tuple((row["style"], re.compile(row["pattern"]), row["value"]) for row in table("numbering_styles"))


@cache
def _misread() -> dict[str, tuple[int, ...]]:
    return {row["read"]: tuple(map(roman, row["printed"].split())) for row in table("ocr_labels")}


def _value(text: str, how: str) -> int:
    if how == "none":
        return 0
    if how == "decimal":
        return int(text.split(".")[-1])
    if text.isdecimal():
        return int(text)
    if how == "letter":
        return ALPHABET.find(text) + 1 or (ord(text) - 96 if text.isascii() else 0)
    if how == "upper":
        return ALPHABET.find(text.lower()) + 1
    if how in ("roman", "ordinal"):
        head = re.match(r"[IVXLC]+|\d+", text or "")
        value = (int(head[0]) if head[0].isdecimal() else roman(head[0])) if head else 0
        return value or _ORDINALS.get(fold(text or ""), 0) or (how == "ordinal" and ord(text[0]) - 64) or 1
    return int(text)


def candidates(line: str) -> list[Label]:
    """Every label that the line may begin with, in the order of the table."""
    return list(_candidates(line))


@lru_cache(maxsize=4096)  # many rules ask the same of a line
def _candidates(line: str) -> tuple[Label, ...]:
    found: list[Label] = []
    for style, pattern, how in _styles():
        if match := pattern.match(line):
            raw = match[2] or ""
            if how == "roman" and style == "roman" and not roman(raw):
                continue
            depth = str(raw.count(".") + 1) if how == "decimal" else ""
            found.append(Label(match[1].replace(" ", "") if style in ("roman", "number") else match[1],
                               style + depth, _value(raw, how), line[match.end():].strip()))  # fmt: skip
    if not found or found[0].style in ("roman", "upper", "letter", "dash"):
        found += _garbled_number(line)
    return tuple(found)


_COMMA = re.compile(r"^[-–_.]?((\d{1,2})[,:;.])\s+(?=[^\W\d_a-z])")
_DECIMAL = re.compile(r"^[-–_.]?((\d{1,2})[.,:\-](\d{1,2}))[.,:;]?\s+(?=[^\W\d_a-z])")
_FIRST_PART = re.compile(r"^(\d)[LlI|][.,]?\s+(?=[A-ZĐÀ-Ỹ][^\W\d_A-Z])")  # "1L Xây dựng" is "1.1."
_LETTERED = re.compile(r"^(([Il|]1?|1[Il|]|T|S|b|g|A|Đ)[.,])\s+(?=[^\W\d_a-z])")


def _garbled_number(line: str) -> list[Label]:
    """A number that was misread, or its full stop ("2, ", "-4. ", "I. ", "1,2. "); a sequence makes it credible."""
    if match := _COMMA.match(line):
        return [Label(match[2] + ".", "number", int(match[2]), line[match.end() :].strip(), sure=False)]
    if match := _DECIMAL.match(line):
        label = f"{match[2]}.{match[3]}."
        return [Label(label, "decimal2", int(match[3]), line[match.end() :].strip(), sure=False)]
    if match := _FIRST_PART.match(line):
        return [Label(f"{match[1]}.1.", "decimal2", 1, line[match.end() :].strip(), sure=False)]
    if match := _LETTERED.match(line):
        return [
            Label(f"{value}.", "number", value, line[match.end() :].strip(), sure=False)
            for value in _numbers().get(match[2], ())
        ]
    return []


@cache
def _numbers() -> dict[str, tuple[int, ...]]:
    return {row["read"]: tuple(map(int, row["printed"].split())) for row in table("ocr_numbers")}


_GARBLED = re.compile(r"^([A-Z0-9lỊÍƯỰỤŨ|]{1,5}) ?[.,:;/)\-–—]?\s+(?=\S)")


def garbled_roman(line: str, expected: int, known_title: bool) -> Label | None:
    """A section heading whose numeral was misread, if the numeral that the sequence expects explains it.

    Args:
        line: as printed; a heading in small letters needs a usual title and a numeral that explains the reading.
        expected: value of the next section.
        known_title: the rest of the line is a usual section title, which excuses any short garble.
    """
    match = _GARBLED.match(line)
    if not match or len(rest := line[match.end() :]) < 6:
        return None
    values = _misread().get(match[1], ())
    stop = line[len(match[1]) :].lstrip()[:1] in ".,:;/)-–—"
    if not mostly_upper(rest):  # "IH. Nội dung thanh tra:": only where everything fits
        if not (known_title and stop and expected in values and expected > 1 and len(rest) <= 80):
            return None
    elif expected not in values and not (known_title and (stop or values)):
        return None
    return Label(to_roman(expected) + ".", "roman", expected, rest.strip(), sure=False)


def mended_annex(label: Label, last: int) -> Label:
    """An annex whose numeral was misread ("Phụ lục H" behind "Phụ lục I"), if the sequence explains it."""
    word, _, numeral = label.printed.rpartition(" ")
    if not word or roman(numeral) or numeral.isdecimal() or last + 1 not in _misread().get(numeral, ()):
        return label
    return replace(label, printed=f"{word} {to_roman(last + 1)}", value=last + 1, sure=False)


def follows(style: str, last: int, value: int) -> bool:
    """Whether a value is the next one of its style; offices that have no "Đ." go from "D." to "E."."""
    return value == last + 1 or (style in ("upper", "letter") and (last, value) == _WITHOUT_D)


_WITHOUT_D = (ALPHABET.index("d") + 1, ALPHABET.index("e") + 1)


@dataclass(frozen=True, slots=True)
class Sequence:
    """The open numberings, outermost first: (style, last value).

    Attributes:
        number: the last number that was counted, also where a heading has closed its numbering since.
    """

    levels: tuple[tuple[str, int], ...] = ()
    number: int = 0

    def last(self, style: str) -> int | None:
        """The last value of an open style; None where the style is not open."""
        return next((value for name, value in self.levels if name == style), None)

    def next(self, label: Label) -> bool:
        """Whether the label is the next one of its style; tasks may be counted on through the sections."""
        last = self.last(label.style)
        on = last is None and label.style == "number" and label.value == self.number + 1
        return on or follows(label.style, last or 0, label.value)

    def follow(self, label: Label) -> Sequence:
        """The numberings after this label: deeper ones are closed, and bullets by whatever counts."""
        kept: list[tuple[str, int]] = []
        for name, value in self.levels:
            if name in BULLETS and not label.bullet:
                continue
            if name == label.style or (RANK.get(name, 50) > RANK.get(label.style, 50) and label.style in OUTER):
                break
            if label.style == "article" and name not in RANK:  # "Điều 2." ends the numbers before it
                break
            kept.append((name, value))
        number = label.value if label.style == "number" else 0 if label.style in WORD_STYLES else self.number
        return Sequence((*kept, (label.style, label.value)), number)


OUTER = {"annex", "part", "chapter", "title", "roman"}
RANK = {"annex": 0, "part": 1, "chapter": 2, "title": 3, "upper": 4, "roman": 5}


def resolve(found: list[Label], sequence: Sequence, strong: bool) -> Label | None:
    """The reading that continues or begins a numbering; None where the line is rather a wrapped one.

    Args:
        found: from `candidates`.
        sequence: the open numberings.
        strong: the line before has ended its paragraph, so that a gap is likelier than a wrapped line.
    """
    ranked = sorted(((_sense(label, sequence, strong), -i, label) for i, label in enumerate(found)), reverse=True,
                    key=lambda item: item[:2])  # fmt: skip
    if not ranked or ranked[0][0] <= 0:
        return _far_number(found, sequence) if strong else None
    label = ranked[0][2]
    if label.style == "letter" and label.printed[0] == "d" and sequence.last("letter") == label.value:
        return replace(label, printed="đ" + label.printed[1:], value=label.value + 1, sure=False)
    return label


def _far_number(found: list[Label], sequence: Sequence) -> Label | None:
    """A digit far from the next number ("9." behind "4.") is that number misread, where a paragraph begins."""
    last = sequence.last("number")
    label = next((c for c in found if c.style == "number" and c.sure), None)
    if label is None or last is None or not last + 4 < label.value < 10 or starts_lower(label.text):
        return None
    return replace(label, printed=f"{last + 1}{label.printed.lstrip('0123456789')}", value=last + 1, sure=False)


def _sense(label: Label, sequence: Sequence, strong: bool) -> int:
    """How well a label fits: 3 next in sequence, 2 a new one, 1 a gap, 0 not at all."""
    if label.bullet or label.style in WORD_STYLES:
        return 2
    last = sequence.last(label.style)
    if not label.sure:
        return _sense_garbled(label, sequence)
    if sequence.next(label) and (last is not None or (strong and label.value > 1)):
        return 3
    if label.style == "letter" and label.printed[0] == "d" and last == label.value:
        return 3
    if label.style == "roman" and not mostly_upper(label.text) and (last or 0) > 0:
        return 1 if strong and label.value > (last or 0) else 0
    if label.style == "upper" and last is None and label.value != 1:
        return 0
    if label.value == 1:
        return 2
    if starts_lower(label.text):
        return 0
    if label.style == "article":  # a word says what it is, whatever articles are quoted or left out before it
        return int(strong)
    return int(strong and (0 < label.value - (last or 0) <= 4 or label.style.startswith("decimal")))


def _sense_garbled(label: Label, sequence: Sequence) -> int:
    """A misread number counts where it is the next one; "I." for 1 where sections are numbered "I." already."""
    if label.value != (sequence.last(label.style) or 0) + 1 or mostly_upper(label.text):
        return 0
    if label.style == "decimal2":
        return 3 * (sequence.last("number") == int(label.printed.split(".")[0]))
    return 4 if label.value == 1 and sequence.last("roman") else 3 * (label.value > 1)
