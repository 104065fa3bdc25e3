# ruff: noqa: E501 - one case a line
"""Labels of a whole document read together: what is put right, and what must stay as it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model import Line, Page, Plan
from pipeline.resources import table
from pipeline.structure.rows import Column, rows_of
from pipeline.structure.skeleton import repairs

AsPlan = Callable[..., Plan]
TEXT = "- Phát huy vai trò chủ thể của người dân; công khai, minh bạch."


def mended(text: str, column: Column | None = None) -> dict[str, str]:
    """Label put right -> the line as read."""
    lines = text.split("\n")
    rows = rows_of([Page(1, "text_layer", tuple(Line(i, t) for i, t in enumerate(lines, 1)))])
    return {label.printed: lines[n - 1] for n, label in repairs(rows, column or Column(33.5)).items()}


def sections(*headings: str) -> str:
    return "\n".join(f"{heading}\n{TEXT}" for heading in headings)


@pytest.mark.parametrize(
    ("headings", "repaired"),
    [
        # three levels, as OCR reads them
        (["A. MỤC TIÊU, YÊU CẦU", "L. Mục tiêu", "II. Yêu cầu", "B. NHIỆM VỤ", "I. Hạ tầng"], {"I.": "L. Mục tiêu"}),
        (["A. MỤC TIÊU, YÊU CẦU", "1L. Mục tiêu", "II. Yêu cầu", "B. NHIỆM VỤ", "I. Hạ tầng"], {"I.": "1L. Mục tiêu"}),
        (["A. MỤC TIÊU", "I. Chung", "b. NHIỆM VỤ", "I. Hạ tầng", "II. Sản xuất", "C. TỔ CHỨC"], {"B.": "b. NHIỆM VỤ"}),
        (["A. MỤC TIÊU", "I. Chung", "8. NHIỆM VỤ", "I. Hạ tầng", "II. Sản xuất", "C. TỔ CHỨC"], {"B.": "8. NHIỆM VỤ"}),
        (["Á. MỤC TIÊU", "I. Chung", "B. NHIỆM VỤ", "I. Hạ tầng", "II. Sản xuất"], {"A.": "Á. MỤC TIÊU"}),
        (["B. NHIỆM VỤ", "I. Hạ tầng", "II Phát triển sản xuất", "C. TỔ CHỨC"], {"II.": "II Phát triển sản xuất"}),
        (["I. Phòng Nội vụ", "II. Phòng Y tế", "HI. Công an huyện, Ban Chỉ huy Quân sự huyện", "IV. Phòng Tư pháp"], {"III.": "HI. Công an huyện, Ban Chỉ huy Quân sự huyện"}),
        (["I. Phòng Nội vụ", "II. Phòng Y tế", "II. Công an huyện", "IV. Phòng Tư pháp"], {"III.": "II. Công an huyện"}),
        (["I. Mục đích:", "M. Đối tượng thanh, kiểm tra:", "IH. Nội dung:", "IV. Tổ chức:"], {"II.": "M. Đối tượng thanh, kiểm tra:", "III.": "IH. Nội dung:"}),
        (["A. MỤC TIÊU", "I. Chung", "II. Riêng", "B. NHIỆM VỤ", "1. Hoàn thiện cơ chế", "II. Phát triển", "1. Sản phẩm", "2. Hạ tầng"], {"I.": "1. Hoàn thiện cơ chế"}),
        # sections in capitals
        (["I. MỤC ĐÍCH", "H. NỘI DUNG", "II. TỔ CHỨC THỰC HIỆN"], {"II.": "H. NỘI DUNG", "III.": "II. TỔ CHỨC THỰC HIỆN"}),
        (["I. MỤC ĐÍCH", "I. NHIỆM VỤ", "II. CHỦ ĐỀ", "IV. THỜI GIAN"], {"II.": "I. NHIỆM VỤ", "III.": "II. CHỦ ĐỀ"}),
        (["I.MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "2. Yêu cầu", "IL. NỘI DUNG"], {"II.": "IL. NỘI DUNG"}),
        (["I. MỤC TIÊU", "II. NHIỆM VỤ", "HIL TỔ CHỨC THỰC HIỆN"], {"III.": "HIL TỔ CHỨC THỰC HIỆN"}),
        (["U MỤC ĐÍCH", "I/ NỘI DUNG", "II/ TỔ CHỨC THỰC HIỆN"], {"I/": "U MỤC ĐÍCH", "II/": "I/ NỘI DUNG", "III/": "II/ TỔ CHỨC THỰC HIỆN"}),
        (["I/ MỤC ĐÍCH", "IU NỘI DUNG", "III/ TỔ CHỨC", "IV/ KINH PHÍ", "V/ BÁO CÁO", "VƯ HIỆU LỰC"], {"II/": "IU NỘI DUNG", "VI/": "VƯ HIỆU LỰC"}),
        (["I- MỤC ĐÍCH", "I- MỤC TIÊU", "III- NHIỆM VỤ"], {"II-": "I- MỤC TIÊU"}),
        (["A. MỤC ĐÍCH", "I. Chung", "II. Riêng", "B. NHIỆM VỤ", "I. Hạ tầng", "II. Sản xuất"], {}),
        (["I1. MỤC ĐÍCH", "II. NỘI DUNG", "III. BẢO ĐẢM"], {"I.": "I1. MỤC ĐÍCH"}),
        (["I MỤC ĐÍCH", "II. NỘI DUNG", "1. Chung", "2. Riêng"], {"I.": "I MỤC ĐÍCH"}),
        # numbers
        (["I. MỤC ĐÍCH, YÊU CẦU", "I. Mục đích", "2. Yêu cầu"], {"1.": "I. Mục đích"}),
        (["I. MỤC ĐÍCH, YÊU CẦU", "I1. Mục đích", "2. Yêu cầu", "II. NỘI DUNG"], {"1.": "I1. Mục đích"}),
        (["1. Tổ chức tiêm phòng.", "2, Lấy mẫu giám sát.", "3. Xây dựng vùng an toàn."], {"2.": "2, Lấy mẫu giám sát."}),
        (["1. Tổ chức tiêm phòng.", "2. Lấy mẫu giám sát.", "Ổ: Xây dựng vùng an toàn."], {"3.": "Ổ: Xây dựng vùng an toàn."}),
        (["3. Đầu tư.", "4. Đổi mới cơ chế.", "o. Phối hợp với Mặt trận."], {"5.": "o. Phối hợp với Mặt trận."}),
        # specks and lost full stops
        (["I. MỤC ĐÍCH", "- II NHIỆM VỤ, GIẢI PHÁP", "III. KINH PHÍ"], {"II.": "- II NHIỆM VỤ, GIẢI PHÁP"}),
        (["B. NHIỆM VỤ", "I. Hạ tầng", "IL Phát triển sản xuất", "C. TỔ CHỨC"], {"II.": "IL Phát triển sản xuất"}),
        (["- I MỤC TIÊU ĐẾN NĂM 2030", "II. NHIỆM VỤ", "III. TỔ CHỨC"], {"I.": "- I MỤC TIÊU ĐẾN NĂM 2030"}),
        # letters below numerals
        (["I. MỤC ĐÍCH", "A. Chung", "B. Riêng", "IL. NỘI DUNG", "A. Trước mắt", "B. Lâu dài"], {"II.": "IL. NỘI DUNG"}),
    ],
)  # fmt: skip
def test_the_document_decides(headings: list[str], repaired: dict[str, str]) -> None:
    assert mended(sections(*headings)) == repaired


@pytest.mark.parametrize(
    "headings",
    [
        ["A. MỤC TIÊU", "I. Chung", "II. Riêng", "B. NHIỆM VỤ", "I. Hạ tầng", "C. TỔ CHỨC THỰC HIỆN"],
        ["I. MỤC ĐÍCH", "1. Mục đích", "2. Yêu cầu", "II. NHIỆM VỤ", "1. Hạ tầng", "III. TỔ CHỨC THỰC HIỆN"],
        ["1. MỤC ĐÍCH", "2. NỘI DUNG", "3. TỔ CHỨC THỰC HIỆN"],
        ["1. Mục đích", "9. Nội dung", "10. Kinh phí", "11. Tổ chức thực hiện"],
        ["I. MỤC ĐÍCH", "a) Chung", "b) Riêng", "II. NỘI DUNG", "a) Trước mắt", "b) Lâu dài"],
        ["1. Một", "2. Hai", "3. Ba", "4. Bốn", "5. Năm", "a. Sáu", "b. Bảy"],
        ["a. Mục đích", "b. Yêu cầu", "c. Nội dung"],
        ["Điều 1. Phạm vi", "1. Chung", "2. Riêng", "Điều 2. Đối tượng", "1. Chung"],
        ["I. MỤC ĐÍCH", "L Mục đích của Kế hoạch", "O Mon là một quận"],
        ["I. MỤC ĐÍCH", "Ổ dịch cũ: Xây dựng vùng an toàn."],
        ["Ý: Xây dựng vùng an toàn."],
        ["b. NHIỆM VỤ"],
        ["I. MỤC ĐÍCH", "II. NỘI DUNG", "KT. CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN", "V. TỔ CHỨC THỰC HIỆN"],
        ["A. MỤC TIÊU", "1. Chung", "2. Riêng", "B. NHIỆM VỤ", "1. Hạ tầng"],
        ["I. MỤC ĐÍCH", "II. NỘI DUNG", "I. MỤC ĐÍCH", "II. NỘI DUNG", "III. TỔ CHỨC THỰC HIỆN"],
        ["I. Hạ tầng", "- II Giai đoạn sau", "- H. Con Cuông"],
        ["H. Nguyễn Văn A", "L. Trần Thị B"],
        [],
    ],
)
def test_a_document_in_order_is_left_alone(headings: list[str]) -> None:
    assert mended(sections(*headings)) == {}


@pytest.mark.parametrize(
    ("before", "wrapped"),
    [
        ("Căn cứ các tác phẩm chọn lọc và các bài nói, bài viết trong bộ sách của", "V. Lênin toàn tập, do Nhà xuất bản ấn hành."),
        ("Quán triệt Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII và lần thứ", "II Phát triển sản xuất theo chiều sâu ở các địa phương."),
        ("Thực hiện các nội dung đã nêu tại Nghị quyết của Tỉnh ủy, nhất là nhóm", "HI. Công an huyện làm đầu mối với các phòng."),
    ],
)  # fmt: skip
def test_running_text_is_no_heading(before: str, wrapped: str) -> None:
    text = f"{sections('I. Phòng Nội vụ')}\n{before}\n{wrapped}\n{sections('II. Phòng Y tế')}"
    assert mended(text, Column(33.0)) == {}


@pytest.mark.parametrize("row", table("ocr_letters"))
def test_misread_letter(row: dict[str, str]) -> None:
    names = [f"{c}. PHẦN CHUNG" for c in "ABCDĐEG"]
    at = "ABCDĐEG".index(row["printed"])
    read = [*names[:at], f"{row['read']}. PHẦN CHUNG", *names[at + 1 :]]
    assert mended(sections(*read)) == {f"{row['printed']}.": read[at]}


def test_nested_sections_in_the_plan(as_plan: AsPlan) -> None:
    plan = as_plan(
        "KẾ HOẠCH\nXây dựng nông thôn mới năm 2025\n"
        + sections(
            "A. MỤC TIÊU, YÊU CẦU", "1L. Mục tiêu", "II. Yêu cầu", "b. NHIỆM VỤ TRỌNG TÂM", "I. Phát triển hạ tầng"
        )
    )
    heads = [(n.label, n.kind, n.parent_id) for n in plan.nodes if n.label != "-"]
    assert heads == [
        ("A.", "section", None),
        ("I.", "subsection", "A"),
        ("II.", "subsection", "A"),
        ("B.", "section", None),
        ("I.", "subsection", "B"),
    ]
    assert [w.code for w in plan.warnings if w.code == "label-repaired"] == ["label-repaired"] * 2
