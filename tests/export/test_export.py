"""The files of the contract, as they lie on the disk."""

import csv
import io
from pathlib import Path

import pytest

from pipeline.export import export, files
from pipeline.export.describe import markdown
from pipeline.export.tables import TABLES
from pipeline.export.text import text_of
from pipeline.model import Document, Line, Page, Plan

CONTRACT = {
    "plan.json",
    "text.txt",
    "nodes.csv",
    "tasks.csv",
    "assignments.csv",
    "footnotes.csv",
    "citations.csv",
    "metadata.csv",
    "corrections.csv",
    "tables.csv",
    "datapackage.json",
    "plan.xlsx",
}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_all_files_of_the_contract_are_written(document: Document, tmp_path: Path) -> None:
    folder = export(document, tmp_path / "mẫu")
    assert {f.name for f in folder.iterdir()} == CONTRACT
    assert [f.name for f in tmp_path.iterdir()] == ["mẫu"]


def test_plan_json_gives_the_plan_back(document: Document) -> None:
    assert Plan.model_validate_json(files(document)["plan.json"]) == document.plan


def test_every_column_is_filled_by_every_table(document: Document) -> None:
    for table in TABLES:
        made = list(table.rows(document))
        assert made, table.name
        for row in made:
            assert {c.name for c in table.columns} <= set(row), table.name


def test_tasks_say_who_and_when(document: Document) -> None:
    with_owner, without = rows(files(document)["tasks.csv"])
    assert with_owner["lead"] == "Sở Y tế; Sở Nội vụ"
    assert (with_owner["deadline"], with_owner["deadline_end"]) == ("'30/9/2025", "2025-09-30")
    assert (with_owner["section"], with_owner["subsection"]) == ("I. NHIỆM VỤ", "1. Chung")
    assert (without["lead"], without["assignment_id"], without["label"]) == ("", "", "+")


def test_the_data_package_is_valid(document: Document, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(export(document, tmp_path / "x") / "datapackage.json"))
    assert report.valid, report.flatten(["resourceName", "type", "note"])


def test_pages_are_parted_by_form_feeds() -> None:
    pages = [Page(1, "scan", (Line(1, "a"), Line(2, "b"))), Page(2, "scan", ()), Page(3, "scan", (Line(4, "c"),))]
    assert text_of(pages) == "a\nb\n\f\fc\n"


def test_text_input_keeps_its_number_of_lines() -> None:
    assert text_of([Page(1, "ocr_text", (Line(1, "a"), Line(2, "")))]) == "a\n\n"


def test_the_documentation_of_the_tables_is_current(root: Path) -> None:
    assert (root / "docs/tables.md").read_text("utf-8") == markdown()
