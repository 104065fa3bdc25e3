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
        words = [w for word in words for w in _shift(word, change, end)]
    return replace(line, text=text, words=tuple(words))


def _shift(word: Word, change: Correction, end: int) -> list[Word]:
    """What becomes of a word with one change of its line: it is moved, rewritten, parted, taken out or left alone."""
    stop = word.start + len(word.text)
    grown = len(change.restored) - len(change.observed)
    if stop <= change.start:
        return [word]
    if word.start >= end:
        return [replace(word, start=word.start + grown)]
    if change.start <= word.start and stop <= end:  # the sign is a word of its own
        if not change.restored.strip():
            return []
        text, sure = change.restored.strip(), _surer(word, change)
        return [replace(word, text=text, start=change.start, confidence=sure, alternatives=(), odds=())]
    if change.restored.endswith(" ") and word.start >= change.start:  # "1Chương", "I.MỤC": two words
        return _parted(word, change, end)
    at = change.start - word.start
    text = word.text[:at] + change.restored.rstrip() + word.text[at + len(change.observed.rstrip()) :]
    return [replace(word, text=text, confidence=_surer(word, change), alternatives=(), odds=())]


def _parted(word: Word, change: Correction, end: int) -> list[Word]:
    """A word whose beginning becomes one of its own; its place is parted by the letters."""
    rest = word.text[end - word.start :]
    first, second = word.bbox, word.bbox
    if word.bbox is not None:
        x0, y0, x1, y1 = word.bbox
        cut = round(x1 - (x1 - x0) * len(rest) / len(word.text))
        first, second = (x0, y0, cut, y1), (cut, y0, x1, y1)
    plain = replace(word, alternatives=(), odds=())
    return [
        replace(plain, text=change.restored.strip(), start=change.start, confidence=_surer(word, change), bbox=first),
        replace(plain, text=rest, start=change.start + len(change.restored), bbox=second),
    ]


def _surer(word: Word, change: Correction) -> float | None:
    return None if word.confidence is None else max(word.confidence, change.confidence)


__all__ = ["rewritten"]
