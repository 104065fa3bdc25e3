"""Lines to blocks: a label, or none, and the text joined over line and page breaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Sequence as Seq
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from pipeline.resources import table
from pipeline.structure.agencies import starts_agency
from pipeline.structure.fields import starts_field
from pipeline.structure.numbering import Label, Sequence, candidates, garbled_roman, mended_annex, resolve
from pipeline.structure.openers import opens
from pipeline.structure.predicates import begins_action
from pipeline.structure.rows import Column, Row, flush, indented
from pipeline.structure.sections import announced, kind_of
from pipeline.structure.skeleton import repairs
from pipeline.structure.styles import restyled, unnumbered
from pipeline.structure.text import (
    connects,
    first_word,
    fold,
    last_word,
    mostly_upper,
    starts_lower,
    starts_upper,
    terminal,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, an item or a paragraph as printed.

    Attributes:
        label: None for a paragraph.
        rows: its lines; the first one still carries the label.
        text: joined, without the label, with footnote markers as ^1.
        gap: whether the number before the label's is missing.
    """

    label: Label | None
    rows: tuple[Row, ...]
    text: str
    gap: bool = False

    @property
    def upper(self) -> bool:
        """Whether it is set in capitals."""
        return mostly_upper(self.text)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(row.bold for row in self.rows)

    @property
    def italic(self) -> bool:
        """Whether all of it is italic."""
        return all(row.italic for row in self.rows)


_CODE_END = re.compile(r"(?:\d|[A-ZĐ]{1,8}|\d/[^\W\d_]{2,8})[-/]$")
_PER_END = re.compile(r"[^\W_]/$|%/$")
_LAST = 32
"""Characters at the end of a growing paragraph that are looked at."""
_CODE_START = re.compile(r"^[A-ZĐ]{2,}|^\d|^[A-ZĐ][^\W\d]*[A-ZĐ-]")


def join(texts: Seq[str]) -> str:
    """Join wrapped lines; what is split at its hyphen or slash ("135-" + "KH/TU", "tiết/" + "môn") gets no space."""
    out = ""
    for text in texts:
        end = out[-_LAST:]
        code = _CODE_END.search(last_word(end)) and _CODE_START.match(text)
        per = _PER_END.search(end) and starts_lower(text)
        out += text if not out or code or per else " " + text
    return out


@cache
def _dashed_names() -> frozenset[tuple[str, str]]:
    """Pairs of words around a dash inside names: ("dong", "thuong") of "Lao động - Thương binh"."""
    pairs: set[tuple[str, str]] = set()
    for row in table("agencies"):
        parts = re.split(r" [-–] ", fold(row["name"]))
        pairs.update((last_word(a), first_word(b)) for a, b in pairwise(parts))
    return frozenset(pairs)


def _inside_name(before: str, label: Label) -> bool:
    """Whether a dash at the line's start goes on a name or a range: "Lao động" / "- Thương binh", "2021" / "- 2030"."""
    left, right = fold(last_word(before)), fold(first_word(label.text)).strip(".,;:")
    if left.isdecimal() and right.isdecimal():
        return True
    return (left, right) in _dashed_names() and not terminal(before)


@dataclass(frozen=True, slots=True)
class _Place:
    """A line and its neighbours, while blocks are read."""

    row: Row
    before: Row
    after: Row | None
    open_: Block
    column: Column
    styled: bool

    @property
    def heading(self) -> bool:
        """Whether the open block may be a heading: it has a number, and is bold where headings are."""
        label = self.open_.label
        bold = self.open_.bold or not self.styled
        return label is not None and not label.bullet and bold and not _SENTENCES.search(self.open_.text)

    @property
    def early(self) -> bool:
        """Whether the line before ended although the first word of this one would have fitted."""
        return self.column.breaks_early(self.before, self.row, first=len(self.open_.rows) == 1)

    @property
    def ended(self) -> bool:
        """Whether the line before ends a sentence, a clause or a heading."""
        return terminal(self.before.text)

    @property
    def strong(self) -> bool:
        """Whether anything but the label speaks for a new block."""
        return self.early or self.ended or self.row.blanks > 0 or indented(self.row)


def _label_of(
    row: Row, place: _Place | None, sequence: Sequence, known: Mapping[int, Label]
) -> tuple[Label | None, bool]:
    """The label of a line, if it begins a heading or item; and whether it is a wrapped line that only looks so."""
    if place is not None and _in_brackets(place):
        return None, True
    if row.number in known:
        return known[row.number], False
    strong = place is None or place.strong
    label = resolve(candidates(row.text), sequence, strong) or _glued(row.text, sequence)
    last = sequence.last("roman") or 0
    if label is None or (label.style != "roman" and not label.bullet):
        repaired = garbled_roman(row.text, last + 1, kind_of(" ".join(row.text.split()[1:])) is not None)
        if repaired and (label is None or not sequence.next(label)):
            label = repaired
    if label is not None and label.style == "annex":
        label = mended_annex(label, sequence.last("annex") or 0)
    if label is not None and row.mended:
        label = replace(label, sure=False)
    if label is None or place is None:
        return label, False
    if _wrapped(label, place):
        return None, True
    return label, False


def _glued(text: str, sequence: Sequence) -> Label | None:
    """The first section's numeral that OCR ran into its title: "LKINH PHÍ" is "I. KINH PHÍ"."""
    rest = text[1:].lstrip(".,")
    if text[:1] not in "LIl1|" or sequence.last("roman") or not mostly_upper(rest):
        return None
    phrase = announced(rest)[1]
    if not phrase or not fold(rest).startswith(phrase) or announced(text)[1] == fold(text)[: len(phrase)]:
        return None
    return Label("I.", "roman", 1, rest, sure=False)


def _wrapped(label: Label, place: _Place) -> bool:
    """Whether a line that begins like an item rather goes on the line before."""
    before, open_, early, ended = place.before, place.open_, place.early, place.ended
    if label.style == "dash":
        if not early and _inside_name(before.text, label):
            return True
        if starts_lower(label.text):
            return not ended and (not early or not place.row.blanks)
        heading = open_.label is not None and not open_.label.bullet
        return not ended and not early and not heading and connects(before.text)
    if label.bullet:
        return False
    if connects(before.text) and not place.strong:
        return True
    if label.style in ("number", "roman", "upper") and not ended and not early and flush(place.row):
        return True
    return not early and bool(_REFERS.search(before.text.lower()))


def _runs_on(place: _Place) -> bool:
    """Whether the page shows that a paragraph with an indent goes on: behind a full line, with one at the margin."""
    return indented(place.open_.rows[0]) and flush(place.row) and not place.early


def _short(place: _Place) -> bool:
    """Whether the line before is far from full, so that "được" ends a heading rather than goes on."""
    return bool(place.column.full) and place.column.far_short(place.before)


_REFERS = re.compile(r"\b(?:khoản|điểm|điều|mục|phần|chương|số|ngày|tháng|bảng|phụ lục|quyết định|luật)$")


def _continues(place: _Place) -> bool:
    """Whether a line without a label goes on the open block."""
    row, before, open_ = place.row, place.before, place.open_
    last = _last_word(place)
    if (
        (starts_field(row.text) and not _runs_on(place))
        or (_resolves(row) and not open_.upper)
        or (restyled(before, row) and not last)
    ):
        return False
    if starts_lower(row.text) or last:
        return not (place.ended and place.early and row.blanks)
    if open_.upper and not mostly_upper(row.text):
        return not any(c.isalpha() for c in row.text) and open_.label is not None
    if open_.upper and open_.label:
        return not place.ended
    if place.ended:
        begins = opens(row.text, "basis", "giao", "closing") and not _runs_on(place)
        broken = place.early or row.blanks > 0 or indented(row) or begins
        broken = broken or place.column.starts_indented(row, place.after) or (not row.margins and _apart(place))
        return not broken or not starts_upper(row.text)
    if not place.early and not row.blanks and _REFERS.search(before.text.lower()):
        return True
    if connects(before.text) and not before.text.endswith(","):
        return not (place.early and starts_upper(row.text) and (indented(row) or (place.heading and _short(place))))
    acts = begins_action(row.text) and (place.early or len(row.text.split()) > _SCRAP)
    if place.heading and (row.blanks or opens(row.text, "basis", "closing") or acts):
        return connects(before.text)  # a heading, and the paragraph below it
    if row.margins and indented(row):
        return False
    return not place.early and not (indented(row) and place.column.far_short(before))


_SCRAP = 2
"""Words behind a full line that end it, though they look like what to do: "... Tạp chí" / "Xây dựng."."""


def _apart(place: _Place) -> bool:
    """Whether a line begins with whom it asks ("Yêu cầu Trưởng các phòng"), or with who plans, behind a legal basis."""
    text = place.row.text
    if asks := re.match(r"(?:Yêu cầu|Đề nghị) (?=\S)", text):
        return starts_agency(text[asks.end() :])
    behind = place.before.text.endswith(";") and opens(place.open_.text, "basis")
    return behind and (opens(text, "opening") or starts_agency(text))


_SENTENCES = re.compile(r"[^\W\d]{2}\. [^\W\d_a-z]")
"""Where one sentence ends and another begins, which no heading has."""


def _last_word(place: _Place) -> bool:
    """Whether a word alone on its line ends a sentence that has not ended: "... tiêu chí" / "OCOP."."""
    text = place.row.text
    whole = place.ended or place.open_.upper or place.before.bold  # a heading in bold has no full stop
    return text[0].isalpha() and " " not in text and terminal(text) and not whole


def _resolves(row: Row) -> bool:
    """Whether a line is nothing but a type of document in capitals: "QUYẾT ĐỊNH:" below the legal bases."""
    return mostly_upper(row.text) and fold(row.text).rstrip(" :.") in _types()


def _known(row: Row) -> bool:
    """Whether other rules know a line: as the title of an annex, a type of document, or a line of a form."""
    return _resolves(row) or _to_fill_in(row) or (mostly_upper(row.text) and fold(row.text).startswith("phu luc"))


@cache
def _types() -> frozenset[str]:
    return frozenset({fold(row["name"]) for row in table("document_types") if row["title"] != "text"} | {"quyet nghi"})


def read_blocks(rows: Seq[Row], column: Column) -> list[Block]:
    """Part the lines of the body into blocks.

    Args:
        rows: without furniture, footnotes, head and tail.
        column: from `column_of`.
    """
    blocks: list[Block] = []
    sequence, known = Sequence(), repairs(rows, column)
    styled = any(row.bold for row in rows)
    for i, row in enumerate(rows):
        after = rows[i + 1] if i + 1 < len(rows) else None
        place = _Place(row, rows[i - 1], after, blocks[-1], column, styled) if blocks else None
        label, wrapped = _label_of(row, place, sequence, known)
        if label is None and not wrapped and not (place and (_titleless(place.open_) or _continues(place))):
            label = None if _known(row) else unnumbered(row, after)
        if label is not None:
            gap = label.value > 1 and not sequence.next(label)
            sequence = sequence.follow(label)
            blocks.append(Block(label, (row,), label.text, gap))
        elif place is not None and _titleless(place.open_) and _to_fill_in(row):
            blocks.insert(-1, Block(None, (row,), row.text))  # it stands beside the label
        elif place is not None and (wrapped or _titleless(place.open_) or _continues(place)):
            open_ = place.open_
            blocks[-1] = Block(open_.label, (*open_.rows, row), join([open_.text, row.text]), open_.gap)
        else:
            blocks.append(Block(None, (row,), row.text))
    return blocks


def _in_brackets(place: _Place) -> bool:
    """Whether the line closes the bracket that its paragraph began with: "(Kèm theo Kế hoạch số 12/KH-SNV của Sở".

    So does one that goes on a list inside it: "(Gửi kèm: 1. Kế hoạch A;" / "2. Kế hoạch B".
    """
    text = place.open_.text
    listed = any(c.style == "number" and f" {c.value - 1}. " in text for c in candidates(place.row.text))
    return text.startswith("(") and ")" not in text and (listed or ")" in place.row.text)


def _titleless(block: Block) -> bool:
    """Whether it is a label on a line of its own ("Phụ lục I"), whose title comes next."""
    return block.label is not None and not block.text


def _to_fill_in(row: Row) -> bool:
    """Whether it is a line of a form beside the title of an annex: "ĐƠN VỊ:", "KHOA:"."""
    return row.text.endswith(":") and len(row.text.split()) <= 4 and mostly_upper(row.text)
