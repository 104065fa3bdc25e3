"""Scores of a structured plan against its gold: precision, recall and F1 of every part.

Gold is a plan.json, or a hand-made file with the same parts whose nodes may say `parent` for `parent_id`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

from pipeline.evaluate.text import words

Json = Mapping[str, Any]
Score = dict[str, float | int]

_SAME_NODE = 0.85  # similarity from which two texts count as the same part
_SAME_ASSIGNMENT = 0.8
_SAME_FIELD = 0.97
_FIELDS = ("doc_type", "number", "issuer", "place", "date", "title", "signer")


def similarity(a: str | None, b: str | None) -> float:
    """0 to 1, over word keys."""
    return fuzz.ratio(" ".join(words(a or "")), " ".join(words(b or ""))) / 100


def prf(hits: int, gold: int, found: int) -> Score:
    """Precision, recall, F1 and the counts; nothing to find and nothing found is perfect."""
    p = hits / found if found else float(gold == 0)
    r = hits / gold if gold else float(found == 0)
    return {
        "p": round(p, 4),
        "r": round(r, 4),
        "f1": round(2 * p * r / (p + r), 4) if p + r else 0.0,
        "gold": gold,
        "found": found,
    }


def pair(
    gold: Sequence[Json], found: Sequence[Json], score: Callable[[Json, Json], float], floor: float
) -> list[tuple[int, int]]:
    """One-to-one pairs of positions, best score first; among equals the nearest in order."""
    candidates = []
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            if (s := score(g, f)) >= floor:
                candidates.append((-s, abs(i / len(gold) - j / len(found)), i, j))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(candidates):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return list(partner.items())


def score_plan(gold: Json, plan: Json) -> dict[str, Any]:
    """All scores by name; `metadata_wrong` lists the fields that differ."""
    nodes = [n for n in plan["nodes"] if not n.get("table_id")]
    pairs = pair(gold["nodes"], nodes, _node_score, _SAME_NODE)
    partner = {gold["nodes"][i]["id"]: nodes[j]["id"] for i, j in pairs}
    return {
        **_node_scores(gold["nodes"], nodes, pairs),
        **_tree_scores(gold["nodes"], nodes, pairs, partner),
        **_assignment_scores(gold["assignments"], plan["assignments"], partner),
        **_footnote_scores(gold["footnotes"], plan["footnotes"]),
        "citations": _bag(map(_citation, gold.get("citations", [])), map(_citation, plan["citations"])),
        "recipients": _bag_of_text(gold["metadata"].get("recipients", []), plan["metadata"].get("recipients", [])),
        "metadata_wrong": [
            f
            for f in _FIELDS
            if gold["metadata"].get(f) and similarity(gold["metadata"][f], plan["metadata"].get(f)) < _SAME_FIELD
        ],
    }


def _group(node: Json) -> str:
    return "other" if node["kind"] in ("item", "paragraph") else str(node["kind"])


def _node_score(a: Json, b: Json) -> float:
    return similarity(a["text"], b["text"]) if _group(a) == _group(b) else 0.0


def _node_scores(gold: Sequence[Json], found: Sequence[Json], pairs: Sequence[tuple[int, int]]) -> dict[str, Score]:
    return {
        kind: prf(
            sum(_group(gold[i]) == kind for i, _ in pairs),
            sum(_group(n) == kind for n in gold),
            sum(_group(n) == kind for n in found),
        )
        for kind in ("section", "subsection", "task", "other")
    }


def _tree_scores(
    gold: Sequence[Json], found: Sequence[Json], pairs: Sequence[tuple[int, int]], partner: Mapping[str, str]
) -> dict[str, float]:
    tree = [(gold[i], found[j]) for i, j in pairs if gold[i]["kind"] != "paragraph"]

    def parent(node: Json) -> str | None:
        up = node.get("parent_id", node.get("parent"))
        return partner.get(up) if up else None

    return {
        "parents_right": _share(parent(g) == f["parent_id"] for g, f in tree),
        "labels_right": _share(words(g["label"]) == words(f["label"]) for g, f in tree),
    }


def _share(truths: Any) -> float:  # noqa: ANN401 - any iterable of truth values
    values = list(truths)
    return round(sum(values) / len(values), 4) if values else 1.0


def _assignment_scores(gold: Sequence[Json], found: Sequence[Json], partner: Mapping[str, str]) -> dict[str, Any]:
    due = [a for a in gold if "narrows" not in a]
    mine = [a for a in found if not a.get("table_id")]

    def score(a: Json, b: Json) -> float:
        return similarity(a["text"], b["text"]) if bool(a.get("implied")) == bool(b.get("implied")) else 0.0

    pairs = pair(due, mine, score, _SAME_ASSIGNMENT)
    spare = [m for j, m in enumerate(mine) if j not in {j for _, j in pairs}]
    allowed = [spare[j] for _, j in pair([a for a in gold if "narrows" in a], spare, score, _SAME_ASSIGNMENT)]
    counted = [m for m in mine if all(m is not a for a in allowed)]
    matched = [(due[i], mine[j]) for i, j in pairs]
    return {
        "assignments": prf(len(pairs), len(due), len(counted)),
        "assignment_tasks_right": round(
            sum({partner.get(t) for t in g["task_ids"]} == set(f["task_ids"]) for g, f in matched) / max(1, len(due)), 4
        ),
        **{role: _role(role, due, counted, matched) for role in ("lead", "coordinate")},
    }


def _role(role: str, gold: Sequence[Json], found: Sequence[Json], matched: Sequence[tuple[Json, Json]]) -> Score:
    hits = sum(_bag_of_text(g.get(role, []), f.get(role, []))["hits"] for g, f in matched)
    return prf(int(hits), sum(len(g.get(role, [])) for g in gold), sum(len(f.get(role, [])) for f in found))


def _footnote_scores(gold: Sequence[Json], found: Sequence[Json]) -> dict[str, Any]:
    pairs = pair(gold, found, lambda a, b: similarity(a["text"], b["text"]), _SAME_NODE)
    anchored = sum(
        words(gold[i]["anchor_word"])[-1:] == words(found[j].get("anchor_word") or "")[-1:] for i, j in pairs
    )
    return {
        "footnotes": prf(len(pairs), len(gold), len(found)),
        "footnote_anchors_right": round(anchored / len(gold), 4) if gold else 1.0,
    }


def _citation(c: Json) -> tuple[str, ...]:
    dated = c.get("date") if c.get("number") else None
    return ((c.get("doc_type") or "").lower(), (c.get("number") or "").upper().replace(" ", ""), dated or "")


def _bag_of_text(gold: Sequence[str], found: Sequence[str]) -> Score:
    return _bag((tuple(words(g)) for g in gold), (tuple(words(f)) for f in found))


def _bag(gold: Any, found: Any) -> Score:  # noqa: ANN401 - iterables of hashable keys
    rest, left = list(gold), list(found)
    hits, total = 0, len(rest)
    for key in left:
        if key in rest:
            rest.remove(key)
            hits += 1
    return {**prf(hits, total, len(left)), "hits": hits}
