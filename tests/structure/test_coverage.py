"""Nothing printed may vanish, whatever the lines are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corrections import apply
from pipeline.model import Line, Page, Plan, Source
from pipeline.structure import mark_footnotes, structure
from pipeline.structure.build import sort_lines

RESOURCES = Path(__file__).parent.parent / "resources"
TEXTS = sorted(RESOURCES.glob("plans/*.true.txt")) + sorted(RESOURCES.glob("gold/*.true.txt"))


def placed(pages: Sequence[Page]) -> tuple[Plan, set[int], set[int]]:
    """The Plan; the lines that stand apart from its nodes and assignments; and all lines that have a place."""
    plan = structure(pages, Source(path="x", sha256="", kind=pages[0].kind, pages=len(pages)))
    parts = sort_lines(pages)
    apart = {*parts.head.lines, *parts.tail.lines, *parts.furniture}
    apart |= {row.number for note in parts.notes for row in note.rows}
    apart |= {row.number for table in parts.tables for row in table.lines}
    spans = [(n.line_start, n.line_end) for n in plan.nodes] + [(a.line_start, a.line_end) for a in plan.assignments]
    return plan, apart, apart | {number for start, end in spans for number in range(start, end + 1)}


def assert_nothing_lost(pages: Sequence[Page]) -> None:
    plan, apart, everywhere = placed(pages)
    kept = " ".join([f"{n.label} {n.text}" for n in plan.nodes] + [a.text for a in plan.assignments])
    for line in (line for page in pages for line in page.lines if line.text.strip()):
        assert line.number in everywhere, line.text
        if line.number not in apart:
            for word in re.findall(r"[^\W\d_]{2,}", re.sub(r"\^\d+", " ", line.text)):
                assert word in kept, (word, line.text)
    assert len({n.id for n in plan.nodes}) == len(plan.nodes)
    ids = {n.id for n in plan.nodes}
    assert all(n.parent_id in ids for n in plan.nodes if n.parent_id)
    assert all(t in ids for a in plan.assignments for t in a.task_ids)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_line_of_a_plan_is_lost(path: Path, as_pages: Callable[..., list[Page]]) -> None:
    assert_nothing_lost(as_pages(path.read_text("utf-8")))
    assert_nothing_lost(as_pages(path.read_text("utf-8").replace("\f", ""), "ocr_text"))


PIECES = st.sampled_from(
    [
        "I. MỤC ĐÍCH", "II- NHIỆM VỤ", "IL. TỔ CHỨC THỰC HIỆN", "1. Sở Y tế", "1.1. Rà soát", "a) Thống kê", "đ) Trình",
        "- Đơn vị chủ trì: Sở Y tế.", "* Thực hiện: Sở Nội vụ chủ trì, phối hợp với các sở, ban, ngành.", "+ Năm 2025:",
        "Nơi nhận:", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "Nguyễn Văn A", "KẾ HOẠCH", "Số: 12/KH-UBND", "2", "―――",
        "PHỤ LỤC", "Phụ lục I", "TT Nội dung nhiệm vụ Đơn vị chủ trì", "1 Ban hành Sở Y tế", "^1 Theo Luật Trẻ em.",
        "kế hoạch^1 này", "Thời gian: Quý I/2025", "Giao Sở Y tế chủ trì trước ngày 30/02/2025.", "! Chương trình",
        "./.", "135-", "KH/TU ngày 1/1/2024", "(Kèm theo Kế hoạch này)", "Căn cứ Luật Trẻ em;", "", "   ", "- ", "1.",
        "TT\tNội dung\tChủ trì", "1\tHọp\tSở Y tế", "\t2", "Nhiệm vụ\tThời gian",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.one_of(PIECES, st.text(max_size=60)), max_size=25), min_size=1, max_size=3))
def test_any_lines(pages: list[list[str]]) -> None:
    made, number = [], 0
    for i, texts in enumerate(pages, 1):
        lines = []
        for text in texts:
            number += 1
            lines.append(Line(number, text.replace("\n", " ").replace("\r", " ")))
        made.append(Page(i, "text_layer", tuple(lines)))

    marked, changes = mark_footnotes(made)

    before = [line.text for page in made for line in page.lines]
    assert apply(before, changes) == [line.text for page in marked for line in page.lines]
    _, _, everywhere = placed(marked)
    assert all(line.number in everywhere for page in marked for line in page.lines if line.text.strip())


def test_no_pages_and_no_lines() -> None:
    source = Source(path="x", sha256="", kind="scan", pages=0)
    assert structure([], source).nodes == []
    assert structure([Page(1, "scan", (), error="unreadable")], source).warnings[0].code == "empty"
