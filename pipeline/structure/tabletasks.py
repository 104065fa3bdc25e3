"""Tables into the Plan: their rows are tasks and assignments where the header names a task and who leads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Assignment, Node, Table
from pipeline.structure.agencykeys import agency_keys
from pipeline.structure.agencylists import split_agencies
from pipeline.structure.columns import role_of
from pipeline.structure.deadlines import read_deadline, undated
from pipeline.structure.fields import read_fields
from pipeline.structure.rows import Row, confidence, doubts
from pipeline.structure.tables import TextTable
from pipeline.structure.text import fold
from pipeline.structure.who import LEAD, WITH, read_who

_SKIP = frozenset({"number"})


def table_parts(
    table: TextTable, name: str, parent: Node | None, year: int | None, first: int
) -> tuple[Table, list[Node], list[Assignment], list[Node]]:
    """A table with the tasks and assignments of its rows.

    Args:
        table: as taken from the lines.
        name: its id.
        parent: the heading above it.
        year: of the plan, for deadlines without one.
        first: number of the first assignment made here.

    Returns:
        The table, the tasks and assignments of its rows, and the tasks whose deadline cannot be read for sure.
    """
    start = table.lines[0]
    caption = parent.text if parent else None
    made = Table(id=name, caption=caption, page=start.page, rows=table.rows)
    roles = [role_of(h) for h in table.rows[0]]
    who = _place(roles, "lead") if "lead" in roles else _place(roles, "who")
    task = _place(roles, "task")
    if task is None or who is None:
        return made, [], [], []
    nodes: list[Node] = []
    duties: list[Assignment] = []
    unclear: list[Node] = []
    for number, row in enumerate(table.rows[1:], 1):
        if not _has_words(row[task]) or not _has_words(row[who]):
            continue
        label, text = _label(row[roles.index("number")] if "number" in roles else "", row[task])
        lines = table.places[number] if table.places else table.lines
        node = _task(lines, f"{name}-{number}", parent, label, text)
        nodes.append(node)
        duty = _duty(f"A{first + len(duties)}", row, roles, who, node, year)
        if duty.deadline and doubts(re.findall(r"\d+", duty.deadline.text), lines):
            duty = duty.model_copy(update={"deadline": undated(duty.deadline)})
            unclear.append(node)
        duties.append(duty)
    return made, nodes, duties, unclear


def _label(number: str, text: str) -> tuple[str, str]:
    """Label and text of a row's task; the task's own number is the label where the row is not numbered one by one."""
    own = re.match(r"(\d{1,3}(?:\.\d{1,2})*[.)])\s+(?=[^\W\d])", text)
    return (own[1], text[own.end() :]) if own else (number, text)


def _has_words(cell: str) -> bool:
    """Whether a cell says something: the row of column numbers "(1) (2) (3)" does not."""
    return any(c.isalpha() for c in cell)


def _task(lines: Sequence[Row], name: str, parent: Node | None, label: str, text: str) -> Node:
    """The task of a row; its place and confidence are those of the row's lines, or of the table's."""
    start, end = lines[0], lines[-1]
    return Node(
        id=name,
        parent_id=parent.id if parent else None,
        kind="task",
        label=label,
        text=text,
        page=start.page,
        page_end=end.page,
        line_start=start.number,
        line_end=end.number,
        confidence=confidence(lines),
        table_id=name.rpartition("-")[0],
    )


def _place(roles: Sequence[str], role: str) -> int | None:
    return roles.index(role) if role in roles else None


def _duty(name: str, row: Sequence[str], roles: Sequence[str], who: int, node: Node, year: int | None) -> Assignment:
    lead, with_ = _who(row[who])
    with_ += [n for k, r in enumerate(roles) if r == "coordinate" for n in split_agencies(row[k], cut=False)]
    when = next((row[k] for k, r in enumerate(roles) if r == "deadline" and row[k].strip()), None)
    return Assignment(
        id=name,
        task_ids=[node.id],
        text=" | ".join(
            cell for k, cell in enumerate(row) if cell and k != roles.index("task") and roles[k] not in _SKIP
        ),
        lead=lead,
        coordinate=with_,
        lead_keys=agency_keys(lead),
        coordinate_keys=agency_keys(with_),
        deadline=read_deadline(when, year) if when else None,
        page=node.page,
        line_start=node.line_start,
        line_end=node.line_end,
        table_id=node.table_id,
    )


def _who(cell: str) -> tuple[list[str], list[str]]:
    """Who leads and who coordinates in a cell: names alone, or lead-ins before them ("Chủ trì: A. Phối hợp: B").

    It may be a sentence, too: "Sở A chủ trì, phối hợp với Sở B".
    """
    found = [f for f in read_fields(cell) if f.role in ("lead", "who", "coordinate")]
    if not found and not WITH.search(fold(cell)) and not LEAD.search(fold(cell)):
        return split_agencies(cell, cut=False), []
    said = [(f.role, f.value.strip(" .;,")) for f in found] or [("who", cell)]
    names = [read_who(text) for role, text in said if role != "coordinate"]
    with_ = [name for role, text in said if role == "coordinate" for name in split_agencies(text, cut=False)]
    return [n for who in names for n in who.lead], [n for who in names for n in who.coordinate] + with_
