"""What the parts of a run cost: the engine's share of the processor time, and that of all the rest.

    python -m benchmarks.bench_parts FOLDER [--only PATTERN]

Every scan of a folder goes through the whole pipeline in one process, as in a batch, one page at a time, nothing kept
from before; the first of them twice: what it costs more the first time is the start (imports, dictionaries, models).
The engine is Tesseract inside the process (extra `fast`), so that its time can be told from ours.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.bench_scans import SUFFIXES
from benchmarks.report import Table, conditions
from pipeline.cli import YOUNG
from pipeline.model import Page, PageImage
from pipeline.options import Options

STAGES = ("restore", "mark_footnotes", "structure", "amend", "export")
pipeline: Any = importlib.import_module("pipeline.process")  # the package has a function of this name
inprocess: Any = importlib.import_module("pipeline.ocr.inprocess")
Seconds = defaultdict[str, float]


def parts(files: list[Path]) -> Table:
    """Seconds of one core a page, and shares: the engine, what is around it, the later stages."""
    spent: Seconds = defaultdict(float)
    _watch(spent)
    first, _ = _run(files[0])
    spent.clear()
    runs = [_run(file) for file in files]
    total, pages = sum(seconds for seconds, _ in runs), sum(count for _, count in runs)
    engine = spent.pop("engine")
    spent["page, around the engine"] -= engine
    spent["else"] = total - engine - sum(spent.values())
    named = [("engine", engine), ("all but the engine", total - engine), *sorted(spent.items(), key=lambda s: -s[1])]
    rows = [(name, f"{seconds / pages:.4f}", f"{100 * seconds / total:.1f}") for name, seconds in named]
    rows.append((f"start, once a process: {first - runs[0][0]:.2f} s", "", ""))
    return Table(f"{pages} pages in one process", ("part", "core s a page", "%"), rows)


def _run(file: Path) -> tuple[float, int]:
    """Processor time of a whole run, children included, and the pages."""
    with tempfile.TemporaryDirectory() as out:
        began = _used()
        document = pipeline.process(file, out, Options(cache=False, engine="tesserocr", jobs=1))
        return _used() - began, len(document.pages)


def _used() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _watch(spent: Seconds) -> None:
    """Have the engine and the stages note the processor time that they take, each in its own thread."""
    for name in ("hocr", "block"):
        setattr(inprocess._Library, name, _timed(getattr(inprocess._Library, name), "engine", spent))
    inprocess.read_page = _timed(inprocess.read_page, "page, around the engine", spent)
    for name in STAGES:
        setattr(pipeline, name, _timed(getattr(pipeline, name), name, spent))
    pages = pipeline.pages

    def timed_pages(*given: Any) -> Iterator[PageImage | Page]:  # noqa: ANN401
        images = iter(pages(*given))
        following = _timed(lambda: next(images, None), "images, unpacked and cleaned", spent)
        while (image := following()) is not None:
            yield image

    pipeline.pages = timed_pages


def _timed(function: Callable[..., Any], name: str, spent: Seconds) -> Callable[..., Any]:
    def timed(*given: Any, **named: Any) -> Any:  # noqa: ANN401
        began = time.thread_time()
        try:
            return function(*given, **named)
        finally:
            spent[name] += time.thread_time() - began

    return timed


def main() -> None:
    """Print the table for a folder."""
    gc.set_threshold(YOUNG)
    for threads in ("OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"):
        os.environ.setdefault(threads, "1")  # as the command does
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="*", help="pattern of file names")
    given = parser.parse_args()
    files = [f for f in sorted(given.folder.glob(given.only)) if f.suffix.lower() in SUFFIXES]
    print(conditions())
    print(parts(files).markdown())


if __name__ == "__main__":
    main()
