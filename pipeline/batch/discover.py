"""The first step of a run: the ledger learns what lies in the sources, and what no longer does."""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from pipeline.batch.find import Found, find
from pipeline.batch.remote import is_remote
from pipeline.batch.running import CHUNK, Run

SETTLE = 2.0
"""Seconds that a file must have been left alone to count as written."""
_log = logging.getLogger("pipeline")


def discover(run: Run, sources: Sequence[str | Path]) -> None:
    """Note what lies in the sources, wait for what was written a moment ago, and note what is gone."""
    roots: set[str] = set()
    young = time.time_ns() - int(SETTLE * 1e9)
    for source in sources:
        files = _readable(run, find(source, run.settings.wanted, run.out))
        while chunk := list(islice(files, CHUNK)):
            roots.update(file.root for file in chunk)
            run.ledger.note(chunk, run.number, young)
            run.progress.found += len(chunk)
            run.tell(run.progress)
        if not is_remote(str(source)):
            roots.add(str(Path(source).resolve()))
    _settle(run)
    for root in roots:
        if not is_remote(root):
            unseen = run.ledger.rows("root = ? AND seen < ? AND NOT gone", root, run.number)
            while some := list(islice(unseen, CHUNK)):
                run.ledger.mark_gone(row["id"] for row in some if not os.path.exists(row["address"]))  # noqa: PTH110


def _readable(run: Run, found: Iterable[Found | str]) -> Iterator[Found]:
    for item in found:
        if isinstance(item, Found):
            yield item
        else:
            run.unread_folders += 1
            _log.warning("%s", item)


def _settle(run: Run) -> None:
    """Look a second time at files that were changed a moment ago: what is still changing is left for the next run."""
    looked_at = time.monotonic()
    while rows := run.ledger.settling(run.number):
        time.sleep(max(0.0, looked_at + SETTLE - time.monotonic()))
        run.ledger.settle([_again(row) for row in rows], run.number)


def _again(row: sqlite3.Row) -> tuple[str, int, int, bool]:
    try:
        facts = os.stat(row["address"])  # noqa: PTH116
    except OSError:  # gone again: the next run will tell
        return row["id"], row["size"], row["modified"], False
    same = (facts.st_size, facts.st_mtime_ns) == (row["size"], row["modified"])
    return row["id"], facts.st_size, facts.st_mtime_ns, same
