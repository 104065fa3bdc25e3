"""The files of the contract, as they lie on the disk."""

import csv
import datetime
import io
import json
from pathlib import Path
from typing import Literal

import pytest

from pipeline.export import export, files
from pipeline.export.csvfile import csv_bytes, unguard
from pipeline.export.describe import markdown
from pipeline.export.tables import TABLES, Column
from pipeline.export.text import text_of
from pipeline.model import Document, Line, Page, Plan
from pipeline.options import Options
from tests.export.office import attribute, cells, in_office, needs_office, shown

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


@pytest.mark.parametrize("separator", ["comma", "semicolon"])
def test_the_data_package_is_valid_with_either_separator(
    document: Document, tmp_path: Path, separator: Literal["comma", "semicolon"]
) -> None:
    frictionless = pytest.importorskip("frictionless")
    folder = export(document, tmp_path / "x", Options(csv_separator=separator))
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["resourceName", "type", "note"])
    task = frictionless.Package(str(folder / "datapackage.json")).get_resource("tasks").read_rows()[0]
    assert (float(task["confidence"]), task["deadline_end"]) == (0.5, datetime.date(2025, 9, 30))


def test_a_plan_is_valid_under_the_schema_that_the_command_prints(document: Document) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(Plan.model_json_schema())
    validator.check_schema(validator.schema)
    plan = json.loads(files(document)["plan.json"])
    validator.validate(plan)
    del plan["nodes"][0]["page"]
    assert not validator.is_valid(plan)


_OFFICE = {"comma": "44,34,76,1,,1033,false,true", "semicolon": "59,34,76,1,,1066,false,true"}  # English, Vietnamese


@needs_office
@pytest.mark.parametrize("separator", ["comma", "semicolon"])
def test_libreoffice_changes_nothing(
    document: Document, tmp_path: Path, separator: Literal["comma", "semicolon"]
) -> None:
    """With "detect special numbers" on, it converts whatever looks like a number or a date, as Excel does."""
    texts = ["05/11", "1-2", "1.", "(1)", "=1+1", "- Rà soát", "0,5", "0.5", "12/KH-UBND", "1 1/2", "8:30"]
    kinds = (("s", "string"), ("n", "number"), ("d", "date"))
    columns = [Column(name, kind, "", "") for name, kind in kinds]  # type: ignore[arg-type]
    rows = [{"s": text, "n": 0.987, "d": "2025-11-05"} for text in texts]
    (tmp_path / "x.csv").write_bytes(csv_bytes(columns, rows, separator))
    read = cells(in_office(tmp_path / "x.csv", f"--infilter=CSV:{_OFFICE[separator]}"), "x")[1:]
    assert [unguard(shown(row[0])) for row in read] == texts
    assert {attribute(row[0], "office:value-type") for row in read} == {"string"}
    assert {attribute(row[1], "office:value") for row in read} == {"0.987"}
    assert {attribute(row[2], "office:date-value") for row in read} == {"2025-11-05"}
