"""Lines become a Plan: who does what by when, under which document."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Correction, Page, Plan, Reason, Source


def mark_footnotes(pages: Sequence[Page]) -> tuple[list[Page], list[Correction]]:
    """Find footnote markers and notes as OCR garbles them, and write them as "^1".

    Args:
        pages: read and restored.

    Returns:
        The pages with "^1" behind the anchor words and before the notes, and the changes made, so that
        `corrections.apply(lines, changes)` gives the new lines. A sign is only touched where its note was found.
    """
    from pipeline.structure.footnotes import mark

    return mark(pages)


def structure(pages: Sequence[Page], source: Source) -> Plan:
    """Turn restored and marked lines into a Plan.

    Args:
        pages: of one document, in order; footnotes in canonical notation ("^1", see `mark_footnotes`).
        source: copied into the Plan.

    Returns:
        The Plan; what the rules doubt is in its warnings, fields not found are None. Of `quality` only
        `furniture` is filled.
    """
    from pipeline.structure.build import build
    from pipeline.structure.ids import with_stable_ids

    return with_stable_ids(build(pages, source)[0])


def amend(pages: Sequence[Page], plan: Plan) -> tuple[list[Page], list[Correction]]:
    """Write back into the text what its structure tells about it.

    Args:
        pages: those that `structure` made the Plan of.
        plan: it; labels that were repaired have a warning "label-repaired", stamps are in its furniture.

    Returns:
        The pages with "II." where "H." was read and "III." follows, and, in scans, without the words of stamps (their
        lines stay, empty); and the changes made.
    """
    from pipeline.structure.amendments import amended

    return amended(pages, plan)


def explain(pages: Sequence[Page]) -> list[Reason]:
    """Which rule made each node and assignment of the Plan that `structure` makes of these pages.

    The names of the rules are those of docs/rules.md.
    """
    from pipeline.structure.build import build
    from pipeline.structure.ids import with_stable_ids

    placed, rules = build(pages, Source(path="", sha256="", kind="ocr_text", pages=len(pages)))
    plan = with_stable_ids(placed)
    nodes = (
        Reason(n.id, "node", n.kind, *rules[p.id], n.page, n.line_start, n.line_end, n.text[:_SHOWN])
        for p, n in zip(placed.nodes, plan.nodes, strict=True)
    )
    assignments = (
        Reason(a.id, "assignment", "implied" if a.implied else "printed", *rules[p.id], a.page, a.line_start,
               a.line_end, a.text[:_SHOWN])
        for p, a in zip(placed.assignments, plan.assignments, strict=True)
    )  # fmt: skip
    return [*nodes, *assignments]


_SHOWN = 80
"""Characters of a part's text that an explanation shows."""

__all__ = ["amend", "explain", "mark_footnotes", "structure"]
