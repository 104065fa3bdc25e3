"""What people read in plan.xlsx and report.html instead of the values for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[object, str]]] = {
    "kind": {
        "section": "mục lớn", "subsection": "mục", "task": "nhiệm vụ", "item": "ý", "paragraph": "đoạn",
        "scan": "bản quét", "text_layer": "lớp chữ của PDF", "ocr_text": "văn bản OCR",
    },
    "recurrence": {
        "yearly": "hằng năm", "half-yearly": "6 tháng một lần", "quarterly": "hằng quý", "monthly": "hằng tháng",
        "weekly": "hằng tuần", "daily": "hằng ngày", "continuous": "thường xuyên", "periodic": "định kỳ",
    },
    "role": {"lead": "chủ trì", "coordinate": "phối hợp", "other": "khác"},
    "implied": {True: "có", False: "không"},
}  # fmt: skip
"""By column."""

DOUBTFUL: Final = "Từ còn ngờ, cần đối chiếu với bản gốc."
WARNINGS: Final[Mapping[str, str]] = {
    "page-failed": "Trang không đọc được.",
    "empty": "Văn bản không có chữ.",
    "number-unclear": "Số, ký hiệu của văn bản không đọc được chắc chắn.",
    "date-unclear": "Ngày ban hành không đọc được chắc chắn.",
    "deadline-unclear": "Thời hạn có chữ số không đọc được chắc chắn.",
    "type-inferred": "Loại văn bản suy ra từ ký hiệu, không in trên văn bản.",
    "no-title": "Không tìm thấy tên loại và trích yếu.",
    "note-without-marker": "Chú thích không có số tương ứng trong nội dung.",
    "marker-without-note": "Số chú thích trong nội dung không có chú thích tương ứng.",
    "numbering-gap": "Thiếu số thứ tự trước mục này.",
    "label-repaired": "Số thứ tự được sửa cho khớp với dãy.",
    "task-without-agency": "Nhiệm vụ không nêu cơ quan thực hiện.",
    "assignment-without-agency": "Dòng phân công không nhận ra cơ quan.",
    "assignment-without-task": "Dòng phân công không gắn với nhiệm vụ nào.",
}
"""By code of a warning of the Plan; a code without words shows its own message."""
