"""Changes of lines made on their words, too, so that each keeps its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Correction, Line, Page, Word


def rewritten(pages: Sequence[Page], changes: Sequence[Correction]) -> list[Page]:
    """The pages after changes of their lines, which must not overlap."""
    by_line: dict[int, list[Correction]] = {}
    for change in changes:
        by_line.setdefault(change.line, []).append(change)
    return [
        replace(page, lines=tuple(_rewrite(line, by_line.get(line.number, ())) for line in page.lines))
        for page in pages
    ]


def _rewrite(line: Line, changes: Sequence[Correction]) -> Line:
    """The line and its words after the changes; words keep their boxes."""
    text, words = line.text, list(line.words)
    for change in sorted(changes, key=lambda c: c.start, reverse=True):
        end = change.start + len(change.observed)
        text = text[: change.start] + change.restored + text[end:]
        words = [w for word in words if (w := _shift(word, change, end)) is not None]
    return replace(line, text=text, words=tuple(words))


def _shift(word: Word, change: Correction, end: int) -> Word | None:
    """A word after one change of its line: moved, rewritten, or left alone."""
    stop = word.start + len(word.text)
    grown = len(change.restored) - len(change.observed)
    if stop <= change.start:
        return word
    if word.start >= end:
        return replace(word, start=word.start + grown)
    if change.start <= word.start and stop <= end:  # the sign is a word of its own
        if not change.restored.strip():
            return None
        text, sure = change.restored.strip(), _surer(word, change)
        return replace(word, text=text, start=change.start, confidence=sure, alternatives=())
    if change.restored.endswith(" ") and stop > end:  # "1Chương": the number goes, the word stays
        return replace(
            word, text=word.text[end - word.start :], start=change.start + len(change.restored), alternatives=()
        )
    at = change.start - word.start
    text = word.text[:at] + change.restored.rstrip() + word.text[at + len(change.observed.rstrip()) :]
    return replace(word, text=text, confidence=_surer(word, change), alternatives=())


def _surer(word: Word, change: Correction) -> float | None:
    return None if word.confidence is None else max(word.confidence, change.confidence)


__all__ = ["rewritten"]
