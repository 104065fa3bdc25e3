import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import PageError
from pipeline.model import Line, Page, PageImage, Word
from pipeline.ocr.cache import Cached, cached, clear, size, trim
from pipeline.options import Options

WORDS = (Word("KẾ", 0, 0.75, (1, 2, 30, 40), ("KÊ", "KE")), Word("HOẠCH", 3, None, (35, 2, 90, 40)))
PAGE = Page(1, "scan", (Line(1, "KẾ HOẠCH", WORDS, (1, 2, 90, 40)), Line(2, "")), 100, 200)


class Counting:
    """An engine that counts its pages."""

    def __init__(self, name: str = "counting", version: str = "1") -> None:
        self.name, self._version, self.pages = name, version, 0

    def version(self) -> str:
        return self._version

    def check(self, language: str) -> None:
        pass

    def read(self, image: PageImage, options: Options) -> Page:
        self.pages += 1
        if image.dpi == 72:
            raise PageError("cannot")
        return replace(PAGE, number=image.number)

    def stop(self) -> None:
        pass


def image(shade: int = 255, number: int = 1, dpi: int = 200) -> PageImage:
    return PageImage(number, np.full((200, 100), shade, np.uint8), dpi)


def test_a_page_is_read_once_and_comes_back_whole(tmp_path: Path) -> None:
    engine = Counting()
    first = Cached(engine, tmp_path, 10**6).read(image(), Options())
    again = Cached(engine, tmp_path, 10**6).read(image(), Options())
    assert engine.pages == 1
    assert first == again == PAGE


@pytest.mark.parametrize(
    ("other", "options", "engine"),
    [
        (image(254), Options(), Counting()),
        (image(number=2), Options(), Counting()),
        (image(dpi=300), Options(), Counting()),
        (image(), Options(language="vie+eng"), Counting()),
        (image(), Options(), Counting(version="2")),
        (image(), Options(), Counting("another")),
    ],
)
def test_anything_else_is_read(other: PageImage, options: Options, engine: Counting, tmp_path: Path) -> None:
    Cached(Counting(), tmp_path, 10**6).read(image(), Options())
    Cached(engine, tmp_path, 10**6).read(other, options)
    assert engine.pages == 1


@pytest.mark.parametrize(
    "options", [Options(noise="vie"), Options(doubt=0.5), Options(jobs=3), Options(page_timeout=1)]
)
def test_other_rules_need_no_reading(options: Options, tmp_path: Path) -> None:
    engine = Counting()
    for chosen in (Options(), options):
        Cached(engine, tmp_path, 10**6).read(image(), chosen)
    assert engine.pages == 1


def test_what_could_not_be_read_is_tried_again(tmp_path: Path) -> None:
    engine = Counting()
    for _ in range(2):
        with pytest.raises(PageError):
            Cached(engine, tmp_path, 10**6).read(image(dpi=72), Options())
    assert engine.pages == 2
    assert size(tmp_path) == (0, 0)


@pytest.mark.parametrize("damage", [b"", b"no page", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_a_damaged_entry_is_read_again_and_mended(damage: bytes, tmp_path: Path) -> None:
    engine = Counting()
    Cached(engine, tmp_path, 10**6).read(image(), Options())
    (entry,) = tmp_path.glob("*/*")
    whole = entry.read_bytes()
    entry.write_bytes(damage)
    assert Cached(engine, tmp_path, 10**6).read(image(), Options()) == PAGE
    assert (engine.pages, entry.read_bytes()) == (2, whole)


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("no folder")
    assert Cached(Counting(), taken, 10**6).read(image(), Options()) == PAGE


def test_the_least_recently_used_go_first(tmp_path: Path) -> None:
    reader = Cached(Counting(), tmp_path, 10**9)
    for shade in range(10):
        reader.read(image(shade), Options())
    for age, entry in enumerate(sorted(tmp_path.glob("*/*"))):
        os.utime(entry, (10**9 + age, 10**9 + age))
    _, total = size(tmp_path)
    oldest = sorted(tmp_path.glob("*/*"))[:5]
    (tmp_path / "ab").mkdir(exist_ok=True)
    left_over = tmp_path / "ab" / "x.tmp"
    left_over.write_text("half")
    os.utime(left_over, (1, 1))
    trim(tmp_path, total // 2)
    assert size(tmp_path)[0] in (4, 5)
    assert not any(entry.exists() for entry in oldest)
    assert not left_over.exists()


def test_limit_holds_while_pages_are_read(tmp_path: Path) -> None:
    reader = Cached(Counting(), tmp_path, 1)
    for shade in range(70):
        reader.read(image(shade), Options())
    assert size(tmp_path)[0] <= 64


def fill(folder: Path) -> int:
    engine = Counting()
    reader = Cached(engine, folder, 4000)
    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(lambda shade: reader.read(image(shade % 20), Options()), range(200)))
    return sum(page == PAGE for page in pages)


def test_many_processes_and_threads_at_once(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2) as pool:
        assert list(pool.map(fill, [tmp_path] * 2)) == [200, 200]


def test_clear_removes_kept_pages_only(tmp_path: Path) -> None:
    Cached(Counting(), tmp_path, 10**6).read(image(), Options())
    (tmp_path / "mine.txt").write_text("keep")
    assert clear(tmp_path) == 1
    assert [f.name for f in tmp_path.iterdir()] == ["mine.txt"]
    assert clear(tmp_path / "none") == 0


def test_switched_off(tmp_path: Path) -> None:
    engine = Counting()
    assert cached(engine, Options(cache=False)) is engine
    assert isinstance(cached(engine, Options(cache_dir=tmp_path)), Cached)
