"""The tables of many documents in one: nothing lost, nothing half, memory flat."""

import csv
import datetime
import io
import json
import os
import subprocess
import sys
import textwrap
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from pipeline.errors import MissingDependencyError, OutputNotWritableError
from pipeline.export import atomic, export
from pipeline.export.archive import ARCHIVE, write_archive
from pipeline.export.csvfile import unguard
from pipeline.model import Document
from tests.export.office import NS, cells, in_office, needs_office

NAMES = [table.name for table in ARCHIVE]


@pytest.fixture
def results(document: Document, tmp_path: Path) -> list[tuple[str, Path]]:
    """Three result folders."""
    return [(f"{n}/mẫu.pdf", export(document, tmp_path / f"kết quả {n}")) for n in range(3)]


def read(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_every_row_of_every_document_is_there_once(results: list[tuple[str, Path]], tmp_path: Path) -> None:
    report = write_archive(iter(results), tmp_path / "archive")
    for table in ARCHIVE:
        rows = read(tmp_path / "archive" / f"{table.name}.csv")
        assert len(rows) == report.rows[table.name] > 0
        assert list(rows[0]) == [c.name for c in table.columns]
        assert {row["document"] for row in rows} == {name for name, _ in results}
        if table.name not in ("documents", "agencies"):
            single = read(results[0][1] / f"{table.name}.csv")
            assert [{k: v for k, v in row.items() if k != "document"} for row in rows] == single * 3


def test_documents_say_what_was_found(results: list[tuple[str, Path]], tmp_path: Path) -> None:
    write_archive(results, tmp_path / "archive")
    first = read(tmp_path / "archive" / "documents.csv")[0]
    assert (tmp_path / "archive" / first["path"]).resolve() == results[0][1]
    assert (first["tasks"], first["tasks_unassigned"], first["number"]) == ("2", "1", "05/KH-UBND")


def test_agencies_are_ready_for_pivot_tables(results: list[tuple[str, Path]], tmp_path: Path) -> None:
    write_archive(results[:1], tmp_path / "archive")
    rows = read(tmp_path / "archive" / "agencies.csv")
    assert [(r["agency"], r["agency_key"], r["role"], r["task_id"]) for r in rows] == [
        ("Sở Y tế", "so-y-te", "lead", "I.1-1"),
        ("Sở Nội vụ", "so-noi-vu", "lead", "I.1-1"),
    ]


def test_the_workbook_goes_on_in_another_file(results: list[tuple[str, Path]], tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    report = write_archive(results, tmp_path / "archive", rows_a_file=4)
    books = [name for name in report.files if name.endswith(".xlsx")]
    assert books == ["archive-2.xlsx", "archive.xlsx"]
    tasks = []
    for name in reversed(books):
        rows = list(openpyxl.load_workbook(tmp_path / "archive" / name)["Nhiệm vụ"].values)
        assert rows[0][:2] == ("Mã văn bản", "Mã nhiệm vụ")
        tasks += [row[0] for row in rows[1:]]
    assert tasks == [name for name, _ in results for _ in range(2)]


@needs_office
def test_a_document_leads_to_its_workbook_whatever_its_name(document: Document, tmp_path: Path) -> None:
    names = ["kế hoạch 50% #2 (a).pdf", "x&y+z=1.pdf", "[1] 'sơ kết'; ^2.pdf"]
    (tmp_path / "văn bản").mkdir()
    found = [(name, export(document, tmp_path / "văn bản" / name)) for name in names]
    write_archive(found, tmp_path / "tables")
    sheet = cells(in_office(tmp_path / "tables" / "archive.xlsx"), "Văn bản")
    links = [a.get(f"{{{NS['xlink']}}}href") for row in sheet[1:] for c in row for a in c.iterfind(".//text:a", NS)]
    assert [tmp_path / "tables" / unquote(str(link)) for link in links] == [
        tmp_path / "tables" / ".." / "văn bản" / name / "plan.xlsx" for name in names
    ]


def test_what_was_sent_away_is_named_by_its_address(results: list[tuple[str, Path]], tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    write_archive(results, tmp_path / "archive", sent_to="s3://bucket/x/")
    assert read(tmp_path / "archive" / "documents.csv")[0]["path"] == "s3://bucket/x/0/mẫu.pdf"
    sheet = openpyxl.load_workbook(tmp_path / "archive" / "archive.xlsx")["Văn bản"]
    assert not [c for row in sheet for c in row if c.hyperlink]


def test_the_workbook_sums_up_what_each_agency_has_to_do(results: list[tuple[str, Path]], tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    write_archive(results, tmp_path / "archive")
    book = openpyxl.load_workbook(tmp_path / "archive" / "archive.xlsx")
    assert book.sheetnames[0] == "Ai làm gì, khi nào"
    rows = [[c.value for c in row] for row in book[book.sheetnames[0]]]
    due = datetime.datetime(2025, 9, 30)
    assert [dict(zip(rows[0], row, strict=True)) for row in rows[1:]] == [
        {"Cơ quan": name, "Mã cơ quan": key, "Số văn bản": 3, "Chủ trì": 3, "Phối hợp": 0, "Liên quan": 0,
         "Có thời hạn": 3, "Hạn đầu": due, "Hạn cuối": due}
        for name, key in (("Sở Nội vụ", "so-noi-vu"), ("Sở Y tế", "so-y-te"))
    ]  # fmt: skip


def test_parquet_has_the_same_rows_typed(results: list[tuple[str, Path]], tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    report = write_archive(results, tmp_path / "archive", parquet=True)
    for table in ARCHIVE:
        rows = parquet.read_table(tmp_path / "archive" / f"{table.name}.parquet").to_pylist()
        assert len(rows) == report.rows[table.name]
        texts = [c.name for c in table.columns if c.type == "string"]
        of_csv = read(tmp_path / "archive" / f"{table.name}.csv")
        assert [[row[t] or "" for t in texts] for row in rows] == [[unguard(row[t]) for t in texts] for row in of_csv]
    task = parquet.read_table(tmp_path / "archive" / "tasks.parquet").to_pylist()[0]
    assert (task["lead"], task["deadline_end"].isoformat()) == (["Sở Y tế", "Sở Nội vụ"], "2025-09-30")


def test_parquet_without_its_extra_names_the_remedy(
    results: list[tuple[str, Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingDependencyError, match="pip install"):
        write_archive(results, tmp_path / "archive", parquet=True)
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize("separator", ["comma", "semicolon"])
def test_the_data_package_is_valid(results: list[tuple[str, Path]], tmp_path: Path, separator: str) -> None:
    frictionless = pytest.importorskip("frictionless")
    write_archive(results, tmp_path / "archive", separator=separator, xlsx=False)  # type: ignore[arg-type]
    report = frictionless.validate(str(tmp_path / "archive" / "datapackage.json"))
    assert report.valid, report.flatten(["resourceName", "type", "note"])
    assert [
        r["name"] for r in json.loads((tmp_path / "archive" / "datapackage.json").read_bytes())["resources"]
    ] == NAMES


def test_what_cannot_be_read_is_told_and_left_out(results: list[tuple[str, Path]], tmp_path: Path) -> None:
    (results[1][1] / "plan.json").write_text("{", "utf-8")
    report = write_archive([*results, ("gone", tmp_path / "gone")], tmp_path / "archive")
    assert set(report.unreadable) == {"1/mẫu.pdf", "gone"}
    assert report.rows["documents"] == 2


def test_an_archive_of_nothing_has_its_headers(tmp_path: Path) -> None:
    report = write_archive([], tmp_path / "archive")
    assert len(report.files) == len(ARCHIVE) + 2
    assert read(tmp_path / "archive" / "tasks.csv") == []


def test_the_same_archive_has_the_same_bytes(results: list[tuple[str, Path]], tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_archive(results, tmp_path / name)
    assert {f.name: f.read_bytes() for f in (tmp_path / "a").iterdir()} == {
        f.name: f.read_bytes() for f in (tmp_path / "b").iterdir()
    }


def test_a_failure_leaves_the_old_tables(results: list[tuple[str, Path]], tmp_path: Path) -> None:
    write_archive(results, tmp_path / "archive")
    before = {f.name: f.read_bytes() for f in (tmp_path / "archive").iterdir()}

    def interrupted() -> Iterator[tuple[str, Path]]:
        yield from results
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_archive(interrupted(), tmp_path / "archive")
    assert {f.name: f.read_bytes() for f in (tmp_path / "archive").iterdir()} == before
    assert [f.name for f in tmp_path.iterdir() if f.name.startswith(".")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of file sizes")
@pytest.mark.parametrize("room", [0, 20_000], ids=["none", "for the first files"])
def test_no_room_leaves_the_old_tables(results: list[tuple[str, Path]], tmp_path: Path, room: int) -> None:
    """In a process of its own, whose files may not grow beyond a limit: the disk that fills up."""
    write_archive(results, tmp_path / "archive")
    before = {f.name: f.read_bytes() for f in (tmp_path / "archive").iterdir()}
    script = textwrap.dedent(
        f"""
        import resource, sys
        from pathlib import Path
        from pipeline.errors import OutputNotWritableError
        from pipeline.export.archive import write_archive
        resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
        try:
            write_archive([("x", Path(sys.argv[1]))] * 100, Path(sys.argv[2]))
        except OutputNotWritableError:
            sys.exit(42)
        """
    )
    command = [sys.executable, "-c", script, str(results[0][1]), str(tmp_path / "archive")]
    assert subprocess.run(command, check=False).returncode == 42
    assert {f.name: f.read_bytes() for f in (tmp_path / "archive").iterdir()} == before
    assert [f.name for f in tmp_path.iterdir() if f.name.startswith(".")] == []


def test_what_a_killed_run_left_is_brought_back_or_removed(results: list[tuple[str, Path]], tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    write_archive(results, folder)
    stale = tmp_path / f"{atomic._hidden(folder)}x.tmp"
    stale.mkdir()
    os.utime(stale, (0, 0))
    write_archive(results, folder)
    assert not stale.exists()


def test_memory_does_not_grow_with_the_documents(results: list[tuple[str, Path]], tmp_path: Path) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        write_archive(((f"{n}.pdf", results[0][1]) for n in range(count)), tmp_path / "archive")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    few = peak(50)
    assert peak(500) < few + 1_000_000


def test_a_folder_of_somebody_else_is_not_replaced(results: list[tuple[str, Path]], tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "thesis.doc").write_bytes(b"mine")
    with pytest.raises(OutputNotWritableError):
        write_archive(results, tmp_path / "thesis")
