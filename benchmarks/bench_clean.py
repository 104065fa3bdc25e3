"""Image cleaning, step by step: word error rate without each step, and what the step costs.

    python -m benchmarks.bench_clean FOLDER [--only PATTERN]

Scans have their truth beside them, see `bench_scans`. A step that leaves every page of a scan as it is has no row
there; its cost is in the second table. The text is that of the engine, unrestored, in reading order.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.bench_scans import SUFFIXES
from benchmarks.report import Table, conditions
from pipeline.evaluate.text import wer
from pipeline.layout import straightened, without_rules
from pipeline.ocr import engine_for, page, read_pages
from pipeline.options import Options
from pipeline.scan import clean, open_scan, pages
from pipeline.scan.ink import lifted

Step = Callable[[NDArray[np.uint8], int], NDArray[np.uint8]]
OPTIONS = Options(text_layer="never")
INK = "lifted"
IDLE: dict[str, Callable[..., Any]] = {
    straightened.__name__: lambda image, dpi: (image, (0.0, 0.0)),
    without_rules.__name__: lambda image, dpi, grids: image,
}
"""What stands for the steps of a page that is about to be read, where they are left out."""


def grey(picture: NDArray[np.uint8], dpi: int) -> NDArray[np.uint8]:
    """What stands for `lifted` where ink is not lifted."""
    import cv2

    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)


@contextmanager
def only(steps: tuple[Step, ...], ink: Step) -> Iterator[None]:
    """Clean pages with these steps alone."""
    known: dict[str, Any] = {"STEPS": clean.STEPS, "lifted": lifted}
    vars(clean).update(STEPS=steps, lifted=ink)
    try:
        yield
    finally:
        vars(clean).update(known)


@contextmanager
def idle(name: str) -> Iterator[None]:
    """Read pages without one of the steps `IDLE`."""
    known = vars(page)[name]
    vars(page)[name] = IDLE[name]
    try:
        yield
    finally:
        vars(page)[name] = known


@contextmanager
def noted(spent: dict[str, list[float]]) -> Iterator[None]:
    """Note the time that `straightened` takes for a page that it leaves as it is."""

    def run(image: NDArray[np.uint8], dpi: int) -> tuple[NDArray[np.uint8], tuple[float, float]]:
        began = time.perf_counter()
        found = straightened(image, dpi)
        if found[0] is image:
            spent.setdefault(straightened.__name__, []).append(1000 * (time.perf_counter() - began))
        return found

    vars(page)[straightened.__name__] = run
    try:
        yield
    finally:
        vars(page)[straightened.__name__] = straightened


def timed(step: Step, spent: dict[str, list[float]], changed: set[str]) -> Step:
    """The step, its milliseconds and whether it changed something noted."""

    def run(page: NDArray[np.uint8], dpi: int) -> NDArray[np.uint8]:
        began = time.perf_counter()
        found = step(page, dpi)
        took = 1000 * (time.perf_counter() - began)
        if found is page:
            spent.setdefault(step.__name__, []).append(took)
        else:
            changed.add(step.__name__)
        return found

    return run


def error(file: Path, truth: str) -> float:
    """Word error rate of what is read, in percent."""
    read = read_pages(pages(open_scan(file, OPTIONS), OPTIONS), engine_for(OPTIONS), OPTIONS)
    return round(100 * wer(truth, "\n".join(line.text for page in read for line in page.lines)), 2)


def truth_of(file: Path) -> Path | None:
    """The true text beside a scan."""
    names = (f"{file.name.split('.')[0]}.true.txt", f"{file.stem}.gt.txt")
    return next((t for name in names if (t := file.with_name(name)).is_file()), None)


def tables(files: list[Path]) -> tuple[Table, Table]:
    """Errors with and without each step, and the cost of looking at a page that needs none."""
    rows: list[tuple[object, ...]] = []
    spent: dict[str, list[float]] = {}
    for file in files:
        truth = truth_of(file)
        if truth is None:
            continue
        text = truth.read_text("utf-8")
        changed: set[str] = set()
        with only(tuple(timed(step, spent, changed) for step in clean.STEPS), lifted), noted(spent):
            whole = error(file, text)
        with only(clean.STEPS, grey):
            without = error(file, text)
        rows += [(file.name, INK, without, whole)] if without != whole else []
        for step in clean.STEPS:
            if step.__name__ in changed:
                with only(tuple(s for s in clean.STEPS if s is not step), lifted):
                    rows.append((file.name, step.__name__, error(file, text), whole))
        for name in IDLE:
            with idle(name):
                rows += [(file.name, name, without, whole)] if (without := error(file, text)) != whole else []
    costs = [(name, len(times), round(float(np.median(times)), 1)) for name, times in spent.items()]
    return (
        Table("Word error rate (%), engine alone", ("scan", "step", "without it", "with all"), rows),
        Table("A page that needs nothing", ("step", "pages", "ms, median"), costs),
    )


def main() -> None:
    """Print the tables for a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="*", help="pattern of file names")
    given = parser.parse_args()
    files = [f for f in sorted(given.folder.glob(given.only)) if f.suffix.lower() in SUFFIXES]
    print(conditions())
    for table in tables(files):
        print(table.markdown(), flush=True)


if __name__ == "__main__":
    main()
