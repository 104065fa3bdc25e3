"""How far a batch is: a bar on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_FIRST_LINE, _LINES_APART = 10.0, 60.0


@dataclass(slots=True)
class Progress:
    """Where a run stands. Time left is judged by bytes, as large documents come first."""

    stage: str = "find"
    found: int = 0
    documents: int = 0
    bytes: int = 0
    finished: int = 0
    finished_bytes: int = 0
    pages: int = 0
    failed: int = 0
    partial: int = 0
    same: int = 0
    elapsed: float = 0.0

    def left(self) -> float | None:
        """Seconds left, where that can be told."""
        if not self.finished_bytes or self.elapsed <= 0:
            return None
        return self.elapsed * (self.bytes - self.finished_bytes) / self.finished_bytes

    def line(self) -> str:
        """All of it in one line."""
        if self.stage != "read":
            return f"{self.stage}: {self.found:,} found" if self.stage == "find" else f"{self.stage} ..."
        facts = [f"{self.finished:,} of {self.documents:,} documents", f"{self.pages:,} pages"]
        if self.elapsed > 1 and self.pages:
            facts.append(f"{self.pages / self.elapsed * 60:,.0f} pages/min")
        facts += [f"{n:,} {word}" for n, word in ((self.failed, "failed"), (self.partial, "partial"),
                                                  (self.same, "duplicates or unchanged")) if n]  # fmt: skip
        left = self.left()
        return ", ".join(facts) + (f", {_duration(left)} left" if left is not None else "")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


@contextmanager
def display(bar: bool, lines: bool) -> Iterator[Callable[[Progress], None]]:
    """Show the progress as a bar, as lines on the standard error, or not at all."""
    if bar:
        with _bar() as tell:
            yield tell
    elif lines:
        yield _liner()
    else:
        yield lambda progress: None


def _liner() -> Callable[[Progress], None]:
    due = time.monotonic() + _FIRST_LINE

    def tell(progress: Progress) -> None:
        nonlocal due
        if time.monotonic() >= due:
            print(progress.line(), file=sys.stderr, flush=True)
            due = time.monotonic() + _LINES_APART

    return tell


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(bar_width=24), TextColumn("{task.description}"))
    with Bar(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4) as bar:
        task = bar.add_task("find", total=None)

        def tell(progress: Progress) -> None:
            working = progress.stage == "read" and progress.bytes
            bar.update(
                task,
                description=progress.line(),
                total=progress.bytes if working else None,
                completed=progress.finished_bytes if working else 0,
            )

        yield tell
