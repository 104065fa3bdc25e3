"""How a document fills the tables: one mapping of column name to value a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from pipeline.citekey import citation_keys
from pipeline.model import Assignment, Document, Node

Row = Mapping[str, object]


def node_rows(document: Document) -> Iterator[Row]:
    """Every node."""
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


def task_rows(document: Document) -> Iterator[Row]:
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


def assignment_rows(document: Document) -> Iterator[Row]:
    """Every assignment, its deadline spread over columns."""
    for a in document.plan.assignments:
        yield a.model_dump(exclude={"deadline"}) | dict(_assignment_cells(a))


def footnote_rows(document: Document) -> Iterator[Row]:
    """Every footnote."""
    for f in document.plan.footnotes:
        yield f.model_dump()


def citation_rows(document: Document) -> Iterator[Row]:
    """Every citation."""
    plan = document.plan
    for c, key in zip(plan.citations, citation_keys(plan.citations, plan.metadata.date), strict=True):
        yield c.model_dump() | {"key": key}


def reason_rows(document: Document) -> Iterator[Row]:
    """Every node and assignment with the rule that made it."""
    for reason in document.reasons:
        yield asdict(reason)


def metadata_rows(document: Document) -> Iterator[Row]:
    """The document itself."""
    source = document.plan.source
    yield {
        "source": source.path, "sha256": source.sha256, "kind": source.kind, "pages": source.pages,
        **document.plan.metadata.model_dump(),
    }  # fmt: skip


def correction_rows(document: Document) -> Iterator[Row]:
    """Every correction."""
    for c in document.corrections:
        yield c.model_dump()


def cell_rows(document: Document) -> Iterator[Row]:
    """Every cell of every table."""
    for table in document.plan.tables:
        head = table.rows[0] if table.rows else []
        for r, cells in enumerate(table.rows):
            for c, text in enumerate(cells):
                yield {
                    "table_id": table.id, "caption": table.caption, "page": table.page, "row": r, "column": c,
                    "header": head[c] if c < len(head) else None, "text": text,
                }  # fmt: skip


def agency_rows(document: Document) -> Iterator[Row]:
    """Every agency of every task; an assignment without tasks speaks for itself."""
    plan = document.plan
    nodes = {n.id: n for n in plan.nodes}
    keys = {name: key for a in plan.assignments for _, name, key in _parts(a) if key}
    written = {key: name for name, key in reversed(keys.items())}  # as the document writes it first
    for a in plan.assignments:
        for task in a.task_ids or [""]:
            node = nodes.get(task)
            for role, name, known in _parts(a):
                key = known or keys.get(name)
                yield {
                    "agency": written[key] if key else name,
                    "agency_key": key,
                    "role": role,
                    "task_id": task or None,
                    "text": node.text if node else a.text,
                    **_assignment_cells(a),
                    "section": _heading(node, nodes, "section") if node else None,
                    "name": name,
                    "assignment_id": a.id,
                    "page": node.page if node else a.page,
                }


def _parts(a: Assignment) -> list[tuple[str, str, str | None]]:
    """Role, name and key of all who take part in an assignment."""
    return [
        *(("lead", *pair) for pair in zip(a.lead, a.lead_keys, strict=True)),
        *(("coordinate", *pair) for pair in zip(a.coordinate, a.coordinate_keys, strict=True)),
        *(("other", name, None) for name in a.others),
    ]


def document_rows(document: Document) -> Iterator[Row]:
    """The one row of the document."""
    plan = document.plan
    tasks = {n.id for n in plan.nodes if n.kind == "task"}
    yield {
        **next(metadata_rows(document)),
        "tasks": len(tasks),
        "tasks_unassigned": len(tasks.difference(*(a.task_ids for a in plan.assignments))),
        "assignments": len(plan.assignments),
        "footnotes": len(plan.footnotes),
        "citations": len(plan.citations),
        "tables": len(plan.tables),
        "words": plan.quality.words,
        "corrected": plan.quality.corrected,
        "doubtful_words": len(plan.quality.doubtful),
        "mean_confidence": plan.quality.mean_confidence,
        "warnings": len(plan.warnings),
        "pages_failed": sum(w.code == "page-failed" for w in plan.warnings),
    }
