"""Labels that the sequence put right ("H." between "I." and "III." is "II."), written into the text, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model import Correction, Line, Node, Page, Plan
from pipeline.structure.rewrite import rewritten

RULE = "label-sequence"
_CONFIDENCE = 0.9
_LONGEST = 9
"""Characters of what a label may be read as, with the space behind it: "VIIL- "."""


def mend(pages: Sequence[Page], plan: Plan) -> tuple[list[Page], list[Correction]]:
    """See `pipeline.structure.mend_labels`."""
    lines = {line.number: (page.number, line) for page in pages for line in page.lines}
    repaired = {w.line for w in plan.warnings if w.code == "label-repaired"}
    changes = [
        change
        for node in plan.nodes
        if node.line_start in repaired and node.line_start in lines
        for change in _change(node, *lines[node.line_start])
    ]
    return rewritten(pages, changes), changes


def _change(node: Node, page: int, line: Line) -> Iterator[Correction]:
    """What makes the label of a line that of its node."""
    first = node.text.split(maxsplit=1)[:1]
    at = line.text.find(first[0]) if first else -1
    if not 0 <= at <= _LONGEST or not node.label or line.text[:at].strip() == node.label:
        return
    yield Correction(
        page=page,
        line=line.number,
        start=0,
        observed=line.text[:at],
        restored=f"{node.label} ",
        confidence=_CONFIDENCE,
        rule=RULE,
    )


__all__ = ["RULE", "mend"]
