"""Ways in which offices say who carries out a task, beyond lines of their own below it."""

from __future__ import annotations

from typing import Protocol

import pytest

from pipeline.model import Line, Page, Plan, Source, SourceKind, Style
from pipeline.structure.build import build


class AsPlan(Protocol):
    def __call__(self, text: str, kind: SourceKind = "text_layer") -> Plan: ...


HEAD = "KẾ HOẠCH\nThi hành Luật\n\nI. MỤC ĐÍCH\n- Để thi hành Luật.\n"
Told = list[tuple[list[str], list[str], list[str], str | None, bool]]
"""Of each assignment its tasks, lead, coordinate, deadline, and whether it is implied."""


def told(plan: Plan) -> Told:
    texts = {node.id: node.text for node in plan.nodes}
    return [
        (
            [texts[i] for i in a.task_ids],
            a.lead,
            a.coordinate,
            a.deadline.text if a.deadline else None,
            a.implied,
        )
        for a in plan.assignments
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "II. NHIỆM VỤ\n1. Tổ chức quán triệt\na) Nội dung: Mở hội nghị phổ biến Luật.\n"
            "b) Cơ quan chủ trì: Sở Tư pháp.\nc) Cơ quan phối hợp: Sở Nội vụ, Công an tỉnh.\n"
            "d) Thời gian thực hiện: Quý IV/2025.\n",
            [
                (
                    ["Nội dung: Mở hội nghị phổ biến Luật."],
                    ["Sở Tư pháp"],
                    ["Sở Nội vụ", "Công an tỉnh"],
                    "Quý IV/2025",
                    False,
                )
            ],
            id="lines with letters",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n1. Mở hội nghị phổ biến Luật. Đơn vị thực hiện: Sở Tư pháp; "
            "thời gian: trước ngày 15/12/2025.\n",
            [
                (
                    [
                        "Mở hội nghị phổ biến Luật. Đơn vị thực hiện: Sở Tư pháp; thời gian: trước ngày 15/12/2025.",
                    ],
                    ["Sở Tư pháp"],
                    [],
                    "trước ngày 15/12/2025",
                    False,
                )
            ],
            id="a sentence at the end of the task",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n1. Nội dung, biện pháp\na) Mở lớp phổ biến Luật;\nb) Phát tờ rơi.\n"
            "2. Cơ quan chủ trì, phối hợp\na) Cơ quan chủ trì\n- Sở Y tế.\n- Các sở, ngành liên quan.\n"
            "b) Cơ quan phối hợp\n- Ủy ban nhân dân các xã.\n3. Thời gian thực hiện: Từ tháng 11/2025.\n",
            [
                (
                    ["Mở lớp phổ biến Luật;", "Phát tờ rơi."],
                    ["Sở Y tế", "Các sở, ngành liên quan"],
                    ["Ủy ban nhân dân các xã"],
                    "Từ tháng 11/2025",
                    False,
                )
            ],
            id="names line by line below lead-ins with letters",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n- Mở lớp.\n* Đơn vị thực hiện:\n+ Sở Y tế;\n+ Sở Tư pháp.\n* Thời gian: Quý I/2026.\n",
            [(["Mở lớp."], ["Sở Y tế", "Sở Tư pháp"], [], "Quý I/2026", False)],
            id="names line by line below lead-ins with stars",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n1. Mở lớp phổ biến Luật.\n1.1. Đơn vị thực hiện: Sở Y tế.\n1.2. Thời gian: Quý I/2026.\n"
            "2. Phát tờ rơi.\n2.1. Đơn vị thực hiện: Sở Nội vụ.\n",
            [
                (["Mở lớp phổ biến Luật."], ["Sở Y tế"], [], "Quý I/2026", False),
                (["Phát tờ rơi."], ["Sở Nội vụ"], [], None, False),
            ],
            id="lines with numbers of two parts",
        ),
        pytest.param(
            "II. NHIỆM VỤ\nPhân công thực hiện:\n- Sở Y tế: mở lớp.\n",
            [(["Sở Y tế: mở lớp."], ["Sở Y tế"], [], None, True)],
            id="a lead-in over lines that each name who acts",
        ),
        pytest.param(
            "II. NỘI DUNG\n- Đọc diễn văn (Đ/c Diễn).\n- Văn nghệ (Đ/c Hùng, cô Lan phụ trách).\n"
            "- Trang trí khánh tiết: Thầy Lê Văn Tuấn.\n- Khen thưởng cá nhân: Đ/c Bình.\n- Kiểm tra: Sở A, Sở B.\n",
            [
                (["Đọc diễn văn (Đ/c Diễn)."], ["Đ/c Diễn"], [], None, False),
                (["Văn nghệ (Đ/c Hùng, cô Lan phụ trách)."], ["Đ/c Hùng", "cô Lan"], [], None, False),
                (["Trang trí khánh tiết: Thầy Lê Văn Tuấn."], ["Thầy Lê Văn Tuấn"], [], None, False),
            ],
            id="people in brackets or behind a colon",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n1. Đối thoại\na) Nội dung: chính sách trẻ em.\nb) Thời gian:\n- Trong tháng 6.\n",
            [],
            id="a letter before a title",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n1. Mở hội nghị; phương thức thực hiện: trực tiếp và trực tuyến.\n",
            [],
            id="words with a colon that name nobody",
        ),
        pytest.param(
            "II. TỔ CHỨC THỰC HIỆN\n1. Trách nhiệm của các cơ quan khác\n"
            "Các sở, ban, ngành; UBND các xã, phường: Ban hành kế hoạch của ngành, địa phương mình.\n",
            [
                (
                    ["Các sở, ban, ngành; UBND các xã, phường: Ban hành kế hoạch của ngành, địa phương mình."],
                    ["Các sở, ban, ngành", "UBND các xã, phường"],
                    [],
                    None,
                    True,
                )
            ],
            id="a paragraph that begins with agencies, below a title that names none",
        ),
        pytest.param(
            "II. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ là cơ quan thường trực, có trách nhiệm:\n- Theo dõi, đôn đốc.\n",
            [(["Theo dõi, đôn đốc."], ["Sở Nội vụ"], [], None, True)],
            id="what the agency is besides",
        ),
        pytest.param(
            "II. TỔ CHỨC THỰC HIỆN\n1. Giám đốc các Sở: Xây dựng, Công Thương, theo chức năng, nhiệm vụ được giao, "
            "có trách nhiệm:\n- Hướng dẫn lập quy hoạch.\n2. Ban giám hiệu\n- Phê duyệt kế hoạch.\n",
            [
                (["Hướng dẫn lập quy hoạch."], ["Giám đốc các Sở: Xây dựng, Công Thương"], [], None, True),
                (["Phê duyệt kế hoạch."], ["Ban giám hiệu"], [], None, True),
            ],
            id="on what grounds they act; a board in small letters",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n- Thả cá giống.\n* Phụ trách: Phòng Kinh tế xã; cùng thực hiện: Trạm Y tế xã; "
            "thời gian: từ tháng 3 đến tháng 11 năm 2026.\n",
            [
                (
                    ["Thả cá giống."],
                    ["Phòng Kinh tế xã"],
                    ["Trạm Y tế xã"],
                    "từ tháng 3 đến tháng 11 năm 2026",
                    False,
                )
            ],
            id="who helps",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n1. Duy tu\na) Làm mới đường băng cản lửa.\nb) Kiểm tra, bổ sung phương tiện chữa cháy.\n"
            "* Chủ rừng chịu trách nhiệm thực hiện. Thời gian: tháng 3/2026.\n"
            "2. Trực cháy\na) Trực 24/24 giờ trong mùa khô.\nb) Lập 38 chốt trực.\n"
            "* Các Hạt Kiểm lâm thực hiện thường xuyên.\n",
            [
                (
                    ["Làm mới đường băng cản lửa.", "Kiểm tra, bổ sung phương tiện chữa cháy."],
                    ["Chủ rừng"],
                    [],
                    "tháng 3/2026",
                    False,
                ),
                (
                    ["Trực 24/24 giờ trong mùa khô.", "Lập 38 chốt trực."],
                    ["Các Hạt Kiểm lâm"],
                    [],
                    "thường xuyên",
                    False,
                ),
            ],
            id="a star line that says who carries out or answers for what stands above",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n1. Thể chế\nTrình Chính phủ ban hành Nghị định. Nhiệm vụ này do Cục Xuất nhập khẩu chủ trì, "
            "phối hợp với Vụ Pháp chế thực hiện, hoàn thành trong tháng 5 năm 2025.\n",
            [
                (
                    [
                        "Trình Chính phủ ban hành Nghị định. Nhiệm vụ này do Cục Xuất nhập khẩu chủ trì, "
                        "phối hợp với Vụ Pháp chế thực hiện, hoàn thành trong tháng 5 năm 2025."
                    ],
                    ["Cục Xuất nhập khẩu"],
                    ["Vụ Pháp chế"],
                    "tháng 5 năm 2025",
                    False,
                )
            ],
            id="a last sentence that says by whom this is done",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n- Hoàn thành 07 công trình.\n"
            "- Cơ quan chủ trì, tham mưu: Sở Xây dựng; phối hợp: Sở Tài chính.\n"
            "- Thời gian: Quý II/2026.\n",
            [(["Hoàn thành 07 công trình."], ["Sở Xây dựng"], ["Sở Tài chính"], "Quý II/2026", False)],
            id="a lead-in that says more, first of its lines",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n- Đơn vị thực hiện tốt: tuyên dương, nêu gương.\n- Họp giao ban.\n",
            [],
            id="a lead-in that names nobody",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n- Tổ chức diễn đàn.\n"
            "- Đơn vị tham mưu: Ban Phong trào phối hợp với Hội Doanh nhân trẻ tỉnh.\n"
            "- Thời gian, địa điểm: Ngày 01/3/2026 tại Quảng trường.\n",
            [
                (
                    ["Tổ chức diễn đàn."],
                    ["Ban Phong trào"],
                    ["Hội Doanh nhân trẻ tỉnh"],
                    "Ngày 01/3/2026 tại Quảng trường",
                    False,
                )
            ],
            id="with whom, behind the lead",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n1. Kiện toàn Ban Chỉ đạo. Phòng Nội vụ tham mưu, hoàn thành trong tháng 01/2026.\n"
            "2. Ban hành quy chế. Các đơn vị thực hiện nghiêm quy chế.\n",
            [
                (
                    ["Kiện toàn Ban Chỉ đạo. Phòng Nội vụ tham mưu, hoàn thành trong tháng 01/2026."],
                    ["Phòng Nội vụ"],
                    [],
                    "tháng 01/2026",
                    False,
                )
            ],
            id="a last sentence that says no more than who and when",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n- Mở lớp; Sở Nội vụ chủ trì, phối hợp với Công an tỉnh thực hiện trong Quý I/2026.\n"
            "- Rà soát; Sở Nội vụ chủ trì hội nghị.\n",
            [
                (
                    ["Mở lớp; Sở Nội vụ chủ trì, phối hợp với Công an tỉnh thực hiện trong Quý I/2026."],
                    ["Sở Nội vụ"],
                    ["Công an tỉnh"],
                    "Quý I/2026",
                    False,
                )
            ],
            id="a last clause that says no more than who and when",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n- Đưa chỉ tiêu vào kế hoạch (Các huyện ủy, thành ủy thực hiện; thường xuyên).\n"
            "- Sửa quy chế (Sở Nội vụ thực hiện tại Công văn số 12/SNV-TH).\n",
            [
                (
                    ["Đưa chỉ tiêu vào kế hoạch (Các huyện ủy, thành ủy thực hiện; thường xuyên)."],
                    ["Các huyện ủy, thành ủy"],
                    [],
                    "thường xuyên",
                    False,
                )
            ],
            id="a remark that says no more than who and when",
        ),
        pytest.param(
            "II. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ: Là cơ quan thường trực, chủ trì theo dõi; báo cáo Sở Nội vụ.\n",
            [
                (
                    ["Phòng Nội vụ: Là cơ quan thường trực, chủ trì theo dõi; báo cáo Sở Nội vụ."],
                    ["Phòng Nội vụ"],
                    [],
                    None,
                    True,
                )
            ],
            id="what an agency before a colon is",
        ),
        pytest.param(
            "II. TỔ CHỨC THỰC HIỆN\n1. Công an xã xây dựng phương án bảo đảm an ninh, xong trước ngày 31/01/2026.\n"
            "2. Trưởng các thôn tuyên truyền, vận động Nhân dân treo cờ Tổ quốc.\n",
            [
                (
                    ["Công an xã xây dựng phương án bảo đảm an ninh, xong trước ngày 31/01/2026."],
                    ["Công an xã"],
                    [],
                    "trước ngày 31/01/2026",
                    False,
                ),
                (
                    ["Trưởng các thôn tuyên truyền, vận động Nhân dân treo cờ Tổ quốc."],
                    ["Trưởng các thôn"],
                    [],
                    None,
                    False,
                ),
            ],
            id="who does what, where work is shared out",
        ),
        pytest.param(
            "II. CHẾ ĐỘ THÔNG TIN, BÁO CÁO\n1. Các phòng báo cáo Ủy ban nhân dân huyện trước ngày 20/6/2025.\n"
            "2. Phòng Nội vụ tổng hợp, tham mưu báo cáo Ủy ban nhân dân tỉnh.\n",
            [],
            id="who reports to whom",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n1. Nghị định quy định chi tiết Luật.\n- Đơn vị chủ trì: Cục Đường sắt (đối với đường sắt), "
            "Cục Đường bộ (đối với đường bộ).\n- Thời hạn trình Chính phủ: Trước ngày 15/11/2025.\n",
            [
                (
                    ["Nghị định quy định chi tiết Luật."],
                    ["Cục Đường sắt", "Cục Đường bộ"],
                    [],
                    "Trước ngày 15/11/2025",
                    False,
                )
            ],
            id="a lead-in that says more, beside one that assigns; what a name is asked about",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n- Tiếp nhận, cấp phát vắc xin. Phòng Kinh tế phụ trách, xong trong tháng 02/2026.\n"
            "- Tổ chức tiêm phòng.\n* Phụ trách: Phòng Kinh tế xã.\n",
            [
                (
                    ["Tiếp nhận, cấp phát vắc xin. Phòng Kinh tế phụ trách, xong trong tháng 02/2026."],
                    ["Phòng Kinh tế"],
                    [],
                    "tháng 02/2026",
                    False,
                ),
                (["Tổ chức tiêm phòng."], ["Phòng Kinh tế xã"], [], None, False),
            ],
            id="a task whose last sentence assigns it, above one that a lead-in assigns",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n- Chậm nhất ngày 30/11/2025, Ủy ban nhân dân cấp xã quyết định thành lập Ủy ban bầu cử.\n"
            "- Thành lập Ban bầu cử.\n* Thời hạn: 04/01/2026.\n* Cơ quan tham mưu: Sở Nội vụ.\n"
            "* Cộng tác: HTX Yên Trung.\n",
            [
                (
                    ["Chậm nhất ngày 30/11/2025, Ủy ban nhân dân cấp xã quyết định thành lập Ủy ban bầu cử."],
                    ["Ủy ban nhân dân cấp xã"],
                    [],
                    "Chậm nhất ngày 30/11/2025",
                    False,
                ),
                (["Thành lập Ban bầu cử."], ["Sở Nội vụ"], ["HTX Yên Trung"], "04/01/2026", False),
            ],
            id="a task that says who acts by when, above one that lead-ins assign",
        ),
        pytest.param(
            "III. TIẾN ĐỘ THỰC HIỆN\n1. Trước ngày 20/3/2026: Văn phòng xã xây dựng đề cương.\n"
            "2. Trước ngày 20/5/2026: Hoàn thiện báo cáo (Ban Pháp chế chủ trì).\n",
            [
                (
                    ["Trước ngày 20/3/2026: Văn phòng xã xây dựng đề cương."],
                    ["Văn phòng xã"],
                    [],
                    "Trước ngày 20/3/2026",
                    False,
                ),
                (
                    ["Trước ngày 20/5/2026: Hoàn thiện báo cáo (Ban Pháp chế chủ trì)."],
                    ["Ban Pháp chế"],
                    [],
                    "Trước ngày 20/5/2026",
                    False,
                ),
            ],
            id="by when, a colon, and who acts",
        ),
        pytest.param(
            "III. TỔ CHỨC THỰC HIỆN\n1. Trung tâm Kiểm soát thanh toán điện tử: Chủ trì chuẩn bị tài liệu.\n"
            "2. Cơ sở KCB BHYT: Cử cán bộ dự họp.\n",
            [
                (
                    ["Trung tâm Kiểm soát thanh toán điện tử: Chủ trì chuẩn bị tài liệu."],
                    ["Trung tâm Kiểm soát thanh toán điện tử"],
                    [],
                    None,
                    True,
                ),
                (["Cơ sở KCB BHYT: Cử cán bộ dự họp."], ["Cơ sở KCB BHYT"], [], None, True),
            ],
            id="who is told to lead, whatever verbs the name holds",
        ),
    ],
)
def test_who_does_what(as_plan: AsPlan, text: str, expected: Told) -> None:
    assert told(as_plan(HEAD + text)) == expected


ORG = "IV. TỔ CHỨC THỰC HIỆN\n"
SENTENCES: list[tuple[str, str, list[tuple[list[str], list[str], str | None]]]] = [
    (
        "numbers of the organisation",
        ORG + "1. Thành lập Ban Chỉ đạo do đồng chí Bí thư làm Trưởng Ban.\n"
        "2. Đảng đoàn Quốc hội lãnh đạo, chỉ đạo rà soát, hoàn thiện pháp luật.\n"
        "3. Văn phòng Trung ương Đảng phối hợp với Ban Kinh tế Trung ương theo dõi, kiểm tra kết quả.\n",
        [
            (["Đảng đoàn Quốc hội"], [], None),
            (["Văn phòng Trung ương Đảng"], ["Ban Kinh tế Trung ương"], None),
        ],
    ),
    (
        "a bullet with a date",
        "III. NHIỆM VỤ\n- Xã A, xã B kiểm tra.\n- Ủy ban nhân dân quận, huyện tổng hợp, gửi Sở Xây dựng "
        "trước ngày 20/9/2025.\n",
        [(["Ủy ban nhân dân quận, huyện"], [], "trước ngày 20/9/2025")],
    ),
    (
        "bullets of the organisation that go from agency to agency",
        ORG + "- Các tỉnh ủy, thành ủy xây dựng kế hoạch cụ thể hóa.\n"
        "- Ban cán sự đảng Chính phủ chỉ đạo tổ chức thực hiện.\n",
        [(["Các tỉnh ủy, thành ủy"], [], None), (["Ban cán sự đảng Chính phủ"], [], None)],
    ),
    (
        "behind an introductory clause",
        "III. NHIỆM VỤ\n- Trên cơ sở đề nghị của Ủy ban nhân dân quận, huyện, Sở Xây dựng chủ trì, phối hợp với "
        "Sở Tài chính lập Đề án.\n",
        [(["Sở Xây dựng"], ["Sở Tài chính"], None)],
    ),
    (
        "a regular date",
        ORG + "1. Định kỳ hằng quý, Sở Y tế báo cáo Ủy ban nhân dân tỉnh.\n",
        [(["Sở Y tế"], [], "Định kỳ hằng quý")],
    ),
    (
        "the date below a sentence",
        "III. NHIỆM VỤ\n1. Bước 1: Lập danh sách.\nỦy ban nhân dân xã lập danh sách gửi Ủy ban nhân dân huyện.\n"
        "Thời gian hoàn tất: trước ngày 25 tháng 7 năm 2025.\n",
        [(["Ủy ban nhân dân xã"], [], None), ([], [], "trước ngày 25 tháng 7 năm 2025")],
    ),
    (
        "a paragraph with a date",
        "III. PHÂN CÔNG THỰC HIỆN\nSở Kế hoạch và Đầu tư tổng hợp, trình Ủy ban nhân dân tỉnh trong quí 2 năm 2025.\n"
        "Sở Y tế đã trình trong quý 1 năm 2025.\n- Tổ chức hội nghị.\n",
        [(["Sở Kế hoạch và Đầu tư"], [], "quí 2 năm 2025")],
    ),
    (
        "a heading with partners",
        ORG + "1. Các sở, ngành tỉnh, Ủy ban nhân dân các huyện phối hợp với Sở Tài chính:\n- Lập danh mục dự án.\n"
        "2. Sở Tài chính chủ trì, phối hợp với các sở, ngành:\n- Hướng dẫn.\n",
        [
            (["Các sở, ngành tỉnh", "Ủy ban nhân dân các huyện"], ["Sở Tài chính"], None),
            (["Sở Tài chính"], ["các sở, ngành"], None),
        ],
    ),
    (
        "a heading that runs on",
        ORG + "1. Sở Y tế: Trong thời hạn 05 ngày làm việc, có trách nhiệm:\na) Kiểm tra hồ sơ;\nb) Trả lời.\n"
        "2. Các sở: Nội vụ, Tài chính\n- Phối hợp.\n",
        [(["Sở Y tế"], [], None), (["Các sở: Nội vụ, Tài chính"], [], None)],
    ),
    (
        "given inside a sentence",
        "1. Giao Sở Công Thương chủ trì hướng dẫn.\n2. Đối với các cụm: A và B, giao UBND phường Văn Phú tìm kiếm nhà "
        "đầu tư.\n3. Giao Sở Tài chính cân đối vốn trong Kế hoạch đầu tư công trung hạn giai đoạn 2026-2030.\n",
        [(["Sở Công Thương"], [], None), (["UBND phường Văn Phú"], [], None), (["Sở Tài chính"], [], None)],
    ),
    (
        "how is not when",
        ORG + "1. Sở Y tế thường xuyên kiểm tra các cơ sở.\n2. Sở Nội vụ theo dõi thường xuyên.\n"
        "3. Sở Công Thương thực hiện Chiến lược phát triển khoa học, công nghệ đến năm 2030.\n",
        [(["Sở Y tế"], [], None), (["Sở Nội vụ"], [], "thường xuyên"), (["Sở Công Thương"], [], None)],
    ),
    (
        "a body told by who runs it",
        ORG + "1. UBND các xã có cụm công nghiệp do cấp xã quản lý: khẩn trương lập hồ sơ.\n",
        [(["UBND các xã có cụm công nghiệp do cấp xã quản lý"], [], None)],
    ),
    (
        "people outside the tasks",
        "A. Chương trình\n- Chào cờ (Đ/c Trinh).\n- Đánh trống (Hiệu trưởng).\n",
        [(["Đ/c Trinh"], [], None)],
    ),
    (
        "numerals in brackets",
        ORG + "1. Sở Tài chính:\n(i) khẩn trương rà soát kiến nghị;\n(ii) Bố trí vốn.\n",
        [(["Sở Tài chính"], [], None)],
    ),
    (
        "all the others",
        ORG + "1. Các bộ, ban, ngành khác: Căn cứ chức năng, phối hợp với Sở Y tế thực hiện.\n",
        [(["Các bộ, ban, ngành khác"], [], None)],
    ),
    (
        "on what plan somebody acts",
        ORG + "1. Căn cứ Kế hoạch này, Ủy ban nhân dân cấp xã xây dựng kế hoạch chi tiết.\n",
        [(["Ủy ban nhân dân cấp xã"], [], None)],
    ),
    (
        "what hinders is no task",
        ORG + "1. Giao Công an tỉnh chủ trì hướng dẫn.\n2. Quá trình thực hiện nếu có vướng mắc, các đơn vị báo cáo.\n",
        [(["Công an tỉnh"], [], None)],
    ),
    (
        "reports",
        "V. CHẾ ĐỘ THÔNG TIN, BÁO CÁO\n1. Các phòng báo cáo trước ngày 20/6/2026.\n2. Công an xã tổng hợp.\n",
        [],
    ),
    (
        "nothing but a time behind the names",
        "II. NHIỆM VỤ\n- Mở lớp tập huấn (Sở Y tế chủ trì, phối hợp với Sở Nội vụ, Tỉnh Đoàn; tháng 7/2025).\n"
        "- In tài liệu (Sở Y tế chủ trì, phối hợp với Sở Nội vụ, Tỉnh Đoàn, Quý II/2025).\n"
        "- Tổng kết (Sở Y tế chủ trì, phối hợp với Sở Nội vụ; cả năm 2025).\n"
        "- Kiểm tra (Sở Y tế chủ trì, phối hợp với Sở Nội vụ; tháng 5, tháng 10/2025).\n",
        [
            (["Sở Y tế"], ["Sở Nội vụ", "Tỉnh Đoàn"], "tháng 7/2025"),
            (["Sở Y tế"], ["Sở Nội vụ", "Tỉnh Đoàn"], "Quý II/2025"),
            (["Sở Y tế"], ["Sở Nội vụ"], "cả năm 2025"),
            (["Sở Y tế"], ["Sở Nội vụ"], "tháng 5, tháng 10/2025"),
        ],
    ),
    (
        "a partner of a small name",
        ORG + "1. Giao Phòng Nội vụ chủ trì, phối hợp với các tổ dân phố biên soạn tối thiểu 02 tài liệu.\n",
        [(["Phòng Nội vụ"], ["các tổ dân phố"], None)],
    ),
    (
        "reports, misread",
        "V. CHẾ ĐỘ THÔNG TTIN, BÁO CÁO\n1. Các phòng báo cáo trước ngày 20/6/2026.\n2. Công an xã tổng hợp.\n",
        [],
    ),
    ("an article of law", "Điều 5. Trình tự kiểm tra\n1. Sở Y tế tổ chức kiểm tra.\n2. Đơn vị báo cáo kết quả.\n", []),
    (
        "an article that shares work out, and what is no task",
        "Điều 2. Tổ chức thực hiện\n1. Sở Y tế kiểm tra.\n2. Trên cơ sở ý kiến của Sở A, Sở Tài chính bố trí vốn.\n"
        "3. Quyết định này có hiệu lực kể từ ngày ký.\n4. Bãi bỏ Quyết định số 12/QĐ-UBND.\n"
        "5. Các quy định khác giữ nguyên.\n",
        [(["Sở Y tế"], [], None), (["Sở Tài chính"], [], None)],
    ),
    (
        "within its powers, and what stands below",
        "Điều 2. Tổ chức thực hiện\n"
        "1. Trong phạm vi nhiệm vụ, quyền hạn của mình, bộ, cơ quan ngang bộ cung cấp thông tin.\n"
        "Bộ Tư pháp tăng cường thẩm định.\nSở Y tế thực hiện nghiêm túc./.\n",
        [(["bộ, cơ quan ngang bộ"], [], None), (["Bộ Tư pháp"], [], None)],
    ),
    (
        "a heading that says what somebody does",
        ORG + "1. Thường trực Hội đồng nhân dân thực hiện các hoạt động giám sát sau đây:\n- Họp.\n"
        "2. Tổ Kiểm kê rừng\n- Lập hồ sơ.\n"
        "3. Trách nhiệm của các bộ được giao chủ trì các Dự án, Tiểu dự án thành phần và "
        "tham gia thực hiện Chương trình\n- Lập kế hoạch.\n",
        [
            (["Thường trực Hội đồng nhân dân"], [], None),
            (["Tổ Kiểm kê rừng"], [], None),
            (
                ["các bộ được giao chủ trì các Dự án, Tiểu dự án thành phần và tham gia thực hiện Chương trình"],
                [],
                None,
            ),
        ],
    ),
    (
        "a table follows",
        ORG + "Phân công cơ quan trình, cơ quan chủ trì thẩm tra các dự án như sau:\n",
        [],
    ),
    (
        "names behind a colon",
        ORG + "1. Các Sở: Y tế, Nội vụ chủ trì, phối hợp với Công an tỉnh rà soát.\n"
        "2. Các phòng: Căn cứ Kế hoạch, Tài liệu này.\n",
        [(["Các Sở: Y tế, Nội vụ"], ["Công an tỉnh"], None), (["Các phòng"], [], None)],
    ),
    (
        "what is sent, and how often first",
        ORG + "- Báo cáo của các sở, ngành gửi về UBND tỉnh trước ngày 12/6/2026.\n"
        "- Định kỳ hằng tuần, trước 16 giờ 00 ngày thứ Sáu, Sở Y tế gửi số liệu.\n- Báo cáo của Sở Y tế về kết quả.\n",
        [
            (["các sở, ngành"], [], "trước ngày 12/6/2026"),
            (["Sở Y tế"], [], "Định kỳ hằng tuần, trước 16 giờ 00 ngày thứ Sáu"),
        ],
    ),
    (
        "years of a budget, and of a programme",
        ORG + "- Sở Tài chính bố trí trong dự toán ngân sách nhà nước hằng năm.\n"
        "- Sở Y tế thực hiện Chương trình mục tiêu quốc gia phòng, chống ma túy đến năm 2030.\n",
        [(["Sở Tài chính"], [], None), (["Sở Y tế"], [], None)],
    ),
    ("cases are nobody", ORG + "1. Đối với các trường hợp ủy quyền cho thân nhân, xem xét từng hồ sơ.\n", []),
]


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(text, expected, id=name) for name, text, expected in SENTENCES]
)
def test_sentences_that_begin_with_who_acts(
    as_plan: AsPlan, text: str, expected: list[tuple[list[str], list[str], str | None]]
) -> None:
    assert [(lead, coordinate, until) for _, lead, coordinate, until, _ in told(as_plan(HEAD + text))] == expected


def test_who_is_told_to_lead_leads(as_plan: AsPlan) -> None:
    """... and who tells them is the rest."""
    text = "II. NHIỆM VỤ\n- Tu bổ mộ (Đảng ủy xã lãnh đạo, chỉ đạo Sở Nội vụ chủ trì, phối hợp với Sở Y tế).\n"
    [duty] = as_plan(HEAD + text).assignments
    assert (duty.lead, duty.coordinate, duty.others) == (["Sở Nội vụ"], ["Sở Y tế"], ["Đảng ủy xã"])


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        ("Các phòng, trạm căn cứ Kế hoạch này khẩn trương triển khai thực hiện./.", "paragraph"),
        ("Nhiệm vụ cụ thể được quy định tại Phụ lục kèm theo./.", "paragraph"),
        ("Kết thúc đợt kiểm tra, các đơn vị báo cáo kết quả về Sở đúng thời gian quy định./.", "task"),
    ],
)
def test_the_last_words_are_no_task(as_plan: AsPlan, last: str, kind: str) -> None:
    plan = as_plan(HEAD + f"II. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\nTheo dõi, đôn đốc.\n{last}\n")
    assert [(n.kind, n.text) for n in plan.nodes][-2:] == [("task", "Theo dõi, đôn đốc."), (kind, last)]


def test_a_request_inside_the_words_above_the_last_ones_is_no_task(as_plan: AsPlan) -> None:
    last = "Đây là nhiệm vụ quan trọng. Ủy ban nhân dân tỉnh yêu cầu Lãnh đạo các sở, ngành chủ động thực hiện."
    plan = as_plan(HEAD + f"{ORG}1. Sở Nội vụ\nTheo dõi, đôn đốc.\n{last}\nTrên đây là Kế hoạch thi hành Luật./.\n")
    assert [n.kind for n in plan.nodes][-3:] == ["task", "paragraph", "paragraph"]


@pytest.mark.parametrize(("sign", "ends"), [("bold", True), ("", False)])
def test_a_bold_title_ends_where_bold_print_does(sign: Style, ends: bool) -> None:
    """The title is set in the middle, so that its width does not tell."""
    title = "Triển khai thi hành Luật Công chứng và các văn bản quy định chi tiết thi hành Luật"
    opening = "Ngày 26 tháng 11 năm 2024, tại Kỳ họp thứ 8, Quốc hội khóa XV thông qua Luật Công chứng"
    rest = ["số 46/2024/QH15; Sở Tư pháp ban hành Kế hoạch như sau:", "I. MỤC ĐÍCH", "- Để thi hành Luật."]
    lines = []
    for n, text in enumerate(["KẾ HOẠCH", title, opening, *rest] + ["- Nâng cao nhận thức của cán bộ."] * 5, 1):
        style: Style = sign if n in (1, 2, 5) else ""
        left, right = {2: (250, 1450), 3: (210, 1540)}.get(n, (170, 1000))
        lines.append(Line(n, text, (), (left, 40 * n, right, 40 * n + 30), None, style, style))
    page = Page(1, "text_layer", tuple(lines), 1654, 2339)
    plan, _ = build([page], Source(path="x", sha256="", kind="text_layer", pages=1))
    assert (plan.metadata.title == title) == ends


TASK = "II. NHIỆM VỤ\n1. Mỗi con bò có 1,5 tấn rơm khô; trồng thêm 40 ha cỏ voi.\n{}2. Che chắn chuồng trại.\n"


@pytest.mark.parametrize(
    "when",
    [
        "Từ nay đến hết tháng 02/2026",
        "Xong trước ngày 30/11/2025",
        "Hoàn thành trong tháng 9",
        "Tháng 3, tháng 9",
        "Cả năm 2026",
        "Quý II và Quý III/2026",
        "Định kỳ hằng quý",
        "Hết tháng 3/2026 phải xong",
        "Gieo trồng xong trong tháng 11, thu cắt khi vào rét đậm",
    ],
)
def test_a_line_that_only_says_by_when_is_of_the_lines_that_say_who(as_plan: AsPlan, when: str) -> None:
    lines = f"- Phụ trách: Hội Nông dân xã.\n- Cùng thực hiện: Đoàn Thanh niên xã.\n- {when}.\n"
    task = "Mỗi con bò có 1,5 tấn rơm khô; trồng thêm 40 ha cỏ voi."
    expected = ([task], ["Hội Nông dân xã"], ["Đoàn Thanh niên xã"], when, False)
    assert told(as_plan(HEAD + TASK.format(lines)))[0] == expected


@pytest.mark.parametrize(
    "lines",
    [
        "- Phụ trách: Hội Nông dân xã.\n- Trong tháng 9, tổ chức hội nghị.\n",
        "- Phụ trách: Hội Nông dân xã.\n- Báo cáo trước ngày 15/12/2025.\n",
        "- Phụ trách: Hội Nông dân xã.\n- Thường xuyên kiểm tra chuồng trại.\n",
        "- Phụ trách: Hội Nông dân xã.\n- Gieo trồng xong trong tháng 11.\n- Thu cắt khi vào rét đậm.\n",
    ],
)
def test_a_line_that_says_what_to_do_by_when_is_a_task(as_plan: AsPlan, lines: str) -> None:
    plan = as_plan(HEAD + TASK.format(lines))
    assert plan.assignments[0].deadline is None
    assert lines.split("\n- ")[1].rstrip() in [node.text for node in plan.nodes if node.kind == "task"]
