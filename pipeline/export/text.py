"""The restored text as one file."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Page


def text_of(pages: Sequence[Page]) -> str:
    """One printed line a line, pages parted by a form feed at the head of a page's first line (as pdftotext does).

    Line n of this text is the line that every table calls n. Text input comes back with as many lines as it had.
    """
    text = "\n\f".join("\n".join(line.text for line in page.lines) for page in pages)
    return text if pages and pages[0].kind == "ocr_text" else text + "\n"
