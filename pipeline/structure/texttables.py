"""Tables known only as text: rows by their running number, cells by what the columns hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.resources import table
from pipeline.structure.agencies import known_spans, starts_agency
from pipeline.structure.agencylists import split_agencies
from pipeline.structure.columns import role_of
from pipeline.structure.paragraphs import join
from pipeline.structure.text import fold
from pipeline.structure.timewords import DEADLINE_START


def text_table(lines: Sequence[str]) -> list[list[str]]:
    """The rows of a table, the header first; empty where the lines do not tell.

    Args:
        lines: from the header on.
    """
    starts = _row_starts(lines)
    if not starts:
        return []
    header = split_header(" ".join(lines[: starts[0]]))
    if len(header) < 2:
        return []
    out = [header]
    roles = [role_of(h) for h in header]
    for first, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        number, _, rest = lines[first].partition(" ")
        out.append(_cells(number.strip(" .|"), [t for t in (rest.strip(), *lines[first + 1 : stop]) if t], roles))
    return out


def _row_starts(lines: Sequence[str]) -> list[int]:
    """Lines that begin with the next running number."""
    out: list[int] = []
    for i, line in enumerate(lines):
        match = re.match(r"^\W?(\d{1,3})[.|]?(?:\s+(?=\S)|$)", line)
        if i > 0 and match and int(match[1]) == len(out) + 1:
            out.append(i)
    return out


def split_header(text: str) -> list[str]:
    """The headings of a header that stands on one line."""
    names = sorted((fold(row["heading"]) for row in table("table_columns")), key=len, reverse=True)
    pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, names))})(?![^\W_])")
    starts = [m.start() for m in pattern.finditer(fold(text))]
    return [text[a:b].strip(" |") for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def _cells(number: str, lines: Sequence[str], roles: Sequence[str]) -> list[str]:
    """The cells of a row.

    The columns behind the task's are filled from the right: a deadline, then agencies; every agency begins a line or
    stands behind another one.
    """
    out = [""] * len(roles)
    out[0] = number
    if len(roles) < 2:
        return out
    names = [k for k in range(2, len(roles)) if roles[k] in ("lead", "coordinate", "who")]
    when = next((k for k in range(2, len(roles)) if roles[k] == "deadline"), None)
    lines = list(lines)
    if when is not None:
        lines, out[when] = _take_deadline(lines)
    if not names:
        out[1] = join(lines)
        return out
    begin = next((i for i, line in enumerate(lines) if i > 0 and _opens_cell(line)), len(lines))
    out[1] = join(lines[:begin])
    found = [name for part in _agency_cells(lines[begin:]) for name in part]
    for k, name in zip(names, found, strict=False):
        out[k] = name
    if len(found) > len(names):
        out[names[-1]] = ", ".join(found[len(names) - 1 :])
    return out


def _take_deadline(lines: Sequence[str]) -> tuple[list[str], str]:
    """Cut the deadline off the end of a row."""
    text = "\n".join(lines)
    ends = (m.start() for m in DEADLINE_START.finditer(fold(text)))
    at = next((start for start in ends if len(text[start:].split()) <= 7), None)
    if at is None:
        return list(lines), ""
    return [line for line in text[:at].split("\n") if line.strip()], join(text[at:].split("\n"))


def _opens_cell(line: str) -> bool:
    return line[:1].isupper() and starts_agency(line)


def _agency_cells(lines: Sequence[str]) -> list[list[str]]:
    """The agencies in consecutive cells: a cell ends where a line does and the next begins with an agency."""
    text = ""
    for line in lines:
        text += (";" if text and _opens_cell(line) else " ") + line
    return [[name] for name in split_agencies(text.strip(), cut=False) for name in _side_by_side(name)]


def _side_by_side(name: str) -> list[str]:
    """Two agencies on one line without a comma ("Các khối phố Phòng Kinh tế, Hạ tầng và Đô thị")."""
    words = name.split(" ")
    spans = known_spans(name)
    for i in range(2, len(words)):
        rest = " ".join(words[i:])
        at = len(name) - len(rest)
        if any(start < at < end for start, end in spans):
            continue
        if words[i][0].isupper() and starts_agency(rest) and words[i - 1][0].islower() and len(words) - i >= 2:
            return [" ".join(words[:i]), rest]
    return [name]
