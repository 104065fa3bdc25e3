"""The tables of the output contract: their columns, and how a document fills them.

docs/tables.md and datapackage.json are made from the descriptions here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.model import Assignment, Document, Node

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type is one of Frictionless Table Schema; a "list" is a string whose values are joined by "; "."""

    name: str
    type: Literal["string", "integer", "number", "boolean", "date", "list"]
    description: str


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table: `rows` yields one mapping of column name to value a row."""

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[[Document], Iterable[Row]]


def _node_rows(document: Document) -> Iterator[Row]:
    for n in document.plan.nodes:
        yield n.model_dump()


def _assignment_cells(a: Assignment | None) -> Row:
    due = a.deadline if a else None
    return {
        "lead": a.lead if a else [],
        "lead_keys": a.lead_keys if a else [],
        "coordinate": a.coordinate if a else [],
        "coordinate_keys": a.coordinate_keys if a else [],
        "others": a.others if a else [],
        "deadline": due.text if due else None,
        "deadline_start": due.start if due else None,
        "deadline_end": due.end if due else None,
        "recurrence": due.recurrence if due else None,
    }


def _task_rows(document: Document) -> Iterator[Row]:
    """Every task once for every assignment that governs it; a task without one stands alone."""
    nodes = {n.id: n for n in document.plan.nodes}
    governing: dict[str, list[Assignment | None]] = {}
    unassigned: list[Assignment | None] = [None]
    for assignment in document.plan.assignments:
        for task in assignment.task_ids:
            governing.setdefault(task, []).append(assignment)
    for n in document.plan.nodes:
        if n.kind == "task":
            for a in governing.get(n.id, unassigned):
                yield {
                    "id": n.id,
                    "section": _heading(n, nodes, "section"),
                    "subsection": _heading(n, nodes, "subsection"),
                    "label": n.label,
                    "text": n.text,
                    **_assignment_cells(a),
                    "assignment_id": a.id if a else None,
                    "citation_ids": n.citation_ids,
                    "page": n.page,
                    "line_start": n.line_start,
                    "line_end": n.line_end,
                    "confidence": n.confidence,
                }


def _heading(node: Node, nodes: Mapping[str, Node], kind: str) -> str | None:
    """The nearest heading of a kind above a node, with its label."""
    up: Node | None = node
    while up is not None:
        if up.kind == kind:
            return f"{up.label} {up.text}".strip()
        up = nodes.get(up.parent_id) if up.parent_id else None
    return None


def _assignment_rows(document: Document) -> Iterator[Row]:
    for a in document.plan.assignments:
        yield a.model_dump(exclude={"deadline"}) | dict(_assignment_cells(a))


def _footnote_rows(document: Document) -> Iterator[Row]:
    for f in document.plan.footnotes:
        yield f.model_dump()


def _citation_rows(document: Document) -> Iterator[Row]:
    for c in document.plan.citations:
        yield c.model_dump()


def _metadata_rows(document: Document) -> Iterator[Row]:
    source = document.plan.source
    yield {
        "source": source.path, "sha256": source.sha256, "kind": source.kind, "pages": source.pages,
        **document.plan.metadata.model_dump(),
    }  # fmt: skip


def _correction_rows(document: Document) -> Iterator[Row]:
    for c in document.corrections:
        yield c.model_dump()


def _cell_rows(document: Document) -> Iterator[Row]:
    for table in document.plan.tables:
        head = table.rows[0] if table.rows else []
        for r, cells in enumerate(table.rows):
            for c, text in enumerate(cells):
                yield {
                    "table_id": table.id, "caption": table.caption, "page": table.page, "row": r, "column": c,
                    "header": head[c] if c < len(head) else None, "text": text,
                }  # fmt: skip


_PLACE = (
    Column("page", "integer", "Page on which it begins, counted from 1."),
    Column("line_start", "integer", "First line of it in text.txt, counted from 1."),
    Column("line_end", "integer", "Last line of it in text.txt."),
)
_WHO_WHEN = (
    Column(
        "lead", "list", 'Agencies that lead ("chủ trì"); where none is said to lead, all that carry it out. Verbatim.'
    ),
    Column("lead_keys", "list", "Their canonical keys, in the same order."),
    Column("coordinate", "list", 'Agencies that coordinate ("phối hợp"). Verbatim.'),
    Column("coordinate_keys", "list", "Their canonical keys, in the same order."),
    Column("others", "list", "Other agencies named."),
    Column("deadline", "string", "When it is due, as printed."),
    Column("deadline_start", "date", "First day, where the text tells one."),
    Column("deadline_end", "date", "Last day, where the text tells one."),
    Column("recurrence", "string", "How often, e.g. yearly, quarterly, monthly, continuous."),
)

TABLES: tuple[TableSpec, ...] = (
    TableSpec(
        "nodes",
        "Headings, tasks, items and paragraphs in reading order.",
        (
            Column("id", "string", "Identifier of the node."),
            Column("parent_id", "string", "The node that it stands under."),
            Column("kind", "string", "section, subsection, task, item or paragraph."),
            Column("label", "string", 'What is printed before the text: "II.", "1.", "a)", "-".'),
            Column("text", "string", "Joined over line and page breaks, without label and footnote markers."),
            _PLACE[0],
            Column("page_end", "integer", "Page on which it ends."),
            *_PLACE[1:],
            Column("confidence", "number", "How sure the text is, 0 to 1."),
            Column("footnote_ids", "list", "Its footnotes."),
            Column("citation_ids", "list", "The documents it refers to."),
            Column("table_id", "string", "The table whose row it is."),
        ),
        _node_rows,
    ),
    TableSpec(
        "tasks",
        "Who must do what by when: every task, once for every assignment that governs it.",
        (
            Column("id", "string", "Node of the task."),
            Column("section", "string", "Heading of the section it stands in."),
            Column("subsection", "string", "Nearest subheading above it."),
            Column("label", "string", "What is printed before the text."),
            Column("text", "string", "What is to be done."),
            *_WHO_WHEN,
            Column("assignment_id", "string", "The assignment; empty where nobody is named."),
            Column("citation_ids", "list", "The documents it refers to."),
            *_PLACE,
            Column("confidence", "number", "How sure the text is, 0 to 1."),
        ),
        _task_rows,
    ),
    TableSpec(
        "assignments",
        "Who carries out which tasks by when.",
        (
            Column("id", "string", "Identifier of the assignment."),
            Column("task_ids", "list", "Nodes of the tasks it governs."),
            *_WHO_WHEN,
            Column("implied", "boolean", "True where an agency heading, not a sentence, assigns."),
            Column("text", "string", "As printed, with its lead-in."),
            *_PLACE,
            Column("table_id", "string", "The table whose row it is."),
        ),
        _assignment_rows,
    ),
    TableSpec(
        "footnotes",
        "Footnotes and the words they stand at.",
        (
            Column("id", "string", "Identifier of the footnote."),
            Column("marker", "string", "The printed mark."),
            Column("text", "string", "The note."),
            Column("node_id", "string", "Node or assignment that holds the mark."),
            Column("anchor_word", "string", "The word before the mark."),
            Column("anchor_offset", "integer", "Offset in the node's text just behind that word."),
            Column("page", "integer", "Page of the note."),
        ),
        _footnote_rows,
    ),
    TableSpec(
        "citations",
        "Numbered documents and named laws that the text refers to.",
        (
            Column("id", "string", "Identifier of the citation."),
            Column("text", "string", "As printed."),
            Column("doc_type", "string", "Type of the document cited."),
            Column("number", "string", "Its number and code."),
            Column("date", "date", "Its date."),
            Column("issuer", "string", "Who issued it."),
            Column("node_id", "string", "Node or footnote it stands in; empty: the title."),
            Column("start", "integer", "Offset of its first character there."),
            Column("end", "integer", "Offset behind its last character."),
        ),
        _citation_rows,
    ),
    TableSpec(
        "metadata",
        "The document itself: one row.",
        (
            Column("source", "string", "Name of the input file."),
            Column("sha256", "string", "Its SHA-256."),
            Column("kind", "string", "Where the text comes from: scan, text_layer or ocr_text."),
            Column("pages", "integer", "Number of its pages."),
            Column("doc_type", "string", "Type as printed."),
            Column("doc_type_code", "string", "Code of the type, Decree 30/2020/NĐ-CP, Annex III."),
            Column("number", "string", "Number and code."),
            Column("issuer", "string", "Issuing body."),
            Column("issuer_parent", "string", "Body it belongs to, where printed."),
            Column("place", "string", "Place of issue."),
            Column("date", "date", "Date of issue."),
            Column("date_text", "string", "The same as printed."),
            Column("title", "string", "What it is about."),
            Column("authority", "string", "On whose behalf it is signed."),
            Column("position", "string", "Position of the signer."),
            Column("signer", "string", "Name of the signer."),
            Column("recipients", "list", "Whom it is sent to."),
        ),
        _metadata_rows,
    ),
    TableSpec(
        "corrections",
        "Every change of the text as read; made in order they give text.txt, undone they give the text as read.",
        (
            Column("page", "integer", "Page, counted from 1."),
            Column("line", "integer", "Line of text.txt, counted from 1."),
            Column("start", "integer", "Offset in the line as read."),
            Column("observed", "string", "The characters as read."),
            Column("restored", "string", "What they became."),
            Column("confidence", "number", "How sure the change is, 0 to 1."),
            Column("alternatives", "list", "Other restorations, best first."),
            Column("rule", "string", "What made the change."),
        ),
        _correction_rows,
    ),
    TableSpec(
        "tables",
        "Ruled tables, one row a cell.",
        (
            Column("table_id", "string", "Identifier of the table."),
            Column("caption", "string", "Its caption."),
            Column("page", "integer", "Page on which it begins."),
            Column("row", "integer", "Row, counted from 0 (the header)."),
            Column("column", "integer", "Column, counted from 0."),
            Column("header", "string", "Text of the column's header cell."),
            Column("text", "string", "Text of the cell."),
        ),
        _cell_rows,
    ),
)
