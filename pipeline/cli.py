"""The command `kehoach`: thin, every command one call into the library."""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click

from pipeline.batch.command import batch, status
from pipeline.cli_options import EPILOG, pipeline_options
from pipeline.errors import ExitCode, KehoachError, NotFoundError, UnsupportedTypeError
from pipeline.model import Document, Plan
from pipeline.options import load

YOUNG = 50_000
"""New objects after which Python looks for cycles among them; with the usual 700 that is a tenth of a short run."""
_log = logging.getLogger("pipeline")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120}, epilog=EPILOG)
@click.version_option(package_name="kehoach")
@click.option("-v", "--verbose", count=True, help="Say more on the standard error: -v what is done, -vv everything.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def cli(verbose: int, quiet: bool) -> None:
    """Turn scanned Vietnamese plans (Kế hoạch) into text one can trust and tables one can work with.

    \b
    kehoach process scan.pdf               tables and text into output/scan/
    kehoach batch archive/ --out results   all scans in a folder, once
    kehoach restore ocr.txt > clean.txt    only the text, line by line
    kehoach doctor                         is everything installed?
    """  # noqa: D301 - click's mark for lines to be kept
    level = logging.ERROR if quiet else [logging.WARNING, logging.INFO, logging.DEBUG][min(verbose, 2)]
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr, force=True)


@cli.command(epilog=EPILOG)
@click.argument("input_", metavar="INPUT", type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), default="output", show_default=True, help="Folder for results."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object about the result, for programs.")
@pipeline_options(without=("document_timeout",))
def process(input_: Path, out: Path, as_json: bool, config: Path | None, **given: Any) -> None:  # noqa: ANN401
    """Read, restore and structure INPUT: a PDF, TIFF, PNG, JPEG, or the .txt that an OCR engine made.

    Results go to OUT/<name of INPUT without its ending>/: plan.json, text.txt, plan.xlsx, CSV tables,
    datapackage.json.
    An earlier result there is replaced in one step, or kept if anything fails.
    """
    from pipeline.process import process as run_process

    began = time.perf_counter()
    with _progress(_wants_progress(as_json)) as tell:
        document = run_process(input_, out, load(config, **given), tell)
    partial = any(w.code == "page-failed" for w in document.plan.warnings)
    code = ExitCode.PARTIAL if partial else ExitCode.OK
    summary = _summary(document, out / input_.stem, time.perf_counter() - began, code)
    click.echo(json.dumps(summary, ensure_ascii=False) if as_json else _sentence(summary))
    for warning in document.plan.warnings:
        where = "".join(f" {k} {v}" for k, v in (("page", warning.page), ("line", warning.line)) if v)
        (_log.error if warning.code == "page-failed" else _log.info)("%s:%s %s", warning.code, where, warning.message)
    if partial:
        sys.exit(code)


def _wants_progress(as_json: bool) -> bool:
    return sys.stderr.isatty() and not as_json and _log.isEnabledFor(logging.WARNING)


def _summary(document: Document, folder: Path, seconds: float, code: ExitCode) -> dict[str, Any]:
    plan = document.plan
    return {
        "result": str(folder),
        "exit_code": int(code),
        "seconds": round(seconds, 2),
        "kind": plan.source.kind,
        "pages": plan.source.pages,
        "tasks": sum(n.kind == "task" for n in plan.nodes),
        "assignments": len(plan.assignments),
        "footnotes": len(plan.footnotes),
        "corrections": len(document.corrections),
        "doubtful_words": len(plan.quality.doubtful),
        "warnings": len(plan.warnings),
    }


def _sentence(s: dict[str, Any]) -> str:
    return (
        f"{s['result']}: {s['pages']} page(s), {s['tasks']} tasks, {s['assignments']} assignments, "
        f"{s['footnotes']} footnotes, {s['corrections']} corrections, {s['doubtful_words']} doubtful words, "
        f"{s['warnings']} warnings; {s['seconds']} s.\n"
        f"Open {Path(s['result']) / 'plan.xlsx'} in Excel: who must do what by when."
    )


@contextmanager
def _progress(shown: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on the terminal; silent where the output is no terminal."""
    if not shown:
        yield lambda stage, done, total: _log.log(
            logging.DEBUG if done else logging.INFO, "%s: %d of %d page(s)", stage, done, total
        )
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("read", total=None)
        yield lambda stage, done, total: bar.update(task, description=stage, total=total, completed=done or None)


cli.add_command(batch)
cli.add_command(status)


@cli.command(epilog=EPILOG)
@click.argument("file", metavar="FILE", default="-", type=click.Path(path_type=Path, allow_dash=True))
@pipeline_options("noise", "user_dictionary")
def restore(file: Path, config: Path | None, **given: Any) -> None:  # noqa: ANN401
    """Print the restored text of FILE, an OCR text: exactly one line for every line of FILE.

    Without FILE, or with -, the text comes from the standard input.
    """
    from pipeline.restore import restore_text
    from pipeline.scan import decode, open_scan

    options = load(config, **given)
    if str(file) == "-":
        text = decode(sys.stdin.buffer.read(), "standard input")
    else:
        scan = open_scan(file, options)
        if scan.kind != "text":
            raise UnsupportedTypeError(f"{file} is no text. To read a scan, run: kehoach process {file}")
        text = decode(file.read_bytes(), str(file))
    click.echo(restore_text(text, options), nl=False)


@cli.command()
@click.option("--language", default="vie", show_default=True, help="Tesseract language(s) to look for.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def doctor(language: str, as_json: bool) -> None:
    """Say what is installed, which versions, which dictionaries, and what to do about what is missing."""
    from pipeline.doctor import checks

    found = list(checks(language))
    if as_json:
        click.echo(
            json.dumps([{"name": c.name, "found": c.found, "remedy": c.remedy} for c in found], ensure_ascii=False)
        )
    for check in [] if as_json else found:
        click.echo(f"{'MISSING' if check.remedy else 'ok':8}{check.name:20} {check.remedy or check.found}")
    if any(check.remedy for check in found):
        sys.exit(ExitCode.MISSING_DEPENDENCY)


@cli.command()
@click.argument("action", type=click.Choice(["show", "clear"]), default="show")
@pipeline_options("cache_dir", "cache_limit")
def cache(action: str, config: Path | None, **given: Any) -> None:  # noqa: ANN401
    """Show how many read pages are kept for later runs, and where; or clear them all.

    A page is taken from there when its image, the engine, its version and language, and the program are the same.
    """
    from pipeline.ocr.cache import clear, folder_of, size

    options = load(config, **given)
    folder = folder_of(options)
    if action == "clear":
        click.echo(f"{folder}: {clear(folder)} page(s) removed.")
        return
    pages, bytes_ = size(folder)
    click.echo(f"{folder}: {pages} page(s), {bytes_ / 1e6:.1f} of {options.cache_limit} MB.")


@cli.command()
@click.option("--tables", is_flag=True, help="Print the columns of the CSV tables as Markdown instead.")
def schema(tables: bool) -> None:
    """Print the JSON Schema of plan.json."""
    if tables:
        from pipeline.export.describe import markdown

        click.echo(markdown(), nl=False)
    else:
        click.echo(json.dumps(Plan.model_json_schema(), ensure_ascii=False, indent=1))


@cli.command()
@click.argument("mode", type=click.Choice(["plan", "text"]))
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("found", metavar="RESULT", type=click.Path(path_type=Path))
def evaluate(mode: str, gold: Path, found: Path) -> None:
    """Measure a RESULT against GOLD; prints one JSON object.

    \b
    plan   two plan.json files: precision, recall and F1 of every part
    text   two text files: word and character error rate
    """  # noqa: D301 - click's mark for lines to be kept
    from pipeline.evaluate.plan import score_plan
    from pipeline.evaluate.text import cer, wer

    true, read = (_content(path) for path in (gold, found))
    if mode == "plan":
        scores: dict[str, Any] = score_plan(_json(gold, true), _json(found, read))
    else:
        scores = {"wer": round(wer(true, read), 4), "cer": round(cer(true, read), 4)}
    click.echo(json.dumps(scores, ensure_ascii=False, indent=1))


def _content(path: Path) -> str:
    from pipeline.scan import decode

    if not path.is_file():
        raise NotFoundError(f"{path}: no such file.")
    return decode(path.read_bytes(), str(path))


def _json(path: Path, text: str) -> Any:  # noqa: ANN401
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UnsupportedTypeError(f"{path} is no JSON ({error}). Give a plan.json.") from error


def _terminated(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def run(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code (`pipeline.errors.ExitCode`)."""
    as_json = "--json" in (arguments if arguments is not None else sys.argv)
    try:
        cli(arguments, prog_name="kehoach", standalone_mode=False)
    except KehoachError as error:
        if as_json:
            click.echo(
                json.dumps({"error": type(error).__name__, "message": str(error), "exit_code": int(error.exit_code)})
            )
        click.echo(f"kehoach: {error}", err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo("kehoach: interrupted; an earlier result, if there is one, is untouched.", err=True)
        return ExitCode.INTERRUPTED
    except SystemExit as leave:
        return int(leave.code or 0)
    return ExitCode.OK


def main() -> NoReturn:
    """Entry point of the console script."""
    signal.signal(signal.SIGTERM, _terminated)
    for threads in ("OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"):
        os.environ.setdefault(threads, "1")  # the cores read pages; threads of numpy and OpenCV spin beside them
    gc.set_threshold(YOUNG)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    code = run()
    with suppress(BrokenPipeError):  # of `kehoach schema | head`
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)  # at once: to take apart what is loaded takes a quarter of a second; readers may still be at a page
