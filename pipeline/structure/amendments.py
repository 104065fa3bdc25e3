"""What the structure found out about the text, written back into it: labels put right, stamps taken out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model import Correction, Furniture, Line, Node, Page, Plan
from pipeline.rewrite import rewritten

LABEL, STAMP = "label-sequence", "stamp"
_SURE = {LABEL: 0.9, STAMP: 0.9}
_LONGEST = 9
"""Characters of what a label may be read as, with the space behind it: "VIIL- "."""
_STAMPS = frozenset(("urgency stamp", "secrecy stamp", "registry stamp", "copy mark", "digital signature"))


def amended(pages: Sequence[Page], plan: Plan) -> tuple[list[Page], list[Correction]]:
    """See `pipeline.structure.amend`."""
    lines = {line.number: (page, line) for page in pages for line in page.lines}
    repaired = {w.line for w in plan.warnings if w.code == "label-repaired"}
    changes = [
        change
        for node in plan.nodes
        if node.line_start in repaired and node.line_start in lines
        for change in _label(node, *lines[node.line_start])
    ]
    changes += [change for found in plan.quality.furniture for change in _stamp(found, *lines[found.line])]
    return rewritten(pages, changes), changes


def _label(node: Node, page: Page, line: Line) -> Iterator[Correction]:
    """What makes the label of a line that of its node."""
    first = node.text.split(maxsplit=1)[:1]
    at = line.text.find(first[0]) if first else -1
    if 0 <= at <= _LONGEST and node.label and line.text[:at].strip() != node.label:
        yield _change(page, line, line.text[:at], f"{node.label} ", LABEL)


def _stamp(found: Furniture, page: Page, line: Line) -> Iterator[Correction]:
    """What takes a stamp out of the text of a scan; a text keeps its lines as they are."""
    if found.reason in _STAMPS and page.kind != "ocr_text" and line.text:
        yield _change(page, line, line.text, "", STAMP)


def _change(page: Page, line: Line, observed: str, restored: str, rule: str) -> Correction:
    return Correction(
        page=page.number,
        line=line.number,
        start=0,
        observed=observed,
        restored=restored,
        confidence=_SURE[rule],
        rule=rule,
    )


__all__ = ["LABEL", "STAMP", "amended"]
