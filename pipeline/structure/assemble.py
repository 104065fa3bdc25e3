"""Items, duties and notes to the parts of the Plan: ids, links, line ranges, citations, warnings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.model import Assignment, Citation, Footnote, Metadata, Node, PlanWarning, Table
from pipeline.structure.agencykeys import agency_keys
from pipeline.structure.citations import find_citations
from pipeline.structure.columns import role_of
from pipeline.structure.duties import Duty
from pipeline.structure.header import Head
from pipeline.structure.items import Item
from pipeline.structure.notes import Note, clean
from pipeline.structure.numbering import BULLETS
from pipeline.structure.paragraphs import join
from pipeline.structure.rows import confidence
from pipeline.structure.tables import TextTable
from pipeline.structure.tabletasks import table_parts
from pipeline.structure.text import last_word

_MARKS = {"dash": "-", "plus": "+", "star": "*", "bullet": "•"}


@dataclass(slots=True)
class Assembly:
    """The parts of a Plan."""

    nodes: list[Node] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    warnings: list[PlanWarning] = field(default_factory=list)
    rules: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Of nodes and assignments, by their ids: the rule, and the table line that it rests on."""


def assemble(
    items: Sequence[Item],
    duties: Sequence[Duty],
    notes: Sequence[Note],
    tables: Sequence[TextTable],
    metadata: Metadata,
    head: Head,
    year: int | None,
) -> Assembly:
    """Put the parts together."""
    out = Assembly()
    ids = node_ids(items)
    for item in items:
        if not item.fields:
            out.nodes.append(_node(item, ids))
            out.rules[ids[item.index]] = item.rule, item.basis
    for number, duty in enumerate(duties, 1):
        out.assignments.append(_assignment(f"A{number}", duty, ids))
        out.rules[f"A{number}"] = duty.rule, duty.basis
    _add_tables(tables, items, ids, out, year)
    places = _places(items, duties, ids, out, head)
    out.footnotes = _footnotes(notes, places, out)
    _cite(out, metadata, year)
    _link(out)
    _warn(items, duties, out)
    return out


def node_ids(items: Sequence[Item]) -> dict[int, str]:
    """What nodes are called until the plan is whole: "II.1-2" is the second dash under II.1 (see ids.py)."""
    ids: dict[int, str] = {}
    used: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for item in items:
        if item.fields:
            continue
        base = ids.get(item.parent.index, "") if item.parent and not item.parent.fields else ""
        label = item.block.label
        if item.kind == "paragraph" and label is None:
            counts["P"] += 1
            name = f"P{counts['P']}"
        elif label is None or label.style in BULLETS:
            sign = _MARKS.get(label.style, "-") if label else "-"
            counts[base + sign] += 1
            name = f"{base}{sign}{counts[base + sign]}"
        else:
            core = re.sub(r"[^\w.]", " ", label.printed).strip(" .").replace(" ", "-")
            if label.style.startswith("decimal"):  # "1.2.1." tells its place itself
                base = ids.get(_above_numbers(item), "")
            name = f"{base}.{core}" if base else core
        used[name] += 1
        ids[item.index] = name if used[name] == 1 else f"{name}~{used[name]}"
    return ids


def _above_numbers(item: Item) -> int:
    """Index of the nearest heading above that is no number; -1 where there is none."""
    up = item.parent
    while up is not None and (up.style == "number" or up.style.startswith("decimal")):
        up = up.parent
    return up.index if up else -1


def _node(item: Item, ids: dict[int, str]) -> Node:
    rows, label = item.rows, item.block.label
    parent = item.parent
    while parent is not None and parent.fields:
        parent = parent.parent
    return Node(
        id=ids[item.index],
        parent_id=ids[parent.index] if parent else None,
        kind=item.kind,
        label=label.printed if label else "",
        text=item.text,
        page=rows[0].page,
        page_end=rows[-1].page,
        line_start=rows[0].number,
        line_end=rows[-1].number,
        confidence=confidence(rows),
    )


def _assignment(name: str, duty: Duty, ids: dict[int, str]) -> Assignment:
    first, last = duty.items[0].rows[0], duty.items[-1].rows[-1]
    return Assignment(
        id=name,
        task_ids=[ids[t.index] for t in duty.tasks],
        text=duty.text,
        lead=duty.lead,
        coordinate=duty.coordinate,
        others=duty.others,
        lead_keys=agency_keys(duty.lead),
        coordinate_keys=agency_keys(duty.coordinate),
        deadline=duty.deadline,
        implied=duty.implied,
        page=first.page,
        line_start=first.number,
        line_end=last.number,
    )


def _add_tables(
    tables: Sequence[TextTable], items: Sequence[Item], ids: dict[int, str], out: Assembly, year: int | None
) -> None:
    """Tables, with the tasks of their rows put behind the nodes above them."""
    heads = [i for i in items if i.kind in ("section", "subsection") and not i.fields]
    for number, table in enumerate(tables, 1):
        top = table.lines[0].number
        above = [i for i in heads if i.rows[0].number < top]
        by_id = {n.id: n for n in out.nodes}
        parent = by_id[ids[above[-1].index]] if above else None
        made, nodes, duties, unclear = table_parts(table, f"T{number}", parent, year, len(out.assignments) + 1)
        at = next((k for k, n in enumerate(out.nodes) if n.line_start > top), len(out.nodes))
        out.nodes[at:at] = nodes
        roles = f"table_columns.tsv: {'; '.join(c for c in made.rows[0] if role_of(c) != 'other')}" if nodes else ""
        out.rules |= dict.fromkeys([n.id for n in nodes] + [d.id for d in duties], ("row of a task table", roles))
        out.assignments += duties
        out.tables.append(made)
        out.warnings += [_unclear(n.page, n.line_start) for n in unclear]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a marker stands."""

    marker: str
    page: int
    text: str
    offset: int
    node: str | None


def _places(
    items: Sequence[Item], duties: Sequence[Duty], ids: dict[int, str], out: Assembly, head: Head
) -> list[_Place]:
    """All markers in reading order: title, then nodes and assignments."""
    places: list[_Place] = []
    title, anchors = clean(head.title or "")
    page = head.title_rows[0].page if head.title_rows else 1
    places += [_Place(m, page, title, at, None) for m, at in anchors]
    owner = {i.index: d for d in duties for i in d.items if i.fields}
    names = {id(d): a.task_ids for d, a in zip(duties, out.assignments, strict=False)}
    for item in items:
        node = ids.get(item.index)
        if node is None:
            tasks = names[id(owner[item.index])] if item.index in owner else []
            node = tasks[-1] if tasks else None
        places += [_Place(m, item.rows[0].page, item.text, at, node) for m, at in item.anchors]
    return places


def _footnotes(notes: Sequence[Note], places: Sequence[_Place], out: Assembly) -> list[Footnote]:
    free = list(places)
    made: list[Footnote] = []
    for number, note in enumerate(notes, 1):
        first = note.rows[0]
        text = re.sub(r"^\^\d+\s*", "", join([row.text for row in note.rows]))
        fits = [p for p in free if p.marker == note.marker]
        place = min(fits, key=lambda p: abs(p.page - first.page), default=None)
        if place:
            free.remove(place)
        elif note.marker:
            out.warnings.append(PlanWarning(code="note-without-marker", page=first.page, line=first.number,
                                         message=f"Footnote {note.marker} has no marker in the text."))  # fmt: skip
        before = place.text[: place.offset] if place else ""
        made.append(
            Footnote(
                id=f"F{number}",
                marker=note.marker,
                text=clean(text)[0],
                node_id=place.node if place else None,
                anchor_word=last_word(before) or None,
                anchor_offset=place.offset if place and place.node and _is_node_text(place, out) else None,
                page=first.page,
            )
        )
    for place in free:
        out.warnings.append(PlanWarning(code="marker-without-note", page=place.page,
                                     message=f"The marker {place.marker} has no footnote."))  # fmt: skip
    return made


def _is_node_text(place: _Place, out: Assembly) -> bool:
    return any(n.id == place.node and n.text == place.text for n in out.nodes)


def _cite(out: Assembly, metadata: Metadata, year: int | None) -> None:
    """Citations of the title, the nodes, the assignments' lines, the footnotes."""
    texts: list[tuple[str, str | None]] = [(metadata.title or "", None)]
    texts += [(n.text, n.id) for n in out.nodes]
    own = {n.text for n in out.nodes}
    texts += [
        (a.text, a.task_ids[-1] if a.task_ids else None) for a in out.assignments if not a.implied and a.text not in own
    ]
    texts += [(f.text, f.id) for f in out.footnotes]
    for text, where in texts:
        for found in find_citations(text):
            out.citations.append(
                Citation(
                    id=f"C{len(out.citations) + 1}",
                    text=found.text,
                    doc_type=found.doc_type,
                    number=found.number,
                    date=found.date,
                    issuer=found.issuer,
                    node_id=where,
                    start=found.start,
                    end=found.end,
                )
            )


def _link(out: Assembly) -> None:
    by_id = {n.id: n for n in out.nodes}
    for note in out.footnotes:
        if note.node_id in by_id:
            by_id[note.node_id].footnote_ids.append(note.id)
    for cited in out.citations:
        if cited.node_id in by_id:
            by_id[cited.node_id].citation_ids.append(cited.id)


def _warn(items: Sequence[Item], duties: Iterable[Duty], out: Assembly) -> None:
    """Where the rules doubt."""
    governed = {t.index for d in duties for t in d.tasks}
    for item in items:
        row, label = item.rows[0], item.block.label
        where = {"page": row.page, "line": row.number}
        if item.block.gap and label:
            out.warnings.append(
                PlanWarning(code="numbering-gap", message=f"The number before {label.printed!r} is missing.", **where)
            )
        if label and not label.sure:
            out.warnings.append(
                PlanWarning(code="label-repaired", message=f"Read as {label.printed!r} to fit the sequence.", **where)
            )
        if item.kind == "task" and not item.fields and item.index not in governed:
            out.warnings.append(
                PlanWarning(code="task-without-agency", message="Nobody is named for this task.", **where)
            )
    for duty in duties:
        row = duty.items[0].rows[0]
        if duty.doubtful:
            out.warnings.append(_unclear(row.page, row.number))
        if not duty.lead:
            out.warnings.append(PlanWarning(code="assignment-without-agency", page=row.page, line=row.number,
                                         message="An assignment in which no agency was found."))  # fmt: skip
        elif not duty.tasks:
            out.warnings.append(PlanWarning(code="assignment-without-task", page=row.page, line=row.number,
                                         message=f"No task stands with {duty.text[:60]!r}."))  # fmt: skip


def _unclear(page: int, line: int) -> PlanWarning:
    return PlanWarning(code="deadline-unclear", page=page, line=line,
                       message="The figures of a deadline cannot be read for sure; it has no dates.")  # fmt: skip
