"""A batch: find, plan, work, record, and put the tables together. Memory does not grow with the archive."""

from __future__ import annotations

import json
import logging
import os
import platform
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from pipeline.batch.display import Progress
from pipeline.batch.find import LEDGER, Found, find
from pipeline.batch.job import Job, Outcome, failure
from pipeline.batch.ledger import Ledger
from pipeline.batch.lists import write_lists
from pipeline.batch.place import TABLES, explained, has_result, locked, remove_result, result_folder, still_writable
from pipeline.batch.remote import is_remote
from pipeline.batch.settings import Settings, made_with
from pipeline.batch.status import Status, read_status
from pipeline.batch.workers import Pool
from pipeline.errors import (
    ClusterError,
    DiskFullError,
    ExitCode,
    InvalidConfigError,
    KehoachError,
    MissingDependencyError,
    NotFoundError,
    NotReadableError,
    OutputNotWritableError,
)
from pipeline.export.archive import write_archive
from pipeline.export.atomic import recover
from pipeline.options import Options
from pipeline.scan.source import digest_and_kind

SETTLE = 2.0
"""Seconds that a file must have been left alone to count as written."""
_CHUNK = 1000
_PATIENCE = 0.25
_NO_FAULT: dict[int, type[KehoachError]] = {
    int(error.exit_code): error for error in (DiskFullError, MissingDependencyError, InvalidConfigError, ClusterError)
}
"""What is no fault of a document: the batch stops."""
_PASSING = (ExitCode.NOT_FOUND, ExitCode.NOT_READABLE, ExitCode.OUTPUT_NOT_WRITABLE)
"""Failures that may have passed when the next run comes; others would come again with the same bytes."""
_log = logging.getLogger("pipeline")


@dataclass(slots=True)
class _Run:
    """What all steps of a run need."""

    number: int
    out: Path
    ledger: Ledger
    options: Options
    settings: Settings
    made_with: str
    tell: Callable[[Progress], None]
    began: float = field(default_factory=time.monotonic)
    progress: Progress = field(default_factory=Progress)
    under_way: dict[str, sqlite3.Row] = field(default_factory=dict)
    started: int = 0
    unread_folders: int = 0


def batch(
    sources: Sequence[str | Path],
    out: str | Path,
    make_pool: Callable[[], Pool],
    options: Options | None = None,
    settings: Settings | None = None,
    tell: Callable[[Progress], None] = lambda progress: None,
    watch: float | None = None,
) -> tuple[Status, ExitCode]:
    """Process all documents of an archive into one output folder; what is done already is left alone.

    Args:
        sources: folders, files and fsspec addresses.
        out: the output folder: documents/, tables/, failures.csv, duplicates.csv and the ledger.
        make_pool: who does the work, e.g. `lambda: LocalPool(4)`; made when there is something to do.
        options: how documents are processed.
        settings: which documents, and what is done again.
        tell: told how far the run is.
        watch: seconds after which the sources are looked through again, and again; None: once.

    Returns:
        What the ledger says at the end, and whether all is well.

    Raises:
        OutputBusyError: another batch is writing there.
        NotFoundError, NotReadableError: a source.
        DiskFullError, OutputNotWritableError, MissingDependencyError, ClusterError: no document can be done. Nothing
            is lost, as with a KeyboardInterrupt; the next run goes on.
    """
    if is_remote(str(out)):
        raise OutputNotWritableError(f"{out}: results go to a folder. Mount the bucket, or copy the folder afterwards.")
    out, options, settings = Path(out), _absolute(options or Options()), settings or Settings()
    pools: list[Pool] = []

    def pool() -> Pool:
        if not pools:
            pools.append(make_pool())
        return pools[0]

    with locked(out):
        ledger = Ledger(out / LEDGER)
        try:
            for row_id in ledger.recover():
                recover(result_folder(out, row_id), stale_after=0)
            code = _run_once(sources, out, ledger, pool, options, settings, tell)
            while watch is not None:
                time.sleep(watch)
                try:
                    _run_once(sources, out, ledger, pool, options, settings, tell)
                except (NotFoundError, NotReadableError) as error:  # e.g. a network drive: it will come back
                    _log.warning("%s", error)
            return read_status(out), code
        finally:
            for each in pools:
                each.stop()
            with suppress(KehoachError):  # what could not be put back now is put back by the next run
                for row_id in ledger.recover():
                    recover(result_folder(out, row_id), stale_after=0)
            ledger.close()


def _absolute(options: Options) -> Options:
    """The options with paths that mean the same in every process."""
    paths = {name: value.absolute() for name, value in options if isinstance(value, Path)}
    return options.model_copy(update=paths)


def _run_once(
    sources: Sequence[str | Path],
    out: Path,
    ledger: Ledger,
    pool: Callable[[], Pool],
    options: Options,
    settings: Settings,
    tell: Callable[[Progress], None],
) -> ExitCode:
    number = ledger.begin(platform.node(), os.getpid(), version("kehoach"), options.model_dump_json())
    run = _Run(number, out, ledger, options, settings, made_with(options), tell)
    code = ExitCode.OTHER
    try:
        _discover(run, sources)
        _plan(run)
        _work(run, pool)
        _write_tables(run)
        code = read_status(out).exit_code()
        if run.unread_folders:
            code = ExitCode.SOME_FAILED
    except KehoachError as error:
        code = error.exit_code
        raise
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
        raise
    finally:
        with suppress(KehoachError):
            ledger.end(number, code)
    return code


def _discover(run: _Run, sources: Sequence[str | Path]) -> None:
    """Note what lies in the sources, wait for what was written a moment ago, and note what is gone."""
    roots: set[str] = set()
    young = time.time_ns() - int(SETTLE * 1e9)
    for source in sources:
        files = _readable(run, find(source, run.settings.wanted, run.out))
        while chunk := list(islice(files, _CHUNK)):
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
            while some := list(islice(unseen, _CHUNK)):
                run.ledger.mark_gone(row["id"] for row in some if not os.path.exists(row["address"]))  # noqa: PTH110


def _readable(run: _Run, found: Iterable[Found | str]) -> Iterator[Found]:
    for item in found:
        if isinstance(item, Found):
            yield item
        else:
            run.unread_folders += 1
            _log.warning("%s", item)


def _settle(run: _Run) -> None:
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


_RESULTS_NEEDED = """state IN ('done', 'partial') AND (seen = ? OR id IN (
    SELECT duplicate_of FROM documents WHERE state = 'duplicate' AND seen = ?))"""
"""Documents of this run, and those whose result stands for a duplicate in it."""


def _plan(run: _Run) -> None:
    """Decide what is to be done, and say so where that might surprise."""
    run.progress.stage = "plan"
    run.tell(run.progress)
    settings = run.settings
    current = None if settings.keep_outdated else run.made_with
    outdated = run.ledger.plan(run.number, current, _PASSING, settings.force, settings.retry_failed)
    if outdated:
        _log.warning(
            "%d results were made with other options, dictionaries or another version; they are made again "
            "(--keep-outdated leaves them).",
            outdated,
        )
    results = run.ledger.rows(_RESULTS_NEEDED, run.number, run.number)
    while some := list(islice(results, _CHUNK)):
        if missing := [row["id"] for row in some if not has_result(run.out, row["id"])]:
            run.ledger.again(missing, run.number)
    run.progress.documents, run.progress.bytes = run.ledger.todo(run.number)
    if settings.limit is not None:
        run.progress.documents = min(run.progress.documents, settings.limit)


def _work(run: _Run, pool: Callable[[], Pool]) -> None:
    """Keep the pool busy until nothing waits any more."""
    run.progress.stage = "read"
    run.began = time.monotonic()
    while True:
        while (not run.under_way or len(run.under_way) < pool().capacity()) and (job := _next_job(run)) is not None:
            pool().submit(job)
        if not run.under_way:
            return
        if (outcome := pool().next(_PATIENCE)) is not None:
            _record(run, outcome)
        run.progress.elapsed = time.monotonic() - run.began
        run.tell(run.progress)


def _next_job(run: _Run) -> Job | None:
    """The next document that needs work; the others that wait are settled on the way."""
    while run.settings.limit is None or run.started < run.settings.limit:
        if (row := run.ledger.waiting(run.number)) is None:
            return None
        if (job := _job(run, row)) is not None:
            run.started += 1
            run.under_way[job.id] = row
            return job
        _count(run, row)
        run.tell(run.progress)
    return None


def _job(run: _Run, row: sqlite3.Row) -> Job | None:
    """What a worker is to do for a document; None where it is unreadable, unchanged or a duplicate."""
    current = None if run.settings.keep_outdated else run.made_with
    digest = None
    if not is_remote(row["address"]):
        try:
            digest, _ = digest_and_kind(Path(row["address"]))
        except KehoachError as error:
            _note(run, failure(row["id"], error), "failed")
            return None
        if digest == row["sha256"] and current in (None, row["made_with"]) and has_result(run.out, row["id"]):
            run.ledger.keep(row["id"])
            run.progress.same += 1
            return None
        if (original := run.ledger.original(row["id"], digest, current)) is not None:
            _set_duplicate(run, row["id"], digest, original)
            return None
    run.ledger.claim(row["id"], digest, run.made_with)
    options = run.options.model_dump(mode="json") | {"jobs": 1}
    folder = str(result_folder(run.out, row["id"]).absolute())
    return Job(row["id"], row["address"], folder, options, run.options.document_timeout)


def _set_duplicate(run: _Run, row_id: str, digest: str, original: str) -> None:
    run.ledger.mark_duplicate(row_id, digest, original)
    remove_result(run.out, row_id)
    run.progress.same += 1


def _record(run: _Run, outcome: Outcome) -> None:
    """Note an outcome; one that is no fault of the document ends the run.

    Raises:
        DiskFullError, OutputNotWritableError, MissingDependencyError, InvalidConfigError, ClusterError.
    """
    if outcome.code in _NO_FAULT:
        raise _NO_FAULT[outcome.code](outcome.message)
    if outcome.code == ExitCode.OUTPUT_NOT_WRITABLE and not still_writable(run.out):
        raise OutputNotWritableError(outcome.message)
    row = run.under_way.pop(outcome.id, None)
    if row is None:  # told twice: a cluster may do that
        return
    if outcome.code == ExitCode.WORKER_DIED and row["tries"] + 1 < run.settings.tries:
        _note(run, outcome, "waiting")  # the next try removes what this one left
        run.started -= 1
        return
    if outcome.code in (ExitCode.WORKER_DIED, ExitCode.OVER_TIME):
        recover(result_folder(run.out, outcome.id), stale_after=0)
    states = {int(ExitCode.OK): "done", int(ExitCode.PARTIAL): "partial"}
    _note(run, outcome, states.get(outcome.code, "failed"))
    _count(run, row)
    if is_remote(row["address"]) and outcome.sha256:  # only now are its bytes known
        current = None if run.settings.keep_outdated else run.made_with
        if (original := run.ledger.original(outcome.id, outcome.sha256, current)) is not None:
            _set_duplicate(run, outcome.id, outcome.sha256, original)


def _note(run: _Run, outcome: Outcome, state: str) -> None:
    run.progress.elapsed = time.monotonic() - run.began
    run.ledger.record(outcome, state, run.made_with, run.number, run.progress.elapsed)
    run.progress.pages += outcome.pages
    run.progress.failed += state == "failed"
    run.progress.partial += state == "partial"
    if outcome.error:
        _log.info("%s: %s: %s", outcome.id, outcome.error, outcome.message)


def _count(run: _Run, row: sqlite3.Row) -> None:
    run.progress.finished += 1
    run.progress.finished_bytes += row["size"]


def _write_tables(run: _Run) -> None:
    """Write the lists, and the combined tables where they are out of date."""
    with explained(run.out):
        write_lists(run.ledger, run.out, run.options.csv_separator)
    settings = run.settings
    how = json.dumps([run.options.csv_separator, settings.xlsx, settings.parquet])
    tables = run.out / TABLES
    if run.ledger.tables_written() == how and tables.is_dir():
        return
    run.progress.stage = "tables"
    run.tell(run.progress)
    read = run.ledger.rows("state IN ('done', 'partial')")
    report = write_archive(
        ((row["id"], result_folder(run.out, row["id"])) for row in read),
        tables,
        separator=run.options.csv_separator,
        xlsx=settings.xlsx,
        parquet=settings.parquet,
    )
    for message in report.unreadable.values():
        _log.warning("left out of the tables: %s", message)
    if not report.unreadable:
        run.ledger.note_tables(how)
