"""Ruled tables whose lines know their cells."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.model import Line, Page, Plan, Source
from pipeline.structure import structure

Cells = Sequence[Sequence[str]]
HEAD = ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn")


def plan_of(*tables: Cells, before: Sequence[str] = ("PHỤ LỤC",)) -> Plan:
    """One page a table, each cell's lines parted by a stroke."""
    pages, number = [], 0
    for n, cells in enumerate(tables, 1):
        lines = []
        for text in before if n == 1 else ():
            number += 1
            lines.append(Line(number, text))
        for r, row in enumerate(cells):
            for c, cell in enumerate(row):
                for text in filter(None, cell.split("|")):
                    number += 1
                    lines.append(Line(number, text, cell=(0, r, c)))
        pages.append(Page(n, "scan", tuple(lines)))
    return structure(pages, Source(path="x", sha256="", kind="scan", pages=len(pages)))


def test_rows_are_tasks_with_their_lines() -> None:
    plan = plan_of([HEAD, ("1", "Ban hành|kế hoạch", "Sở Y tế", "Sở Nội vụ, Công an tỉnh", "Quý I/2025"),
                    ("2", "Tập huấn", "Sở Nội vụ", "", "")])  # fmt: skip
    assert plan.tables[0].rows[1] == ["1", "Ban hành kế hoạch", "Sở Y tế", "Sở Nội vụ, Công an tỉnh", "Quý I/2025"]
    assert [(n.label, n.text, n.line_start, n.line_end) for n in plan.nodes if n.table_id] == [
        ("1", "Ban hành kế hoạch", 7, 12),
        ("2", "Tập huấn", 13, 15),
    ]
    first = plan.assignments[0]
    assert (first.lead, first.coordinate) == (["Sở Y tế"], ["Sở Nội vụ", "Công an tỉnh"])
    assert first.deadline
    assert first.deadline.end == "2025-03-31"


def test_headings_below_headings_are_one_row() -> None:
    plan = plan_of([("TT", "Nhiệm vụ", "Phân công", "", "Ghi chú"), ("", "", "Chủ trì", "Phối hợp", ""),
                    ("1", "Họp", "Sở Y tế", "Sở Nội vụ", ""), ("2", "Thi", "Sở Nội vụ", "Sở Y tế", "x")])  # fmt: skip
    assert plan.tables[0].rows[0] == ["TT", "Nhiệm vụ", "Phân công Chủ trì", "Phối hợp", "Ghi chú"]
    assert [(a.lead, a.coordinate) for a in plan.assignments] == [
        (["Sở Y tế"], ["Sở Nội vụ"]),
        (["Sở Nội vụ"], ["Sở Y tế"]),
    ]


def test_a_table_without_running_numbers() -> None:
    plan = plan_of([("Nội dung", "Đơn vị thực hiện"), ("Họp", "Sở Y tế"), ("Tập huấn", "Sở Nội vụ")])
    assert [a.lead for a in plan.assignments] == [["Sở Y tế"], ["Sở Nội vụ"]]


def test_tasks_with_numbers_of_their_own() -> None:
    plan = plan_of([HEAD, ("I", "1. Nghị định", "Bộ Y tế", "", ""), ("", "2. Thông tư", "Bộ Nội vụ", "", "")])
    assert [(n.label, n.text) for n in plan.nodes if n.table_id] == [("1.", "Nghị định"), ("2.", "Thông tư")]


def test_it_goes_on_over_the_page() -> None:
    first = [HEAD, ("1", "Ban hành kế hoạch", "Sở Y tế", "", "")]
    plan = plan_of(first, [HEAD, ("", "năm 2025", "", "", "Quý I/2025"), ("2", "Họp", "Sở Nội vụ", "", "")])
    (made,) = plan.tables
    assert made.rows[1:] == [
        ["1", "Ban hành kế hoạch năm 2025", "Sở Y tế", "", "Quý I/2025"],
        ["2", "Họp", "Sở Nội vụ", "", ""],
    ]


@pytest.mark.parametrize(("left", "tables"), [(700, 1), (420, 2)])
def test_the_last_column_may_stay_empty_on_the_next_page(left: int, tables: int) -> None:
    """The end of a row, told by its place below the same column; elsewhere it is a table of its own."""

    def lines(number: int, row: int, cells: Sequence[str], at: Sequence[int]) -> list[Line]:
        return [
            Line(number + c, cell, cell=(0, row, c), bbox=(x, 60 * row, x + 150, 60 * row + 40))
            for c, (cell, x) in enumerate(zip(cells, at, strict=True))
            if cell
        ]

    at = (200, 300, 700, 1000, 1300)
    first = lines(1, 0, HEAD, at) + lines(6, 1, ("1", "Khảo sát", "Sở Y tế,", "Sở Nội vụ", "Quý I/2026"), at)
    end = lines(11, 0, ("", "", "Công an tỉnh", "", ""), (200, 300, left, 1000, 1300))
    pages = [Page(n, "scan", tuple(part), 1654, 2339) for n, part in enumerate((first, end), 1)]
    plan = structure(pages, Source(path="x", sha256="", kind="scan", pages=2))
    assert [row[2] for row in plan.tables[0].rows[1:]] == (["Sở Y tế, Công an tỉnh"] if tables == 1 else ["Sở Y tế,"])


def test_a_row_whose_number_was_misread_is_one_of_its_own() -> None:
    plan = plan_of([HEAD, ("1", "Tổ chức hội nghị tại các", "Sở Y tế", "Sở Nội vụ", "Quý I/2026"),
                    ("s)", "đồng bộ số định danh", "Sở Nội vụ", "Sở Y tế", "30/4/2026"),
                    ("3", "Đào tạo", "Sở Y tế", "", "Quý II/2026")])  # fmt: skip
    assert [row[0] for row in plan.tables[0].rows] == ["TT", "1", "2", "3"]
    assert len([n for n in plan.nodes if n.table_id]) == 3


def test_a_row_torn_by_dirt_is_whole() -> None:
    plan = plan_of([HEAD, ("1", "Danh mục ban hành kèm theo", "Bộ Tài nguyên và", "", ""),
                    ("", "quyết định này", "Môi trường, Bộ Nội vụ", "", ""),
                    ("2", "Họp", "Bộ Y tế", "", "")])  # fmt: skip
    assert [a.lead for a in plan.assignments] == [["Bộ Tài nguyên và Môi trường", "Bộ Nội vụ"], ["Bộ Y tế"]]


@pytest.mark.parametrize(("read", "true"), [("12", "2"), ("21", "2"), ("7", "7")])
def test_running_numbers(read: str, true: str) -> None:
    rows = [(n, "Họp", "Sở Y tế", "", "") for n in ("1", read, "3")]
    assert plan_of([HEAD, *rows]).tables[0].rows[2][0] == true


def test_column_numbers_are_no_task() -> None:
    plan = plan_of([HEAD, ("(1)", "(2)", "(3)", "(4)", "(5)"), ("1", "Họp", "Sở Y tế", "", "")])
    assert [n.text for n in plan.nodes if n.table_id] == ["Họp"]


def test_numbers_at_the_end_of_a_page_are_no_page_numbers() -> None:
    plan = plan_of([("TT", "Chỉ tiêu", "Số lượng"), ("1", "Trạm y tế", "2")])
    assert plan.tables[0].rows[1] == ["1", "Trạm y tế", "2"]
    assert not plan.quality.furniture


def test_a_heading_alone_is_a_table_too() -> None:
    assert plan_of([("STT", "Họ và tên", "Chuyên khoa")]).tables[0].rows == [["STT", "Họ và tên", "Chuyên khoa"]]


def test_titles_between_the_rows_are_counted() -> None:
    head, row = ("Nội dung", "Chủ trì", "Thời hạn"), ("Họp", "Sở Y tế", "Quý I/2026")
    titles = ("I. Công tác chỉ đạo", "IL. Phát triển dữ liệu", "II. Phát triển nhân lực", "IV. Kinh phí")
    rows = [cells for title in titles for cells in ((title, "", ""), row)]
    plan = plan_of([head, *rows])
    assert [r[0] for r in plan.tables[0].rows if not r[1]] == [
        "I. Công tác chỉ đạo",
        "II. Phát triển dữ liệu",
        "III. Phát triển nhân lực",
        "IV. Kinh phí",
    ]
    assert len([a for a in plan.assignments if a.table_id]) == 4


def test_titles_that_count_otherwise_stay() -> None:
    rows = [
        ("A. Chung", ""),
        ("Họp", "Sở Y tế"),
        ("II. Riêng", ""),
        ("Thi", "Sở Y tế"),
        ("V. Khác", ""),
        ("x", "Sở Y tế"),
    ]
    plan = plan_of([("Nội dung", "Chủ trì"), *rows])
    assert [r[0] for r in plan.tables[0].rows if not r[1]] == ["A. Chung", "II. Riêng", "V. Khác"]


def test_numbers_are_counted_over_titles() -> None:
    head = ("TT", "Nội dung", "Chủ trì")
    rows = [
        ("Giai đoạn 1", "", ""),
        ("lì", "Họp", "Sở Y tế"),
        ("2", "Thi", "Sở Y tế"),
        ("Giai đoạn 2", "", ""),
        ("3", "Chi", "Sở Y tế"),
    ]
    assert [r[0] for r in plan_of([head, *rows]).tables[0].rows[1:]] == ["Giai đoạn 1", "1", "2", "Giai đoạn 2", "3"]
