from __future__ import annotations

import pytest

from pipeline.structure.sections import run_in_title, title_like


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Mục đích: Cụ thể hóa các nhiệm vụ", "Mục đích"),
        ("Các đơn vị: Xây dựng kế hoạch", "Các đơn vị"),
        ("Các đơn vị Xây dựng kế hoạch, tổ chức phát động", "Các đơn vị"),  # the colon was lost
        ("Các sở, ban, ngành Phối hợp với Sở Y tế", "Các sở, ban, ngành"),
        ("Các đơn vị xây dựng kế hoạch", None),
        ("Các cơ quan Đảng, đoàn thể", None),
        ("Các đơn vị Quân đội tham gia", None),
        ("Sở Xây dựng chủ trì", None),
        ("Giám đốc các Sở: Xây dựng, Tài chính chịu trách nhiệm thi hành", None),  # names, not what they shall do
        ("Giám đốc các Sở: Xây dựng kế hoạch", "Giám đốc các Sở"),
    ],
)
def test_words_before_a_colon(text: str, head: str | None) -> None:
    assert run_in_title(text) == head


@pytest.mark.parametrize(
    ("text", "is_title"),
    [
        ("Công tác tuyên truyền, vận động", True),
        ("Bảo đảm cuộc bầu cử diễn ra dân chủ, đúng pháp luật; tỷ lệ cử tri đi bầu đạt trên 99%.", False),
        ("Bảo đảm cuộc bầu cử diễn ra dân chủ, đúng pháp luật; tỷ lệ cử tri đi bầu đạt trên 99%,", False),  # misread
        ("Sở Tài chính,", True),
        ("Phân công nhiệm vụ:", True),
    ],
)
def test_what_reads_as_a_heading(text: str, is_title: bool) -> None:
    assert title_like(text) is is_title
