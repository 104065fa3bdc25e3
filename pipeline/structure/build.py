"""From lines to Plan: every stage is a plain call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.model import Furniture, Metadata, Page, Plan, PlanWarning, Quality, Source
from pipeline.structure.assemble import assemble
from pipeline.structure.assignments import read_duties
from pipeline.structure.dashes import mend_dashes
from pipeline.structure.furniture import furniture
from pipeline.structure.header import Head, read_head
from pipeline.structure.nodes import build_items
from pipeline.structure.notes import Note, clean, split_notes
from pipeline.structure.openers import opens
from pipeline.structure.paragraphs import read_blocks
from pipeline.structure.planyear import in_its_year
from pipeline.structure.rows import Column, Row, column_of, rows_of
from pipeline.structure.styles import trusted
from pipeline.structure.tables import TextTable, take_tables
from pipeline.structure.tail import Tail, find_tail, is_position, is_power, read_tail
from pipeline.structure.text import fold

_CONFIRMS = re.compile(r"xac nhan cua\b|nguoi lap\b")


@dataclass(slots=True)
class Parts:
    """The lines of a document, sorted."""

    rows: list[Row]
    column: Column
    head: Head
    tail: Tail
    body: list[Row]
    notes: list[Note]
    tables: list[TextTable]
    furniture: dict[int, str] = field(default_factory=dict)


def build(pages: Sequence[Page], source: Source) -> tuple[Plan, dict[str, tuple[str, str]]]:
    """The Plan of a document (see `pipeline.structure.structure`), its parts named by their places ("II.2-4").

    Returns:
        The Plan; and by their ids, which rule made each node and assignment, and the table line that it rests on.
    """
    parts = sort_lines(pages)
    items = build_items(read_blocks(trusted(parts.body), parts.column), [t.lines[0].number for t in parts.tables])
    metadata = _metadata(parts, [i.text for i in items[:8]])
    year = int(metadata.date[:4]) if metadata.date else None
    duties = read_duties(items, year)
    made = assemble(items, duties, parts.notes, parts.tables, metadata, parts.head, year)
    plan = Plan(
        source=source,
        metadata=metadata,
        nodes=made.nodes,
        assignments=in_its_year(made.assignments, metadata.date, metadata.title),
        footnotes=made.footnotes,
        citations=made.citations,
        tables=made.tables,
        quality=Quality(furniture=_furniture(parts)),
        warnings=[*_head_warnings(parts), *made.warnings],
    )
    return plan, made.rules


def _furniture(parts: Parts) -> list[Furniture]:
    by_number = {row.number: row for row in parts.rows}
    return [
        Furniture(page=by_number[n].page, line=n, text=by_number[n].text, reason=reason)
        for n, reason in sorted(parts.furniture.items())
    ]


def sort_lines(pages: Sequence[Page]) -> Parts:
    """Set furniture, footnotes, tables, head and tail apart from the body."""
    rows = mend_dashes(rows_of(pages))
    marks = furniture(rows)
    breaks = frozenset(b.number for a, b in pairwise(rows) if a.number in marks or b.page_start)
    plain = [row for row in rows if row.number not in marks or marks[row.number] == "motto"]
    column = column_of(plain)
    text, notes = split_notes(plain, breaks, column)
    head, begin = read_head(text, column)
    body = text[begin:]
    tail, found = Tail(), find_tail(body)
    after: list[Row] = []
    if found:
        tail, body, after = read_tail(body[found[0] : found[1]]), body[: found[0]], body[found[1] :]
    specks = [row for row in rows if marks.get(row.number) == "scribble"]
    for row in [r for r in after if is_power(r.text) or is_position(r.text) or _CONFIRMS.match(fold(r.text))]:
        marks[row.number] = "signature"
        after.remove(row)
    body, tables = take_tables(sorted([*body, *after, *specks], key=lambda row: row.number))
    marks = {n: r for n, r in marks.items() if not any(n == row.number for t in tables for row in t.lines)}
    marks = {n: r for n, r in marks.items() if n not in head.lines} | head.furniture
    marks |= {row.number: "motto" for row in body if marks.get(row.number) == "motto"}
    marks |= dict.fromkeys(tail.scribble, "scribble")
    body = [row for row in body if row.number not in marks]
    return Parts(rows, column, head, tail, body, notes, tables, marks)


def _metadata(parts: Parts, opening: Sequence[str]) -> Metadata:
    head, tail = parts.head, parts.tail
    return Metadata(
        doc_type=head.doc_type,
        doc_type_code=head.code,
        number=head.number,
        issuer=head.issuer or _issuer_in(opening),
        issuer_parent=head.parent,
        place=head.place,
        date=head.date,
        date_text=head.date_text,
        title=clean(head.title)[0] if head.title else None,
        authority=" ".join(tail.authority) or None,
        position="; ".join(tail.position) if len(tail.signer) > 1 else " ".join(tail.position) or None,
        signer="; ".join(tail.signer) or None,
        recipients=tail.recipients,
    )


def _issuer_in(opening: Sequence[str]) -> str | None:
    """The issuer from the last sentence of the preamble, where the head does not print it."""
    for text in opening:
        if opens(text, "basis") and ";" in text[-2:]:
            continue
        match = re.search(
            r"(?:^|[;,] )([A-ZĐỦ][^;,()]{3,60}?) (?:ban hành|xây dựng) (?:[Kk]ế hoạch|[Cc]hương trình)", text
        )
        if match:
            return match[1].strip()
    return None


def _head_warnings(parts: Parts) -> list[PlanWarning]:
    head, rows = parts.head, parts.rows
    if not rows:
        return [PlanWarning(code="empty", message="The document holds no text.")]
    doubts = {
        "number-unclear": head.number_text
        and not head.number
        and f"The number of the document cannot be read for sure: {head.number_text!r}.",
        "date-unclear": head.date_text
        and not head.date
        and f"The date of the document cannot be read for sure: {head.date_text!r}.",
        "type-inferred": head.inferred and f"No type is printed; the number {head.number!r} names it.",
        "no-title": head.title is None and "No type and title were found.",
    }
    return [
        PlanWarning(code=code, page=rows[0].page, line=rows[0].number, message=message)
        for code, message in doubts.items()
        if message
    ]


__all__ = ["build", "sort_lines"]
