"""Many pages: read side by side, handed on in page order, with bounded memory."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from pipeline.errors import PageError
from pipeline.layout import renumber
from pipeline.model import Page, PageImage
from pipeline.ocr.engine import Engine
from pipeline.options import Options


def read_pages(items: Iterable[PageImage | Page], engine: Engine, options: Options) -> Iterator[Page]:
    """Read the page images; ready pages pass through. Lines are numbered from 1 through the whole document.

    At most `options.jobs` pages are read at a time (0: one a core), and one more image waits: memory stays flat.

    Args:
        items: pages in their order; images are read, others pass.
        engine: who reads; it is checked before the first image.
        options: language, jobs and time limit.

    Yields:
        Pages in their order; one that could not be read has no lines, but an error.

    Raises:
        MissingDependencyError: the engine or its language is not installed.
    """
    line = 1
    for page in _in_order(items, engine, options):
        yield renumber(page, line)
        line += len(page.lines)


def _in_order(items: Iterable[PageImage | Page], engine: Engine, options: Options) -> Iterator[Page]:
    jobs = options.jobs or os.cpu_count() or 1
    waiting: deque[Page | Future[Page]] = deque()
    checked = False
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="ocr")
    finished = False
    try:
        for item in items:
            if isinstance(item, Page):
                waiting.append(item)
            else:
                if not checked:
                    engine.check(options.language)
                    checked = True
                waiting.append(pool.submit(_read, engine, item, options))
            while len(waiting) > jobs or (waiting and isinstance(waiting[0], Page)):
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
        finished = True
    finally:  # an interrupt or a caller that wants no more pages: do not wait for the rest
        pool.shutdown(wait=False, cancel_futures=True)
        if not finished and checked:
            engine.stop()


def _read(engine: Engine, image: PageImage, options: Options) -> Page:
    try:
        return engine.read(image, options)
    except PageError as error:
        height, width = image.pixels.shape
        return Page(image.number, "scan", (), width, height, error=str(error))


def _result(item: Page | Future[Page]) -> Page:
    return item if isinstance(item, Page) else item.result()
