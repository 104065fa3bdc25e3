"""What the tests of the structure stage share."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from pipeline.model import Line, Page, Plan, Source, SourceKind
from pipeline.structure import mark_footnotes
from pipeline.structure.build import build

AsPages = Callable[..., list[Page]]
AsPlan = Callable[..., Plan]


def pages_of(text: str, kind: SourceKind = "text_layer") -> list[Page]:
    pages: list[Page] = []
    number = 0
    parts = text.split("\f")
    for i, part in enumerate(parts[:-1] if len(parts) > 1 and not parts[-1].strip() else parts, 1):
        lines = []
        for line in part.removesuffix("\n").split("\n"):
            number += 1
            lines.append(Line(number, unicodedata.normalize("NFC", line)))
        pages.append(Page(i, kind, tuple(lines)))
    return pages


def plan_of(text: str, kind: SourceKind = "text_layer") -> Plan:
    pages, _ = mark_footnotes(pages_of(text, kind))
    return build(pages, Source(path="x.txt", sha256="", kind=kind, pages=len(pages)))[0]


@pytest.fixture
def as_pages() -> AsPages:
    """Text, its pages parted by form feeds, as pages."""
    return pages_of


@pytest.fixture
def as_plan() -> AsPlan:
    """Text, its pages parted by form feeds, as a Plan whose parts are named by their places."""
    return plan_of
