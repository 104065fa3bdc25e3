"""Labels that the sequence put right stand in the text as in the Plan, and stamps do not stand in it."""

import pytest

from pipeline.corrections import apply, undo
from pipeline.model import Line, Page, Source, SourceKind, Word
from pipeline.structure import amend, structure
from tests.structure.conftest import AsPages, AsPlan

HEAD = "KẾ HOẠCH\nCông tác năm 2025\n\n"
SECTIONS = (
    "{} MỤC ĐÍCH, YÊU CẦU\n- Nâng cao nhận thức.\n"
    "{} NỘI DUNG\n- Rà soát văn bản.\n"
    "{} TỔ CHỨC THỰC HIỆN\n- Sở Y tế chủ trì."
)


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        (("I.", "H.", "III."), ("I.", "II.", "III.")),
        (("I.", "II.", "HI."), ("I.", "II.", "III.")),
        (("1.", "II.", "III."), ("I.", "II.", "III.")),
        (("I.", "IL", "1II."), ("I.", "II.", "III.")),
        (("I.", "II.", "III."), ("I.", "II.", "III.")),
        (("I-", "II-", "III-"), ("I-", "II-", "III-")),
        (("A.", "B.", "C."), ("A.", "B.", "C.")),
    ],
)
def test_labels_in_the_text(as_pages: AsPages, as_plan: AsPlan, read: tuple[str], mended: tuple[str]) -> None:
    text = HEAD + SECTIONS.format(*read)
    pages, changes = amend(as_pages(text), as_plan(text))
    assert "\n".join(line.text for page in pages for line in page.lines) == HEAD + SECTIONS.format(*mended)
    assert len(changes) == sum(a != b for a, b in zip(read, mended, strict=True))
    lines = text.split("\n")
    assert apply(lines, changes) == [line.text for page in pages for line in page.lines]
    assert undo(apply(lines, changes), changes) == lines


def test_words_keep_their_places(as_plan: AsPlan) -> None:
    text = HEAD + SECTIONS.format("I.", "H.", "III.")
    words = (Word("H.", 0, 0.5, (10, 10, 30, 20)), Word("NỘI", 3, 0.9, (40, 10, 60, 20)), Word("DUNG", 7, 0.9))
    plan = as_plan(text)
    lines = [Line(n, t) for n, t in enumerate(text.split("\n"), 1)]
    lines[5] = Line(6, "H. NỘI DUNG", words=words)
    (page,), _ = amend([Page(1, "scan", tuple(lines))], plan)
    assert [(w.text, w.start, w.confidence) for w in page.lines[5].words] == [
        ("II.", 0, 0.9),
        ("NỘI", 4, 0.9),
        ("DUNG", 8, 0.9),
    ]
    assert page.lines[5].words[0].bbox == (10, 10, 30, 20)


@pytest.mark.parametrize(
    ("kind", "line", "left"),
    [
        ("scan", "HỎA TỐC", ""),
        ("scan", "MẬT", ""),
        ("text_layer", "Người ký: Văn phòng Chính phủ", ""),
        ("ocr_text", "HỎA TỐC", "HỎA TỐC"),
        ("scan", "Độc lập - Tự do - Hạnh phúc", "Độc lập - Tự do - Hạnh phúc"),
        ("scan", "―――――", "―――――"),
    ],
)
def test_stamps_in_the_text(as_pages: AsPages, kind: SourceKind, line: str, left: str) -> None:
    text = f"ỦY BAN NHÂN DÂN\nTỈNH AN GIANG\n{line}\n" + HEAD + SECTIONS.format("I.", "II.", "III.")
    pages = as_pages(text, kind)
    plan = structure(pages, Source(path="x", sha256="", kind=kind, pages=1))
    (page,), changes = amend(pages, plan)
    assert [one.text for one in page.lines] == [left if one == line else one for one in text.split("\n")]
    assert undo([one.text for one in page.lines], changes) == text.split("\n")


def test_words_of_a_stamp_go() -> None:
    words = (Word("HỎA", 0, 0.9, (10, 10, 30, 20)), Word("TỐC", 4, 0.9, (40, 10, 60, 20)))
    pages = [Page(1, "scan", (Line(1, "HỎA TỐC", words),))]
    plan = structure(pages, Source(path="x", sha256="", kind="scan", pages=1))
    (page,), _ = amend(pages, plan)
    assert page.lines == (Line(1, "", ()),)
