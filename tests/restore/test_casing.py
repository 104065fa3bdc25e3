from __future__ import annotations

import pytest

from pipeline.options import Options
from pipeline.restore import restore_text
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
