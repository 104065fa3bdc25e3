"""The tables of many documents put together, streamed: memory does not grow with their number."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Protocol

from pydantic import ValidationError

from pipeline.export.archivebook import ROWS_A_FILE, workbooks
from pipeline.export.atomic import claim, new_folder, recover
from pipeline.export.csvfile import CsvTable, Separator
from pipeline.export.datapackage import datapackage
from pipeline.export.parquet import parquet_table
from pipeline.export.rows import Row
from pipeline.export.tables import AGENCIES, CORRECTIONS, DOCUMENTS, TABLES, Column
from pipeline.model import Document, Plan

_ID = Column("document", "string", "Mã văn bản", "The document, as the archive calls it.")
_PATH = Column("path", "string", "Kết quả", "Its result folder, seen from the folder of this table, or its address.")
ARCHIVE: Final = (
    replace(DOCUMENTS, columns=(_ID, _PATH, *DOCUMENTS.columns)),
    *(replace(t, columns=(_ID, *t.columns)) for t in (*TABLES, AGENCIES) if t is not CORRECTIONS),
)
"""The combined tables."""
IN_EXCEL: Final = tuple(table for table in ARCHIVE if table.name in ("documents", "tasks", "agencies", "citations"))
"""Those that archive.xlsx holds."""

_PACKAGE: Final = "datapackage.json"

_Rows = dict[str, list[dict[str, object]]]
_Add = Callable[[_Rows], None]


class _Table(Protocol):
    """What takes rows as they come."""

    def add(self, row: Row) -> None: ...


@dataclass(slots=True)
class ArchiveReport:
    """What was written.

    Attributes:
        rows: of every table, by name.
        files: names of the files in the folder.
        unreadable: documents left out, by id, and why.
    """

    rows: Counter[str] = field(default_factory=Counter)
    files: list[str] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)


def write_archive(
    documents: Iterable[tuple[str, Path]],
    out: Path,
    *,
    separator: Separator = "comma",
    xlsx: bool = True,
    parquet: bool = False,
    sent_to: str = "",
    rows_a_file: int = ROWS_A_FILE,
) -> ArchiveReport:
    """Write the tables of many documents into one folder, all of them or nothing.

    Args:
        documents: ids and result folders, in the order of the rows; read once, one at a time.
        out: the folder for the tables, which belongs to them alone; an earlier one is replaced in one step.
        separator: of the CSV files.
        xlsx: write archive.xlsx as well (documents, tasks, agencies, citations; archive-2.xlsx and so on where one
            would grow too large for Excel).
        parquet: write a Parquet file for every table as well.
        sent_to: address of the result folders where only their plan.json is at hand; "": they are whole.
        rows_a_file: from how many rows of a sheet on the next archive-N.xlsx is begun; a document stays in one file.

    Returns:
        What was written, and which documents could not be read; those are left out.

    Raises:
        OutputNotWritableError, DiskFullError: `out` is as it was.
        MissingDependencyError: Parquet is asked for and pyarrow is not installed.
    """
    report = ArchiveReport()
    if out.parent.is_dir():
        recover(out)
    claim(out, _PACKAGE)
    with new_folder(out) as folder:
        with ExitStack() as opened:
            sinks = [opened.enter_context(_csv_files(folder, separator))]
            if parquet:
                sinks.append(opened.enter_context(_parquet_files(folder)))
            if xlsx:
                sinks.append(opened.enter_context(workbooks(folder, IN_EXCEL, rows_a_file)))
            written: dict[str, str] = {}  # agency key -> its name, the same in all documents
            for name, result in documents:
                plan = _read(name, result, report)
                if plan is not None:
                    place = (
                        f"{sent_to.rstrip('/')}/{name}" if sent_to else Path(os.path.relpath(result, out)).as_posix()
                    )
                    rows = _rows(name, place, plan, written)
                    report.rows.update({table: len(found) for table, found in rows.items()})
                    for add in sinks:
                        add(rows)
        package = datapackage("archive", "", ARCHIVE, {t.name: folder / f"{t.name}.csv" for t in ARCHIVE}, separator)
        (folder / _PACKAGE).write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", "utf-8")
        report.files = sorted(path.name for path in folder.iterdir())
    return report


def _read(name: str, result: Path, report: ArchiveReport) -> Plan | None:
    try:
        return Plan.model_validate_json((result / "plan.json").read_bytes())
    except (OSError, ValidationError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no valid plan.json"
        report.unreadable[name] = f"{result / 'plan.json'}: {reason}"
        return None


def _rows(name: str, path: str, plan: Plan, written: dict[str, str]) -> _Rows:
    """The rows of one document in all tables."""
    document = Document(plan, (), ())
    here = {"document": name, "path": path}
    rows = {table.name: [{**here, **row} for row in table.rows(document)] for table in ARCHIVE}
    for row in rows[AGENCIES.name]:
        if isinstance(key := row["agency_key"], str):
            row["agency"] = written.setdefault(key, str(row["agency"]))
    return rows


@contextmanager
def _csv_files(folder: Path, separator: Separator) -> Iterator[_Add]:
    with ExitStack() as files:
        tables = {}
        for table in ARCHIVE:
            file = (folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="")
            tables[table.name] = CsvTable(files.enter_context(file), table.columns, separator)
        yield lambda rows: _add(tables, rows)


@contextmanager
def _parquet_files(folder: Path) -> Iterator[_Add]:
    with ExitStack() as files:
        tables = {t.name: files.enter_context(parquet_table(folder / f"{t.name}.parquet", t)) for t in ARCHIVE}
        yield lambda rows: _add(tables, rows)


def _add(tables: Mapping[str, _Table], rows: _Rows) -> None:
    for name, table in tables.items():
        for row in rows[name]:
            table.add(row)
