from __future__ import annotations

import pytest

from pipeline.model import Line, Page, Word
from pipeline.options import Options
from pipeline.restore import restore, restore_text
from pipeline.restore.casing import in_capitals


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("I. MUC DICH, YEU CAU", True),
        ("I. MUC PiCH, YEU CAU", True),
        ("- UBND/Q (CT và PCT/VX)", False),
        ("KT. CHỦ TỊCH", False),
        ("TT. TU, TT. HĐND", False),
        ("Kế hoạch", False),
        ("", False),
    ],
)
def test_lines_in_capitals(line: str, expected: bool) -> None:
    assert in_capitals(line) is expected


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("cua Thanh phé HO Chi Minh vé trién khai", "của Thành phố Hồ Chí Minh về triển khai"),
        ("CONG HOA XA HOI CHU NGHIA VIET NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("- Luu: VT, KGVX.", "- Lưu: VT, KGVX."),
        ("* Thuc hién: So Y té; UBND tinh", "* Thực hiện: Sở Y tế; UBND tỉnh"),
    ],
)
def test_capitals_are_those_of_the_neighbours(read: str, expected: str) -> None:
    assert restore_text(read, Options(noise="eng")) == expected


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("SỞ Y TẾ", "SỞ Y TẾ"),
        ("SỞ Y TÉ", "SỞ Y TẾ"),
        ("Chủ trì: SỞ Y tế tỉnh", "Chủ trì: Sở Y tế tỉnh"),
    ],
)
def test_a_short_line_in_capitals_stays_in_capitals(read: str, expected: str) -> None:
    assert restore_text(read, Options(noise="vie")) == expected


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("không để xảy ra tử VOng.", "không để xảy ra tử vong."),
        ("trong một đợt kHám bệnh", "trong một đợt khám bệnh"),
        ("bảo hiểm y tẾ tại các cơ sở", "bảo hiểm y tế tại các cơ sở"),
        ("lãnh đạo đơn vỊ.", "lãnh đạo đơn vị."),
        ("Lịch sử và ĐỊa lí lớp 4", "Lịch sử và Địa lí lớp 4"),
        ("Ban chỉ đạo. XẾp loại thi đua", "Ban chỉ đạo. Xếp loại thi đua"),
        ("XẾp loại thi đua", "Xếp loại thi đua"),
        ("phòng GDĐT, UBNDTP và iPhone", "phòng GDĐT, UBNDTP và iPhone"),
        ("tài khoản VNeID, kWh, 110 kV", "tài khoản VNeID, kWh, 110 kV"),
        ("công tác PCTNXH, QLNN; lưu VT, ToC và LoA", "công tác PCTNXH, QLNN; lưu VT, ToC và LoA"),
        ("của Thủ tướng số 12/QĐ-TTg và VPCTr", "của Thủ tướng số 12/QĐ-TTg và VPCTr"),
        ("tuyệt đối KHÔNG để lộ thông tin", "tuyệt đối KHÔNG để lộ thông tin"),
    ],
)
def test_no_word_has_capitals_behind_small_letters(read: str, expected: str) -> None:
    assert restore_text(read, Options(noise="vie")) == expected


@pytest.mark.parametrize(("other", "expected"), [("vỆ", "vệ"), ("Vệ", "vệ"), ("VÊ", "VỆ"), ("", "VỆ")])
def test_a_word_that_the_engine_offers_in_small_letters_is_no_capital_amid_them(other: str, expected: str) -> None:
    text = "chăm sóc và bảo VỆ sức khỏe"
    words, start = [], 0
    for word in text.split():
        others = (other,) if word == "VỆ" and other else ()
        words.append(Word(word, start, 0.96, None, others, (0.2,) * len(others)))
        start += len(word) + 1
    pages, _ = restore([Page(1, "scan", (Line(1, text, tuple(words)),))], Options(noise="vie"))
    assert pages[0].lines[0].text == text.replace("VỆ", expected)
