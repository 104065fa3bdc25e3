"""Which heading or item a block stands below, by the styles of the labels that are open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.structure.fields import read_fields
from pipeline.structure.header import doc_type
from pipeline.structure.items import Item, annex_title
from pipeline.structure.numbering import BULLETS, OUTER, RANK
from pipeline.structure.paragraphs import Block


def _begins_document(item: Item) -> bool:
    """Whether a line is nothing but a type in capitals: the plan behind the decision that approves it."""
    named = doc_type(item.block.text) if item.index and item.block.upper else None
    return named is not None and not named[2]


def ranks_of(blocks: Sequence[Block]) -> Mapping[str, int]:
    """How far out each style of headings stands; letters stand inside numerals that go on behind them.

    "A." / "I." / "II." / "B." is the rule; "III." / "A." / "B." / "IV." the exception.
    """
    labels = [b.label for b in blocks if b.label and b.label.style in ("upper", "roman")]
    first = next((i for i, label in enumerate(labels) if label.style == "upper"), 0)
    before, after = labels[:first], labels[first:]
    if not before or not any(label.style == "roman" and label.value == before[-1].value + 1 for label in after):
        return RANK
    return {**RANK, "upper": RANK["roman"] + 1}


def place(item: Item, stack: list[Item], ranks: Mapping[str, int]) -> None:
    """Find the parent, and keep the stack of open headings and items."""
    label = item.block.label
    if label is None:
        if annex_title(item.block):
            stack.clear()
            stack.append(item)
            return
        if _begins_document(item) and not any(annex_title(i.block) or i.style == "annex" for i in stack):
            stack.clear()
        heads = [i for i in stack if i.style not in BULLETS]
        item.parent = heads[-1] if heads else None
        return
    if read_fields(item.block.rows[0].text) and label.bullet:
        heads = [i for i in stack if i.style not in BULLETS]
        item.parent = heads[-1] if heads else None
        return
    while stack and _closes(label.style, stack, ranks):
        stack.pop()
    if stack and stack[-1].style == label.style:
        stack.pop()
    item.parent = stack[-1] if stack else None
    if item.parent:
        item.parent.children.append(item)
    stack.append(item)


def _closes(style: str, stack: list[Item], ranks: Mapping[str, int]) -> bool:
    """Whether a label of this style closes the innermost open item (which is not of the same style)."""
    top = stack[-1].style
    if top == style:
        return False
    if any(i.style == style for i in stack):
        return True
    if style in OUTER or style == "upper":
        return ranks.get(top, 50) > ranks[style]
    if style in BULLETS:
        return False
    if style == "article":
        return top not in RANK
    if style.startswith("decimal") and top.startswith("decimal"):
        return int(top[7:]) >= int(style[7:])
    return top in BULLETS or (style.startswith("decimal") and top in ("letter", "enclosed"))
