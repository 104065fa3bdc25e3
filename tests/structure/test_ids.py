"""Ids: no two alike, and none that depends on the other parts of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Line, Page, Plan, Source
from pipeline.structure import mark_footnotes, structure
from pipeline.structure.ids import essence

PLANS = Path(__file__).parent.parent / "resources" / "plans"
TEXTS = {path.name.split(".")[0]: path.read_text("utf-8") for path in sorted(PLANS.glob("*.true.txt"))}
ITEM = re.compile(r"(?:-|\+|[a-z]\)|\d+\.) \w")


def plan_of(text: str) -> Plan:
    """The plan that a user gets."""
    pages, number = [], 0
    for at, part in enumerate(text.split("\f"), 1):
        lines = tuple(Line(number + k, line) for k, line in enumerate(part.removesuffix("\n").split("\n"), 1))
        number += len(lines)
        pages.append(Page(at, "text_layer", lines))
    marked, _ = mark_footnotes(pages)
    return structure(marked, Source(path="x.txt", sha256="", kind="text_layer", pages=len(pages)))


@cache
def original(name: str) -> Plan:
    return plan_of(TEXTS[name])


def references(plan: Plan) -> Iterator[str]:
    for n in plan.nodes:
        yield from filter(None, (n.parent_id, n.table_id, *n.footnote_ids, *n.citation_ids))
    for a in plan.assignments:
        yield from (*a.task_ids, *filter(None, [a.table_id]))
    yield from filter(None, [f.node_id for f in plan.footnotes] + [c.node_id for c in plan.citations])


def all_ids(plan: Plan) -> list[str]:
    return [x.id for part in ("nodes", "assignments", "footnotes", "citations", "tables") for x in getattr(plan, part)]


@pytest.mark.parametrize("name", TEXTS)
def test_no_two_parts_share_an_id_and_every_reference_leads_somewhere(name: str) -> None:
    plan = original(name)
    ids = all_ids(plan)
    assert len(ids) == len(set(ids))
    assert set(references(plan)) <= set(ids)
    assert all(re.fullmatch(r"(?:[naft]\d+|c)-[b-z]{6}(?:~\d+)?", i) for i in ids)


@pytest.mark.parametrize("name", TEXTS)
def test_the_same_text_gives_the_same_ids(name: str) -> None:
    assert plan_of(TEXTS[name]) == original(name)


def test_ids_do_not_change_with_the_program() -> None:
    """An archive that is processed again by a later version must find its tasks."""
    plan = plan_of("I. NHIỆM VỤ\n- Rà soát quy hoạch.\n- Thực hiện: Sở Xây dựng.\n")
    assert all_ids(plan) == ["n1-ljhxkb", "n1-wvkgns", "a1-vckfzk"]


def kept(before: Plan, after: Plan) -> tuple[int, int]:
    """Of the nodes whose text and page are still there: how many, and how many of them kept their id."""
    still, ids = {(n.page, n.text) for n in after.nodes}, {n.id for n in after.nodes}
    same = [n.id for n in before.nodes if (n.page, n.text) in still]
    return len(same), sum(i in ids for i in same)


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_what_happens_elsewhere_changes_no_id(name: str, data: st.DataObject) -> None:
    """A task inserted, one split in two, one lost, a bullet misread: the other nodes keep their ids."""
    lines = TEXTS[name].split("\n")
    places = [k for k, line in enumerate(lines) if ITEM.match(line)]
    at = data.draw(st.sampled_from(places))
    change = data.draw(st.sampled_from(["insert", "split", "lose", "misread"]))
    if change == "insert":
        lines.insert(at, "- Xây dựng phần mềm quản lý hồ sơ của huyện.")
    elif change == "split":
        words = lines[at].split()
        half = len(words) // 2
        lines[at : at + 1] = [" ".join(words[:half]) + ".", "- Bổ sung " + " ".join(words[half:])]
    elif change == "lose":
        del lines[at]
    else:
        lines[at] = lines[at].partition(" ")[2]
    before = original(name)
    same, unchanged = kept(before, plan_of("\n".join(lines)))
    assert same > len(before.nodes) / 2
    assert unchanged == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tuyên truyền, phổ biến pháp luật về trẻ em.", "Tuyên tuyền, phổ bién pháp luat vẽ trẻ em"),
        ("Sở Nội vụ", "SỞ NỘI VỤ:"),
    ],
)  # fmt: skip
def test_a_better_reading_of_letters_keeps_the_id(one: str, other: str) -> None:
    assert essence(one) == essence(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sở Nội vụ", "Sở Nông vụ"),
        ("Báo cáo kết quả thực hiện kế hoạch trước ngày 15/6", "Báo cáo kết quả thực hiện kế hoạch trước ngày 15/9"),
    ],
)
def test_other_words_and_figures_make_another_id(one: str, other: str) -> None:
    assert essence(one) != essence(other)
