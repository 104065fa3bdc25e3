"""Scores of a plan: perfect against itself, and every kind of mistake costs where it should."""

import copy
from typing import Any

import pytest

from pipeline.evaluate.plan import pair, prf, score_plan, similarity
from pipeline.model import Document


@pytest.fixture
def plan(document: Document) -> dict[str, Any]:
    return document.plan.model_dump()


def test_a_plan_is_perfect_against_itself(plan: dict[str, Any]) -> None:
    scores = score_plan(plan, plan)
    assert scores.pop("metadata_wrong") == []
    assert {k: v["f1"] if isinstance(v, dict) else v for k, v in scores.items()} == dict.fromkeys(scores, 1.0)


@pytest.mark.parametrize(
    ("path", "value", "score", "field", "expected"),
    [
        (("nodes", 2, "kind"), "item", "task", "r", 0.5),
        (("nodes", 2, "parent_id"), "I", "parents_right", None, 0.75),
        (("nodes", 2, "label"), "a)", "labels_right", None, 0.75),
        (("assignments", 0, "task_ids"), [], "assignment_tasks_right", None, 0.0),
        (("assignments", 0, "lead"), ["Sở Y tế, Sở Nội vụ"], "lead", "f1", 0.0),
        (("assignments", 0, "implied"), True, "assignments", "f1", 0.0),
        (("footnotes", 0, "anchor_word"), "rà", "footnote_anchors_right", None, 0.0),
        (("footnotes", 0, "text"), "khác hẳn", "footnotes", "f1", 0.0),
        (("citations", 0, "doc_type"), "Nghị định", "citations", "f1", 0.0),
        (("metadata", "recipients"), ["Sở Y tế"], "recipients", "r", 0.5),
        (("metadata", "number"), None, "metadata_wrong", None, ["number"]),
    ],
)
def test_a_mistake_costs(
    plan: dict[str, Any], path: tuple[Any, ...], value: Any, score: str, field: str | None, expected: Any
) -> None:
    wrong = copy.deepcopy(plan)
    at = wrong
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    found = score_plan(plan, wrong)[score]
    assert (found[field] if field else found) == expected


def test_a_finer_reading_is_allowed_but_not_asked_for(plan: dict[str, Any]) -> None:
    finer = copy.deepcopy(plan["assignments"][0]) | {"id": "A2", "text": "Đề nghị Tỉnh Đoàn", "narrows": "A1"}
    gold = plan | {"assignments": [*plan["assignments"], finer]}
    assert score_plan(gold, plan)["assignments"]["f1"] == 1.0
    assert score_plan(gold, gold)["assignments"]["f1"] == 1.0
    assert score_plan(plan, gold)["assignments"]["p"] == 0.5


@pytest.mark.parametrize(
    ("hits", "gold", "found", "f1"), [(0, 0, 0, 1.0), (0, 1, 0, 0.0), (0, 0, 1, 0.0), (1, 2, 1, 0.6667)]
)
def test_prf_of_nothing(hits: int, gold: int, found: int, f1: float) -> None:
    assert prf(hits, gold, found)["f1"] == f1


def test_pairs_are_one_to_one_and_keep_order_among_equals() -> None:
    same = [{"text": "a"}, {"text": "a"}]
    assert sorted(pair(same, same, lambda a, b: similarity(a["text"], b["text"]), 0.8)) == [(0, 0), (1, 1)]
