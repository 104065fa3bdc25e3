"""What a heading is, and what it announces: tasks, organisation, aims, funding or something else."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from pipeline.resources import table
from pipeline.structure.agencies import known_spans
from pipeline.structure.predicates import begins_action
from pipeline.structure.text import fold, terminal

SectionKind = Literal["task", "org", "aim", "funding", "other"]


@cache
def _phrases() -> tuple[tuple[str, SectionKind, bool, int], ...]:
    kinds: dict[str, SectionKind] = {"task": "task", "org": "org", "aim": "aim", "funding": "funding", "other": "other"}
    return tuple(
        (fold(row["phrase"]), kinds[row["kind"]], row["where"] == "start", int(row["weight"]))
        for row in table("section_kinds")
    )


def kind_of(title: str) -> SectionKind | None:
    """The kind that the title names; None where none of the phrases of section_kinds.tsv stands in it."""
    return announced(title)[0]


@cache
def announced(title: str) -> tuple[SectionKind | None, str]:
    """The kind that the title names, and the phrase of section_kinds.tsv (folded) that tells it."""
    folded = fold(title).lstrip(" \"“'(")
    best: tuple[int, int] = (0, 0)
    kind: SectionKind | None = None
    by = ""
    for phrase, name, start, weight in _phrases():
        at = folded.find(phrase)
        if at < 0 or (start and at > 0) or (at + len(phrase) < len(folded) and folded[at + len(phrase)].isalpha()):
            continue
        if (weight, -at) > best or kind is None:
            best, kind, by = (weight, -at), name, phrase
    return kind, by


def title_like(text: str) -> bool:
    """Whether a text reads as a heading: no full stop at its end or inside, or a colon at its end.

    A comma at the end of a long one is a stop that was misread.
    """
    bare = text.strip()
    if re.search(r"[.!?] +[A-ZĐÀ-Ỹ]|^.{60,},$", bare):
        return False
    return bare.endswith(":") or not terminal(bare)


_EVERYBODY = re.compile(
    r"((?:Các|Toàn thể|Tất cả các) (?:[^\W\d_A-ZĐ]+,? )*(?:đơn vị|cơ quan|địa phương|ngành|đoàn thể)) (?=\w)"
)


def run_in_title(text: str) -> str | None:
    """The words before a colon, where a sentence runs on behind it ("Mục đích: Cụ thể hóa ..."); else None.

    A capital verb behind "Các đơn vị" shows a colon that OCR lost ("Các đơn vị Xây dựng kế hoạch").
    """
    if (lost := _EVERYBODY.match(text)) and begins_action(text[lost.end() :]):
        return lost[1]
    head, colon, rest = text.partition(":")
    if not colon or not rest.strip() or len(head.split()) > 30 or terminal(head) or ". " in head:
        return None
    return None if names_members(text) else head.strip()


def names_members(text: str) -> bool:
    """Whether the first colon stands before the names of bodies of one kind: "Giám đốc các sở: Y tế, Nội vụ"."""
    head, _, rest = text.partition(":")
    several = _SEVERAL.search(head)
    if several is None:
        return False
    first = f"{several[1].capitalize()} {rest.strip()}"  # "các sở: Xây dựng, Tài chính" names Sở Xây dựng
    known = any(start == 0 and re.match(r"$|[,;.]| và ", first[end:]) for start, end in known_spans(first))
    return known or (_CAPITALS.match(rest) is not None and not begins_action(rest.strip()))


_SEVERAL = re.compile(
    r"(?:[Cc]ác|[Hh]ai|0?[2-9]) ([Ss]ở|[Bb]ộ|[Bb]an|[Pp]hòng|[Cc]ục|[Vv]ụ|[Hh]ội|xã|phường|huyện|tỉnh)$"
)
_CAPITALS = re.compile(r" [A-ZĐÀ-Ỹ][^.,;:]{1,50}(?:,| và) [A-ZĐÀ-Ỹ]")
