"""The restored text as one file."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Page


def text_of(pages: Sequence[Page]) -> str:
    """One printed line a line, pages parted by a form feed at the head of a page's first line.

    Line n of this text is the line that every table calls n; text input comes back with as many lines as it had.
    """
    return "\f".join("".join(line.text + "\n" for line in page.lines) for page in pages)
