"""What bold and italic print tells of the structure. In the texts here ** begins a bold line, // an italic one."""

from __future__ import annotations

import pytest

from pipeline.model import Line, Page, Plan, Source, Style
from pipeline.structure.build import build
from pipeline.structure.rows import rows_of
from pipeline.structure.styles import trusted

HEAD = (
    "**SỞ DU LỊCH\nSố: 21/KH-SDL\n**KẾ HOẠCH\n**Phát triển du lịch cộng đồng\n**I. MỤC ĐÍCH\n"
    "- Tạo sinh kế cho người dân ở các bản.\n- Giữ gìn lễ hội.\n- Giữ gìn nghề dệt.\n**II. NHIỆM VỤ\n"
)
SIGNS: dict[str, Style] = {"**": "bold", "//": "italic", "": ""}


def page(text: str) -> Page:
    lines = []
    for number, line in enumerate(text.splitlines(), 1):
        sign = line[:2] if line[:2] in SIGNS else ""
        lines.append(Line(number, line.removeprefix(sign), style=SIGNS[sign], opening=SIGNS[sign]))
    return Page(1, "text_layer", tuple(lines))


def plan(text: str) -> Plan:
    return build([page(HEAD + text)], Source(path="x", sha256="", kind="text_layer", pages=1))[0]


def kinds(text: str) -> list[tuple[str, str, str]]:
    nodes = plan(text).nodes
    start = next(i for i, node in enumerate(nodes) if node.text == "NHIỆM VỤ")
    return [(node.kind, node.label, node.text) for node in nodes[start + 1 :]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "**1. Hạ tầng\n**Đường vào bản\n- Nâng cấp đường vào bản.\n**Cơ sở lưu trú\n- Cải tạo nhà sàn.\n",
            [
                ("subsection", "1.", "Hạ tầng"),
                ("subsection", "", "Đường vào bản"),
                ("task", "-", "Nâng cấp đường vào bản."),
                ("subsection", "", "Cơ sở lưu trú"),
                ("task", "-", "Cải tạo nhà sàn."),
            ],
            id="a bold line without a number is a heading",
        ),
        pytest.param(
            "PHỤ LỤC\nDANH MỤC ĐỀ ÁN TRIỂN KHAI CHƯƠNG TRÌNH HÀNH\n**ĐỘNG\n- Nâng cấp đường.\n",
            [
                ("section", "PHỤ LỤC", "DANH MỤC ĐỀ ÁN TRIỂN KHAI CHƯƠNG TRÌNH HÀNH ĐỘNG"),
                ("item", "-", "Nâng cấp đường."),
            ],
            id="a title in capitals goes on, however bold its last word looks",
        ),
        pytest.param(
            "**1. Hạ tầng\n- Nâng cấp đường.\nCơ sở lưu trú\n- Cải tạo nhà sàn.\n",
            [
                ("subsection", "1.", "Hạ tầng"),
                ("task", "-", "Nâng cấp đường."),
                ("paragraph", "", "Cơ sở lưu trú"),
                ("task", "-", "Cải tạo nhà sàn."),
            ],
            id="a line that is not bold is none",
        ),
        pytest.param(
            "**1. Hạ tầng\n- Nâng cấp đường.\n**Các đơn vị báo cáo trước ngày 15 hằng tháng.\n- Cải tạo nhà sàn.\n",
            [
                ("subsection", "1.", "Hạ tầng"),
                ("task", "-", "Nâng cấp đường."),
                ("paragraph", "", "Các đơn vị báo cáo trước ngày 15 hằng tháng."),
                ("task", "-", "Cải tạo nhà sàn."),
            ],
            id="a bold sentence is none",
        ),
        pytest.param(
            "**1. Hạ tầng\n- Nâng cấp đường.\n"
            "**Các đơn vị báo cáo kết quả về Công\nđoàn ngành trước ngày 15 hằng tháng.\n",
            [
                ("subsection", "1.", "Hạ tầng"),
                ("task", "-", "Nâng cấp đường."),
                ("paragraph", "", "Các đơn vị báo cáo kết quả về Công đoàn ngành trước ngày 15 hằng tháng."),
            ],
            id="a sentence of which one line looks bold is none",
        ),
        pytest.param(
            "**1. Nâng cấp các tuyến đường vào những bản có điểm du lịch cộng đồng trên địa bàn\n"
            "Rà soát, nâng cấp bốn tuyến đường vào các bản trên địa bàn của hai huyện miền núi.\n",
            [
                ("subsection", "1.", "Nâng cấp các tuyến đường vào những bản có điểm du lịch cộng đồng trên địa bàn"),
                (
                    "paragraph",
                    "",
                    "Rà soát, nâng cấp bốn tuyến đường vào các bản trên địa bàn của hai huyện miền núi.",
                ),
            ],
            id="a heading ends where bold print ends, though its line is full",
        ),
        pytest.param(
            "**1. Hạ tầng\n- Nâng cấp đường.\n2. Thời gian: từ tháng 3 đến tháng 9 năm 2025\n",
            [
                ("subsection", "1.", "Hạ tầng"),
                ("task", "-", "Nâng cấp đường."),
                ("item", "2.", "Thời gian: từ tháng 3 đến tháng 9 năm 2025"),
            ],
            id="a number that is not bold is no heading where others are",
        ),
        pytest.param(
            "**1. Hạ tầng\n- Nâng cấp đường.\n**PHỤ LỤC: CÁC ĐIỂM DU LỊCH\n(Kèm theo Kế hoạch)\n",
            [
                ("subsection", "1.", "Hạ tầng"),
                ("task", "-", "Nâng cấp đường."),
                ("section", "", "PHỤ LỤC: CÁC ĐIỂM DU LỊCH"),
                ("paragraph", "", "(Kèm theo Kế hoạch)"),
            ],
            id="the title of an annex is known by its words",
        ),
    ],
)
def test_headings(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert kinds(text) == expected


LEADS = "Phòng Quản lý du lịch chủ trì, phối hợp với Bảo tàng tỉnh thực hiện."


@pytest.mark.parametrize(
    ("sign", "tasks"),
    [("//", ["Nâng cấp đường.", "Cải tạo nhà sàn."]), ("", [LEADS])],
    ids=["italic: of the tasks above", "upright: a task of its own"],
)
def test_a_line_without_a_label_that_assigns(sign: str, tasks: list[str]) -> None:
    found = plan(f"**1. Hạ tầng\n- Nâng cấp đường.\n- Cải tạo nhà sàn.\n{sign}{LEADS}\n")
    (assignment,) = found.assignments
    texts = {node.id: node.text for node in found.nodes}
    assert [texts[i] for i in assignment.task_ids] == tasks
    assert (assignment.lead, assignment.coordinate) == (["Phòng Quản lý du lịch"], ["Bảo tàng tỉnh"])


BODY = "- Rà soát, nâng cấp các tuyến đường\nvào bản, các điểm dừng chân.\n" * 6


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("**I. MỤC TIÊU\n**1. Mục tiêu chung\n" + BODY, True),
        ("**I. MỤC TIÊU\n" + BODY, False),  # one may be an accident
        ("**I. MỤC TIÊU\n**1. Mục tiêu chung\n**- Rà soát các tuyến đường\n", False),  # all is bold
        ("**I. MỤC TIÊU\n**1. Mục tiêu chung\n" + BODY.replace("\nvào", "\n**vào"), False),  # thick anywhere
        (BODY, False),
    ],
)
def test_trusted(text: str, told: bool) -> None:
    rows = trusted(rows_of([page(text)]))
    assert [row.text for row in rows] == [row.text for row in rows_of([page(text)])]
    assert any(row.bold for row in rows) == told
