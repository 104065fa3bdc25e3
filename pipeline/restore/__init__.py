"""Noisy words become Vietnamese: every change is recorded, every word carries a confidence."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from pipeline.corrections import compose
from pipeline.model import Correction, Line, Page
from pipeline.options import Options
from pipeline.rewrite import rewritten

__all__ = ["restore", "restore_text"]


def restore(pages: Sequence[Page], options: Options | None = None) -> tuple[list[Page], list[Correction]]:
    """Restore the text of pages.

    Args:
        pages: as read. Lines keep their number and count.
        options: `noise` and `user_dictionary` are used.

    Returns:
        The pages with restored lines, whose words carry a confidence from 0 to 1, and the corrections made:
        `pipeline.corrections.apply` on the observed lines (NFC) gives the restored ones.
    """
    from pipeline.restore.doubled import doubled
    from pipeline.restore.formulas import formulas
    from pipeline.restore.glued import glued
    from pipeline.restore.run import restore_pages

    options = options or Options()
    restored, corrections = restore_pages(pages, options)
    if options.noise == "none":
        return restored, corrections
    for rule in (glued, doubled, formulas):
        found = list(rule([page for page in restored if not page.typed or options.noise != "auto"]))
        if found:
            restored, corrections = rewritten(restored, found), compose(corrections, found)
    return restored, corrections


def restore_text(text: str, options: Options | None = None) -> str:
    """Restore plain text; line n of the result belongs to line n of the text (parted by line feeds)."""
    lines = unicodedata.normalize("NFC", text).split("\n")
    page = Page(1, "ocr_text", tuple(Line(n, line) for n, line in enumerate(lines, 1)))
    restored, _ = restore([page], options)
    return "\n".join(line.text for line in restored[0].lines)
