"""Restoration of whole documents: judge the noise of each page, decode, render."""

from __future__ import annotations

import gc
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

from pipeline.model import Correction, Line, Page, Word
from pipeline.options import Options
from pipeline.restore.engine import choose
from pipeline.restore.kind import LEAST_WORDS, Kind, judge
from pipeline.restore.models import models_for
from pipeline.restore.render import render

LINES_AT_ONCE = 400
"""Lines from which pages are restored apart, so that memory does not grow with a document."""


def restore_pages(pages: Sequence[Page], options: Options) -> tuple[list[Page], list[Correction]]:
    """See `pipeline.restore.restore`. Sentences, and what the document repeats, go on from page to page."""
    restored: list[Page] = []
    corrections: list[Correction] = []
    for kind, run in _runs(pages, options):
        if kind == "none":
            restored += run
            continue
        texts = [line.text for page in run for line in page.lines]
        seen = [line.words for page in run for line in page.lines]
        models = models_for(options.user_dictionary)
        with _collector_paused():
            found = iter(choose(texts, kind, models, seen))
            for page in run:
                rendered = [render(line, next(found), page.number) for line in page.lines]
                restored.append(replace(page, lines=tuple(line for line, _ in rendered)))
                corrections += (correction for _, made in rendered for correction in made)
    return restored, corrections


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Words are many small objects and no cycles; looking for cycles among them costs a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _runs(pages: Sequence[Page], options: Options) -> Iterator[tuple[Kind, list[Page]]]:
    """Neighbouring pages of one kind, in NFC; a page of few words is of the kind of the whole document."""
    whole = cache(lambda: judge([line.text for page in pages for line in page.lines]))
    run: list[Page] = []
    last: Kind = "none"
    lines = 0
    for page in pages:
        normal = replace(page, lines=tuple(_normal(line) for line in page.lines))
        left = page.typed and options.noise == "auto"
        kind = "none" if left else _kind([line.text for line in normal.lines], options, whole)
        if run and (kind != last or lines + len(normal.lines) > LINES_AT_ONCE):
            yield last, run
            run, lines = [], 0
        run.append(normal)
        last, lines = kind, lines + len(normal.lines)
    if run:
        yield last, run


def _kind(lines: Sequence[str], options: Options, whole: Callable[[], Kind]) -> Kind:
    if options.noise != "auto":
        return options.noise
    if sum(len(line.split()) for line in lines) < LEAST_WORDS and whole() != "none":
        return whole()
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
