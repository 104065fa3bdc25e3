from __future__ import annotations

import pytest

from pipeline.corrections import apply
from pipeline.model import Line, Page
from pipeline.options import Options
from pipeline.restore import restore
from pipeline.restore.quotes import closed_quotes

SWALLOWED = [
    (["Chương trình “Vì trẻ em giai đoạn 2021-20307; Quyết định"], {0: [(39, "20307", "2030”")]}),
    (["Đề án “Xây dựng xã hội học tập", "đến năm 20307, Kế hoạch"], {1: [(8, "20307", "2030”")]}),
]
STAYS = [
    ["giai đoạn 2021-20307; Quyết định"],
    ["“Vì trẻ em” và 20307; Quyết định"],
    ["“Vì trẻ em: 20307 em được hỗ trợ”; Quyết định"],
    ["“Vì trẻ em, 120307; 20307/KH-UBND; 20.307; 20307,5"],
    ["Mã 20307"],
    ["“Vì trẻ em cho 20307 em học sinh"],
]


@pytest.mark.parametrize(("lines", "expected"), SWALLOWED)
def test_years_that_swallowed_a_mark(lines: list[str], expected: dict[int, list[tuple[int, str, str]]]) -> None:
    assert closed_quotes(lines) == expected


@pytest.mark.parametrize("lines", STAYS)
def test_other_numbers_stay(lines: list[str]) -> None:
    assert closed_quotes(lines) == {}


def test_the_correction_is_recorded() -> None:
    read = "Chuong trinh “Vi tré em giai doan 2021-20307; Quyét dinh"
    pages, corrections = restore([Page(1, "ocr_text", (Line(1, read),))], Options(noise="eng"))
    assert pages[0].lines[0].text.endswith("2021-2030”; Quyết định")
    assert apply([read], corrections) == [pages[0].lines[0].text]
    assert [c.rule for c in corrections if c.restored == "2030”"] == ["closing-quote"]
