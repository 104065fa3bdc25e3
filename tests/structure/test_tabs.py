"""Tables with tabs in plain text."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.model import Plan

AsPlan = Callable[..., Plan]
HEAD = "II. NỘI DUNG\n1. Chương trình\n"
TABLE = (
    "Thời gian\tNội dung\tĐơn vị phụ trách\n"
    "Buổi sáng - Tập trung toàn trường\n"
    "7h00 - 7h15\tỔn định tổ chức\tBan Giám hiệu, Đoàn trường\n"
    "7h15 - 8h00\tchuyên đề 1\tcác tổ chuyên môn\n"
)


def test_rows_are_tasks(as_plan: AsPlan) -> None:
    plan = as_plan(f"{HEAD}{TABLE}III. TỔ CHỨC THỰC HIỆN\n1. Ban Giám hiệu\nChỉ đạo chung.")
    assert plan.tables[0].rows == [
        ["Thời gian", "Nội dung", "Đơn vị phụ trách"],
        ["Buổi sáng - Tập trung toàn trường", "", ""],
        ["7h00 - 7h15", "Ổn định tổ chức", "Ban Giám hiệu, Đoàn trường"],
        ["7h15 - 8h00", "chuyên đề 1", "các tổ chuyên môn"],
    ]
    made = [(a.lead, a.deadline and a.deadline.text) for a in plan.assignments if a.table_id]
    assert made == [(["Ban Giám hiệu", "Đoàn trường"], "7h00 - 7h15"), (["các tổ chuyên môn"], "7h15 - 8h00")]
    assert [n.text for n in plan.nodes if n.kind == "section"] == ["NỘI DUNG", "TỔ CHỨC THỰC HIỆN"]


def test_the_same_headings_begin_the_next_table(as_plan: AsPlan) -> None:
    plan = as_plan(f"{HEAD}NGÀY 1\n{TABLE}NGÀY 2\n{TABLE}")
    assert [len(t.rows) for t in plan.tables] == [4, 4]
    assert [n.text for n in plan.nodes if n.kind == "paragraph"] == ["NGÀY 1", "NGÀY 2"]


def test_a_title_row_between_rows(as_plan: AsPlan) -> None:
    rows = "Nội dung công việc\tChủ trì\nI. Chỉ đạo\nHọp\tSở Y tế\nII. Giám sát\nKiểm tra\tSở Nội vụ\n"
    plan = as_plan(f"I. NHIỆM VỤ\n{rows}Trên đây là Kế hoạch.")
    assert [r[0] for r in plan.tables[0].rows] == [
        "Nội dung công việc",
        "I. Chỉ đạo",
        "Họp",
        "II. Giám sát",
        "Kiểm tra",
    ]
    assert [a.lead for a in plan.assignments] == [["Sở Y tế"], ["Sở Nội vụ"]]
    assert [n.text for n in plan.nodes if not n.table_id] == ["NHIỆM VỤ", "Trên đây là Kế hoạch."]


def test_tabs_of_other_lines_are_white_space(as_plan: AsPlan) -> None:
    plan = as_plan("SỞ Y TẾ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nI.\tNHIỆM VỤ\n1.\tRà soát văn bản.\n-\tTập huấn.")
    assert plan.tables == []
    assert [(n.label, n.text) for n in plan.nodes][-1] == ("-", "Tập huấn.")


def test_one_column_says_who_leads_and_who_joins_in(as_plan: AsPlan) -> None:
    rows = (
        "Nội dung\tPhân công nhiệm vụ\tTiến độ\n"
        "1. Kiểm kê mỏ\tChủ trì: Sở A (tổng hợp). Phối hợp: Sở B, Thuế tỉnh, doanh nghiệp.\tQuý IV/2026\n"
        "2. Tập huấn\tSở C chủ trì, phối hợp với Sở D\tnăm 2027\n3. In tài liệu\tSở E, Sở F\t2027\n"
    )
    plan = as_plan(f"Phụ lục I\nBẢNG PHÂN CÔNG\n{rows}")
    assert [(a.lead, a.coordinate) for a in plan.assignments] == [
        (["Sở A (tổng hợp)"], ["Sở B", "Thuế tỉnh", "doanh nghiệp"]),
        (["Sở C"], ["Sở D"]),
        (["Sở E", "Sở F"], []),
    ]
    assert [a.deadline and a.deadline.text for a in plan.assignments] == ["Quý IV/2026", "năm 2027", "2027"]
