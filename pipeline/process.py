"""A scan goes in, a structured plan comes out: read, restore, structure, export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.corrections import compose
from pipeline.errors import DamagedInputError
from pipeline.export import export, reserve
from pipeline.layout import as_scanned
from pipeline.model import (
    Correction,
    Document,
    DoubtfulWord,
    Page,
    PageImage,
    Plan,
    PlanWarning,
    Quality,
    Source,
    SourceKind,
)
from pipeline.ocr import cached, engine_for, read_pages
from pipeline.options import Options
from pipeline.packed import pack, unpack
from pipeline.rehearsal import rehearsing
from pipeline.restore import restore
from pipeline.scan import Scan, open_scan, pages, picture, previews
from pipeline.structure import amend, explain, mark_footnotes, structure

Progress = Callable[[str, int, int], None]
"""Told the stage ("read", "restore", ...), the pages done and the pages in all."""


def process(
    path: str | Path,
    out: str | Path | None = None,
    options: Options | None = None,
    progress: Progress | None = None,
    name: str | None = None,
) -> Document:
    """Turn a scan, or the text that an OCR engine made of one, into a structured plan.

    Args:
        path: PDF, TIFF, PNG, JPEG or OCR text (.txt).
        out: folder in which the result folder is written; None: nothing is written.
        options: how; the defaults suit a scan of an office.
        progress: told how far the work is.
        name: name of the result folder; None: that of the input without its ending.

    Returns:
        The Plan, the restored pages and every correction made.

    Raises:
        KehoachError: see docs/errors.md. A page that cannot be read raises nothing while others can: it is a warning.
    """
    options, tell = options or Options(), progress or (lambda stage, done, total: None)
    scan = open_scan(Path(path), options)
    folder = reserve(Path(out) / (name or scan.path.stem)) if out is not None else None

    items = rehearsing(pages(scan, options), options)
    waiting = [pack(page) for page in _read(scan, items, options, tell)]  # so that memory is flat while pages are read
    observed = [unpack(page) for page in waiting]
    tell("restore", 0, len(observed))
    restored, corrections = restore(observed, options)
    marked, marks = mark_footnotes(restored)
    tell("structure", 0, len(observed))
    plan = structure(marked, _source(scan, observed))
    amended, changes = amend(marked, plan)
    scanned = [as_scanned(page) for page in amended]
    document = _assess(plan, scanned, compose(compose(corrections, marks), changes), options)
    if options.explain:
        document = replace(document, reasons=tuple(explain(marked)))

    if folder is not None:
        tell("export", 0, len(observed))
        images = previews(scan, options.max_pixels) if options.report else ()
        export(document, folder, options, images=images, write_pdf=_pdf(scan, document, options))
    return document


def _pdf(scan: Scan, document: Document, options: Options) -> Callable[[Path], None] | None:
    """How to write the searchable PDF, where one is asked for; a text has no pages to show."""
    if not options.pdf or scan.kind == "text":
        return None
    source = scan.path if scan.kind == "pdf" else None
    from pipeline.export.searchable import write_searchable

    return lambda target: write_searchable(
        target, document.pages, source, lambda number: picture(scan, number, options.max_pixels)
    )


def read_scan(path: str | Path, options: Options | None = None, progress: Progress | None = None) -> Iterator[Page]:
    """The pages of a scan as they are read, unrestored; one page is in memory at a time."""
    options = options or Options()
    scan = open_scan(Path(path), options)
    yield from _read(scan, pages(scan, options), options, progress or (lambda stage, done, total: None))


def _read(scan: Scan, items: Iterable[PageImage | Page], options: Options, tell: Progress) -> Iterator[Page]:
    readable, failure = False, ""
    tell("read", 0, scan.page_count)
    for page in read_pages(items, cached(engine_for(options), options), options):
        readable, failure = readable or page.error is None, failure or page.error or ""
        tell("read", page.number, scan.page_count)
        yield page
    if not readable:
        raise DamagedInputError(f"{scan.path}: none of its {scan.page_count} pages could be read. First: {failure}")


def _source(scan: Scan, observed: Sequence[Page]) -> Source:
    kinds: set[SourceKind] = {page.kind for page in observed}
    kind: SourceKind = "scan" if "scan" in kinds else observed[0].kind
    return Source(path=scan.path.name, sha256=scan.sha256, kind=kind, pages=len(observed))


def _assess(plan: Plan, pages: Sequence[Page], corrections: list[Correction], options: Options) -> Document:
    """Add to the plan how far it can be trusted."""
    sure = [
        (p.number, n.number, w, w.confidence)
        for p in pages
        for n in p.lines
        for w in n.words
        if w.confidence is not None
    ]
    quality = Quality(
        words=sum(len(line.text.split()) for page in pages for line in page.lines),
        corrected=len(corrections),
        mean_confidence=round(sum(c for *_, c in sure) / len(sure), 4) if sure else None,
        doubtful=[
            DoubtfulWord(page=page, line=line, start=word.start, text=word.text, confidence=round(confidence, 4))
            for page, line, word, confidence in sure
            if confidence < options.doubt
        ],
        furniture=plan.quality.furniture,
    )
    failed = [PlanWarning(code="page-failed", message=p.error, page=p.number) for p in pages if p.error is not None]
    plan = plan.model_copy(update={"quality": quality, "warnings": failed + plan.warnings})
    return Document(plan, tuple(pages), tuple(corrections))
