from __future__ import annotations

import pytest

from pipeline.corrections import apply
from pipeline.model import Line, Page, Word
from pipeline.options import Options
from pipeline.resources import table
from pipeline.restore import restore, restore_text

ROWS = table("formulas")


@pytest.mark.parametrize("row", ROWS, ids=[row["printed"] + " " + str(n) for n, row in enumerate(ROWS)])
def test_every_formula_has_an_example(row: dict[str, str]) -> None:
    assert restore_text(row["read"], Options(noise="vie")) == row["expected"]


@pytest.mark.parametrize(
    "line",
    [
        "(đề nghị các đơn vị báo cáo)",
        "(đề án, dự án)",
        "(đề thi)",
        "- lưu: VT, NVY.",  # may be printed so
        "(để b/c)",
        "- Bạn đọc, bạn nghe đài;",
        "Với nhận thức đó, các đơn vị",
        "CHỦ ĐỀ NĂM 2025",
        "TRƯỜNG KHOA HỌC",
        "Độc lập - Tự do - Hạnh phúc",
        "thâm nhập, thấm nước, thẩm định",
        "- Đoàn ĐBQH và HĐND tỉnh, ĐĐK;",
        "Luật số 36/2024/QH15, Nghị quyết số 5/QH10",
        "Công văn số 12 ngày 3/2025/QĐ",
        "tháng 2 năm 2017, tháng 1 năm 2018",
        "con dê thực hiện",
        "Đảng khóa XI, khóa XII",
        "thành phố Thái Nguyên Văn hóa",
    ],
)
def test_left_alone(line: str) -> None:
    assert restore_text(line, Options(noise="vie")) == line


def test_words_and_corrections_agree_with_the_text() -> None:
    words = tuple(Word(text, start, 0.9, (start, 0, start + 9, 9)) for text, start in (("-", 0), ("Sở", 2), ("(đề", 5)))
    line = Line(1, "- Sở (đề b/c);", (*words, Word("b/c);", 9, 0.9, (60, 0, 90, 9))))
    pages, corrections = restore([Page(1, "scan", (line,))], Options(noise="vie"))
    (restored,) = pages[0].lines
    assert restored.text == "- Sở (để b/c);"
    assert [w.text for w in restored.words] == ["-", "Sở", "(để", "b/c);"]
    assert apply([line.text], corrections) == [restored.text]
    assert [c.rule for c in corrections] == ["formula"]
