"""`kehoach status`: what the ledger says of a batch, also while one is running."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.find import LEDGER
from pipeline.errors import ExitCode, NotFoundError, UnsupportedTypeError


@dataclass(frozen=True, slots=True)
class Status:
    """What the ledger says.

    Attributes:
        states: number of documents by state: settling (still being written), waiting, running, done, partial, failed,
            duplicate. Those whose input is gone and that have no result are not counted.
        failures: number of failed documents by class of error.
        gone: documents whose input is no longer there; the results of those that were read are kept.
        pages: pages of all results; failed_pages of them could not be read.
        failed_pages: see above.
        seconds: that the workers took for all results, by the clock.
        run: the last run that did something: began, ended, host, pid, version, documents, pages, elapsed (s).
        pages_per_minute: of that run; None before its first document.
    """

    states: dict[str, int]
    failures: dict[str, int]
    gone: int
    pages: int
    failed_pages: int
    seconds: float
    run: dict[str, object] | None
    pages_per_minute: float | None

    def exit_code(self) -> ExitCode:
        """Whether all that was worked on is well."""
        if self.states.get("failed"):
            return ExitCode.SOME_FAILED
        return ExitCode.PARTIAL if self.states.get("partial") else ExitCode.OK

    def unfinished(self) -> int:
        """How many documents wait, or are being worked on; those still being written are the next run's."""
        return self.states.get("waiting", 0) + self.states.get("running", 0)


def read_status(out: Path) -> Status:
    """What the ledger in an output folder says.

    Raises:
        NotFoundError: there is none.
        UnsupportedTypeError: it is no ledger.
    """
    with _reader(out / LEDGER) as db:
        counted = "NOT gone OR state IN ('done', 'partial')"
        states = db.execute(f"SELECT state, count(*) FROM documents WHERE {counted} GROUP BY state ORDER BY state")
        failures = "SELECT error, count(*) FROM documents WHERE state = 'failed' AND NOT gone GROUP BY error"
        sums = "SELECT coalesce(sum(pages), 0), coalesce(sum(failed_pages), 0), coalesce(sum(seconds), 0)"
        pages, failed, seconds = db.execute(f"{sums} FROM documents WHERE state IN ('done', 'partial')").fetchone()
        last = db.execute("SELECT * FROM runs ORDER BY documents > 0 OR ended IS NULL DESC, run DESC LIMIT 1")
        run = next((dict(row) for row in last), None)
        return Status(
            states=dict(tuple(row) for row in states),
            failures=dict(tuple(row) for row in db.execute(f"{failures} ORDER BY 2 DESC")),
            gone=db.execute("SELECT count(*) FROM documents WHERE gone").fetchone()[0],
            pages=pages,
            failed_pages=failed,
            seconds=round(seconds, 1),
            run=run,
            pages_per_minute=round(run["pages"] / run["elapsed"] * 60, 1) if run and run["elapsed"] else None,
        )


@contextmanager
def _reader(path: Path) -> Iterator[sqlite3.Connection]:
    """The ledger, read only, whether or not a batch is writing it."""
    if not path.is_file():
        raise NotFoundError(f"{path.parent} holds no ledger. Name the folder that kehoach batch was given as --out.")
    address = path.resolve().as_uri()
    try:
        db = sqlite3.connect(f"{address}?mode=ro", uri=True)
        db.execute("SELECT 1 FROM runs LIMIT 1")
    except sqlite3.OperationalError:  # a folder that may not be written: SQLite cannot make its side files
        db = sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True)
    db.row_factory = sqlite3.Row
    with closing(db):
        try:
            yield db
        except sqlite3.DatabaseError as error:
            raise UnsupportedTypeError(f"{path} is no ledger of kehoach, or damaged ({error}).") from error


def sentences(status: Status) -> str:
    """The status for people."""
    states = ", ".join(f"{count:,} {state}" for state, count in status.states.items()) or "none"
    said = [f"documents  {states}" + (f"; {status.gone:,} inputs are gone" if status.gone else "")]
    said.append(f"pages      {status.pages:,}" + (f", {status.failed_pages:,} not read" if status.failed_pages else ""))
    if status.run:
        ended = f"ended {status.run['ended']}" if status.run["ended"] else "not ended: running, or killed"
        said.append(f"last run   began {status.run['began']}, {ended}; {status.run['documents']:,} documents")
    if status.pages_per_minute:
        said.append(f"rate       {status.pages_per_minute:,} pages/min")
    if status.pages:
        said.append(f"work       {status.seconds / status.pages:.2f} s a page and worker")
    said += [f"failed     {count:,} {error}" for error, count in status.failures.items()]
    if status.unfinished() and not (status.run and not status.run["ended"]):
        said.append("to do      the same kehoach batch command goes on with what waits")
    if status.failures:
        said.append("           failures.csv names them; kehoach batch --retry-failed tries them again")
    return "\n".join(said)
