"""What the engine read of a page, kept by the page's content, so that no page is read twice.

Plain files, one a page, compressed JSON: nothing in them is executed, any of them may vanish or be damaged at any time,
and renaming makes writing safe between processes. (The library diskcache unpickles, which runs code from its files, and
has had no release since 2023.)
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import tempfile
import time
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import count
from pathlib import Path

from pipeline.model import Page, PageImage
from pipeline.ocr import digits
from pipeline.ocr.engine import Engine
from pipeline.options import Options
from pipeline.packed import pack, unpack
from pipeline.resources import dictionaries

_log = logging.getLogger(__name__)
_SUFFIX = ".page"
_MB = 1_000_000
_TRIM_EVERY = 64
_TRIM_TO = 0.9
_STALE_AFTER = 3600.0
"""Seconds after which a temporary file is known to be left over from a process that was killed."""
_NOT_ABOUT_READING = frozenset(
    {"text_layer", "dpi", "engine", "max_pixels", "noise", "user_dictionary", "doubt", "csv_separator", "pdf"}
    | {"jobs", "page_timeout", "document_timeout", "cache", "cache_dir", "cache_limit"}
)
"""Options that do not change what is read of an image (its resolution counts as part of the image)."""


def default_folder() -> Path:
    """Where the cache is if nobody says otherwise: the user's folder for caches."""
    import platformdirs

    return platformdirs.user_cache_path("kehoach") / "pages"


def folder_of(options: Options) -> Path:
    """Where the cache is."""
    return options.cache_dir or default_folder()


@dataclass(frozen=True)
class Cached:
    """An `Engine` that first looks whether it has read the same image in the same way before.

    A page that could not be read is not kept. A cache that cannot be written is as good as none: the run goes on.
    """

    engine: Engine
    folder: Path
    limit: int
    """Bytes."""
    _written: count[int] = field(default_factory=count)

    @property
    def name(self) -> str:
        """That of the engine."""
        return self.engine.name

    def version(self) -> str:
        """That of the engine."""
        return self.engine.version()

    def check(self, language: str) -> None:
        """Make sure that the engine can read; also where all pages will come from the cache."""
        self.engine.check(language)

    def read(self, image: PageImage, options: Options) -> Page:
        """The page as kept, else as the engine reads it."""
        path = self._path(image, options)
        if (page := _load(path)) is not None:
            return page
        page = self.engine.read(image, options)
        if page.error is None:
            with contextlib.suppress(OSError):
                _store(path, page)
                if next(self._written) % _TRIM_EVERY == 0:
                    trim(self.folder, self.limit)
        return page

    def stop(self) -> None:
        """End the engine's work."""
        self.engine.stop()

    @cached_property
    def _version(self) -> str:
        return self.engine.version()

    def _path(self, image: PageImage, options: Options) -> Path:
        settings = options.model_dump_json(exclude=set(_NOT_ABOUT_READING))
        facts = (self.engine.name, self._version, _code(), settings, image.number, image.dpi)
        digest = hashlib.sha256(repr((*facts, image.pixels.shape)).encode())
        digest.update(image.pixels.tobytes())
        key = digest.hexdigest()
        return self.folder / key[:2] / f"{key}{_SUFFIX}"


@cache
def _code() -> str:
    """A checksum of what makes a page of an image, code and weights: what another version has read is not used."""
    package = Path(__file__).parents[1]
    sources = [
        package / "model.py",
        *sorted((package / "ocr").glob("*.py")),
        *sorted((package / "layout").glob("*.py")),
        dictionaries() / digits.FILE,
    ]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def _load(path: Path) -> Page | None:
    """The page in a file, whose time of use is noted; None where there is none that can be read."""
    try:
        page = unpack(path.read_bytes())
        os.utime(path)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        _log.info("the kept page %s is damaged and read again (%s)", path.name, type(error).__name__)
        return None
    return page


def _store(path: Path, page: Page) -> None:
    """Write a page in one step, so that no other process sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pack(page))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def size(folder: Path) -> tuple[int, int]:
    """Number of kept pages, and their bytes."""
    kept = _kept(folder)
    return len(kept), sum(size for _, size, _ in kept)


def _kept(folder: Path) -> list[tuple[float, int, Path]]:
    """Time of last use, bytes and place of every kept page; other processes may add and remove some meanwhile."""
    found: list[tuple[float, int, Path]] = []
    for path in folder.glob(f"??/*{_SUFFIX}"):
        with contextlib.suppress(FileNotFoundError):
            facts = path.stat()
            found.append((facts.st_mtime, facts.st_size, path))
    return found


def trim(folder: Path, limit: int) -> None:
    """Remove the pages that were not used for longest, until those left have less than `limit` bytes by a tenth."""
    kept = sorted(_kept(folder))
    total = sum(size for _, size, _ in kept)
    if total > limit:
        for _, bytes_, path in kept:
            if total <= _TRIM_TO * limit:
                break
            path.unlink(missing_ok=True)
            total -= bytes_
    for left in folder.glob("??/*.tmp"):
        with contextlib.suppress(FileNotFoundError):
            if left.stat().st_mtime < time.time() - _STALE_AFTER:
                left.unlink()


def clear(folder: Path) -> int:
    """Remove all kept pages, and nothing else; returns how many there were."""
    kept = _kept(folder)
    for _, _, path in kept:
        path.unlink(missing_ok=True)
    for sub in folder.glob("??"):
        with contextlib.suppress(OSError):  # not empty: not ours, or just written
            sub.rmdir()
    return len(kept)


def cached(engine: Engine, options: Options) -> Engine:
    """The engine with a cache, as the options say."""
    return Cached(engine, folder_of(options), options.cache_limit * _MB) if options.cache else engine
