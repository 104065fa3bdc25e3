from __future__ import annotations

import pytest

from pipeline.model import Assignment
from pipeline.structure.deadlines import read_deadline
from pipeline.structure.planyear import in_its_year

SCHOOL, NEXT = "Công tác kiểm tra nội bộ năm học 2025 - 2026", "Công tác bảo đảm trật tự năm 2026"


@pytest.mark.parametrize(
    ("issued", "title", "text", "start", "end"),
    [
        ("2025-09-10", SCHOOL, "Tháng 3", "2026-03-01", "2026-03-31"),
        ("2025-09-10", SCHOOL, "Tháng 8", "2025-08-01", "2025-08-31"),
        ("2025-07-15", SCHOOL, "trước ngày 30/7", None, "2025-07-30"),
        ("2026-01-10", SCHOOL, "Tháng 11", "2025-11-01", "2025-11-30"),
        ("2026-01-10", SCHOOL, "trước ngày 15/5", None, "2026-05-15"),
        ("2025-09-10", SCHOOL, "từ tháng 9 đến tháng 5", None, "2026-05-31"),
        ("2025-12-20", NEXT, "trước ngày 15/11", None, "2026-11-15"),
        ("2025-12-20", NEXT, "Quý IV", "2026-10-01", "2026-12-31"),
        ("2025-12-20", NEXT, "Tháng 12", None, None),  # of this year or of the next?
        ("2025-07-05", "Xây dựng dự toán năm 2026", "trước ngày 20/7", None, "2025-07-20"),
        ("2025-11-14", "Bảo đảm an toàn dịp Tết Nguyên đán 2026", "trước ngày 15/12", None, "2025-12-15"),
        ("2025-11-14", "Bảo đảm an toàn dịp Tết Nguyên đán 2026", "trước ngày 15/02", None, "2026-02-15"),
        ("2025-12-15", "Thực hiện Nghị quyết số 71-NQ/TW", "trước ngày 15/5", None, "2026-05-15"),
        ("2026-03-15", "Công tác dân vận", "trước ngày 15/02", None, "2026-02-15"),
        ("2026-03-15", "Cải cách hành chính năm 2026", "Tháng 1", "2026-01-01", "2026-01-31"),
        ("2025-12-15", "Thi hành Nghị quyết ngày 14 tháng 8 năm 2025", "trước ngày 15/5", None, "2026-05-15"),
        ("2025-09-10", SCHOOL, "Tháng 3/2025", "2025-03-01", "2025-03-31"),
        ("2024-09-01", "Năm học 2024 - 2025", "ngày 29/02", None, None),
        (None, NEXT, "Tháng 12", None, None),
    ],
)
def test_in_its_year(issued: str | None, title: str, text: str, start: str | None, end: str | None) -> None:
    read = read_deadline(text, int(issued[:4]) if issued else None)
    made = Assignment(id="A1", text=text, deadline=read, page=1, line_start=1, line_end=1)
    (moved,) = in_its_year([made], issued, title)
    assert moved.deadline
    assert (moved.deadline.text, moved.deadline.start, moved.deadline.end) == (text, start, end)


def test_what_comes_every_year_has_no_year() -> None:
    read = read_deadline("trước ngày 15/5 hằng năm", 2025)
    made = Assignment(id="A1", text="", deadline=read, page=1, line_start=1, line_end=1)
    assert in_its_year([made], "2025-12-15", "") == [made]
