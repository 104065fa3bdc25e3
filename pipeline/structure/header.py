"""The head of a document: issuer, number, place and date, type and title (cells 1 to 5 of Decree 30/2020/NĐ-CP)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz, process

from pipeline.resources import table
from pipeline.structure.agencies import known_spans, same_words
from pipeline.structure.deadlines import read_date
from pipeline.structure.furniture import reason_of
from pipeline.structure.numbering import candidates
from pipeline.structure.openers import opens
from pipeline.structure.paragraphs import join
from pipeline.structure.rows import Column, Row, doubts
from pipeline.structure.text import connects, fold, mostly_upper, starts_lower
from pipeline.structure.titles import title_end

_MOTTO = re.compile(
    r"c.ng h.a x. h.i ch. ngh.a vi.t nam.*|d.ng c.ng s.n vi.t nam.*|d.c l.p ?-? ?t. do ?-? ?h.nh ph.c.*"
)
_NUMBER_LINE = re.compile(r"^(?:\* ?)?s[o0]\s*(?:[:.]|(?=[\d$/-]))\s*")
_TYPED_NUMBER = re.compile(r"^[^\W\d_]+(?: [^\W\d_]+)? s[o0] ?:? ?(?=\d[\w/.-]*$)")
_CODE = r"[A-ZĐƠƯÂÊÔĂ][\wĐđ&]*(?:(?: [-–] |[-–/. ]{1,2})(?!V/v)[A-ZĐƠƯÂÊÔĂ][\wĐđ&]*)*"
_NUMBER = re.compile(rf"(?<![\w$%#])(\d{{1,6}}(?:\.\d{{1,2}}(?=/))?[a-z]?(?:/\d{{4}})?) ?([-–/]) ?({_CODE})(?![\w%])")
_PLACE_WORD = r"(?:[^\W\d_a-z][\w'’.\-]*|\d{1,2})"
_PLACE = re.compile(
    rf"(?:^|\s)((?:(?:Thành phố|Thị xã|Thị trấn|Đặc khu) )?{_PLACE_WORD}(?: (?:{_PLACE_WORD}|-))*) ?[,.] ?"
    r"(ngày(?:\b|\S* ?tháng).*)$"
)
_GEO = ("tinh", "thanh pho", "tp", "quan", "huyen", "thi xa", "xa", "phuong", "thi tran", "dac khu", "thon")
_LIMIT = 40
_DECISIONS = frozenset({"QĐ", "NQ", "NĐ", "TT", "PL", "LCT"})
"""Types that say below their title who decides."""
_ABOUT = re.compile(r"(?:(?:^|(?<=\s))[Vv]/[Vv] ?[:.]?|^Về việc)\s*(?=\S)")


@dataclass(slots=True)
class Head:
    """What the head says; `lines` are the numbers of its lines, `furniture` of those that say nothing.

    `inferred`: the type is not printed, or was lost, and was read from the number ("318/KH-SNNMT").
    """

    doc_type: str | None = None
    code: str | None = None
    number: str | None = None
    number_text: str | None = None
    issuer: str | None = None
    parent: str | None = None
    place: str | None = None
    date: str | None = None
    date_text: str | None = None
    title: str | None = None
    lines: list[int] = field(default_factory=list)
    title_rows: tuple[Row, ...] = ()
    inferred: bool = False
    furniture: dict[int, str] = field(default_factory=dict)


@cache
def _types() -> dict[str, tuple[str, str]]:
    return {fold(row["name"]): (row["name"], row["code"]) for row in table("document_types") if row["title"] == "yes"}


def doc_type(text: str) -> tuple[str, str, str] | None:
    """Name, code and the rest of the line, where a line of capitals begins with a type of document."""
    if not mostly_upper(text.split("(")[0]):
        return None
    folded = fold(text).rstrip(" :.")
    if folded in _types():
        return *_types()[folded], ""
    for name in sorted(_types(), key=len, reverse=True):
        if folded.startswith(name + " "):
            return *_types()[name], text[len(name) :].strip()
    return None


def _key_heads() -> tuple[str, ...]:
    return tuple(row["head"].lower() for row in table("agency_heads") if row["kind"] == "agency")


def _type_row(rows: Sequence[Row]) -> int | None:
    for i, row in enumerate(rows[:_LIMIT]):
        if any(c.style in ("roman", "number") for c in candidates(row.text)):
            return None
        found = doc_type(row.text)
        if found and (not found[2] or i > 0):
            return i
    return None


def _near_type(rows: Sequence[Row], stop: int) -> int | None:
    """The row among the first ones, below the number, that is a misread type on a line of its own: "KẾ HOẠCII"."""
    numbers = [i for i, row in enumerate(rows[:stop]) if _NUMBER_LINE.match(fold(row.text))]
    for i in range(numbers[0] + 1 if numbers else stop, min(stop + 3, len(rows))):
        if len(rows[i].text) <= 30 and mostly_upper(rows[i].text) and _nearest_type(rows[i].text):
            return i
    return None


def _nearest_type(text: str) -> tuple[str, str] | None:
    """Name and code of the one type that misread capitals come close to."""
    names = [name for name in _types() if len(name) > 6]
    found = process.extract(fold(text).rstrip(" :."), names, scorer=fuzz.ratio, score_cutoff=80, limit=2)
    if not found or (len(found) > 1 and found[0][1] == found[1][1]):
        return None
    return _types()[found[0][0]]


def read_head(rows: Sequence[Row], column: Column) -> tuple[Head, int]:
    """The head, and the index of the first row of the body."""
    head = Head()
    at = _type_row(rows)
    if at is None:
        at = _near_type(rows, _plain_head(rows))
    stop = at if at is not None else _plain_head(rows)
    names: list[str] = []
    about: list[str] = []
    for row in rows[:stop]:
        head.lines.append(row.number)
        _read_line(row, head, names, about)
    _name_issuer(head, names)
    if at is None:
        return head, _dispatch(head, about, stop) if about else _untitled(rows, stop, head, column)
    found = doc_type(rows[at].text) or (*(_nearest_type(rows[at].text) or ("", "")), "")
    head.doc_type, head.code, rest = found[0], found[1] or None, found[2]
    head.lines.append(rows[at].number)
    stop = title_end(rows, at + 1, rest, column, decides=head.code in _DECISIONS)
    head.title_rows = tuple(rows[at + 1 : stop])
    text = join([t for t in (rest, *(row.text for row in head.title_rows)) if t])
    head.title = text or None
    head.lines += [row.number for row in head.title_rows]
    return head, stop


def _plain_head(rows: Sequence[Row]) -> int:
    """How many rows form the head of a document without a printed type (công văn) or without a head."""
    last = 0
    for i, row in enumerate(rows[:14]):
        folded = fold(row.text)
        place = _PLACE.search(row.text)
        dated = place and (read_date(row.text) or re.search(r"năm \d{4}$", row.text))  # the day may be left open
        if _MOTTO.search(folded) or _NUMBER_LINE.match(folded) or dated or (0 < last == i and _ABOUT.match(row.text)):
            last = i + 1
        if any(not c.bullet for c in candidates(row.text)) and not _ABOUT.match(row.text):  # "V/" looks like a numeral
            break
    return _subject_end(rows, last)


def _subject_end(rows: Sequence[Row], last: int) -> int:
    """The index behind what a letter is about, where that goes on below the other column: down to "Kính gửi"."""
    begins = next((i for i in range(last) if _ABOUT.search(rows[i].text)), None)
    greets = next((i for i in range(last, min(last + 6, len(rows))) if fold(rows[i].text).startswith("kinh gui")), last)
    goes_on = begins is not None and not any(candidates(row.text) for row in rows[last:greets])
    return greets if goes_on else last


def _dispatch(head: Head, about: Sequence[str], stop: int) -> int:
    """Type and title of a letter: it has no printed type, but says what it is about below its number ("V/v ...")."""
    named = _named_by(head.number_text or "")
    (head.doc_type, head.code), head.inferred = named or ("Công văn", None), named is not None
    head.title = join(about)
    return stop


def _named_by(number: str) -> tuple[str, str] | None:
    """Name and code of the type whose code the number begins with: "318/KH-SNNMT"."""
    codes = re.findall(r"[^\W\d]+", number.partition("/" if "/" in number else "-")[2])
    return next(((name, code) for name, code in _types().values() if code and codes and code == codes[0]), None)


def _untitled(rows: Sequence[Row], start: int, head: Head, column: Column) -> int:
    """Type and title where the line of the type was lost: from the number, and the words above "Căn cứ".

    Returns the index of the first row of the body.
    """
    named = _named_by(head.number or "")
    stop = next((i for i in range(start, min(start + 7, len(rows))) if opens(rows[i].text, "basis", "opening")), start)
    if named is None or stop == start or any(candidates(row.text) for row in rows[start:stop]):
        return start
    if starts_lower(rows[start].text) or title_end(rows, start, rows[start].text, column) > stop:
        return start
    (head.doc_type, head.code), head.inferred = named, True
    head.title_rows = tuple(rows[start:stop])
    head.title = join([row.text for row in head.title_rows])
    head.lines += [row.number for row in head.title_rows]
    return stop


def _read_line(row: Row, head: Head, names: list[str], about: list[str]) -> None:
    """One line above the title; the two columns may stand on one line. `about`: what a letter is about."""
    text = row.text
    motto = _MOTTO.search(fold(text)) or _youth(fold(text))
    if motto:
        text = text[: motto.start()].strip(" '’|")
        if not text:
            head.furniture[row.number] = "motto"
            return
    text = _read_place(text, head)
    folded = fold(text)
    number = _NUMBER_LINE.match(folded) or _typed_number(folded)
    subject = _ABOUT.search(text)
    if subject and (number or subject.start() == 0):
        about.append(text[subject.end() :])
        text = text[: subject.start()].strip()
    elif about and text and not mostly_upper(text):
        about.append(text)
        return
    if number and head.number_text is None:
        _read_number(text[number.end() :], head, row)
    elif head.number_text is None and (match := _NUMBER.fullmatch(text)):
        _read_number(match[0], head, row)
    elif head.number_text is None and (_names_body(text) or (names and _SHORT_WORD.fullmatch(text))):
        joint = " -" if text.endswith((" -", " –")) else ""
        names.append(text.strip(" .'’-–*").lstrip(",") + joint)
    elif text:
        head.furniture[row.number] = reason_of(text) or "head"


def _read_place(text: str, head: Head) -> str:
    """Reads place and date, once, from the end of a line; the rest of the line."""
    place = _PLACE.search(text)
    if place is None or "/" in place[1] or head.date_text is not None:
        return text
    begin = place.start(1)
    # words of the number: "Số: 24/PGDĐT- GDMN Thọ Xuân, ngày"
    while begin < place.end(1) and text[:begin].rstrip().endswith(("-", "/")):
        begin += len(text[begin : place.end(1)].lstrip().split(" ", 1)[0]) + 1
    head.place, head.date_text = text[begin : place.end(1)].strip() or None, place[2].strip()
    head.date = read_date(head.date_text)
    return text[:begin].strip()


def _youth(folded: str) -> re.Match[str] | None:
    """The name of the Youth Union behind that of a body of it, where other documents have the motto.

    "TỈNH ĐOÀN NGHỆ AN" | "ĐOÀN TNCS HỒ CHÍ MINH"; but "BAN CHẤP HÀNH ĐOÀN TNCS HỒ CHÍ MINH" / "TỈNH NGHỆ AN".
    """
    found = _UNION.search(folded)
    return found if found and folded[: found.start()].strip() not in {*_ORGANS, "bch", "btv"} else None


_UNION = re.compile(r"(?<=\w )doan (?:tncs|thanh nien cong san) ho chi minh$")


def _typed_number(folded: str) -> re.Match[str] | None:
    """What stands before a number on a line of its own, with its type: "Nghị quyết số: 12/2019/UBTVQH14"."""
    found = _TYPED_NUMBER.match(folded)
    return found if found and found[0].partition(" so")[0] in {*_types(), "luat"} else None


_SHORT_WORD = re.compile(r"(?![A-Z]*$)[BCDĐGHKLMNQRSTVX][AĂÂEÊIOÔƠUƯYÀ-Ỹ]")
"""A word of two letters, one with a mark, that a narrow column leaves alone: "BAN CHỈ HUY PHÒNG THỦ DÂN" / "SỰ"."""


def _names_body(text: str) -> bool:
    """Whether a line of the head names a body: capitals, some perhaps read small ("Sở Y TẾ", "Sở Y Tế")."""
    if mostly_upper(text):
        return reason_of(text) is None and not _garbage(text)
    letters = [c for c in text if c.isalpha()]
    small = sum(map(str.islower, letters))
    begins = [end for start, end in known_spans(text.upper()) if start == 0]
    titled = all(word[0].isupper() for word in text.split())
    return len(letters) >= 4 and bool(begins) and (small == 1 or (titled and begins[0] == len(text)))


def _read_number(text: str, head: Head, row: Row) -> None:
    head.number_text = text.strip()
    match = _NUMBER.match(head.number_text)  # signs before it are digits of a hand that OCR could not read: "(24.2 /KH"
    if match and not doubts(re.findall(r"\d+", match[1]), [row]):
        code = re.sub(r"\s*([-–/.])\s*", r"\1", match[3])
        head.number = (match[1] + match[2] + code).replace("–", "-")


def _name_issuer(head: Head, names: Sequence[str]) -> None:
    """Issuer and parent from the lines in capitals: a line that begins with an agency begins a new name.

    A dash joins two who issue a plan together: "SỞ Y TẾ -" / "CÔNG AN TỈNH".
    """
    joined: list[str] = []
    for name in names:
        above = joined[-1].rstrip(",") if joined else ""
        goes_on = not _new_body(name) or connects(above) or above.endswith(" -")
        goes_on = goes_on or fold(above) in _ORGANS or _goes_across(above, name)
        if joined and goes_on:
            joined[-1] += " " + name
        else:
            joined.append(name)
    if joined:
        joined = [name.rstrip(",").removesuffix(" -") for name in joined]
        head.issuer = joined[-1]
        head.parent = " ".join(joined[:-1]) or None


_ORGANS = frozenset({"ban chap hanh", "ban thuong vu", "ban thuong truc", "doan chu tich"})
"""What is no body without its own: "BAN CHẤP HÀNH" / "HỘI LIÊN HIỆP PHỤ NỮ TỈNH"."""


def _new_body(name: str) -> bool:
    """Whether a line of the issuer begins the name of another body; one word alone ("TRƯỜNG") only goes on a name."""
    if any(start == 0 for start, _ in known_spans(name)):
        return True
    folded = fold(name).replace(":", "")
    geo = any(folded.startswith(g + " ") for g in _GEO)
    return any(
        (folded + " ").startswith(fold(head) + " ")
        and (name[: len(head)].lower() == head or (name.isascii() and same_words(name[: len(head)], head)))
        and (" " in head or (not geo and folded != fold(head)))
        for head in _key_heads()
    )


def _goes_across(left: str, right: str) -> bool:
    """Whether a name of the gazetteer goes over the line break: "SỞ TÀI NGUYÊN VÀ" / "MÔI TRƯỜNG"."""
    return any(start <= 1 and end > len(left) + 1 for start, end in known_spans(f"{left} {right}"))


def _garbage(name: str) -> bool:
    """Whether capitals are rather a rule or a stamp that OCR took for letters: "TC SE EEEEE", "—_ —NN"."""
    words = re.findall(r"[^\W\d_]+", fold(name))
    odd = [w for w in words if len(w) < 2 or re.search(r"(.)\1\1", w) or not _VOWEL.search(w)]
    return len(odd) * 2 >= len(words) and not _new_body(name)


_VOWEL = re.compile("[aeiouy]")
