# ruff: noqa: E501 - one case a line
"""The number in the head: taken where the engine is sure of it, left out where it doubts (handwriting)."""

from collections.abc import Callable

import pytest

from pipeline.model import Line, Page, Plan, Source, Word
from pipeline.structure import structure


@pytest.mark.parametrize(("confidence", "number"), [(0.91, "2004/KH-SYT"), (0.38, None), (None, "2004/KH-SYT")])
def test_a_number_that_the_engine_doubts_is_not_taken(confidence: float | None, number: str | None) -> None:
    texts = ["SỞ Y TẾ", "Số: 2004/KH-SYT", "KẾ HOẠCH", "Triển khai Tháng hành động năm 2017"]
    lines = []
    for i, text in enumerate(texts):
        words, at = [], 0
        for word in text.split():
            box = (100 + 12 * at, 100 + 50 * i, 100 + 12 * (at + len(word)), 130 + 50 * i)
            words.append(Word(word, at, confidence, box))
            at += len(word) + 1
        lines.append(Line(i + 1, text, tuple(words), (100, 100 + 50 * i, 100 + 12 * len(text), 130 + 50 * i)))
    page = Page(1, "scan", tuple(lines), 1654, 2339)
    plan = structure([page], Source(path="x.pdf", sha256="0", kind="scan", pages=1))
    assert plan.metadata.number == number
    assert ("number-unclear" in {w.code for w in plan.warnings}) is (number is None)


@pytest.mark.parametrize(
    ("lines", "parent", "issuer"),
    [
        ("TỈNH QUẢNG TRỊ\nBAN CHỈ ĐẠO KHOA HỌC,\nĐỔI MỚI SÁNG TẠO VÀ CHUYỂN\nĐỔI SỐ", "TỈNH QUẢNG TRỊ",
         "BAN CHỈ ĐẠO KHOA HỌC, ĐỔI MỚI SÁNG TẠO VÀ CHUYỂN ĐỔI SỐ"),
        ("ỦY BAN NHÂN DÂN\nTỈNH THÁI NGUYÊN\nBAN CHỈ ĐẠO PHÒNG, CHỐNG TỘI PHẠM VÀ XÂY DỰNG\nPHONG TRÀO TOÀN DÂN", "ỦY BAN NHÂN DÂN TỈNH THÁI NGUYÊN",
         "BAN CHỈ ĐẠO PHÒNG, CHỐNG TỘI PHẠM VÀ XÂY DỰNG PHONG TRÀO TOÀN DÂN"),
        ("CÔNG AN TỈNH\nĐỘI CẢNH SÁT GIAO THÔNG", "CÔNG AN TỈNH", "ĐỘI CẢNH SÁT GIAO THÔNG"),
        ("UBND XÃ\nBAN CHỈ HUY PHÒNG THỦ DÂN\nSỰ", "UBND XÃ", "BAN CHỈ HUY PHÒNG THỦ DÂN SỰ"),
        ("UBND XÃ\nBAN CHỈ HUY QUÂN SỰ\nQE", "UBND XÃ", "BAN CHỈ HUY QUÂN SỰ"),  # scribble
        ("UBND TỈNH\nSO Y TE", "UBND TỈNH", "SO Y TE"),  # all marks lost
        ("UBND TỈNH\nSở Y TẾ", "UBND TỈNH", "Sở Y TẾ"),  # capitals read small
        ("UBND TỈNH\nSở Y Tế", "UBND TỈNH", "Sở Y Tế"),
    ],
)  # fmt: skip
def test_a_body_begins_with_its_very_word(lines: str, parent: str, issuer: str, as_plan: Callable[..., Plan]) -> None:
    head = as_plan(f"{lines}\nSố: 1/KH-BCĐ\nKẾ HOẠCH\nHoạt động năm 2026\nI. MỤC ĐÍCH\n- Chỉ đạo.").metadata
    assert (head.issuer_parent, head.issuer) == (parent, issuer)


@pytest.mark.parametrize("read", ["Lưu: VT, CĐN.", "l,ưu: Vú, CĐN.", "Lưu VT, CĐN.", "lLưu: Mi, CĐN."])
def test_the_archive_line_is_a_recipient_of_its_own(as_plan: Callable[..., Plan], read: str) -> None:
    plan = as_plan(
        f"I. NHIỆM VỤ\n- Rà soát./.\nNơi nhận:\n- Bộ Y tế:\n- Các đơn vị trong ngành:\n{read}\nGIÁM ĐỐC\nTrần Văn An"
    )
    assert plan.metadata.recipients[-1] == read.rstrip(".")
    assert len(plan.metadata.recipients) == 3


@pytest.mark.parametrize("read", [";MớI nhận:", "Mới nhận;", ";Vi nhận:", "4Wới nhận:", "Nơi nhân:"])
def test_a_garbled_heading_is_no_recipient(as_plan: Callable[..., Plan], read: str) -> None:
    plan = as_plan(f"I. NHIỆM VỤ\n- Rà soát./.\nGIÁM ĐỐC\nTrần Văn An\n{read}\n- Bộ Y tế;\n- Ban VSTB;\n- lku: V, CĐN.")
    assert plan.metadata.recipients == ["Bộ Y tế", "Ban VSTB", "lku: V, CĐN"]


@pytest.mark.parametrize("line", ["Ban Thường vụ Tỉnh ủy (báo cáo),", "UBND tỉnh, HĐND tỉnh (b/c);.."])
def test_a_recipient_that_lost_its_dash_is_one(as_plan: Callable[..., Plan], line: str) -> None:
    plan = as_plan(f"I. NHIỆM VỤ\n- Rà soát./.\nNơi nhận:\n{line}\n- Ban VSTB;\n- Lưu: VT.\nGIÁM ĐỐC\nTrần Văn An")
    assert plan.metadata.recipients == [line.strip(";.,"), "Ban VSTB", "Lưu: VT"]


def test_what_is_received_is_no_end(as_plan: Callable[..., Plan]) -> None:
    plan = as_plan("I. NHIỆM VỤ\n1. Tiếp nhận:\n- Hồ sơ;\n2. Xác nhận:\n- Kết quả./.")
    assert plan.metadata.recipients == []


def test_a_position_goes_on_over_the_line(as_plan: Callable[..., Plan]) -> None:
    end = "Nơi nhận:\n- Lưu: VT.\nKT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN THƯỜNG\nTRỰC\nTrần Văn An"
    plan = as_plan(f"I. NHIỆM VỤ\n- Rà soát./.\n{end}")
    assert (plan.metadata.position, plan.metadata.signer) == ("PHÓ TRƯỞNG BAN THƯỜNG TRỰC", "Trần Văn An")


def test_an_acting_head_signs(as_plan: Callable[..., Plan]) -> None:
    plan = as_plan("I. NHIỆM VỤ\n- Rà soát./.\nNơi nhận:\n- Lưu: VT.\nQ. GIÁM ĐỐC\nTrần Văn An")
    assert (plan.metadata.authority, plan.metadata.signer) == ("Q. GIÁM ĐỐC", "Trần Văn An")
    assert [n.text for n in plan.nodes] == ["NHIỆM VỤ", "Rà soát./."]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 3210/QĐ - UBND", "3210/QĐ-UBND"),
        ("Số: 12 /KH – UBND", "12/KH-UBND"),
        ("Số: 2428/BXD-QLN V/v: Hỗ trợ về nhà ở", "2428/BXD-QLN"),
        ("Số: 05/KH-UBND V/v triển khai", "05/KH-UBND"),
        ("Số: /KH - UBND", None),
    ],
)
def test_the_number_ends_with_its_code(line: str, number: str | None, as_plan: Callable[..., Plan]) -> None:
    text = f"ỦY BAN NHÂN DÂN XÃ AN BÌNH\n{line}\nKẾ HOẠCH\nHoạt động năm 2026\nI. MỤC ĐÍCH\n- Chỉ đạo."
    assert as_plan(text).metadata.number == number


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Số: 12/UBND-KT\nV/v tăng cường quản lý\nkhoáng sản\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLào Cai, ngày    tháng 6 năm 2026",
         ("Công văn", None, "tăng cường quản lý khoáng sản", "Lào Cai")),
        ("Số: 2428/BXD-QLN V/v: Hỗ trợ về nhà ở\nHà Nội, ngày 15 tháng 11 năm 2013", ("Công văn", None, "Hỗ trợ về nhà ở", "Hà Nội")),
        ("Số: 12/UBND-KT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nV/v quản lý mỏ trên\nđịa bàn tỉnh Lào Cai, ngày 01 tháng 6 năm 2026",
         ("Công văn", None, "quản lý mỏ trên địa bàn tỉnh", "Lào Cai")),
        ("Số: 5/KH-UBND\nV/v quản lý mỏ\nLào Cai, ngày 01 tháng 6 năm 2026", ("Kế hoạch", "KH", "quản lý mỏ", "Lào Cai")),
        ("Số: 5/UBND-KT\nLào Cai, ngày 01 tháng 6 năm 2026", (None, None, None, "Lào Cai")),
    ],
)  # fmt: skip
def test_a_letter_says_what_it_is_about(
    head: str, expected: tuple[str | None, ...], as_plan: Callable[..., Plan]
) -> None:
    plan = as_plan(
        f"ỦY BAN NHÂN DÂN TỈNH\n{head}\nKính gửi: Sở Y tế.\nCăn cứ Luật Khoáng sản, yêu cầu:\n1. Rà soát các mỏ."
    )
    said = plan.metadata
    assert (said.doc_type, said.doc_type_code, said.title, said.place) == expected
    assert plan.nodes[0].text == "Kính gửi: Sở Y tế."


@pytest.mark.parametrize(
    ("lines", "parent", "issuer"),
    [
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO -\nCÔNG AN THÀNH PHỐ", None, "SỞ GIÁO DỤC VÀ ĐÀO TẠO - CÔNG AN THÀNH PHỐ"),
        ("UBND TỈNH KIÊN GIANG\nSỞ Y TẾ -", "UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"),  # a speck
    ],
)
def test_two_bodies_issue_and_sign(lines: str, parent: str | None, issuer: str, as_plan: Callable[..., Plan]) -> None:
    plan = as_plan(
        f"{lines}\nSố: 12/KHPH-SGDĐT-CATP\nKẾ HOẠCH\nVề an toàn\nI. MỤC ĐÍCH\n- Chỉ đạo./.\n"
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO\nPHÓ GIÁM ĐỐC\nMai Tấn Linh\nCÔNG AN THÀNH PHỐ\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nTrần Văn Hùng\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    )
    said = plan.metadata
    assert (said.issuer_parent, said.issuer, said.signer) == (parent, issuer, "Mai Tấn Linh; Trần Văn Hùng")
    assert said.authority == "SỞ GIÁO DỤC VÀ ĐÀO TẠO CÔNG AN THÀNH PHỐ KT. GIÁM ĐỐC"
    assert [n.label for n in plan.nodes] == ["I.", "-"]


def test_capitals_below_the_end_of_the_text_are_of_the_signature(as_plan: Callable[..., Plan]) -> None:
    plan = as_plan(
        "UBND XÃ AN BÌNH\nSố: 12/KH-UBND\nKẾ HOẠCH\nVề an toàn\nI. MỤC ĐÍCH\n- Chỉ đạo.\n- Thực hiện tốt./.\n"
        "SỞ Y TẾ KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC\nMai Tấn Linh\nCÔNG AN:THÀNH PHỐ\nGIÁM ĐỐC\nTrần Văn Hùng\nNơi nhận:\n- Lưu: VT."
    )
    assert [n.text for n in plan.nodes][-1] == "Thực hiện tốt./."
    assert plan.metadata.signer == "Mai Tấn Linh; Trần Văn Hùng"


@pytest.mark.parametrize("place", ["Thành phố Hồ Chí Minh", "TP. Hồ Chí Minh", "Đà Lạt", "Quận 12"])
def test_place(place: str, as_plan: Callable[..., Plan]) -> None:
    plan = as_plan(
        f"UBND XÃ AN BÌNH\nSố: 12/KH-UBND\n{place}, ngày 16 tháng 02 năm 2026\nKẾ HOẠCH\nVề an toàn\nI. MỤC ĐÍCH"
    )
    assert (plan.metadata.place, plan.metadata.date) == (place, "2026-02-16")


@pytest.mark.parametrize(
    ("lines", "title", "first"),
    [
        ("BAN HÀNH KẾ HOẠCH NĂM 2026\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", "BAN HÀNH KẾ HOẠCH NĂM 2026", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"),
        ("V/v Tổ chức lễ khai giảng\nNăm học 2012 - 2013", "V/v Tổ chức lễ khai giảng Năm học 2012 - 2013", "Căn cứ Luật Dược;"),
        ("BAN HÀNH KẾ HOẠCH\n(Kèm theo Quyết định số 2/QĐ-SYT)", "BAN HÀNH KẾ HOẠCH", "(Kèm theo Quyết định số 2/QĐ-SYT)"),
        ("QUY ĐỊNH TIÊU CHUẨN CỦA\nGIÁM ĐỐC SỞ Y TẾ", "QUY ĐỊNH TIÊU CHUẨN CỦA GIÁM ĐỐC SỞ Y TẾ", "Căn cứ Luật Dược;"),
    ],
)  # fmt: skip
def test_who_decides_is_not_of_the_title(lines: str, title: str, first: str, as_plan: Callable[..., Plan]) -> None:
    plan = as_plan(
        f"QUYẾT ĐỊNH\n{lines}\nCăn cứ Luật Dược;\nXét đề nghị của Bộ trưởng Bộ Y tế,\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành Kế hoạch."
    )
    assert plan.metadata.title == title
    assert plan.nodes[0].text == first
    assert [n.text for n in plan.nodes][-3:] == [
        "Xét đề nghị của Bộ trưởng Bộ Y tế,",
        "QUYẾT ĐỊNH:",
        "Ban hành Kế hoạch.",
    ]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Năm học 2025 - 2026", "Công tác kiểm tra nội bộ Năm học 2025 - 2026"),
        ("Giai đoạn 2025-2030", "Công tác kiểm tra nội bộ Giai đoạn 2025-2030"),
        ("Năm học 2025 - 2026 là năm đầu.", "Công tác kiểm tra nội bộ"),
    ],
)
def test_a_title_ends_with_its_years(as_plan: Callable[..., Plan], line: str, title: str) -> None:
    full = "Thực hiện Công văn số 2085/SGDĐT-TTr ngày 28 tháng 8 năm 2025 của Sở Giáo dục và Đào tạo Quảng Trị;"
    plan = as_plan(f"KẾ HOẠCH\nCông tác kiểm tra nội bộ\n{line}\n{full}\nI. MỤC ĐÍCH\n- Chỉ đạo.")
    assert plan.metadata.title == title


@pytest.mark.parametrize(
    ("kind", "lines", "title", "first"),
    [  # a title is broken where its sense asks for it, capitals or not
        ("KẾ HOẠCH", "TUYÊN TRUYỀN PHÒNG, CHỐNG TÁC HẠI CỦA RƯỢU BIA\nTRÊN ĐỊA BÀN TỈNH HÀ NAM\nNĂM 2026",
         "TUYÊN TRUYỀN PHÒNG, CHỐNG TÁC HẠI CỦA RƯỢU BIA TRÊN ĐỊA BÀN TỈNH HÀ NAM NĂM 2026", "Căn cứ Luật Dược;"),
        ("KẾ HOẠCH", "Tổ chức giải bóng chuyền nữ\nCông đoàn viên chức tỉnh lần thứ V", "Tổ chức giải bóng chuyền nữ Công đoàn viên chức tỉnh lần thứ V", "Căn cứ Luật Dược;"),
        ("KẾ HOẠCH HÀNH ĐỘNG", "“THÁNG VỆ SINH - 2026”", "HÀNH ĐỘNG “THÁNG VỆ SINH - 2026”", "Căn cứ Luật Dược;"),
        ("HƯỚNG DẪN", "Tuyên truyền kỷ niệm 80 năm Ngày sinh ông Trần Văn An\n(02/4/1946 - 02/4/2026)",
         "Tuyên truyền kỷ niệm 80 năm Ngày sinh ông Trần Văn An (02/4/1946 - 02/4/2026)", "Căn cứ Luật Dược;"),
        # who decides, with or without a position, is not of it
        ("QUYẾT ĐỊNH", "BAN HÀNH KẾ HOẠCH\nTRỒNG CÂY NĂM 2026\nỦY BAN NHÂN DÂN TỈNH HÀ NAM", "BAN HÀNH KẾ HOẠCH TRỒNG CÂY NĂM 2026", "ỦY BAN NHÂN DÂN TỈNH HÀ NAM"),
        ("QUYẾT ĐỊNH", "PHÊ DUYỆT ĐỀ ÁN “CHỨC DANH\nCÔNG AN XÃ” TỈNH HÀ NAM\nỦY BAN NHÂN DÂN TỈNH HÀ NAM", "PHÊ DUYỆT ĐỀ ÁN “CHỨC DANH CÔNG AN XÃ” TỈNH HÀ NAM", "ỦY BAN NHÂN DÂN TỈNH HÀ NAM"),
        ("QUYẾT ĐỊNH", "BAN HÀNH KẾ HOẠCH\nCHỦ TỊCH ỦY BAN QUỐC GIA VỀ\nCHUYỂN ĐỔI SỐ", "BAN HÀNH KẾ HOẠCH", "CHỦ TỊCH ỦY BAN QUỐC GIA VỀ CHUYỂN ĐỔI SỐ"),
        # the text may begin without a usual word
        ("KẾ HOẠCH", "Phòng, chống rét cho vật nuôi\nMùa đông tới được dự báo rét đậm, rét hại kéo dài nhiều đợt trên địa bàn huyện; Ủy ban nhân dân\nhuyện xây dựng Kế hoạch.",
         "Phòng, chống rét cho vật nuôi", "Mùa đông tới được dự báo rét đậm, rét hại kéo dài nhiều đợt trên địa bàn huyện; Ủy ban nhân dân huyện xây dựng Kế hoạch."),
        ("TỜ TRÌNH", "Về việc cấp kinh phí\nKính gửi: Sở Tài chính", "Về việc cấp kinh phí", "Kính gửi: Sở Tài chính"),
    ],
)  # fmt: skip
def test_a_title_of_several_lines(kind: str, lines: str, title: str, first: str, as_plan: Callable[..., Plan]) -> None:
    plan = as_plan(f"UBND TỈNH HÀ NAM\n{kind}\n{lines}\nCăn cứ Luật Dược;\nI. MỤC ĐÍCH\n- Chỉ đạo.")
    assert (plan.metadata.title, plan.nodes[0].text) == (title, first)


@pytest.mark.parametrize(
    ("head", "expected"),
    [  # the two columns on one line, what the letter is about goes on below
        ("ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHUYỆN AN PHÚ Độc lập Tự do Hạnh phúc\n"
         "Số: 47/UBND An Phú, ngày 14 tháng 6 năm 2017\nV/v diệt lăng quăng,\nphòng sốt xuất huyết năm 2017",
         ("Công văn", "47/UBND", "ỦY BAN NHÂN DÂN HUYỆN AN PHÚ", None, "diệt lăng quăng, phòng sốt xuất huyết năm 2017", "An Phú")),
        ("PHÒNG GD&ĐT AN PHÚ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTRƯỜNG: THCS SỐ 2 Độc lập - Tự do - Hạnh phúc\n"
         "Số : 4 / PGDĐT- GDMN An Phú, ngày 6 tháng 3 năm 2012\nV/v thi nấu ăn",
         ("Công văn", "4/PGDĐT-GDMN", "TRƯỜNG: THCS SỐ 2", "PHÒNG GD&ĐT AN PHÚ", "thi nấu ăn", "An Phú")),
        ("ỦY BAN THƯỜNG VỤ\nQUỐC HỘI\nNghị quyết số: 53/2019/UBTVQH14\nHà Nội, ngày 12 tháng 3 năm 2019\nNGHỊ QUYẾT\nVề xã mới",
         ("Nghị quyết", "53/2019/UBTVQH14", "ỦY BAN THƯỜNG VỤ QUỐC HỘI", None, "Về xã mới", "Hà Nội")),
    ],
)  # fmt: skip
def test_real_forms_of_heads(head: str, expected: tuple[str | None, ...], as_plan: Callable[..., Plan]) -> None:
    said = as_plan(f"{head}\nKính gửi: Sở Y tế.\nCăn cứ Luật Khoáng sản, yêu cầu:\n1. Rà soát các mỏ.").metadata
    assert (said.doc_type, said.number, said.issuer, said.issuer_parent, said.title, said.place) == expected


@pytest.mark.parametrize(
    ("lines", "parent", "issuer"),
    [  # the Youth Union's name stands where others have the motto
        ("ĐOÀN XÃ AN BÌNH ĐOÀN TNCS HỒ CHÍ MINH\nCHI ĐOÀN THÔN ĐÔNG", "ĐOÀN XÃ AN BÌNH", "CHI ĐOÀN THÔN ĐÔNG"),
        ("BAN CHẤP HÀNH ĐOÀN TNCS HỒ CHÍ MINH\nTỈNH HÀ NAM", None, "BAN CHẤP HÀNH ĐOÀN TNCS HỒ CHÍ MINH TỈNH HÀ NAM"),
    ],
)
def test_issuers_of_the_youth_union(lines: str, parent: str | None, issuer: str, as_plan: Callable[..., Plan]) -> None:
    said = as_plan(f"{lines}\nSố: 12-KH/ĐTN\nKẾ HOẠCH\nVề an toàn\nI. MỤC ĐÍCH\n- Chỉ đạo.").metadata
    assert (said.issuer_parent, said.issuer) == (parent, issuer)
