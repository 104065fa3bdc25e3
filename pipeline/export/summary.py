"""Who does what by when, agency by agency."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pipeline.export.rows import Row, agency_rows
from pipeline.model import Document

_ORDER = {"lead": 0, "coordinate": 1, "other": 2}


@dataclass(slots=True)
class Duties:
    """All that one agency has to do.

    Attributes:
        agency: its name; None for the tasks that name nobody.
        rows: of the table "agencies", what it leads first, each in reading order.
    """

    agency: str | None
    rows: list[Row] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How many rows of every role."""
        return Counter(str(row["role"] or "task") for row in self.rows)

    @property
    def last_due(self) -> str | None:
        """The latest day on which something is due."""
        return max((str(row["deadline_end"]) for row in self.rows if row["deadline_end"]), default=None)


def duties_of(document: Document) -> list[Duties]:
    """The agencies, those that lead most first; at the end the tasks that name nobody."""
    found: dict[object, Duties] = {}
    for row in agency_rows(document):
        agency = found.setdefault(row["agency_key"] or row["agency"], Duties(str(row["agency"])))
        agency.rows.append(row)
    for agency in found.values():
        agency.rows.sort(key=lambda row: _ORDER[str(row["role"])])
    ranked = sorted(found.values(), key=lambda a: (-a.counts["lead"], -a.counts["coordinate"]))
    governed = {task for a in document.plan.assignments for task in a.task_ids}
    empty: Row = {"role": None, "deadline": None, "deadline_end": None, "recurrence": None}
    free: list[Row] = [
        {**empty, "task_id": n.id, "text": n.text, "page": n.page}
        for n in document.plan.nodes
        if n.kind == "task" and n.id not in governed
    ]
    return [*ranked, Duties(None, free)] if free else ranked
