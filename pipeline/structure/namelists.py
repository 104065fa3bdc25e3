"""Names and times on lines of their own, without a lead-in.

"Cơ quan phối hợp:" / "- Sở Y tế;" / "- Các sở, ngành."; "- Phụ trách: Hội Nông dân xã." / "- Xong trong quý I."
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.structure.agencies import starts_agency
from pipeline.structure.citations import mask
from pipeline.structure.fields import Field, label_role, read_fields
from pipeline.structure.items import Item
from pipeline.structure.numbering import BULLETS
from pipeline.structure.predicates import predicate_at
from pipeline.structure.text import fold
from pipeline.structure.timewords import find_deadline

_ACTING = frozenset({"lead", "coordinate", "who"})
_WHEN = frozenset({"deadline", "product"})


def read_lists(items: Sequence[Item], read: list[list[Field]]) -> None:
    """Make one assignment of a lead-in that stands alone and the names below it; numbers may say by when, or who.

    Args:
        items: in reading order.
        read: the lead-ins of each, changed in place: a name below has one without words before its colon; a lead-in
            that nothing follows, though lines that are no names do, is none.
    """
    for item in items:
        role = _alone(item.text)
        if role is None or (read[item.index] and read[item.index][0].value):
            continue
        names = _names_below(item, items)
        if names:
            read[item.index] = [Field("", role, item.text.strip(" :"), "")]
            for name in names:
                read[name.index] = [Field("", role, "", name.text)]
        elif item.index + 1 < len(items) and starts_agency(items[item.index + 1].text):
            read[item.index] = []  # "Phân công thực hiện:" / "- Sở Y tế: mở lớp."
    for item in items:
        above, after = _near(read, item.index - 1), _near(read, item.index + 1)
        if not read[item.index] and after and _alone(item.text, joint=True) and not after[0].value:
            read[item.index] = [Field("", "who", item.text.strip(" :"), "")]
        elif not read[item.index] and not item.children and item.style not in ("", *BULLETS):
            found = read_fields(item.text)
            if found and found[0].value and (_names(item, found) or (above and _says_when(above, found))):
                read[item.index] = found


def _names(item: Item, found: Sequence[Field]) -> bool:
    """Whether a line with a number of two or more parts says who: "1.1. Đơn vị thực hiện: Sở Y tế."."""
    return item.style.startswith("decimal") and found[0].role in _ACTING and starts_agency(found[0].value)


def _says_when(above: Sequence[Field], found: Sequence[Field]) -> bool:
    """Whether a line says by when, right below lines that say who."""
    return above[0].role in _ACTING | _WHEN and {f.role for f in found} <= _WHEN


def _near(read: Sequence[list[Field]], index: int) -> list[Field]:
    return read[index] if 0 <= index < len(read) else []


def _alone(text: str, joint: bool = False) -> str | None:
    """The role of a line that is nothing but a lead-in: "Cơ quan phối hợp", with or without its colon.

    Args:
        text: of the line.
        joint: only where it is of two: "Cơ quan chủ trì, phối hợp".
    """
    words = text.strip(" :.")
    parts = re.split(r", | và ", words) if joint else [words]
    roles = [label_role(part) for part in parts]
    if len(words.split()) > 8 or any(role not in _ACTING for role in roles) or joint == (len(parts) == 1):
        return None
    return roles[0]


def _names_below(lead_in: Item, items: Sequence[Item]) -> list[Item]:
    """The lines below a lead-in that each hold nothing but names, with one sort of bullet."""
    out: list[Item] = []
    for item in items[lead_in.index + 1 :]:
        bare = item.text.strip(" ;.,")
        if item.style not in ("", *BULLETS) or item.style != (out or [item])[0].style or item.style == lead_in.style:
            break
        if not starts_agency(bare) or predicate_at(bare) < len(bare):
            break
        out.append(item)
    return out


def read_times(items: Sequence[Item], read: list[list[Field]]) -> None:
    """Read a line that says by when, and has no lead-in, beside lines of its kind that say who acts.

    Args:
        items: in reading order.
        read: the lead-ins of each, changed in place.
    """
    for item in items:
        if read[item.index] or item.children or item.style not in ("", *BULLETS):
            continue
        above, after = _run(items, read, item, -1), _run(items, read, item, 1)
        roles = {f.role for near in (*above, *after) for f in read[near.index]}
        up = item.parent
        first = item.index > 0 and items[item.index - 1] is up
        if not roles & _ACTING or "deadline" in roles or not (above or first):
            continue
        alone = up is not None and len(above) > 0 and above[0].index == up.index + 1 and up.children[-1:] == [item]
        if _only_time(item.text) or (alone and _done_by_then(item.text)):
            read[item.index] = [Field("thoi gian", "deadline", "", item.text)]


def _run(items: Sequence[Item], read: Sequence[list[Field]], item: Item, step: int) -> list[Item]:
    """The lines with lead-ins that stand right above (step -1) or below (1) an item, with its label and its parent."""
    out: list[Item] = []
    at = item.index + step
    while 0 <= at < len(items) and read[at] and items[at].style == item.style and items[at].parent is item.parent:
        out.append(items[at])
        at += step
    return out[::step]


def _only_time(text: str) -> bool:
    """Whether a line says no more than by when: "Từ nay đến hết tháng 02/2026.", "Xong trước ngày 30/11/2025."."""
    bare = text.strip(" .;")
    words = find_deadline(mask(bare))
    return _PERIODS.fullmatch(fold(bare)) is not None or (
        words is not None and _DONE.fullmatch(fold(bare.replace(words, "#", 1))) is not None
    )


_ONE = r"(?:(?:ca |trong |suot |tu |het )?(?:thang|quy|nam|tuan)(?: thu)?(?: [\divx]+)?(?: ?/ ?\d{4})?)"
_PERIODS = re.compile(rf"(?:hoan thanh |xong |thuc hien |lam )?{_ONE}(?:(?:, | va | den | ?[-–] ?){_ONE})*")
_DONE = re.compile(
    r"(?:(?:phai |can )?(?:hoan thanh|xong|thuc hien|lam|trien khai)(?: xong)?[, ]*)?"
    r"(?:(?:trong|vao|tu|den|sang|chieu|toi) )?#(?:[, ]+(?:phai )?(?:hoan thanh|xong))?"
)


def _done_by_then(text: str) -> bool:
    """Whether a short line says by when something is finished: "Gieo trồng xong trong tháng 11, thu cắt khi rét"."""
    done = re.search(r"(?<![^\W_])(?:xong|hoan thanh|ket thuc)(?![^\W_])", fold(text))
    return done is not None and len(text.split()) <= _SHORT and find_deadline(mask(text)) is not None


_SHORT = 15
"""Words of a line that says by when, beside lead-ins."""
