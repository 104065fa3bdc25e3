"""A restored line as HTML: what was corrected, what is doubtful, what else it may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from pipeline.model import Correction, Line


@dataclass(frozen=True, slots=True)
class Span:
    """A part [start, end) of a restored line with a remark; empty where characters were taken away."""

    start: int
    end: int
    tag: str
    remark: str


def spans_of(line: Line, corrections: Iterable[Correction], doubt: float) -> list[Span]:
    """What is to be said of a line: its corrections, and its words whose confidence lies below `doubt`."""
    spans, shift = [], 0
    for c in sorted(corrections, key=lambda c: (c.start, len(c.observed))):
        start = c.start + shift
        shift += len(c.restored) - len(c.observed)
        remark = f"Máy đọc: “{c.observed}” ({percent(c.confidence)})" + _others(c.alternatives)
        spans.append(Span(start, start + len(c.restored), "ins", remark))
    for word in line.words:
        if word.confidence is not None and word.confidence < doubt:
            remark = f"Còn ngờ ({percent(word.confidence)})" + _others(word.alternatives)
            spans.append(Span(word.start, word.start + len(word.text), "mark", remark))
    return spans


def percent(share: float) -> str:
    """A share as Vietnamese people read it; never more than it is."""
    return f"{int(share * 100)} %"


def _others(alternatives: Sequence[str]) -> str:
    return f". Có thể là: {', '.join(alternatives)}" if alternatives else ""


def marked(text: str, spans: Sequence[Span]) -> str:
    """The text as HTML, its spans in elements whose title is the remark; where spans overlap, elements nest."""
    cuts = sorted({0, len(text), *(s.start for s in spans), *(s.end for s in spans)})
    out = [_element(s, "") for s in spans if s.start == s.end == 0]
    for start, end in pairwise(cuts):
        piece = escape(text[start:end])
        for span in spans:
            if span.start <= start and end <= span.end and span.start < span.end:
                piece = _element(span, piece)
        out.append(piece)
        out += (_element(s, "") for s in spans if s.start == s.end == end)
    return "".join(out)


def _element(span: Span, inner: str) -> str:
    return f'<{span.tag} title="{escape(span.remark)}">{inner or "‸"}</{span.tag}>'
