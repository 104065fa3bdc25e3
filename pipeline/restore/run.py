"""Restoration of whole documents: judge the noise of each page, decode, render."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Correction, Line, Page, Word
from pipeline.options import Options
from pipeline.restore.engine import choose, models_for
from pipeline.restore.kind import LEAST_WORDS, Kind, judge
from pipeline.restore.render import render


def restore_pages(pages: Sequence[Page], options: Options) -> tuple[list[Page], list[Correction]]:
    """See `pipeline.restore.restore`."""
    whole = _kind([line.text for page in pages for line in page.lines], options, "none")
    restored: list[Page] = []
    corrections: list[Correction] = []
    for page in pages:
        lines = [_normal(line) for line in page.lines]
        kind = _kind([line.text for line in lines], options, whole)
        if kind == "none":
            restored.append(replace(page, lines=tuple(lines)))
            continue
        done: list[Line] = []
        texts, seen = [line.text for line in lines], [line.words for line in lines]
        found = choose(texts, kind, models_for(options.user_dictionary), seen)
        for line, choices in zip(lines, found, strict=True):
            new, made = render(line, choices, page.number)
            done.append(new)
            corrections += made
        restored.append(replace(page, lines=tuple(done)))
    return restored, corrections


def _kind(lines: Sequence[str], options: Options, otherwise: Kind) -> Kind:
    if options.noise != "auto":
        return options.noise
    if otherwise != "none" and sum(len(line.split()) for line in lines) < LEAST_WORDS:
        return otherwise
    return judge(lines)


def _normal(line: Line) -> Line:
    """The line in NFC, its words' offsets moved with it."""
    text = unicodedata.normalize("NFC", line.text)
    if text == line.text and all(unicodedata.is_normalized("NFC", w.text) for w in line.words):
        return line
    words: list[Word] = []
    for word in line.words:
        start = len(unicodedata.normalize("NFC", line.text[: word.start]))
        words.append(replace(word, text=unicodedata.normalize("NFC", word.text), start=start))
    return replace(line, text=text, words=tuple(words))
