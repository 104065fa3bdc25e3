"""plan.xlsx, as a library and as the real LibreOffice read it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.planbook import MOST_FIXES, SUMMARY, plan_xlsx
from pipeline.export.sheets import Sheet, workbook
from pipeline.export.tables import Column
from pipeline.model import Document, DoubtfulWord, PlanWarning, Quality
from tests.export.office import NS, attribute, cells, in_office, needs_office, shown

NAMES = [
    SUMMARY, "Nhiệm vụ", "Cơ quan - nhiệm vụ", "Phân công", "Toàn văn", "Chú thích", "Văn bản viện dẫn", "Bảng biểu",
    "Thông tin chung", "Cần kiểm tra", "Chỗ đã sửa",
]  # fmt: skip


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def column(sheet: Any, title: str) -> list[Any]:
    """The cells under a heading."""
    cells = next(c for c in sheet.iter_cols() if any(x.value == title for x in c))
    return list(cells[[c.value for c in cells].index(title) + 1 :])


def test_the_sheets_speak_vietnamese(document: Document) -> None:
    assert opened(plan_xlsx(document, report=True)).sheetnames == NAMES


def test_every_sheet_can_be_filtered_and_keeps_its_header_in_sight(document: Document) -> None:
    for sheet in opened(plan_xlsx(document, report=True)):
        assert sheet.auto_filter.ref, sheet.title
        assert sheet.freeze_panes == ("A5" if sheet.title == SUMMARY else "A2"), sheet.title
        assert sheet.page_setup.orientation == "landscape"
        assert all(c.alignment.wrap_text for c in sheet[2] if isinstance(c.value, str) and sheet.title != SUMMARY)


def test_dates_are_dates_and_codes_are_text(document: Document) -> None:
    book = opened(plan_xlsx(document, report=True))
    (due, _) = column(book["Nhiệm vụ"], "Đến ngày")
    assert (due.value, due.number_format) == (datetime.datetime(2025, 9, 30), "dd/mm/yyyy")
    assert [c.value for c in column(book["Nhiệm vụ"], "Nội dung nhiệm vụ")] == [
        "=Rà soát, 1-2",
        'Đánh giá "sơ kết";\nnhiều dòng',
    ]
    assert {c.data_type for sheet in book for row in sheet for c in row} <= {"s", "n", "d"}  # no "f", a formula


def test_a_task_leads_to_its_section_and_to_its_page(document: Document) -> None:
    book = opened(plan_xlsx(document, report=True))
    tasks = book["Nhiệm vụ"]
    assert column(tasks, "Mục lớn")[0].hyperlink.location == "'Toàn văn'!A2"
    assert column(tasks, "Mã nhiệm vụ")[1].hyperlink.location == "'Toàn văn'!A5"
    assert book["Toàn văn"]["A5"].value == column(tasks, "Mã nhiệm vụ")[1].value == "I.1-2"
    page = column(tasks, "Trang")[0]
    assert (page.value, page.hyperlink.target, page.hyperlink.location) == ("1", "report.html", "page-1")


def test_without_a_report_nothing_leads_there(document: Document) -> None:
    book = opened(plan_xlsx(document, report=False))
    links = [c.hyperlink for sheet in book for row in sheet for c in row if c.hyperlink]
    assert links
    assert not [link for link in links if link.target]


def test_the_summary_tells_for_every_agency_what_it_does_by_when(document: Document) -> None:
    sheet = opened(plan_xlsx(document, report=False))[SUMMARY]
    assert sheet["A1"].value == "KẾ HOẠCH số 05/KH-UBND ngày 08/01/2025"
    found = [[c.value for c in row][:6] for row in sheet.iter_rows(min_row=5)]
    due = datetime.datetime(2025, 9, 30)
    assert found == [
        ["Sở Y tế", None, "Chủ trì 1", None, due, None],
        ["Sở Y tế", "chủ trì", "=Rà soát, 1-2", "30/9/2025", due, None],
        ["Sở Nội vụ", None, "Chủ trì 1", None, due, None],
        ["Sở Nội vụ", "chủ trì", "=Rà soát, 1-2", "30/9/2025", due, None],
        ["(Chưa nêu cơ quan)", None, "Nhiệm vụ 1", None, None, None],
        ["(Chưa nêu cơ quan)", None, 'Đánh giá "sơ kết";\nnhiều dòng', None, None, None],
    ]


def test_what_should_be_checked_is_listed_in_vietnamese(document: Document) -> None:
    doubt = DoubtfulWord(page=2, line=3, start=3, text="Chung", confidence=0.4)
    warning = PlanWarning(code="numbering-gap", message="The number before '1.' is missing.", page=1, line=2)
    plan = document.plan.model_copy(update={"quality": Quality(doubtful=[doubt]), "warnings": [warning]})
    sheet = opened(plan_xlsx(replace(document, plan=plan), report=False))["Cần kiểm tra"]
    assert [[c.value for c in row] for row in sheet.iter_rows(min_row=2)] == [
        ["Thiếu số thứ tự trước mục này.", 1, 2, "I. NHIỆM VỤ", None],
        ["Từ còn ngờ, cần đối chiếu với bản gốc.", 2, 3, "Chung", 0.4],
    ]


def test_of_very_many_corrections_the_least_sure_are_shown(document: Document) -> None:
    fix = document.corrections[0]
    many = tuple(fix.model_copy(update={"line": n, "confidence": n % 7 / 10 + 0.3}) for n in range(1, 3001))
    sheet = opened(plan_xlsx(replace(document, corrections=many), report=False))["Chỗ đã sửa"]
    shown = [c.value for c in column(sheet, "Dòng")]
    least = sorted(many, key=lambda c: c.confidence)[:MOST_FIXES]
    assert shown == sorted(c.line for c in least)
    assert sheet["A1"].value.startswith("1000 chỗ kém chắc chắn nhất trong 3000")


def test_the_same_document_gives_the_same_bytes(document: Document) -> None:
    assert plan_xlsx(document, report=True) == plan_xlsx(document, report=True)


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_text_comes_back_as_text(text: str) -> None:
    out = BytesIO()
    with workbook(out) as book:
        sheet = Sheet(book, "x", [Column("text", "string", "x", "")])
        sheet.add({"text": text})
        sheet.finish()
    cell = opened(out.getvalue())["x"]["A2"]
    assert cell.value is None if text == "" else cell.data_type == "s"
    assert openpyxl.utils.escape.unescape(cell.value or "").replace("\r\n", "\n").replace("\r", "\n") == text.replace(
        "\r\n", "\n"
    ).replace("\r", "\n")


def test_a_text_longer_than_a_cell_says_where_the_rest_is(document: Document) -> None:
    long = document.plan.nodes[2].model_copy(update={"text": "ơ" * 40_000})
    plan = document.plan.model_copy(update={"nodes": [*document.plan.nodes[:2], long]})
    cell = column(opened(plan_xlsx(replace(document, plan=plan), report=False))["Nhiệm vụ"], "Nội dung nhiệm vụ")[0]
    assert cell.value.endswith("(xem plan.json)")


@needs_office
def test_libreoffice_reads_the_workbook(document: Document, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan_xlsx(document, report=True))
    root = in_office(path)
    assert [attribute(t, "table:name") for t in root.iterfind(".//table:table", NS)] == NAMES
    every = [c for t in NAMES for row in cells(root, t) for c in row]
    assert not [c for c in every if attribute(c, "table:formula")]
    task = cells(root, "Nhiệm vụ")[1]
    assert "=Rà soát, 1-2" in map(shown, task)
    assert "2025-09-30" in [attribute(c, "office:date-value") for c in task]
    links = {a.get(f"{{{NS['xlink']}}}href") for c in task for a in c.iterfind(".//text:a", NS)}
    assert {"#'Toàn văn'.A2", "#'Toàn văn'.A4"} <= {str(link).replace("$", "") for link in links}
    assert [link for link in links if str(link).endswith("report.html#page-1")]
    filters = [attribute(d, "table:target-range-address") for d in root.iterfind(".//table:database-range", NS)]
    assert len(filters) == len(NAMES)
