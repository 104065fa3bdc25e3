"""Who leads, who coordinates and who else is named in a sentence."""

from __future__ import annotations

import pytest

from pipeline.structure.who import Who, clauses, read_who


@pytest.mark.parametrize(
    ("sentence", "lead", "coordinate", "others"),
    [
        ("Sở A chủ trì, phối hợp với Sở Y tế kiểm tra.", ["Sở A"], ["Sở Y tế"], []),
        ("Sở Y tế chủ trì; Sở Nội vụ phối hợp.", ["Sở Y tế"], ["Sở Nội vụ"], []),
        ("Sở Y tế tham mưu kế hoạch; phối hợp với Sở Nội vụ kiểm tra.", ["Sở Y tế"], ["Sở Nội vụ"], []),
        ("Sở Y tế chủ trì tham mưu kế hoạch chi tiết cho cả năm; phối hợp với Công an tỉnh kiểm tra.",
         ["Sở Y tế"], ["Công an tỉnh"], []),
        ("Sở Y tế rà soát; chủ động phối hợp chặt chẽ với Sở Nội vụ xử lý.", ["Sở Y tế"], ["Sở Nội vụ"], []),
        ("Thủ trưởng các đơn vị, trong phạm vi nhiệm vụ được giao, chủ động phối hợp với Sở Y tế thực hiện.",
         ["Thủ trưởng các đơn vị"], ["Sở Y tế"], []),
        ("Sở Y tế vận động Nhân dân, phối hợp với Sở Nội vụ tuyên truyền.", ["Sở Y tế"], [], ["Sở Nội vụ"]),
        ("Sở Y tế chủ trì ở thành phố; Ủy ban nhân dân các xã chủ trì ở địa phương.",
         ["Sở Y tế", "Ủy ban nhân dân các xã"], [], []),
        ("Sở Y tế chủ trì kiểm tra; Sở Nội vụ theo dõi, chủ trì họp.", ["Sở Y tế"], [], ["Sở Nội vụ"]),
        ("Hội Nông dân phối hợp với Hội Cựu chiến binh cùng cấp kiểm tra.",
         ["Hội Nông dân"], ["Hội Cựu chiến binh cùng cấp"], []),
        ("Sở Y tế chủ trì, cùng Báo Gia Lai, Công an tỉnh mở chuyên mục.",
         ["Sở Y tế"], ["Báo Gia Lai", "Công an tỉnh"], []),
        ("Sở Y tế chủ trì, cùng phối hợp với Công an tỉnh xử lý.", ["Sở Y tế"], ["Công an tỉnh"], []),
        ("Đoàn Thanh niên xã làm nòng cốt, phối hợp với Hội Nông dân xã ra quân.",
         ["Đoàn Thanh niên xã"], ["Hội Nông dân xã"], []),
        ("Trưởng các phòng chịu trách nhiệm trước Giám đốc Sở về nhiệm vụ được giao chủ trì.",
         ["Trưởng các phòng"], [], []),
        ("Ban Pháp chế là cơ quan tham mưu, giúp việc cho Đoàn giám sát; chủ trì, phối hợp với Công an xã tổng hợp.",
         ["Ban Pháp chế"], ["Công an xã"], []),
        ("Sở Y tế thông báo cho các đơn vị chủ trì đề án.", ["Sở Y tế"], [], []),
        ("Công an tỉnh chủ trì, phối hợp với Viettel Gia Lai khai thác dữ liệu; Chi cục Thủy sản kiểm dịch giống.",
         ["Công an tỉnh"], ["Viettel Gia Lai"], ["Chi cục Thủy sản"]),
        ("Chính phủ chỉ đạo, đôn đốc cơ quan được giao soạn thảo, chủ trì tiếp thu.", ["Chính phủ"], [], []),
        ("Hội đồng Dân tộc đề cao trách nhiệm; phối hợp với các cơ quan, chủ trì họp.",
         ["Hội đồng Dân tộc"], ["các cơ quan"], []),
        ("Các cơ quan có văn bản trả lời bộ, cơ quan ngang bộ chủ trì.", ["Các cơ quan"], [], []),
        ("Sở Y tế tiếp tục theo dõi, chủ trì họp.", ["Sở Y tế"], [], []),
        ("Sở Y tế, Sở Nội vụ theo hướng dẫn của Bộ Y tế.", ["Sở Y tế", "Sở Nội vụ"], [], ["Bộ Y tế"]),
    ],
)  # fmt: skip
def test_read_who(sentence: str, lead: list[str], coordinate: list[str], others: list[str]) -> None:
    assert read_who(sentence) == Who(lead, coordinate, others)


def test_clauses_end_where_nobody_is_named() -> None:
    assert clauses("Sở A chỉ đạo; Sở Y tế tham mưu; hoàn thành trong năm") == ["Sở A chỉ đạo", "Sở Y tế tham mưu"]
