"""Ids that stay when a document is processed again by better rules.

While a Plan is built, its parts are called by their place ("II.2-4" is the fourth dash under II.2). Such names shift
as soon as a line elsewhere is read as a task or no longer is. What a reader gets is made from a part's own words and
page instead: "n3-kfqzmd" is a node that begins on page 3. It changes only if that part itself changes; a better reading
of single letters leaves it alone in most cases, since a long text counts by the first letters of its words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from pipeline.model import Assignment, Citation, Footnote, Node, Plan
from pipeline.structure.text import fold

_LETTERS = "bcdfghjklmnpqrstvwxz"  # without vowels they make no words, without figures no numbers or dates
_LENGTH = 6  # 64 million ids a page and class
_LONG = 8  # words from which on initials tell texts apart
_WORD = re.compile(r"\w+")


class _Names:
    """Hands out ids; the same words on the same page again get a count."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def make(self, prefix: str, *content: str) -> str:
        """An id that no other part has."""
        name = base = f"{prefix}-{_digest(*map(essence, content))}"
        count = 1
        while name in self._used:
            count += 1
            name = f"{base}~{count}"
        self._used.add(name)
        return name


def essence(text: str) -> str:
    """What of a text an id depends on: no case, diacritics or signs; of many words the first letters, and figures."""
    words = _WORD.findall(fold(text).lower())
    return " ".join(words if len(words) < _LONG else (w if w[0].isdigit() else w[0] for w in words))


def _digest(*content: str) -> str:
    number = int.from_bytes(hashlib.blake2b("\n".join(content).encode(), digest_size=8).digest())
    letters = []
    for _ in range(_LENGTH):
        number, digit = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[digit])
    return "".join(letters)


def with_stable_ids(plan: Plan) -> Plan:
    """The same plan with ids that do not depend on the other parts; all references follow."""
    names = _Names()
    new = {t.id: names.make(f"t{t.page}", *(t.rows[0] if t.rows else [])) for t in plan.tables}
    new |= {n.id: names.make(f"n{n.page}", n.text or n.label) for n in plan.nodes}
    new |= {
        a.id: names.make(f"a{a.page}", a.text, *(new[task] for task in a.task_ids[-1:])) for a in plan.assignments
    }  # many assignments read alike: the task above tells them apart
    new |= {f.id: names.make(f"f{f.page}", f.text) for f in plan.footnotes}
    new |= {c.id: names.make("c", c.text, new[c.node_id] if c.node_id else "") for c in plan.citations}
    return plan.model_copy(
        update={
            "nodes": [_node(n, new) for n in plan.nodes],
            "assignments": [_assignment(a, new) for a in plan.assignments],
            "footnotes": [_footnote(f, new) for f in plan.footnotes],
            "citations": [_citation(c, new) for c in plan.citations],
            "tables": [t.model_copy(update={"id": new[t.id]}) for t in plan.tables],
        }
    )


def _all(ids: Iterable[str], new: Mapping[str, str]) -> list[str]:
    return [new[i] for i in ids]


def _node(n: Node, new: Mapping[str, str]) -> Node:
    return n.model_copy(
        update={
            "id": new[n.id],
            "parent_id": n.parent_id and new[n.parent_id],
            "footnote_ids": _all(n.footnote_ids, new),
            "citation_ids": _all(n.citation_ids, new),
            "table_id": n.table_id and new[n.table_id],
        }
    )


def _assignment(a: Assignment, new: Mapping[str, str]) -> Assignment:
    return a.model_copy(
        update={"id": new[a.id], "task_ids": _all(a.task_ids, new), "table_id": a.table_id and new[a.table_id]}
    )


def _footnote(f: Footnote, new: Mapping[str, str]) -> Footnote:
    return f.model_copy(update={"id": new[f.id], "node_id": f.node_id and new[f.node_id]})


def _citation(c: Citation, new: Mapping[str, str]) -> Citation:
    return c.model_copy(update={"id": new[c.id], "node_id": c.node_id and new[c.node_id]})
