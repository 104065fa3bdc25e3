import threading
import time
from collections.abc import Generator, Iterator
from typing import cast

import numpy as np
import pytest

from pipeline.errors import MissingDependencyError, PageError
from pipeline.model import Line, Page, PageImage
from pipeline.ocr import Engine, read_pages, tesseract
from pipeline.options import Options


class Fake:
    """An engine that reads two lines from every page, slowly or not at all."""

    name = "fake"

    def __init__(self, fails: tuple[int, ...] = (), missing: bool = False) -> None:
        self.fails, self.missing, self.stopped = fails, missing, False
        self.now, self.most = 0, 0
        self.read_pages: list[int] = []
        self.lock = threading.Lock()

    def version(self) -> str:
        return "1"

    def check(self, language: str) -> None:
        if self.missing:
            raise MissingDependencyError("install me")

    def read(self, image: PageImage, options: Options) -> Page:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
            self.read_pages.append(image.number)
        time.sleep(0.01 * (image.number % 3))
        with self.lock:
            self.now -= 1
        if image.number in self.fails:
            raise PageError(f"page {image.number}: not read within 1 s")
        return Page(image.number, "scan", (Line(1, "a"), Line(2, "b")), 4, 4)

    def stop(self) -> None:
        self.stopped = True


def images(count: int) -> list[PageImage | Page]:
    return [PageImage(n, np.zeros((4, 4), np.uint8), 200) for n in range(1, count + 1)]


def test_pages_come_in_order_and_lines_run_on() -> None:
    found = list(read_pages(images(9), Fake(), Options(jobs=4)))
    assert [p.number for p in found] == list(range(1, 10))
    assert [n.number for p in found for n in p.lines] == list(range(1, 19))


def test_ready_pages_pass_among_images() -> None:
    ready = Page(2, "text_layer", (Line(1, "x"),))
    items = [images(1)[0], ready, images(3)[2]]
    found = list(read_pages(items, Fake(), Options(jobs=2)))
    assert [(p.number, p.kind, [n.number for n in p.lines]) for p in found] == [
        (1, "scan", [1, 2]),
        (2, "text_layer", [3]),
        (3, "scan", [4, 5]),
    ]


def test_failing_page_leaves_the_others_alone() -> None:
    found = list(read_pages(images(4), Fake(fails=(2,)), Options(jobs=2)))
    assert [p.error for p in found] == [None, "page 2: not read within 1 s", None, None]
    assert [n.number for p in found for n in p.lines] == [1, 2, 3, 4, 5, 6]


def test_no_more_pages_at_a_time_than_asked_and_few_ahead() -> None:
    engine, taken = Fake(), 0

    def items() -> Iterator[PageImage | Page]:
        nonlocal taken
        for item in images(20):
            taken += 1
            yield item

    pages = read_pages(items(), engine, Options(jobs=2))
    next(pages)
    assert taken <= 4
    list(pages)
    assert engine.most <= 2


def test_missing_engine_is_told_before_reading() -> None:
    engine = Fake(missing=True)
    with pytest.raises(MissingDependencyError, match="install me"):
        list(read_pages(images(2), engine, Options()))
    assert engine.read_pages == []


def test_text_needs_no_engine() -> None:
    ready = [Page(1, "ocr_text", (Line(1, "x"),))]
    assert list(read_pages(ready, Fake(missing=True), Options())) == ready


def test_a_caller_that_leaves_stops_the_engine() -> None:
    engine = Fake()
    pages = read_pages(images(30), engine, Options(jobs=2))
    next(pages)
    cast("Generator[Page]", pages).close()
    assert engine.stopped
    assert len(engine.read_pages) < 10


def test_interrupt_stops_the_engine() -> None:
    engine = Fake()

    def items() -> Iterator[PageImage | Page]:
        yield from images(2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(read_pages(items(), engine, Options(jobs=2)))
    assert engine.stopped


def test_the_module_tesseract_is_an_engine() -> None:
    engine: Engine = tesseract
    assert engine.name == "tesseract"
