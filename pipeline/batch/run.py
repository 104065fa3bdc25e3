"""A batch: find, plan, work, record, and put the tables together. Memory does not grow with the archive."""

from __future__ import annotations

import json
import logging
import os
import platform
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from pipeline.batch.discover import discover
from pipeline.batch.display import Progress
from pipeline.batch.find import LEDGER
from pipeline.batch.job import Job, Outcome, failure
from pipeline.batch.ledger import Ledger
from pipeline.batch.lists import write_lists
from pipeline.batch.place import (
    TABLES,
    explained,
    has_result,
    keep_plan,
    locked,
    remove_result,
    result_folder,
    still_writable,
)
from pipeline.batch.remote import check_writable, is_remote, remove
from pipeline.batch.running import CHUNK, Run, Sparing
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

_PATIENCE = 0.25
_NO_FAULT: dict[int, type[KehoachError]] = {
    int(error.exit_code): error for error in (DiskFullError, MissingDependencyError, InvalidConfigError, ClusterError)
}
"""What is no fault of a document: the batch stops."""
_PASSING = (ExitCode.NOT_FOUND, ExitCode.NOT_READABLE, ExitCode.OUTPUT_NOT_WRITABLE)
"""Failures that may have passed when the next run comes; others would come again with the same bytes."""
_log = logging.getLogger("pipeline")


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
        raise OutputNotWritableError(f"{out}: ledger and tables need a folder. Send results to a bucket with --to.")
    out, options, settings = Path(out), _absolute(options or Options()), settings or Settings()
    pools: list[Pool] = []

    def pool() -> Pool:
        if not pools:
            pools.append(make_pool())
        return pools[0]

    with locked(out):
        ledger = Ledger(out / LEDGER)
        try:
            _put_back(ledger, out)
            _agree_where(ledger, out, settings.to)
            tables = Sparing()
            code = _run_once(sources, out, ledger, pool, options, settings, tell, tables)
            settings = replace(settings, force=False, retry_failed=False)  # asked for once
            while watch is not None:
                time.sleep(watch)
                try:
                    _run_once(sources, out, ledger, pool, options, settings, tell, tables)
                except (NotFoundError, NotReadableError) as error:  # e.g. a network drive: it will come back
                    _log.warning("%s", error)
            return read_status(out), code
        finally:
            for each in pools:
                each.stop()
            with suppress(KehoachError):  # what could not be put back now is put back by the next run
                _put_back(ledger, out)
            ledger.close()


def _put_back(ledger: Ledger, out: Path) -> None:
    """Let what was under way wait again, and clear away what was left of it."""
    for row_id in ledger.recover():
        recover(result_folder(out, row_id), stale_after=0)
    recover(out / TABLES, stale_after=0)


def _agree_where(ledger: Ledger, out: Path, to: str) -> None:
    """Make sure that results go where they went before, and that they can.

    Raises:
        InvalidConfigError, OutputNotWritableError, MissingDependencyError.
    """
    if to and not is_remote(to):
        raise InvalidConfigError(f"--to: {to} is no address such as s3://bucket/results. A folder is named by --out.")
    if (before := ledger.fact("to")) != to:
        if ledger.has_results():
            where = f"were sent to {before}. Give --to {before}" if before else "lie in it. Run without --to"
            raise InvalidConfigError(f"{out}: its results {where}, or choose another --out.")
        ledger.note_fact("to", to)
    if to:
        check_writable(to)


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
    tables: Sparing,
) -> ExitCode:
    recipe = made_with(options)
    number = ledger.begin(platform.node(), os.getpid(), version("kehoach"), options.model_dump_json(), recipe)
    run = Run(number, out, ledger, options, settings, recipe, tell, tables)
    code = ExitCode.OTHER
    try:
        discover(run, sources)
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


_RESULTS_NEEDED = """state IN ('done', 'partial') AND (seen = ? OR id IN (
    SELECT duplicate_of FROM documents WHERE state = 'duplicate' AND seen = ?))"""
"""Documents of this run, and those whose result stands for a duplicate in it."""


def _plan(run: Run) -> None:
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
    while some := list(islice(results, CHUNK)):
        if missing := [row["id"] for row in some if not has_result(run.out, row["id"])]:
            run.ledger.again(missing, run.number)
    run.progress.documents, run.progress.bytes = run.ledger.todo(run.number)
    if settings.limit is not None:
        run.progress.documents = min(run.progress.documents, settings.limit)


def _work(run: Run, pool: Callable[[], Pool]) -> None:
    """Keep the pool busy until nothing waits any more."""
    run.progress.stage = "read"
    run.began = time.monotonic()
    while True:
        while (not run.under_way or len(run.under_way) < 2 * pool().workers()) and (job := _next_job(run)) is not None:
            pool().submit(replace(job, options={**job.options, "jobs": _pages_at_once(run, pool())}))
        if not run.under_way:
            return
        if (outcome := pool().next(_PATIENCE)) is not None:
            _record(run, outcome)
        run.progress.elapsed = time.monotonic() - run.began
        run.tell(run.progress)


def _pages_at_once(run: Run, pool: Pool) -> int:
    """Of each document one page at a time; more where there are fewer documents than workers."""
    return max(1, pool.workers() // max(1, run.progress.documents))


def _next_job(run: Run) -> Job | None:
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


def _job(run: Run, row: sqlite3.Row) -> Job | None:
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
    options = run.options.model_dump(mode="json")
    folder = str(result_folder(run.out, row["id"]).absolute())
    return Job(row["id"], row["address"], folder, options, run.options.document_timeout, _sent_to(run, row["id"]))


def _sent_to(run: Run, row_id: str) -> str:
    return f"{run.settings.to.rstrip('/')}/{row_id}" if run.settings.to else ""


def _set_duplicate(run: Run, row_id: str, digest: str, original: str) -> None:
    run.ledger.mark_duplicate(row_id, digest, original)
    if remove_result(run.out, row_id) and (address := _sent_to(run, row_id)):
        remove(address)
    run.progress.same += 1


def _record(run: Run, outcome: Outcome) -> None:
    """Note an outcome; one that is no fault of the document ends the run.

    Raises:
        DiskFullError, OutputNotWritableError, MissingDependencyError, InvalidConfigError, ClusterError.
    """
    _stop_if_hopeless(run, outcome)
    row = run.under_way.pop(outcome.id, None)
    if row is None:  # told twice: a cluster may do that
        return
    if outcome.code == ExitCode.WORKER_DIED and row["tries"] + 1 < run.settings.tries:
        _note(run, outcome, "waiting")  # the next try removes what this one left
        run.started -= 1
        return
    if outcome.code in (ExitCode.WORKER_DIED, ExitCode.OVER_TIME):
        recover(result_folder(run.out, outcome.id), stale_after=0)
    if outcome.plan:
        keep_plan(run.out, outcome.id, outcome.plan)
    states = {int(ExitCode.OK): "done", int(ExitCode.PARTIAL): "partial"}
    _note(run, outcome, states.get(outcome.code, "failed"))
    _count(run, row)
    if is_remote(row["address"]) and outcome.sha256:  # only now are its bytes known
        current = None if run.settings.keep_outdated else run.made_with
        if (original := run.ledger.original(outcome.id, outcome.sha256, current)) is not None:
            _set_duplicate(run, outcome.id, outcome.sha256, original)


def _stop_if_hopeless(run: Run, outcome: Outcome) -> None:
    if outcome.code in _NO_FAULT:
        raise _NO_FAULT[outcome.code](outcome.message)
    if outcome.code == ExitCode.OUTPUT_NOT_WRITABLE:
        if not still_writable(run.out):
            raise OutputNotWritableError(outcome.message)
        if run.settings.to:
            check_writable(run.settings.to)


def _note(run: Run, outcome: Outcome, state: str) -> None:
    run.progress.elapsed = time.monotonic() - run.began
    run.ledger.record(outcome, state, run.made_with, run.number, run.progress.elapsed)
    run.progress.pages += outcome.pages
    run.progress.failed += state == "failed"
    run.progress.partial += state == "partial"
    if outcome.error:
        _log.info("%s: %s: %s", outcome.id, outcome.error, outcome.message)


def _count(run: Run, row: sqlite3.Row) -> None:
    run.progress.finished += 1
    run.progress.finished_bytes += row["size"]


def _write_tables(run: Run) -> None:
    """Write the lists, and the combined tables where they are out of date."""
    with explained(run.out):
        write_lists(run.ledger, run.out, run.options.csv_separator)
    settings = run.settings
    how = json.dumps([run.options.csv_separator, settings.xlsx, settings.parquet])
    tables = run.out / TABLES
    if (run.ledger.fact("tables") == how and tables.is_dir()) or not run.tables.ready():
        return
    run.progress.stage = "tables"
    run.tell(run.progress)
    read = run.ledger.rows("state IN ('done', 'partial')")
    with run.tables.work():
        report = write_archive(
            ((row["id"], result_folder(run.out, row["id"])) for row in read),
            tables,
            separator=run.options.csv_separator,
            xlsx=settings.xlsx,
            parquet=settings.parquet,
            sent_to=settings.to,
        )
    for message in report.unreadable.values():
        _log.warning("left out of the tables: %s", message)
    if not report.unreadable:
        run.ledger.note_fact("tables", how)
