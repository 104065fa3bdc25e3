"""A document becomes the files of the output contract (docs/tables.md says what each column means)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline.export.atomic import new_folder, reserve
from pipeline.export.frames import frames
from pipeline.model import Document
from pipeline.options import Options

__all__ = ["export", "files", "frames", "reserve"]


def export(
    document: Document,
    folder: str | Path,
    options: Options | None = None,
    *,
    images: Iterable[bytes | None] = (),
    write_pdf: Callable[[Path], None] | None = None,
) -> Path:
    """Write the result folder of a document, all of it or nothing.

    Args:
        document: what `process` returned.
        folder: the result folder itself; a result in it is replaced in one step.
        options: the separator of CSV files, and whether report.html is written.
        images: for report.html, a JPEG of every page in order (`pipeline.scan.previews`), None where there is none.
        write_pdf: writes the searchable PDF into the file that it is given; None: there is none.

    Raises:
        OutputNotWritableError, DiskFullError: the old result, if any, is untouched.
    """
    folder, options = Path(folder), options or Options()
    with new_folder(folder) as temporary:
        for name, content in files(document, options).items():
            (temporary / name).write_bytes(content)
        if options.report:
            from pipeline.export.report import write_report

            write_report(document, images, options.doubt, temporary / "report.html")
        if write_pdf is not None:
            write_pdf(temporary / f"{folder.name}.pdf")
    return folder


def files(document: Document, options: Options | None = None) -> dict[str, bytes]:
    """The content of every file of a result folder but report.html and the searchable PDF, by name."""
    from pydantic_core import to_json

    from pipeline.export.csvfile import csv_bytes
    from pipeline.export.datapackage import datapackage
    from pipeline.export.planbook import plan_xlsx
    from pipeline.export.tables import EXPLAIN, TABLES
    from pipeline.export.text import text_of

    options = options or Options()
    plan, separator = document.plan, options.csv_separator
    written = (*TABLES, EXPLAIN) if document.reasons else TABLES
    tables = {table.name: csv_bytes(table.columns, table.rows(document), separator) for table in written}
    name, title = "kehoach-" + plan.source.sha256[:16], plan.metadata.title or plan.source.path
    package = datapackage(name, title, written, tables, separator)
    return {
        "plan.json": (plan.model_dump_json(indent=1) + "\n").encode(),
        "text.txt": text_of(document.pages).encode(),
        **{f"{name}.csv": content for name, content in tables.items()},
        "plan.xlsx": plan_xlsx(document, report=options.report),
        "datapackage.json": to_json(package, indent=1) + b"\n",
    }
