"""One document of a batch: what a worker is given, what it gives back, and the work itself."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import ExitCode, KehoachError
from pipeline.options import Options

_log = logging.getLogger("pipeline")


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be worked on; plain data, so that it can travel to any process or machine.

    Attributes:
        id: of the document in the ledger.
        address: path or fsspec address of the input.
        folder: the result folder.
        options: fields of `Options`.
        time_limit: seconds after which the work is ended.
        to: address that the result is sent to; "": it is left in `folder`.
    """

    id: str
    address: str
    folder: str
    options: Mapping[str, Any]
    time_limit: float
    to: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job.

    Attributes:
        id: of the document in the ledger.
        sha256: of the bytes that were read; "" where it failed.
        pages: number of pages.
        failed_pages: how many of them could not be read.
        code: OK, PARTIAL, or that of the error.
        error: class of the error; "" where there is none.
        message: of the error, with its remedy.
        seconds: that the work took.
        plan: plan.json of a result that was sent elsewhere.
    """

    id: str
    sha256: str = ""
    pages: int = 0
    failed_pages: int = 0
    code: int = ExitCode.OK
    error: str = ""
    message: str = ""
    seconds: float = 0.0
    plan: str = ""


def failure(job_id: str, error: Exception, seconds: float = 0.0) -> Outcome:
    """The outcome of a job that ended in an error; one that is none of ours is a bug, recorded like the others."""
    ours = isinstance(error, KehoachError)
    code = error.exit_code if isinstance(error, KehoachError) else ExitCode.OTHER
    message = str(error) if ours else f"{error!r}: this is a bug, please report it."
    return Outcome(job_id, code=int(code), error=type(error).__name__, message=message, seconds=round(seconds, 3))


def work(job: Job) -> Outcome:
    """Process one document into its result folder; every error becomes part of the outcome."""
    from pipeline.batch.remote import local_copy, sent
    from pipeline.export.atomic import recover
    from pipeline.process import process

    began, plan = time.perf_counter(), ""
    try:
        with local_copy(job.address) as path, sent(job.to, Path(job.folder)) as folder:
            recover(folder, stale_after=0)  # what a killed worker left of an earlier try; a document has one at a time
            document = process(path, folder.parent, Options.model_validate(job.options), name=folder.name)
            if job.to:
                plan = (folder / "plan.json").read_text("utf-8")
    except Exception as error:  # one bad document must not stop the others, whatever is wrong with it
        if not isinstance(error, KehoachError):
            _log.exception("%s", job.address)
        return failure(job.id, error, time.perf_counter() - began)
    failed = [w.message for w in document.plan.warnings if w.code == "page-failed"]
    return Outcome(
        job.id,
        sha256=document.plan.source.sha256,
        pages=document.plan.source.pages,
        failed_pages=len(failed),
        code=ExitCode.PARTIAL if failed else ExitCode.OK,
        error="PageError" if failed else "",
        message="; ".join(failed[:3]),
        seconds=round(time.perf_counter() - began, 3),
        plan=plan,
    )
