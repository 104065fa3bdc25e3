"""Lead-ins with a colon: "Đơn vị chủ trì:", "Thời gian hoàn thành:", "Phân công:"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from pipeline.resources import table
from pipeline.structure.agencies import starts_agency
from pipeline.structure.agencylists import small_name
from pipeline.structure.text import fold, small_words
from pipeline.structure.timewords import find_deadline

_BULLET = re.compile(r"^[-–—+*•●]\s*")


@dataclass(frozen=True, slots=True)
class Field:
    """A lead-in and what follows it.

    Attributes:
        label: the folded lead-in of assignment_labels.tsv.
        role: lead, coordinate, deadline, who, product or detail.
        name: the words before the colon, as printed.
        value: the words after it, up to the next lead-in.
    """

    label: str
    role: str
    name: str
    value: str


@cache
def _roles() -> dict[str, str]:
    return {fold(row["label"]): row["role"] for row in table("assignment_labels")}


@cache
def _names() -> dict[str, str]:
    """Whole lead-ins, with the words that may stand before them ("bo phan thuc hien"), and their lines of the table."""
    acting = [label for label, role in _roles().items() if role in ("lead", "coordinate", "who")]
    bodies = [fold(body) for body in small_words("lead-in")]
    return {f"{body} {label}": label for body in bodies for label in acting} | {label: label for label in _roles()}


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_roles(), key=len, reverse=True)))
    body = "|".join(sorted(map(fold, small_words("lead-in")), key=len, reverse=True))
    bodies = rf"(?:(?:cac )?(?:{body})(?:(?:, ?| va | ?/ ?)(?:cac )?(?:{body}))* )?"
    # a printed lead-in may carry a remark: "Đơn vị chủ trì (dự kiến):"
    return re.compile(rf"(?:^|(?<=[.;,(] )|(?<=\()|(?<= )(?=\w+ \w)){bodies}({words})(?: ?\([^()]*\))? ?:")


def label_role(name: str) -> str | None:
    """The role of a lead-in without its colon ("Bộ phận thực hiện"); None where it is none."""
    found = _pattern().fullmatch(fold(name.strip()) + ":")
    return _roles()[found[1]] if found else None


def states_circumstance(text: str) -> bool:
    """Whether a line states where or how much, without a colon: "Quy mô 30 ha tại xã Yên Trung"."""
    found = _circumstance().match(fold(strip_bullet(text)))
    return found is not None and _roles()[found[1]] == "detail"


@cache
def _circumstance() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_roles(), key=len, reverse=True)))
    return re.compile(rf"({words})(?: du kien| tham gia)? (?:\d|la |tu |tai |gom )")


def _spaced(text: str) -> str:
    """The folded text, of the same length, without specks between words: "Cơ-quan chủ trì"."""
    return re.sub(r"(?<=[a-z])[-.](?=[a-z])", " ", fold(text))


def strip_bullet(text: str) -> str:
    """The text without a bullet in front."""
    return _BULLET.sub("", text)


def starts_field(text: str) -> bool:
    """Whether a line begins with a lead-in; a capital is asked for, so that wrapped lines are not taken for one."""
    bare = strip_bullet(text)
    return (
        ":" in text
        and bare[:1].isupper()
        and (_pattern().match(_spaced(bare)) is not None or _near_miss(text) is not None)
    )


def _near_miss(text: str) -> str | None:
    """The lead-in that OCR garbled behind a star ("* Thiec hien:"); None where none is close enough.

    One that says more than the table knows is close, too, without a star if it says whose: "Cơ quan chủ trì, tham mưu",
    "Thời hạn trình Chính phủ".
    """
    head, colon, rest = text.partition(":")
    words = fold(strip_bullet(head)).strip()
    if not colon or not rest.strip() or not 8 <= len(words) <= 40:
        return None
    longer, starred = _LONGER.match(words), text.startswith("*")
    if longer and (starred or longer["whose"]) and _fits(_roles()[longer["label"]], rest):
        return longer["label"]
    if not starred:
        return None
    found = process.extractOne(words, _names().keys(), scorer=fuzz.ratio, score_cutoff=80)
    label = _names()[found[0]] if found else ""
    return label if label and _fits(_roles()[label], rest) else None


_LONGER = re.compile(
    r"(?P<whose>(?:co quan|don vi) )?(?P<label>thoi gian|thoi han|chu tri|phoi hop|thuc hien|chi huy),? \w"
)


def _fits(role: str, value: str) -> bool:
    """Whether a value is what a lead-in of this role leads to: names, or a time; clear print may only look alike."""
    if role in ("lead", "coordinate", "who", "group"):
        return starts_agency(value.strip())
    return role != "deadline" or bool(re.search(r"\d|thuong xuyen|(?:hang|moi) (?:nam|quy|thang|tuan)", fold(value)))


def read_fields(text: str, garbled: bool = False) -> list[Field]:
    """The lead-ins of a paragraph with their values; empty unless it begins with one.

    Args:
        text: with its bullet.
        garbled: a lead-in that OCR misread will do, whatever the bullet.
    """
    bare = strip_bullet(text)
    if bare.startswith("(") and re.search(r"\)\W*$", bare):  # a remark of its own below the tasks
        bare = re.sub(r"\)\W*$", "", bare[1:])
    hits = _hits(bare)
    if not hits or hits[0].start() > 0:
        near = _near_miss("* " + bare if garbled else text)
        head, _, rest = bare.partition(":")
        if near is None:
            return []
        value, more = part_fields(rest.strip())
        return [Field(near, _role(near, value), head.strip(), value), *more]
    return _cut(bare, hits)


def inner_fields(text: str) -> list[Field]:
    """Lead-ins inside a task: "... (Chủ trì: Sở A; phối hợp: Sở B)", "... . Đơn vị chủ trì: Sở A.".

    Only where one of them names who acts: a sentence may hold "Thời gian:" for other reasons.
    """
    hits = [hit for hit in _hits(text) if hit.start() > 0]
    first = next((i for i, hit in enumerate(hits) if _gives(text, hit)), None)
    return [] if first is None else _cut(text, hits[first:])


def _gives(text: str, hit: re.Match[str]) -> bool:
    """Whether a lead-in inside a text says who acts: "Chủ trì:", or in a sentence of its own "Thực hiện: Sở A"."""
    role = _roles()[hit[1]]
    behind = text[max(0, hit.start() - 2)] in ".;(" and text[hit.start()].isupper()
    value = text[hit.end() :].strip()
    return role == "lead" or (role == "who" and behind and (starts_agency(value) or small_name(value)))


def part_fields(text: str) -> tuple[str, list[Field]]:
    """The sentence before the first lead-in, and the lead-ins: "Giao Sở A chủ trì; thời gian: Quý II/2026"."""
    hits = [hit for hit in _hits(text) if hit.start() > 0]
    return (text[: hits[0].start()].rstrip(" ;,."), _cut(text, hits)) if hits else (text, [])


def _hits(text: str) -> list[re.Match[str]]:
    """The lead-ins in a text; where no mark stands before one (OCR lost it), a capital must begin it."""
    hits = _pattern().finditer(_spaced(text)) if ":" in text else ()
    return [
        hit for hit in hits if text[max(0, hit.start() - 2)] in ".;,(" or hit.start() < 2 or text[hit.start()].isupper()
    ]


def _cut(text: str, hits: Sequence[re.Match[str]]) -> list[Field]:
    ends = [*(hit.start() for hit in hits[1:]), len(text)]
    values = [text[hit.end() : end].strip() for hit, end in zip(hits, ends, strict=True)]
    return [
        Field(hit[1], _role(hit[1], value), text[hit.start() : hit.end() - 1].strip(), value)
        for hit, value in zip(hits, values, strict=True)
    ]


def _role(label: str, value: str) -> str:
    """The role of a lead-in; "Lực lượng: Đại đội Công binh" names who acts, "Lực lượng: 45 đồng chí" does not."""
    role = _roles()[label]
    if role == "time":
        return "deadline" if find_deadline(f"trước {value}") else "detail"
    return role if role != "group" else "who" if starts_agency(value) else "detail"
