"""What tests of several modules share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.model import (
    Assignment,
    Citation,
    Correction,
    Deadline,
    Document,
    Footnote,
    Line,
    Metadata,
    Node,
    Page,
    Plan,
    Source,
    Table,
)

ROOT = Path(__file__).parent.parent

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("new", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
"""The suite tries the same examples each time; HYPOTHESIS_PROFILE=new looks for new ones."""


@pytest.fixture(autouse=True)
def cold_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds pages that another one, or the user, has read."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture
def resources() -> Path:
    """Test files, one a difficulty."""
    return Path(__file__).parent / "resources"


@pytest.fixture
def document() -> Document:
    """A small document with one of everything, and text that spreadsheets like to change."""
    place = {"page": 1, "page_end": 1, "line_start": 2, "line_end": 2}
    plan = Plan(
        source=Source(path="mẫu.pdf", sha256="0" * 64, kind="scan", pages=2),
        metadata=Metadata(
            doc_type="KẾ HOẠCH", number="05/KH-UBND", date="2025-01-08", recipients=["Sở Y tế", "Lưu: VT"]
        ),
        nodes=[
            Node(id="I", kind="section", label="I.", text="NHIỆM VỤ", **place),
            Node(id="I.1", parent_id="I", kind="subsection", label="1.", text="Chung", **place),
            Node(id="I.1-1", parent_id="I.1", kind="task", label="-", text="=Rà soát, 1-2", confidence=0.5, **place),
            Node(id="I.1-2", parent_id="I.1", kind="task", label="+", text='Đánh giá "sơ kết";\nnhiều dòng', **place),
        ],
        assignments=[
            Assignment(
                id="A1",
                task_ids=["I.1-1"],
                text="Thực hiện: Sở Y tế, Sở Nội vụ",
                lead=["Sở Y tế", "Sở Nội vụ"],
                lead_keys=["so-y-te", "so-noi-vu"],
                deadline=Deadline(text="30/9/2025", end="2025-09-30"),
                page=1,
                line_start=2,
                line_end=3,
            )
        ],
        footnotes=[
            Footnote(id="f1", marker="1", text="Ghi chú", node_id="I.1-1", anchor_word="soát", anchor_offset=8, page=1)
        ],
        citations=[Citation(id="c1", text="Luật Y tế", doc_type="Luật", node_id="I", start=0, end=9)],
        tables=[Table(id="t1", caption=None, page=2, rows=[["TT", "Việc"], ["1", "-5%"]])],
    )
    pages = (
        Page(1, "scan", (Line(1, "KẾ HOẠCH"), Line(2, "I. NHIỆM VỤ"))),
        Page(2, "scan", (Line(3, "1. Chung"),)),
    )
    fix = Correction(
        page=1,
        line=1,
        start=0,
        observed="KE HOACH",
        restored="KẾ HOẠCH",
        confidence=0.99,
        alternatives=["+KE"],
        rule="r",
    )
    return Document(plan, pages, (fix,))
