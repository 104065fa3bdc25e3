"""The style of a line from the styles of its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Line, Style

Set = tuple[int, bool, bool]
"""How a word is set: the number of its letters, and whether it is bold and italic."""
_WHOLE = 0.75
"""Share of the letters that must be bold, or italic, for the line to be so: a word may be misjudged."""
_FIRST = 2
"""Words that tell how a line opens."""
_STYLES: dict[tuple[bool, bool], Style] = {
    (False, False): "",
    (True, False): "bold",
    (False, True): "italic",
    (True, True): "bold italic",
}


def with_style(line: Line, words: Sequence[Set]) -> Line:
    """The line with its style, and that of its first words, by how its words are set."""
    return replace(line, style=_style(words), opening=_style([word for word in words if word[0]][:_FIRST]))


def _style(words: Sequence[Set]) -> Style:
    letters = sum(count for count, _, _ in words)
    bold = sum(count for count, is_bold, _ in words if is_bold)
    italic = sum(count for count, _, is_italic in words if is_italic)
    return _STYLES[bold >= _WHOLE * letters > 0, italic >= _WHOLE * letters > 0]
