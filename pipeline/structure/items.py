"""Headings, items and paragraphs in their tree, on their way to nodes and assignments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.model import NodeKind
from pipeline.structure.fields import Field
from pipeline.structure.paragraphs import Block
from pipeline.structure.rows import Row
from pipeline.structure.sections import SectionKind
from pipeline.structure.text import fold, mostly_upper


@dataclass(slots=True)
class Item:
    """A block in the tree, on its way to a Node or an Assignment.

    Attributes:
        parent: None at the top.
        purpose: what the headings above (and its own title) announce.
        fields: lead-ins, where it is a line of an assignment.
        agency: whether it is a heading that names who acts.
        over_table: whether a table stands right below it.
        asked: whom a paragraph asks for what the items below say.
        rule: which rule decided the kind, as docs/rules.md names it.
        basis: the line of a table that the rule rests on, e.g. "section_kinds.tsv: nhiem vu".
    """

    index: int
    block: Block
    text: str
    anchors: list[tuple[str, int]]
    parent: Item | None = None
    kind: NodeKind = "paragraph"
    purpose: SectionKind | None = None
    fields: list[Field] = field(default_factory=list)
    agency: bool = False
    over_table: bool = False
    asked: str = ""
    rule: str = ""
    basis: str = ""
    children: list[Item] = field(default_factory=list)

    @property
    def style(self) -> str:
        """Numbering style; empty for a paragraph."""
        return self.block.label.style if self.block.label else ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its lines."""
        return self.block.rows

    @property
    def acts(self) -> bool:
        """Whether tasks are expected here."""
        return self.purpose in ("task", "org")


def below(item: Item, items: Sequence[Item]) -> list[Item]:
    """Everything in the branch of an item, in reading order."""
    out: list[Item] = []
    for other in items[item.index + 1 :]:
        up = other.parent
        while up is not None and up is not item:
            up = up.parent
        if up is None:
            break
        out.append(other)
    return out


def annex_title(block: Block) -> bool:
    """Whether a block is the title of an annex in capitals."""
    return block.label is None and mostly_upper(block.text) and bool(re.match(r"phu luc\b", fold(block.text)))
