"""Every row of every rule table is decided by its own example: an archivist adds a line and runs this file."""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet

from pipeline.resources import table
from pipeline.structure.agencies import known_spans, starts_agency
from pipeline.structure.agencykeys import agency_key
from pipeline.structure.agencylists import split_agencies
from pipeline.structure.columns import role_of
from pipeline.structure.deadlines import read_deadline
from pipeline.structure.fields import read_fields
from pipeline.structure.furniture import reason_of
from pipeline.structure.numbering import candidates, garbled_roman, roman, to_roman
from pipeline.structure.openers import closes, opens
from pipeline.structure.predicates import predicate_at
from pipeline.structure.sections import kind_of
from pipeline.structure.verbs import verb_behind_name


def rows(name: str) -> list[ParameterSet]:
    return [pytest.param(row, id=f"{i}-{next(iter(row.values()))}") for i, row in enumerate(table(name))]


@pytest.mark.parametrize("row", rows("numbering_styles"))
def test_numbering_style(row: dict[str, str]) -> None:
    assert row["style"] in {label.style.rstrip("234") for label in candidates(row["example"])}


@pytest.mark.parametrize("row", rows("ocr_labels"))
def test_misread_numeral(row: dict[str, str]) -> None:
    for printed in row["printed"].split():
        label = garbled_roman(f"{row['read']}. TỔ CHỨC THỰC HIỆN", roman(printed), known_title=False)
        assert label is not None
        assert label.printed == f"{to_roman(roman(printed))}."


@pytest.mark.parametrize("row", rows("section_kinds"))
def test_section_kind(row: dict[str, str]) -> None:
    assert kind_of(row["example"]) == row["kind"]


@pytest.mark.parametrize("row", rows("openers"))
def test_opener(row: dict[str, str]) -> None:
    by_agency = row["role"] == "closing after agency"
    assert closes(row["example"]) if by_agency else opens(row["example"], row["role"])


@pytest.mark.parametrize(
    "text", ["Sở Y tế chủ trì, yêu cầu các đơn vị", "Văn phòng Sở báo cáo kết quả", "Thống kê các hộ"]
)
def test_no_closing_words(text: str) -> None:
    assert not closes(text)


@pytest.mark.parametrize("row", rows("assignment_labels"))
def test_assignment_label(row: dict[str, str]) -> None:
    assert read_fields(row["example"])[0].role == {"group": "who", "time": "deadline"}.get(row["role"], row["role"])


@pytest.mark.parametrize("row", rows("agency_heads"))
def test_agency_head(row: dict[str, str]) -> None:
    assert starts_agency(row["example"])


@pytest.mark.parametrize("row", rows("agencies"))
def test_agency_is_one_name_with_one_key(row: dict[str, str]) -> None:
    for name in (row["name"], *filter(None, row["abbreviations"].split("|"))):
        if " " in name:
            assert split_agencies(name, cut=False) == [name]
    assert agency_key(row["name"]) == row["key"]


@pytest.mark.parametrize("row", rows("predicates"))
def test_predicate(row: dict[str, str]) -> None:
    assert predicate_at(row["example"]) < len(row["example"])


@pytest.mark.parametrize("row", rows("verbs"))
def test_verb_behind_a_complete_name(row: dict[str, str]) -> None:
    known_only = row["unless"].startswith("=")
    for name in (
        ("Công an phường", "Sở Nội vụ") if known_only else ("Trường Đại học Hà Tĩnh", "Công an phường", "Phòng GDĐT")
    ):
        assert predicate_at(f"{name} {row['verb']} mười việc") == len(name) + 1
    if known_only:
        assert predicate_at(f"Đội Hà Tĩnh {row['verb']} cơ động") == len(f"Đội Hà Tĩnh {row['verb']} cơ động")
    for unless in filter(None, row["unless"].lstrip("=|").split("|")):
        words = f"{row['verb']} {unless[1:]}" if unless[0] == "~" else f"{unless} {row['verb']}"
        text = f"Công an phường {words} đó"
        own = any(words.startswith(other["verb"]) for other in table("verbs") if " " in other["verb"])
        found = verb_behind_name(text, known_spans(text), len(text))
        assert own or found != text.index(row["verb"], len("Công an phường"))


@pytest.mark.parametrize("row", rows("deadline_phrases"))
def test_recurrence(row: dict[str, str]) -> None:
    assert read_deadline(row["example"]).recurrence == row["recurrence"]


@pytest.mark.parametrize("row", rows("furniture"))
def test_furniture(row: dict[str, str]) -> None:
    assert reason_of(row["example"]) == row["reason"]


@pytest.mark.parametrize("row", rows("table_columns"))
def test_table_column(row: dict[str, str]) -> None:
    assert role_of(row["example"]) == row["role"]


NAMES = [
    "abbreviations",
    "agencies",
    "agency_heads",
    "assignment_labels",
    "deadline_phrases",
    "document_types",
    "furniture",
    "law_numbers",
    "laws",
    "numbering_styles",
    "ocr_labels",
    "ocr_letters",
    "ocr_numbers",
    "openers",
    "predicates",
    "section_kinds",
    "signing",
    "table_columns",
    "verbs",
]


@pytest.mark.parametrize("name", NAMES)
def test_table_names_its_source(name: str, root: object) -> None:
    from pipeline.resources import dictionaries

    head = (dictionaries() / f"{name}.tsv").read_text("utf-8").split("\n")[:8]
    comments = " ".join(line for line in head if line.startswith("#"))
    assert "Source:" in comments
    assert "Apache-2.0" in comments
    assert all(len(set(row)) == len(row) for row in table(name))
