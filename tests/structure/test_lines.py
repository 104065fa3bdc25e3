# ruff: noqa: E501 - one case a line
"""Furniture, head, tail, paragraphs and numbering: from lines to blocks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model import Line, Page, Plan, Word
from pipeline.structure.build import sort_lines
from pipeline.structure.furniture import furniture, page_number
from pipeline.structure.numbering import Label, Sequence, candidates, garbled_roman, resolve, roman, to_roman
from pipeline.structure.paragraphs import Block, join, read_blocks
from pipeline.structure.rows import Column, Row, column_of, rows_of, tidy
from pipeline.structure.text import connects, fold, mostly_upper, starts_lower, terminal, width

AsPages = Callable[..., list[Page]]
AsPlan = Callable[..., Plan]
WRAPPED = Column(33.5)


def blocks_of(text: str, column: Column = WRAPPED) -> list[Block]:
    lines = tuple(Line(i, t) for i, t in enumerate(text.split("\n"), 1))
    return read_blocks(rows_of([Page(1, "text_layer", lines)]), column)


def shown(blocks: list[Block]) -> list[str]:
    return [f"{b.label.printed if b.label else ''}|{b.text}" for b in blocks]


# ---------------------------------------------------------------- text
def test_fold_keeps_offsets() -> None:
    text = "Ủy ban Đặc khu – “thực hiện”"
    assert fold(text) == "uy ban dac khu - “thuc hien”"
    assert len(fold(text)) == len(text)


def test_width_is_that_of_the_base_letter() -> None:
    assert width("ệ") == width("e")
    assert width("iii") < width("mmm")


@pytest.mark.parametrize(
    ("text", "ends"), [("hết.", True), ("quyết định./.", True), ("như sau:", True), ("tỉnh,", False)]
)
def test_terminal(text: str, ends: bool) -> None:
    assert terminal(text) is ends


def test_small_facts() -> None:
    assert connects("của Ủy ban nhân dân các")
    assert connects("nghiên cứu, trình")
    assert not connects("danh mục công trình")
    assert not connects("các đơn vị trực thuộc")
    assert starts_lower("“tiền kiểm”")
    assert mostly_upper("PHÒNG, CHỐNG và ỨNG PHÓ")
    assert not mostly_upper("Phòng TCKH")


# ---------------------------------------------------------------- furniture
@pytest.mark.parametrize(
    ("text", "number"), [("3", 3), ("- 12 -", 12), ("Trang 3/5", 3), ("3.", 3), ("2025", None), ("3 ngày", None)]
)
def test_page_number(text: str, number: int | None) -> None:
    assert page_number(text) == number


def test_numbers_of_a_table_are_no_page_numbers(as_pages: AsPages) -> None:
    rows = rows_of(as_pages("Bảng\n7\nSở Y tế\n8\nSở Nội vụ\f2\ntiếp theo"))
    assert furniture(rows) == {6: "page number"}


def test_a_lone_number_between_blank_lines_parts_pages(as_pages: AsPages) -> None:
    rows = rows_of(as_pages("lành mạnh, thân thiện, bảo\n\n3\n\nđảm cho trẻ em", "ocr_text"))
    assert list(furniture(rows).values()) == ["page number"]


def scanned(*texts: str) -> list[Row]:
    return [Row(1, n, text, box=(100, 50 * n, 400, 50 * n + 30)) for n, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("texts", "stamped"),
    [
        (
            ("THỦ TƯỚNG CHÍNH PHỦ", "Số: 299/QĐ-TTg", "Đ", 'ẾN "M1...', "Ngày:.Á4L14..- 2924...", "QUYẾT ĐỊNH"),
            [3, 4, 5],
        ),
        (("SỞ Y TẾ", "Số: 12/KH-SYT", "ĐẾN", "Số: 4512", "Ngày: 12-4-2024", "KẾ HOẠCH"), [3, 4, 5]),
        (("SỞ Y TẾ", "ĐẾN", "Số: 12/KH-SYT", "KẾ HOẠCH"), []),  # the number of the document itself
        (("TRIỂN KHAI NHIỆM VỤ", "ĐẾN NĂM 2030", "Số hộ nghèo giảm"), []),
        (("| CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ", "Ngày:. 02/9 (2ot3.", "Nghị định"), [1, 2]),
        (("Ngày: 12 tháng 4 năm 2024", "Ngày: thứ hai"), []),
    ],
)
def test_stamps_of_arrival(texts: tuple[str, ...], stamped: list[int]) -> None:
    found = furniture(scanned(*texts))
    assert sorted(number for number, reason in found.items() if reason == "registry stamp") == stamped


# ---------------------------------------------------------------- numbering
@pytest.mark.parametrize("value", range(1, 40))
def test_roman(value: int) -> None:
    assert roman(to_roman(value)) == value


@pytest.mark.parametrize("text", ["IL", "VV", "IIII", "", "XM"])
def test_no_roman(text: str) -> None:
    assert roman(text) == 0


def label(line: str, *open_: tuple[str, int], strong: bool = True) -> Label | None:
    return resolve(candidates(line), Sequence(tuple(open_)), strong)


@pytest.mark.parametrize(
    ("line", "open_", "printed"),
    [
        ("II. NHIỆM VỤ", [("roman", 1)], "II."),
        ("I- MỤC ĐÍCH", [], "I-"),
        ("2- Yêu cầu", [("roman", 1), ("number", 1)], "2-"),
        ("d) Trình", [("letter", 4)], "đ)"),
        ("1.2. Sửa đổi", [("number", 1), ("decimal2", 1)], "1.2."),
        ("I. Mục đích:", [("roman", 1)], "1."),
        ("2, Hoàn thiện", [("number", 1)], "2."),
        ("-4. Ủy ban nhân dân", [("number", 3)], "4."),
        ("C. KINH PHÍ", [("upper", 2)], "C."),
        ("1,2. Tổ chức", [("number", 1), ("decimal2", 1)], "1.2."),
        ("2.1, Kiện toàn", [("number", 2)], "2.1."),
        ("2. 100% hồ sơ đúng hạn", [("number", 1)], "2."),
        ("b) 02 lớp tập huấn", [("letter", 1)], "b)"),
        ("1.2. 85% hộ dân", [("number", 1), ("decimal2", 1)], "1.2."),
        ("2-2: Khảo sát", [("number", 2), ("decimal2", 1)], "2.2."),
        ("1L Xây dựng điều lệ", [("roman", 2), ("number", 1)], "1.1."),
        ("Đ. Tài vụ: tạm ứng", [("roman", 4), ("number", 4)], "5."),
    ],
)
def test_the_sequence_decides(line: str, open_: list[tuple[str, int]], printed: str) -> None:
    found = label(line, *open_)
    assert found is not None
    assert found.printed == printed


@pytest.mark.parametrize(
    ("line", "open_"),
    [
        ("5. Điều này", [("number", 1)]),
        ("2026/KH-UBND ngày 18 tháng 6", []),
        ("12 năm 2023 của Bộ Chính trị", []),
        ("1,5 tỷ đồng", []),
        ("12. 000 đồng", [("number", 11)]),
        ("12. 2025 là năm", [("number", 11)]),
        ("2-3: Bệnh viện", [("number", 1), ("decimal2", 2)]),
        ("1,3 Triệu đồng", [("number", 1), ("decimal2", 1)]),
        ("V. Lênin toàn tập", [("roman", 2)]),
    ],
)
def test_wrapped_numbers_are_no_labels(line: str, open_: list[tuple[str, int]]) -> None:
    assert label(line, *open_, strong=False) is None


def test_a_garbled_section_takes_the_expected_numeral() -> None:
    found = garbled_roman("I1. KINH PHÍ THỰC HIỆN", 3, known_title=True)
    assert found is not None
    assert (found.printed, found.sure) == ("III.", False)
    assert garbled_roman("UBND TỈNH KIÊN GIANG", 2, known_title=False) is None


# ---------------------------------------------------------------- paragraphs
@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["Kế hoạch số 135-", "KH/TU nhằm"], "Kế hoạch số 135-KH/TU nhằm"),
        (["Tờ trình số 107/TTr-", "SGDĐT ngày"], "Tờ trình số 107/TTr-SGDĐT ngày"),
        (["bồi dưỡng 60 tiết/", "môn học"], "bồi dưỡng 60 tiết/môn học"),
        (["các đơn vị và/", "Hoặc"], "các đơn vị và/ Hoặc"),
        (["tăng trưởng bình quân 12%/", "năm"], "tăng trưởng bình quân 12%/năm"),
        (["Quyết định số 5199/", "QyĐ-NHNo-HSX"], "Quyết định số 5199/QyĐ-NHNo-HSX"),
        (["Thông tư số 39/2024/TT-", "BYT ngày"], "Thông tư số 39/2024/TT-BYT ngày"),
        (["giai đoạn 2021-", "2030"], "giai đoạn 2021-2030"),
        (["kinh tế -", "xã hội"], "kinh tế - xã hội"),
        (["Quyết định số", "281/QĐ-TTg"], "Quyết định số 281/QĐ-TTg"),
    ],
)
def test_join(lines: list[str], joined: str) -> None:
    assert join(lines) == joined


@pytest.mark.parametrize(
    ("full", "following", "blocks"),
    [
        ("- Thực hiện chế độ báo cáo tuần vào ngày thứ Sáu về Hạt Kiểm lâm sở tại.",
         "Yêu cầu Trưởng các phòng nghiêm túc thực hiện./.", 2),
        ("- Thực hiện chế độ báo cáo tuần vào ngày thứ Sáu về Hạt Kiểm lâm sở tại.",
         "Yêu cầu báo cáo đúng hạn.", 1),
        ("Căn cứ Kế hoạch số 35/KH-UBND ngày 15/01/2026 của Ủy ban nhân dân tỉnh;",
         "Sở Y tế xây dựng Kế hoạch như sau:", 2),
        ("Căn cứ Luật Phòng, chống thiên tai năm 2013 và Luật Đê điều năm 2006;",
         "Quyết định số 590/QĐ-TTg ngày 18/5/2022 của Thủ tướng Chính phủ;", 1),
        ("1. Phòng Văn hóa xây dựng kịch bản, tổ chức chương trình văn nghệ đón",
         "Giao thừa tại Trung tâm xã.", 1),
        ("1. Rà soát danh mục thủ tục. Đơn vị thực hiện: Văn phòng Sở, Phòng",
         "Quản lý thương mại; thời gian: Quý I/2026.", 1),
        ("- Kết nối tiêu thụ nông sản vào hệ thống siêu thị trong quý II và quý",
         "III/2026.", 1),
    ],
)  # fmt: skip
def test_full_lines_in_plain_text(full: str, following: str, blocks: int) -> None:
    assert len(blocks_of(f"{full}\n{following}", Column(width(full)))) == blocks


def test_a_list_inside_brackets_begins_no_item(as_plan: AsPlan) -> None:
    plan = as_plan("I. NHIỆM VỤ\n- Rà soát.\n(Gửi kèm: 1. Kế hoạch A của Sở Y tế;\n2. Báo cáo B của Sở Nội vụ)\n")
    assert [n.label for n in plan.nodes] == ["I.", "-", ""]
    plan = as_plan("I. NHIỆM VỤ\n1. Rà soát (theo mẫu;\n2. Báo cáo (hằng quý).\n")
    assert [n.label for n in plan.nodes] == ["I.", "1.", "2."]


def test_a_dash_inside_a_name_begins_no_item() -> None:
    text = (
        "* Thực hiện: Bảo hiểm xã hội tỉnh chủ trì, phối hợp với Sở Y tế, Sở Lao động\n"
        "- Thương binh và Xã hội, các đơn vị có liên quan triển khai thực hiện.\n"
        "- Rà soát, bổ sung."
    )
    assert [b.label.printed for b in blocks_of(text) if b.label] == ["*", "-"]


def test_a_bracket_is_closed_before_a_paragraph_ends() -> None:
    assert shown(blocks_of("(Kèm theo Kế hoạch số 12/KH-SNV của Sở\nNội vụ)\nCăn cứ Luật Việc làm")) == [
        "|(Kèm theo Kế hoạch số 12/KH-SNV của Sở Nội vụ)",
        "|Căn cứ Luật Việc làm",
    ]


@pytest.mark.parametrize(
    ("before", "blocks"),
    [
        ("- Ban hành bộ tiêu chí gắn với", ["-|Ban hành bộ tiêu chí gắn với OCOP."]),
        ("- Ban hành tiêu chí", ["-|Ban hành tiêu chí OCOP."]),  # the line has room for it: a sentence has not ended
        ("- Ban hành tiêu chí.", ["-|Ban hành tiêu chí.", "|OCOP."]),
        ("I. TIÊU CHÍ", ["I.|TIÊU CHÍ", "|OCOP. Một."]),
    ],
)
def test_a_word_alone_on_its_line_ends_its_sentence(before: str, blocks: list[str]) -> None:
    last = "OCOP. Một." if before.isupper() else "OCOP."
    assert shown(blocks_of(f"{before}\n{last}")) == blocks


def test_a_heading_wraps_before_a_dash() -> None:
    text = (
        "4. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị\n"
        "- xã hội tỉnh; Hội Bảo vệ quyền trẻ em\n"
        "- Theo chức năng, nhiệm vụ tăng cường tuyên truyền."
    )
    assert [b.label.printed for b in blocks_of(text) if b.label] == ["4.", "-"]


def test_paragraphs_without_blank_lines() -> None:
    text = (
        "Giao Trung tâm Truyền thông Khoa học và Công nghệ chủ trì, phối hợp với\n"
        "Văn phòng Bộ xây dựng chuyên trang trước ngày 15/12/2025.\n"
        "Giao Cục Chuyển đổi số quốc gia chủ trì, phối hợp với Học viện Công nghệ\n"
        "Bưu chính Viễn thông tổ chức tập huấn."
    )
    assert len(blocks_of(text)) == 2


def test_a_line_of_field_labels_is_a_block() -> None:
    text = "a) Thống kê, tính toán chi phí.\nCơ quan chủ trì: Văn phòng Bộ.\nCơ quan phối hợp: Vụ Pháp chế."
    assert len(blocks_of(text)) == 3


def test_label_and_title_on_two_lines() -> None:
    assert shown(blocks_of("Phần I\nĐÁNH GIÁ TÌNH HÌNH\nNăm qua, kinh tế phát triển.")) == [
        "Phần I|ĐÁNH GIÁ TÌNH HÌNH",
        "|Năm qua, kinh tế phát triển.",
    ]


@pytest.mark.parametrize(
    ("read", "clean"),
    [("_* Thực hiện: Sở Y tế", "* Thực hiện: Sở Y tế"), ("~- TT. Huyện ủy;", "- TT. Huyện ủy;"),
     ("-'Tổ chức đăng ký", "- Tổ chức đăng ký"), ("+'05 giải", "+ 05 giải"), ("_ Trên đây là Kế hoạch", "Trên đây là Kế hoạch"), ("- = Mở ít nhất", "- Mở ít nhất"), (".(Đơn vị thực hiện: Sở Y tế)", "(Đơn vị thực hiện: Sở Y tế)"), ("- 'Gia đình' văn hóa", "- 'Gia đình' văn hóa"),
     ("-* Thực hiện", "* Thực hiện"), ("1. Công tác '", "1. Công tác"), ("- Sở Y tế", "- Sở Y tế"), ("kinh tế -", "kinh tế -"),
     (".IV.TỔ CHỨC THỰC HIỆN", "IV.TỔ CHỨC THỰC HIỆN"), ("_ VI/ KINH PHÍ", "VI/ KINH PHÍ"), ("-_1/ Công an xã", "1/ Công an xã"), ("-A. QUAN ĐIỂM", "A. QUAN ĐIỂM"), ("III—- PHÂN CÔNG", "III- PHÂN CÔNG"),
     ("I~ MỤC ĐÍCH", "I- MỤC ĐÍCH"), ("- - Hướng dẫn các hộ", "- Hướng dẫn các hộ"), ("III – PHÂN CÔNG", "III – PHÂN CÔNG"),
     ("^4 Lưu: VT, NN.", "- Lưu: VT, NN."), ("^4 Lưu ý các chỉ tiêu", "^4 Lưu ý các chỉ tiêu")],
)  # fmt: skip
def test_tidy(read: str, clean: str) -> None:
    assert tidy(read) == clean


def test_column_of_single_line_paragraphs(as_pages: AsPages) -> None:
    assert column_of(rows_of(as_pages("\n".join(["Một đoạn rất ngắn.", "Một đoạn dài hơn nhiều " * 9] * 9)))).full == 0


def test_geometry_shows_a_first_line() -> None:
    def line(number: int, text: str, left: int, right: int) -> Line:
        return Line(
            number,
            text,
            (Word(text, 0, bbox=(left, number * 60, right, number * 60 + 50)),),
            (left, number * 60, right, number * 60 + 50),
        )

    texts = [(500, 2300), (350, 2300), (350, 2300)] * 3
    lines = tuple(
        line(i, "Văn bản kết thúc ở đây một cách đầy đủ và trọn vẹn.", a, b) for i, (a, b) in enumerate(texts, 1)
    )
    rows = rows_of([Page(1, "scan", lines, 2480, 3508)])
    assert len(read_blocks(rows, column_of(rows))) == 3


# ---------------------------------------------------------------- head and tail
HEAD = "KẾ HOẠCH\nPhòng, chống dịch năm 2025\nThực hiện Công văn số 1/SYT-NV, Ủy ban nhân dân xã ban hành Kế hoạch như sau:\nI. MỤC ĐÍCH\n"


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        ("ỦY BAN NHÂN DÂN\nTỈNH TUYÊN QUANG\nSố: 12/KH-UBND\n", "issuer", "ỦY BAN NHÂN DÂN TỈNH TUYÊN QUANG"),
        (
            "UBND TỈNH KIÊN GIANG\nSỞ Y TẾ -CÔNG ĐOÀN NGÀNH\nSố: 2004/KH-SYT-CĐN\n",
            "issuer_parent",
            "UBND TỈNH KIÊN GIANG",
        ),
        ("CHÍNH PHỦ\nSố: 66.9/2025/NQ-CP\n", "number", "66.9/2025/NQ-CP"),
        ("ĐẢNG BỘ TỈNH BẮC NINH\nTỈNH ỦY BẮC NINH\n*\nSố 45-KH/TU\n", "issuer", "TỈNH ỦY BẮC NINH"),
        ("ĐẢNG BỘ TỈNH BẮC NINH\nTỈNH ỦY BẮC NINH\n*\nSố 45-KH/TU\n", "number", "45-KH/TU"),
        ("UBND QUẬN 12 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n' Độc lập — Tự do — Hạnh phúc\n", "issuer", "UBND QUẬN 12"),
        ("Số: $41% /KH-UBND-LĐTBXH Quận 12, ngày 14 tháng 10 năm 2024\n", "number", None),
        ("Số: $41% /KH-UBND-LĐTBXH Quận 12, ngày 14 tháng 10 năm 2024\n", "place", "Quận 12"),
        ("Số: 5 /KH-UBND Quận 12, ngày 14 tháng 10 năm 2024\n", "date", "2024-10-14"),
        ("Số: 1583 /KH-UBND\n", "number", "1583/KH-UBND"),
        ("Số:{24.2 /KH-SYT\n", "number", None),
        ("Số:2/42 /KH-SYT\n", "number", None),
        ("Số:(2/KH-TTra\n", "number", None),
        ("Số: 1583 /KH-UBND\n", "issuer", "Ủy ban nhân dân xã"),
        ("Hà Nội, ngày tháng 6 năm 2025\n", "date", None),
        (
            "UBND TỈNH ĐỒNG THÁP\nSỞ NÔNG NGHIỆP VÀ MÔI\nTRƯỜNG\nSố: 318/KH-SNNMT\n",
            "issuer",
            "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
        ),
        (
            "UBND TỈNH ĐỒNG THÁP\nSỞ NÔNG NGHIỆP VÀ MÔI\nTRƯỜNG\nSố: 318/KH-SNNMT\n",
            "issuer_parent",
            "UBND TỈNH ĐỒNG THÁP",
        ),
        (
            "UBND TỈNH AN GIANG\nSỞ LAO ĐỘNG - THƯƠNG BINH\nVÀ XÃ HỘI\nSố: 3/KH-SLĐTBXH\n",
            "issuer",
            "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
        ),
        (
            "HỘI LHPN VIỆT NAM\nBAN CHẤP HÀNH\nHỘI LHPN TỈNH GIA LAI\nSố: 24/KH-BCH\n",
            "issuer",
            "BAN CHẤP HÀNH HỘI LHPN TỈNH GIA LAI",
        ),
        ("SỞ Y TẾ\nTRƯỜNG CAO ĐẲNG Y TẾ\nSố: 3/KH-CĐYT\n", "issuer", "TRƯỜNG CAO ĐẲNG Y TẾ"),
        ("UBND TỈNH AN GIANG\nSỞ Y TẾ\nTC EEEE EN\nSố: 3/KH-SYT\n", "issuer", "SỞ Y TẾ"),
    ],
)
def test_head(lines: str, field: str, value: str | None, as_plan: AsPlan) -> None:
    plan = as_plan(lines + HEAD)
    assert getattr(plan.metadata, field) == value
    assert plan.metadata.title == "Phòng, chống dịch năm 2025"
    assert plan.metadata.doc_type_code == "KH"


UNTITLED = "Số: 318/{code}\nĐồng Tháp, ngày 05 tháng 3 năm 2025\n{title}Căn cứ Luật Thú y ngày 19 tháng 6 năm 2015;\nI. MỤC TIÊU\n"
TITLE = "Phòng, chống bệnh Dịch tả lợn Châu Phi và bệnh Lở mồm long móng trên địa\nbàn tỉnh năm 2025\n"


def test_a_lost_type_is_read_from_the_number(as_plan: AsPlan) -> None:
    plan = as_plan(UNTITLED.format(code="KH-SNNMT", title=TITLE))
    assert (plan.metadata.doc_type, plan.metadata.title) == ("Kế hoạch", TITLE.strip().replace("\n", " "))
    assert [w.code for w in plan.warnings] == ["type-inferred"]
    assert plan.nodes[0].text.startswith("Căn cứ Luật")


@pytest.mark.parametrize("read", ["KẾ HOẠCII", "KẾ HOẠOH", "KÊ HOACH", "RẾ HOẠCH"])
def test_a_misread_type(read: str, as_plan: AsPlan) -> None:
    plan = as_plan(UNTITLED.format(code="KH-SNNMT", title=f"{read}\n{TITLE}"))
    assert (plan.metadata.doc_type, plan.metadata.title) == ("Kế hoạch", TITLE.strip().replace("\n", " "))
    assert plan.warnings == []


@pytest.mark.parametrize(("code", "title"), [("UBND-VP", TITLE), ("KH-SNNMT", "")])
def test_a_type_is_not_made_up(code: str, title: str, as_plan: AsPlan) -> None:
    assert as_plan(UNTITLED.format(code=code, title=title)).metadata.doc_type is None


def test_doubtful_number_is_a_warning(as_plan: AsPlan) -> None:
    warnings = as_plan("Số: $41% /KH-UBND\n" + HEAD).warnings
    assert any(w.code == "number-unclear" and "$41%" in w.message for w in warnings)


TAIL = "- Bộ Y tế (b/c);\n- Sở Y tế các tỉnh, thành phố trực thuộc trung\nương;\n- Lưu: VT, NN. (H)\n"


@pytest.mark.parametrize(
    "tail",
    [
        f"Nơi nhận:\n{TAIL}TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Văn A\n",
        f"TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Văn A\nNơi nhận:\n{TAIL}",
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Bộ Y tế (b/c); KT. CHỦ TỊCH\n- Sở Y tế các tỉnh, thành phố trực thuộc trung\n"
        "ương; PHÓ CHỦ TỊCH\n- Lưu: VT, NN. (H)\nNguyễn Văn A\n",
        f"DỤ TINH,\n{TAIL}TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Văn A\n",
    ],
    ids=["after", "before", "beside", "garbled"],
)
def test_tail(tail: str, as_plan: AsPlan) -> None:
    meta = as_plan(HEAD + "- Nội dung.\n" * 8 + "Trên đây là Kế hoạch./.\n" + tail).metadata
    assert meta.recipients == ["Bộ Y tế (b/c)", "Sở Y tế các tỉnh, thành phố trực thuộc trung ương", "Lưu: VT, NN. (H)"]
    assert (meta.authority, meta.position) == ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert meta.signer == "Nguyễn Văn A"


@pytest.mark.parametrize("name", ["Rơ Châm H’Yim", "Ksor H'Bơ Khăp", "Nguyễn Văn A"])
def test_the_name_of_a_signer(name: str, as_plan: AsPlan) -> None:
    tail = f"Nơi nhận:\n- Sở Y tế;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n{name}\n"
    assert as_plan(HEAD + "- Nội dung.\n" * 8 + "Trên đây là Kế hoạch./.\n" + tail).metadata.signer == name


def test_a_rule_before_the_power(as_plan: AsPlan) -> None:
    tail = "Nơi nhận:\n- Lưu: VT.\n—TM.ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A\n"
    meta = as_plan(HEAD + "- Nội dung.\n" * 8 + "Trên đây là Kế hoạch./.\n" + tail).metadata
    assert (meta.recipients, meta.authority, meta.signer) == (["Lưu: VT"], "TM.ỦY BAN NHÂN DÂN", "Nguyễn Văn A")


def test_a_body_line_that_begins_with_luu_is_no_archive(as_plan: AsPlan) -> None:
    plan = as_plan(HEAD + "- Nội dung.\n" * 3 + "- Lưu ý các đơn vị bố trí kinh phí.\n- Lưu hành nội bộ.\n")
    assert plan.metadata.recipients == []
    assert plan.nodes[-1].text == "Lưu hành nội bộ."


def test_two_signatures(as_plan: AsPlan) -> None:
    meta = as_plan(HEAD + "Hết./.\nCHỦ TỊCH\nHà Văn Phúc\nGIÁM ĐỐC\nLê Hoàng Anh\nNơi nhận:\n- Lưu: VT.").metadata
    assert (meta.position, meta.signer) == ("CHỦ TỊCH; GIÁM ĐỐC", "Hà Văn Phúc; Lê Hoàng Anh")


def test_an_annex_follows_the_signature(as_pages: AsPages) -> None:
    parts = sort_lines(
        as_pages(HEAD + "Hết./.\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nLê Văn A\fPhụ lục I\nDANH MỤC\n- Một việc.")
    )
    assert [row.text for row in parts.body[-3:]] == ["Phụ lục I", "DANH MỤC", "- Một việc."]
