"""The commands `kehoach batch` and `kehoach status`."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli_options import EPILOG, pipeline_options
from pipeline.errors import ExitCode, InvalidConfigError
from pipeline.options import load

if TYPE_CHECKING:
    from pipeline.batch.workers import Pool

_log = logging.getLogger("pipeline")


@click.command(epilog=EPILOG)
@click.argument("sources", metavar="FOLDER...", nargs=-1, required=True)
@click.option("-o", "--out", default="output", show_default=True, help="Folder for results.")
@click.option(
    "--pattern", "patterns", multiple=True, help="Files to take, e.g. 'KH-*.pdf' or '2024/*'; may be repeated."
)
@click.option("--exclude", multiple=True, help="Files to leave out; may be repeated.")
@click.option("--since", metavar="DATE", help="Only files changed since, e.g. 2025-01-31.")
@click.option("--limit", type=click.IntRange(1), help="Work on so many documents, then stop.")
@click.option("--retry-failed", is_flag=True, help="Try again what failed or is only partly read.")
@click.option("--force", is_flag=True, help="Make all results again.")
@click.option("--keep-outdated", is_flag=True, help="Leave results made with other options or another version.")
@click.option("--tries", type=click.IntRange(1), default=3, show_default=True, help="Tries when a worker dies.")
@click.option("--dask", metavar="ADDRESS", help="Work on a Dask cluster, e.g. tcp://scheduler:8786.")
@click.option("--to", metavar="ADDRESS", default="", help="Send result folders to a bucket, e.g. s3://bucket/results.")
@click.option("--watch", is_flag=True, help="Keep looking for new documents, until Ctrl-C.")
@click.option("--every", type=click.FloatRange(1), default=30, show_default=True, help="Seconds between two looks.")
@click.option("--xlsx/--no-xlsx", default=True, show_default=True, help="Write the combined archive.xlsx.")
@click.option("--parquet", is_flag=True, help="Write the combined tables as Parquet, too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end, for programs.")
@pipeline_options()
def batch(sources: tuple[str, ...], out: str, config: Path | None, **given: Any) -> None:  # noqa: ANN401
    """Process all scans in FOLDER... and below, each once; a second run does only what is new or changed.

    A FOLDER may also be a file, or an address such as s3://bucket/folder (pip install 'kehoach[remote]').

    \b
    OUT/documents/   one result folder a document, laid out like FOLDER
    OUT/tables/      tasks.csv, documents.csv, ... of all of them, archive.xlsx
    OUT/failures.csv, OUT/duplicates.csv; OUT/ledger.sqlite knows what is done

    A bad document is set aside, the others go on. Ctrl-C or a crash loses nothing: run the same command again.
    --jobs is the number of documents, or where there are fewer, of pages worked on at the same time (0: one a core).
    """  # noqa: D301 - click's mark for lines to be kept
    from pipeline.batch.display import display
    from pipeline.batch.find import PATTERNS, Filter
    from pipeline.batch.run import batch as run_batch
    from pipeline.batch.settings import Settings
    from pipeline.batch.status import sentences

    own = {k: given.pop(k) for k in ("dask", "watch", "every", "as_json", "patterns", "exclude", "since")}
    settings = Settings(
        Filter(own["patterns"] or PATTERNS, own["exclude"], _time(own["since"])),
        **{k: given.pop(k) for k in tuple(given) if k in Settings.__dataclass_fields__},
    )
    options = load(config, **given)
    quiet = own["as_json"] or not _log.isEnabledFor(logging.WARNING)
    with display(bar=sys.stderr.isatty() and not quiet, lines=not quiet) as tell:
        status, code = run_batch(
            sources,
            out,
            _pool(own["dask"], Path(out), settings.to, options),
            options,
            settings,
            tell,
            own["every"] if own["watch"] else None,
        )
    summary = {"out": out, "exit_code": int(code), **asdict(status)}
    click.echo(json.dumps(summary, ensure_ascii=False) if own["as_json"] else _result(sentences(status), Path(out)))
    if code:
        sys.exit(code)


def _pool(dask: str | None, out: Path, to: str, options: Any) -> Callable[[], Pool]:  # noqa: ANN401
    if dask is not None:
        from pipeline.batch.cluster import DaskPool

        return lambda: DaskPool(dask, None if to else out, options)
    from pipeline.batch.workers import LocalPool

    return lambda: LocalPool(options.jobs or _cores())


def _cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _time(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC).timestamp()
    except ValueError as error:
        raise InvalidConfigError(f"--since: {text!r} is no date such as {date.today().isoformat()}.") from error


def _result(said: str, out: Path) -> str:
    book, table = (out / "tables" / name for name in ("archive.xlsx", "tasks.csv"))
    found = next((path for path in (book, table) if path.exists()), None)
    return said + (f"\nOpen {found} in Excel: who must do what by when, in all documents." if found else "")


@click.command(epilog=EPILOG)
@click.argument("out", metavar="DIR", type=click.Path(path_type=Path), default="output")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
def status(out: Path, as_json: bool) -> None:
    """Say how far the batch in DIR is: counts, rate, failures by class. The exit code says whether all is well."""
    from pipeline.batch.status import read_status, sentences

    found = read_status(out)
    code = found.exit_code() or (ExitCode.UNFINISHED if found.unfinished() else ExitCode.OK)
    click.echo(
        json.dumps({"exit_code": int(code), **asdict(found)}, ensure_ascii=False) if as_json else sentences(found)
    )
    if code:
        sys.exit(code)
