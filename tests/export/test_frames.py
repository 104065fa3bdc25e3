"""The tables as data frames."""

from pipeline.export import frames
from pipeline.export.tables import TABLES
from pipeline.model import Document, Metadata, Plan, Source


def test_every_table_is_a_frame_with_its_columns(document: Document) -> None:
    made = frames(document)
    assert {name: list(frame.columns) for name, frame in made.items()} == {
        t.name: [c.name for c in t.columns] for t in TABLES
    }


def test_types_are_those_an_analyst_expects(document: Document) -> None:
    tasks = frames(document)["tasks"]
    assert tasks["deadline_end"].dt.year.dropna().tolist() == [2025]
    assert tasks["page"].sum() == 2
    per_agency = tasks.explode("lead").groupby("lead")["id"].count()
    assert per_agency.to_dict() == {"Sở Y tế": 1, "Sở Nội vụ": 1}


def test_an_empty_document_has_empty_frames() -> None:
    plan = Plan(source=Source(path="x.txt", sha256="0", kind="ocr_text", pages=1), metadata=Metadata())
    made = frames(Document(plan, (), ()))
    assert {name: len(frame) for name, frame in made.items()} == {t.name: int(t.name == "metadata") for t in TABLES}
