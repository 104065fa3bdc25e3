"""The end of a document: recipients on the left, signing power, position and signer on the right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from pipeline.resources import table
from pipeline.structure.agencies import known_spans, starts_agency
from pipeline.structure.header import doc_type
from pipeline.structure.numbering import candidates
from pipeline.structure.paragraphs import join
from pipeline.structure.rows import Row
from pipeline.structure.text import fold, mostly_upper, starts_lower

_RECIPIENTS = re.compile(
    r"^\W{0,2}(?:n[oa]i nh[a-z]{1,3}|voi nhan|noi ?nhan|nol nhan|n[o0]i n[hb][aâ]n"
    r"|\d?[nvwmx]{1,2}o?[il1] nhan(?=\W*$))\b\W*"
)
_DEGREES = "TS|ThS|BS|PGS|GS|KS|CN|Ths|Bs|BSCKI|BSCKII|CKI|CKII|DS"
_TITLES = rf"(?:(?:{_DEGREES})\.? ?)*(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy) )?"
_NAME = re.compile(rf"^{_TITLES}[^\W\d_a-z][\w'’]*(?: [^\W\d_a-z](?:['’](?=[^\W\d_a-z]))?[^\W\d_]*){{1,5}}$")
_CAPITAL = r"A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ"


@dataclass(slots=True)
class Tail:
    """What the end of a document says; `lines` are the numbers of its lines."""

    recipients: list[str] = field(default_factory=list)
    authority: list[str] = field(default_factory=list)
    position: list[str] = field(default_factory=list)
    signer: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    scribble: list[int] = field(default_factory=list)


@cache
def _signing(role: str) -> tuple[str, ...]:
    return tuple(fold(row["text"]) for row in table("signing") if row["role"] == role)


@cache
def _right_column() -> re.Pattern[str]:
    powers = "|".join(re.escape(p.upper().rstrip(".")) for p in _signing("power"))
    positions = "|".join(re.escape(row["text"]) for row in table("signing") if row["role"] == "position")
    power = rf"(?:{powers})[.,]? ?[{_CAPITAL}][{_CAPITAL} ,\-]+"
    return re.compile(rf"(?:^|[\s;,.:)'’]\s*)((?:{power}|(?:{positions}))(?: [{_CAPITAL} ,\-]+)?)$")


def is_power(text: str) -> bool:
    """Whether a line begins with a signing power: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"."""
    folded = fold(text)
    return mostly_upper(text) and any(
        re.match(rf"{re.escape(p.rstrip('.'))}(?:[.,] ?| )\S", folded) for p in _signing("power")
    )


def is_position(text: str) -> bool:
    """Whether a line of capitals begins with a position: "PHÓ CHỦ TỊCH", "GIÁM ĐỐC"."""
    folded = fold(text)
    return mostly_upper(text) and len(text) < 60 and any(re.match(rf"{p}\b", folded) for p in _signing("position"))


def is_name(text: str) -> bool:
    """Whether a line may be a person's name: two to six capitalised words and nothing else."""
    return bool(_NAME.match(text)) and not mostly_upper(text) and len(text) < 45


def find_tail(rows: Sequence[Row]) -> tuple[int, int] | None:
    """The rows of the end of the document as a range [start, stop); None where there is no such end."""
    at = _recipients_at(rows)
    if at is None:
        return _find_signature(rows)
    start = at
    while start > 0 and (
        _signature_row(rows, start - 1) or _scrap(rows, start - 1) or (start < at and _signing_body(rows, start - 1))
    ):
        start -= 1
    start = _below_end(rows, start)
    while start < at and is_name(rows[start].text):  # a name with no position above it is text
        start += 1
    stop = at + 1
    while stop < len(rows) and not _leaves(rows, stop, at):
        stop += 1
    return start, stop


def _recipients_at(rows: Sequence[Row]) -> int | None:
    """The row of "Nơi nhận:", or of what OCR made of it: a scrap above a list that ends with "Lưu: VT"."""
    at = next((i for i in reversed(range(len(rows))) if _RECIPIENTS.match(fold(rows[i].text))), None)
    if at is not None:
        return at
    archive = next((i for i in reversed(range(len(rows))) if _ARCHIVE.match(fold(rows[i].text))), None)
    if archive is None or archive < len(rows) // 3:
        return None
    at = archive
    while at > 0 and _recipient_like(rows, at - 1, archive):
        at -= 1
    above = rows[at - 1].text if at > 0 else ""
    return at - 1 if 0 < len(above) <= 14 and not above.endswith("./.") else at


_ARCHIVE = re.compile(
    r"^\W*l[uư][a-z]?\s?[:.]? ?(?:vt|v[.,]? ?t|ho so|van thu|vp|van phong)\b"
    r"|^\W*(?:l\W?uu\b ?(?:[:;.,]|$)|[l1i]{1,2}\W?uu ?:)"
)


def _recipient_like(rows: Sequence[Row], i: int, archive: int) -> bool:
    row = rows[i]
    if row.page != rows[archive].page or "./." in row.text:
        return False
    if row.box and rows[archive].box and row.margins:
        half = row.margins[0] + 0.62 * (row.margins[1] - row.margins[0])
        return row.box[2] < half and not starts_upper_number(row.text)
    if i > 0 and starts_lower(row.text) and len(row.text) < 40:
        return _recipient_like(rows, i - 1, archive)
    return len(row.text) < 70 and bool(re.match(r"^\W{0,2}[-–—]", row.text))


def starts_upper_number(text: str) -> bool:
    """Whether a line begins with a number label."""
    return any(not c.bullet for c in candidates(text))


def _scrap(rows: Sequence[Row], i: int) -> bool:
    """Whether a row below the end of the text ("./.") is a scrap of a stamp or a signature: a few characters."""
    text = rows[i].text
    if len(text) > 8 or text.endswith("./.") or any(c.text for c in candidates(text)):
        return False
    below_end = any("./." in row.text for row in rows[max(0, i - 6) : i])
    return (below_end or len(text) <= 3) and not _signature_row(rows, i)


def _signature_row(rows: Sequence[Row], i: int) -> bool:
    text = rows[i].text
    return is_power(text) or is_position(text) or is_name(text)


def _below_end(rows: Sequence[Row], start: int) -> int:
    """The first of the rows in capitals, names and scraps between the end of the text ("./.") and row `start`."""
    i = start
    while (
        i > 0
        and start - i < _MOST_SIGNS
        and (mostly_upper(rows[i - 1].text) or is_name(rows[i - 1].text) or _scrap(rows, i - 1))
    ):
        i -= 1
    return i if i > 0 and rows[i - 1].text.rstrip(' ”"').endswith("./.") else start


_MOST_SIGNS = 12


def _signing_body(rows: Sequence[Row], i: int) -> bool:
    """Whether a row above a power or a position is the one of two bodies that sign: "SỞ Y TẾ" / "KT. GIÁM ĐỐC"."""
    below = rows[i + 1].text
    return is_body(rows[i].text) and (is_power(below) or is_position(below))


def is_body(text: str) -> bool:
    """Whether capitals are the name of a body, which signs beside another one."""
    return mostly_upper(text) and len(text) < 60 and any(start == 0 for start, _ in known_spans(text))


def _find_signature(rows: Sequence[Row]) -> tuple[int, int] | None:
    start = len(rows)
    while start > 0 and _signature_row(rows, start - 1):
        start -= 1
    while start < len(rows) and is_name(rows[start].text):
        start += 1
    return (start, len(rows)) if start < len(rows) else None


def _leaves(rows: Sequence[Row], i: int, at: int) -> bool:
    """Whether row i, below the recipients, begins something else (an annex)."""
    row = rows[i]
    styles = set() if is_power(row.text) else {label.style for label in candidates(row.text)}
    if styles & {"annex", "part", "roman", "upper"} or re.match(r"phu luc\b|bieu mau\b|de cuong\b", fold(row.text)):
        return True
    if styles & {"dash", "plus", "star"} or _right_column().search(row.text):
        return False
    if doc_type(row.text) or (len(row.text) > 90 and i > at + 1 and not starts_lower(row.text)):
        return True  # another document, or text, follows
    return (row.page_start or row.page != rows[at].page) and not (is_name(row.text) or _signature_row(rows, i))


def read_tail(rows: Sequence[Row]) -> Tail:
    """Recipients and signature from the rows of `find_tail`."""
    tail = Tail()
    open_ = False  # whether a recipient may go on
    for row in rows:
        tail.lines.append(row.number)
        left, right = _columns(row)
        if right and not _sign(tail, right):
            tail.scribble.append(row.number)
        if match := _RECIPIENTS.match(fold(left)):
            left, open_ = _on_one_line(tail, left[match.end() :].strip()), False
        if left:
            open_ = _read_left(tail, left, open_, row.number)
    tail.recipients = [clean for r in tail.recipients if (clean := r.strip(" ;:.,"))]
    return tail


def _on_one_line(tail: Tail, text: str) -> str:
    """What stands behind "Nơi nhận:"; where that is the whole list, its recipients are taken and nothing is left."""
    if ";" not in text or not re.match(r"^/? ?[-–]", text):
        return text
    tail.recipients += [r.strip(" /-–") for r in re.split(r";|/ -", text) if r.strip(" /-–")]
    return ""


def _read_left(tail: Tail, left: str, open_: bool, number: int) -> bool:
    """One line of the left column, or of a page with one column; returns whether a recipient may go on."""
    bullet = re.match(r"^[~_.'’‘=]{0,2}[-–—+•~]\s*(?=\S)", left)
    if bullet and is_power(left[bullet.end() :]):  # the end of a rule, glued to "TM."
        _sign(tail, left[bullet.end() :])
        return False
    if bullet:
        tail.recipients.append(left[bullet.end() :])
        return True
    signs = is_power(left) or is_position(left) or is_body(left) or _ends_position(tail, left)
    if signs or (is_name(left) and _closed(tail, open_)):
        _sign(tail, left)
        return False
    archive = _ARCHIVE.match(fold(left)) is not None
    if open_ and not archive and (starts_lower(left) or not _complete(tail.recipients[-1])):
        tail.recipients[-1] = join([tail.recipients[-1], left])
    elif (open_ and archive) or _listed(left):
        tail.recipients.append(left)
        return True
    else:
        tail.scribble.append(number)
    return open_


def _listed(left: str) -> bool:
    """Whether a line whose dash was lost is one of a list: by its mark, or by whom it names and what for."""
    bare = left.rstrip(" .")
    return len(left) > 8 and (bare.endswith(";") or (bare.endswith((",", ")")) and starts_agency(left)))


def _ends_position(tail: Tail, left: str) -> bool:
    """Whether capitals are the rest of a position: "PHÓ TRƯỞNG BAN THƯỜNG" / "TRỰC"."""
    words = {word for position in _signing("position") for word in position.split()}
    return bool(tail.position) and not tail.signer and mostly_upper(left) and set(fold(left).split()) <= words


def _complete(recipient: str) -> bool:
    """Whether nothing is to follow: "Lưu:" still wants its unit."""
    text = recipient.rstrip()
    return text.endswith((";", ".")) or (text.endswith(":") and not re.fullmatch(r"l.{1,3}:", fold(text)))


def _closed(tail: Tail, open_: bool) -> bool:
    """Whether a name cannot be the rest of a recipient."""
    return (
        not open_
        or not tail.recipients
        or tail.recipients[-1].rstrip().endswith((";", ".", ")"))
        or bool(tail.position or tail.authority)
        or fold(tail.recipients[-1]).startswith("luu")
    )


def _columns(row: Row) -> tuple[str, str]:
    """Left and right part of a line on which the two columns were read together."""
    boxed = [w for w in row.words if w.bbox]
    if row.margins and len(boxed) == len(row.words) and boxed:
        gaps = [(b.bbox[0] - a.bbox[2], i + 1) for i, (a, b) in enumerate(pairwise(boxed)) if a.bbox and b.bbox]
        wide, at = max(gaps, default=(0, 0))
        high = max(w.bbox[3] - w.bbox[1] for w in boxed if w.bbox)
        if wide > max(0.05 * (row.margins[1] - row.margins[0]), 1.5 * high):
            return " ".join(w.text for w in boxed[:at]), " ".join(w.text for w in boxed[at:])
    match = _right_column().search(row.text)
    if match and match.start(1) > 0:
        return row.text[: match.start(1)].strip(), match[1].strip()
    return row.text, ""


def _sign(tail: Tail, text: str) -> bool:
    """Put a line of the right column where it belongs; false where it is none of power, position and name."""
    if is_power(text) or is_body(text):
        tail.authority.append(text)
    elif is_position(text) or mostly_upper(text):
        tail.position.append(text)
    elif is_name(text):
        tail.signer.append(text)
    else:
        return False
    return True
