"""Whole plans of several offices: nothing less than the gold, and nothing lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Protocol

import pytest

from pipeline.evaluate.plan import score_plan
from pipeline.model import Page, Plan, SourceKind


class AsPlan(Protocol):
    def __call__(self, text: str, kind: SourceKind = "text_layer") -> Plan: ...


class AsPages(Protocol):
    def __call__(self, text: str, kind: SourceKind = "text_layer") -> list[Page]: ...


PLANS = Path(__file__).parent.parent / "resources" / "plans"
NAMES = sorted(path.name.split(".")[0] for path in PLANS.glob("*.true.txt"))
OWN_WORDS = {"d3": 3}
"""Sentences "Giao ... chủ trì" that the gold of a plan counts as tasks, and we as assignments as well."""


def read(name: str) -> tuple[str, dict[str, Any]]:
    return (PLANS / f"{name}.true.txt").read_text("utf-8"), json.loads((PLANS / f"{name}.gold.json").read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_tree(name: str, as_plan: AsPlan) -> None:
    text, gold = read(name)
    nodes = [n for n in as_plan(text).nodes if not n.table_id]
    place = {n.id: i for i, n in enumerate(nodes)}
    at = {n["id"]: i for i, n in enumerate(gold["nodes"])}

    assert [(n.kind, n.label, n.text) for n in nodes] == [(n["kind"], n["label"], n["text"]) for n in gold["nodes"]]
    for node, true in zip(nodes, gold["nodes"], strict=True):
        if true["kind"] != "paragraph":
            assert (place[node.parent_id] if node.parent_id else None) == (
                at[true["parent"]] if true["parent"] else None
            )


@pytest.mark.parametrize("name", NAMES)
def test_assignments(name: str, as_plan: AsPlan) -> None:
    text, gold = read(name)
    plan = as_plan(text)
    tasks = {n.id: n.text for n in plan.nodes}
    true_tasks = {n["id"]: n["text"] for n in gold["nodes"]}
    found = [a for a in plan.assignments if not a.table_id]
    extra = [a for a in found if a.text.startswith("Giao ")] if name in OWN_WORDS else []
    assert len(extra) == OWN_WORDS.get(name, 0)
    found = [a for a in found if a not in extra]

    def plain(words: str) -> str:
        return words.rstrip(".: ")

    assert [
        (plain(a.text), a.implied, [tasks[t] for t in a.task_ids], a.lead, a.coordinate, a.deadline and a.deadline.text)
        for a in found
    ] == [
        (
            plain(a["text"]),
            a["implied"],
            [true_tasks[t] for t in a["task_ids"]],
            a["lead"],
            a["coordinate"],
            a["deadline"],
        )
        for a in gold["assignments"]
    ]


@pytest.mark.parametrize("name", NAMES)
def test_everything_else(name: str, as_plan: AsPlan) -> None:
    text, gold = read(name)
    score = score_plan(gold, as_plan(text).model_dump())
    for part in ("footnotes", "citations", "recipients"):
        assert score[part]["f1"] == 1, part
    assert score.get("footnote_anchors_right") in (1, None)
    assert set(score["metadata_wrong"]) <= {"date"}  # gold has it as printed


def test_table_becomes_tasks_and_assignments(as_plan: AsPlan) -> None:
    text, gold = read("d4")
    plan = as_plan(text)
    assert plan.tables[0].rows == gold["tables"][0]
    rows = [a for a in plan.assignments if a.table_id == plan.tables[0].id]
    assert len(rows) == 10
    assert rows[0].lead == ["Phòng Kinh tế, Hạ tầng và Đô thị"]
    assert rows[0].deadline is not None
    assert rows[0].deadline.end == "2025-08-30"
    assert {n.kind for n in plan.nodes if n.table_id} == {"task"}


def test_sample_with_garbled_markers(resources: Path, as_plan: AsPlan) -> None:
    true = (resources / "gold" / "000.true.txt").read_text("utf-8")
    garbled = true
    for mark, sign in (("^1 về", "! về"), ("^2 và", "® và"), ("^3 để", "° để"), ("\n^1 ", "\n! ")):
        assert mark in garbled
        garbled = garbled.replace(mark, sign)
    garbled = garbled.replace("\n^2 ", "\n2 ").replace("\n^3 ", "\n3 ")
    gold = json.loads((resources / "gold" / "000.gold.json").read_text("utf-8"))

    score = score_plan(gold, as_plan(garbled, "ocr_text").model_dump())

    for part in (
        "section",
        "subsection",
        "task",
        "other",
        "assignments",
        "lead",
        "coordinate",
        "footnotes",
        "citations",
    ):
        assert score[part]["f1"] == 1, part
    assert score["footnote_anchors_right"] == 1


def test_ids_tell_the_place(as_plan: AsPlan) -> None:
    plan = as_plan(read("d3")[0])
    ids = [n.id for n in plan.nodes]
    assert {"II.1.1.a", "II.2.1.b", "IV.2-1"} <= set(ids)
    assert len(ids) == len(set(ids))
    assert plan == as_plan(read("d3")[0])


def test_pages_and_lines(as_plan: AsPlan, as_pages: AsPages) -> None:
    text, _ = read("d1")
    lines = [line.text for page in as_pages(text) for line in page.lines]
    for node in as_plan(text).nodes:
        assert lines[node.line_start - 1].startswith(node.label)
        assert node.text.split()[0] in lines[node.line_start - 1]
        assert node.page <= node.page_end
