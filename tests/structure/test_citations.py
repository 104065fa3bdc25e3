from __future__ import annotations

import pytest

from pipeline.structure.citations import find_citations, mask

CASES = [
    (
        "Kế hoạch số 135-KH/TU ngày 25 tháng 3 năm 2024 của Ban Thường vụ Tỉnh ủy về trẻ em",
        [("Kế hoạch", "135-KH/TU", "2024-03-25", "Ban Thường vụ Tỉnh ủy")],
    ),
    ("Quyết định số 18/2025/QĐ-UBND và các nguồn khác", [("Quyết định", "18/2025/QĐ-UBND", None, None)]),
    (
        "Nghị quyết số 190/2025/QH15 ngày 19 tháng 02 năm 2025 của Quốc hội quy định về",
        [("Nghị quyết", "190/2025/QH15", "2025-02-19", "Quốc hội")],
    ),
    (
        "Luật Bảo vệ môi trường số 72/2020/QH14 ngày 17 tháng 11 năm 2020;",
        [("Luật", "72/2020/QH14", "2020-11-17", None)],
    ),
    ("Điện số 3296/ĐK-BTL ngày 11/10/2021 của Bộ Tư lệnh Bộ đội Biên phòng;",
     [("Điện", "3296/ĐK-BTL", "2021-10-11", "Bộ Tư lệnh Bộ đội Biên phòng")]),
    ("tiết kiệm điện; trạm điện số 3; đường dây điện số 371", []),
    ("Công điện khẩn số 12/CĐ-UBND ngày 5/9/2024", [("Công điện", "12/CĐ-UBND", "2024-09-05", None)]),
    ("Công văn hỏa tốc số 789/UBND-NN ngày 02/9/2024", [("Công văn", "789/UBND-NN", "2024-09-02", None)]),
    ("Chương trình phối hợp số 05/CTrPH-UBND-MTTQ", [("Chương trình phối hợp", "05/CTrPH-UBND-MTTQ", None, None)]),

    ("Thông báo số 159/TB-VPCP ngày 12/4/2024 của Văn phòng Chính phủ thông báo kết luận",
     [("Thông báo", "159/TB-VPCP", "2024-04-12", "Văn phòng Chính phủ")]),
    ("Công điện số 7 ngày 02/11/2025 của Bộ Y tế", [("Công điện", "7", "2025-11-02", "Bộ Y tế")]),
    ("Nghị quyết số 66.9/2025/NQ-CP; mục 66.9/2025", [("Nghị quyết", "66.9/2025/NQ-CP", None, None)]),
    ("Phụ lục số 7 ngày nay và Công điện số 8", []),
    ("Nghị quyết số 201/2025/QHI15", [("Nghị quyết", "201/2025/QH15", None, None)]),
    ("Nghị quyết số 1668/NQ-UBTVQHI5", [("Nghị quyết", "1668/NQ-UBTVQH15", None, None)]),
    ("Luật Phòng, chống thiên tai ngày 19 tháng 6 năm 2013;", [("Luật", None, "2013-06-19", None)]),
    ("Luật Khám bệnh, chữa bệnh và phù hợp với quy hoạch", [("Luật", None, None, None)]),
    (
        "theo Luật Bảo hiểm y tế và Thông tư số 39/2024/TT-BYT ngày 17 tháng 11 năm 2024 của Bộ trưởng Bộ Y tế;",
        [("Luật", None, None, None), ("Thông tư", "39/2024/TT-BYT", "2024-11-17", "Bộ trưởng Bộ Y tế")],
    ),
    (
        "Thông tư số 02/2017/TT-VPCP ngày 31 tháng 10 năm 2017 của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ.",
        [("Thông tư", "02/2017/TT-VPCP", "2017-10-31", "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ")],
    ),
    (
        "Văn bản số 1315/UBND-KGVX ngày 06 tháng 5 năm 2022 của Ủy ban nhân dân tỉnh.",
        [("Văn bản", "1315/UBND-KGVX", "2022-05-06", "Ủy ban nhân dân tỉnh")],
    ),
    ("Văn bản số 1190/EVNCPC-KT+ĐĐ ngày 18/3/2026;", [("Văn bản", "1190/EVNCPC-KT+ĐĐ", "2026-03-18", None)]),
    ("triển khai thực hiện 3597/KH-UBND ngày 28/6/2024 về", [("Kế hoạch", "3597/KH-UBND", "2024-06-28", None)]),
    ("chính sách pháp luật về bảo vệ trẻ em; hồ sơ dự án luật; trực ban 24/24 giờ; 1/2 ngày; 1,5 tỷ đồng/trạm", []),
    ("Kế hoạch số 3597/KH- -UBND ngày 28/6/2024 của Ủy ban nhân dân Thành phố phù hợp với tình hình",
     [("Kế hoạch", "3597/KH-UBND", "2024-06-28", "Ủy ban nhân dân Thành phố")]),
    ("Chỉ thị số 33-CT/TU. Thường xuyên tuyên truyền", [("Chỉ thị", "33-CT/TU", None, None)]),
    ("Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị Về “Tăng cường",
     [("Chỉ thị", "28-CT/TW", "2023-12-25", "Bộ Chính trị")]),
    ("cập nhật Chương trình hành động của Chính phủ thực hiện Nghị quyết số 57-NQ/TW",
     [("Nghị quyết", "57-NQ/TW", None, None)]),
    ("THỰC HIỆN CHỈ THỊ SỐ 14-CT/TW NGÀY 19 THÁNG 7 NĂM 2017 CỦA BAN BÍ THƯ VỀ NGƯỜI CÓ CÔNG",
     [("Chỉ thị", "14-CT/TW", "2017-07-19", "BAN BÍ THƯ")]),
    ("Quyết định số 2203/QĐ-ĐHSP ngày. 30/12/2024 của Hiệu trưởng, dự toán",
     [("Quyết định", "2203/QĐ-ĐHSP", "2024-12-30", "Hiệu trưởng")]),
    ("TRIỂN KHAI LUẬT ĐẤT ĐAI VÀ QUYẾT ĐỊNH SỐ 12/QĐ-UBND",
     [("Luật", None, None, None), ("Quyết định", "12/QĐ-UBND", None, None)]),
    ("Thông báo Kết luận số 118-TB/TU ngày 14/7/2025; Kết luận số 18-KL/TW",
     [("Thông báo", "118-TB/TU", "2025-07-14", None), ("Kết luận", "18-KL/TW", None, None)]),
    ("Hội Luật gia tỉnh góp ý Luật Giá và Luật khám bệnh, chữa bệnh",
     [("Luật", None, None, None), ("Luật", None, None, None)]),
    ("KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2026", []),
    ("Quyết định số 4725/QĐ - BGDĐT ngày 12/10/2018 và Kế hoạch số 12/KH - UBND-NC",
     [("Quyết định", "4725/QĐ-BGDĐT", "2018-10-12", None), ("Kế hoạch", "12/KH-UBND-NC", None, None)]),
    ("Kế hoạch số 12/KH-UBND - Sở Y tế", [("Kế hoạch", "12/KH-UBND", None, None)]),
    ("Kế hoạch hành động số 12-KHHĐ/TU", [("Kế hoạch hành động", "12-KHHĐ/TU", None, None)]),
    ("thi hành Hiến pháp năm 2013 theo Hiến pháp và pháp luật", [("Hiến pháp", None, None, None)]),
    ("theo Luật dược; Hội Luật gia", [("Luật", None, None, None)]),
    ("tờ khai theo mẫu số 01-ĐK-TCT; Mẫu số 05/KH-SYT", []),
    ("Thông tư liên tịch số 15/2011/TTLT-BTP-BNG của Bộ Tư pháp và Bộ Ngoại giao hướng dẫn thi hành",
     [("Thông tư liên tịch", "15/2011/TTLT-BTP-BNG", None, "Bộ Tư pháp và Bộ Ngoại giao")]),
    ("Thông tư số 20/2018/TT-BVHTTDL của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch bãi bỏ một số văn bản",
     [("Thông tư", "20/2018/TT-BVHTTDL", None, "Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch")]),
    ("Nghị quyết số 63/NQ-CP ngày 25 tháng 7 năm 2017 của Chính phủ và Quyết định số 22/2013/QĐ-TTg.",
     [("Nghị quyết", "63/NQ-CP", "2017-07-25", "Chính phủ"), ("Quyết định", "22/2013/QĐ-TTg", None, None)]),
    ("Thông tư số 08/2021/TT-BGDĐT của Bộ Giáo dục và Đào tạo và",
     [("Thông tư", "08/2021/TT-BGDĐT", None, "Bộ Giáo dục và Đào tạo")]),
    ("Quyết định 555/2007/QĐ-BKH ngày 30/5/2007 của Bộ Kế hoạch và Đầu tư và mục tiêu thiên niên kỷ",
     [("Quyết định", "555/2007/QĐ-BKH", "2007-05-30", "Bộ Kế hoạch và Đầu tư")]),
    ("căn cứ công văn số 966/SGDĐT-VP ngày 28/08/2012 của sở Giáo dục và Đào tạo Lâm Đồng về việc tổ chức Lễ",
     [("Công văn", "966/SGDĐT-VP", "2012-08-28", "sở Giáo dục và Đào tạo Lâm Đồng")]),
    ("Nghị quyết số 20-NQ/TW ngày 01/11/2012 của Ban Chấp hành Trung ương Đảng khoá XI về",
     [("Nghị quyết", "20-NQ/TW", "2012-11-01", "Ban Chấp hành Trung ương Đảng")]),
    ("Kế hoạch của Ủy ban nhân dân tỉnh số 12/KH-UBND", [("Kế hoạch", "12/KH-UBND", None, "Ủy ban nhân dân tỉnh")]),
    ("Nghị định số 26/2020/NĐ-CP ngày 28/2/2020 của Chính phủ Quy định chi tiết Luật Bảo vệ BMNN trên địa bàn tỉnh",
     [("Nghị định", "26/2020/NĐ-CP", "2020-02-28", "Chính phủ"), ("Luật", None, None, None)]),
    ("Kế hoạch số 134/KH-UBND của UBND tỉnh trên địa bàn; Nghị định số 1/2024/NĐ-CP của Chính phủ đủ 14 ngày",
     [("Kế hoạch", "134/KH-UBND", None, "UBND tỉnh"), ("Nghị định", "1/2024/NĐ-CP", None, "Chính phủ")]),
    ("Nghị định số 43/2014/NĐ-CP của Chính phủ - Thông tư số 02/2015/TT-BTP của Bộ Tư pháp",
     [("Nghị định", "43/2014/NĐ-CP", None, "Chính phủ"), ("Thông tư", "02/2015/TT-BTP", None, "Bộ Tư pháp")]),
    ("Thông tư số 07/2013/TT của Bộ Lao động - Thương binh và Xã hội",
     [("Thông tư", "07/2013/TT", None, "Bộ Lao động - Thương binh và Xã hội")]),
    ("Quyết định số 4/QĐ-VPCP của Văn phòng Chính phủ tỉnh",
     [("Quyết định", "4/QĐ-VPCP", None, "Văn phòng Chính phủ tỉnh")]),
    ("Thông tư số 05/2019/TT-BVHTTDL của Bộ Văn hóa, Thể thao và Du lịch; "
     "Công văn số 9/LĐTBXH-TE của Bộ Lao động, Thương binh và Xã hội về việc",
     [("Thông tư", "05/2019/TT-BVHTTDL", None, "Bộ Văn hóa, Thể thao và Du lịch"),
      ("Công văn", "9/LĐTBXH-TE", None, "Bộ Lao động, Thương binh và Xã hội")]),
    ("Quyết định số 60/QĐ-TTg của Thủ tướng Chính phủ Phê duyệt Đề án; "
     "Công văn số 37/SGDĐT-MN của Sở Giáo dục và Đào tạo Hà Nam V/v hội thi",
     [("Quyết định", "60/QĐ-TTg", None, "Thủ tướng Chính phủ"),
      ("Công văn", "37/SGDĐT-MN", None, "Sở Giáo dục và Đào tạo Hà Nam")]),
    ("NGHỊ QUYẾT SỐ 13/NQ-UBTVQH15 NGÀY 25 THÁNG 9 NĂM 2024 CỦA ỦY BAN THƯỜNG VỤ QUỐC HỘI GIÁM SÁT CHUYÊN ĐỀ",
     [("Nghị quyết", "13/NQ-UBTVQH15", "2024-09-25", "ỦY BAN THƯỜNG VỤ QUỐC HỘI")]),
    ("Kế hoạch này và Kế hoạch nêu trên; Quyết định của Bộ trưởng", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_find(text: str, expected: list[tuple[str | None, str | None, str | None, str | None]]) -> None:
    found = find_citations(text)
    assert [(c.doc_type, c.number, c.date, c.issuer) for c in found] == expected
    assert all(text[c.start : c.end] == c.text for c in found)


@pytest.mark.parametrize(
    ("read", "number"),
    [
        ("Chỉ thị số 25-C1/TW", "25-CT/TW"),
        ("Quyết định số 831/QĐĐ-BYT", "831/QĐ-BYT"),
        ("Công điện số 69/CĐ-TTTg", "69/CĐ-TTg"),
        ("Công văn số 793/BTTTT-THH", "793/BTTTT-THH"),
        ("Công văn số 12/UBND-KTTĐ", "12/UBND-KTTĐ"),
        ("Nghị quyết số 03-NQ/ĐĐU", "03-NQ/ĐU"),
        ("Nghị quyết số 98/2023/QH15", "98/2023/QH15"),
        ("Công văn số 1735/LĐTBXH-BĐG", "1735/LĐTBXH-BĐG"),
        ("Kế hoạch số 12/KH-SNNMT", "12/KH-SNNMT"),
        ("Quyết định số 55/TTg", "55/TTg"),
        ("Công văn số 3456/SGDĐT-CTTT", "3456/SGDĐT-CTTT"),
    ],
)
def test_letters_of_a_number_agree_with_its_type(read: str, number: str) -> None:
    (found,) = find_citations(read)
    assert (found.number, found.text) == (number, read)


def test_mask_keeps_the_length() -> None:
    text = "theo Nghị định số 45/2022/NĐ-CP ngày 07/7/2022 của Chính phủ, trước ngày 01/8/2025"
    assert len(mask(text)) == len(text)
    assert mask(text).endswith(", trước ngày 01/8/2025")


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("thi hành Luật Đất đai 2024 và các văn bản", "Luật Đất đai 2024"),
        ("tổng kết Luật Nhà ở 2023-2025", "Luật Nhà ở"),
        ("theo Luật NSNN hoặc phê duyệt", "Luật NSNN"),
        ("Luật Tổ chức HĐND và UBND năm 2003;", "Luật Tổ chức HĐND và UBND năm 2003"),
    ],
)
def test_a_law_ends_with_its_year(text: str, cited: str) -> None:
    assert [found.text for found in find_citations(text)] == [cited]
