import pytest

from pipeline.model import Word
from pipeline.ocr.signature import without_signatures


def line(text: str, top: int, height: int = 30, left: int = 100) -> list[Word]:
    """Words side by side, each as wide as its letters."""
    words, x = [], left
    for word in text.split():
        width = round(0.5 * height * len(word))
        words.append(Word(word, 0, 0.95, (x, top, x + width, top + height)))
        x += width + height // 3
    return words


TEXT = [line("Điều 2. Giải thích từ ngữ trong Thông tư này", 100 + 45 * n) for n in range(4)]


@pytest.mark.parametrize(
    "mark",
    [
        ["Chứng thư Bộ Y tế", "Ngày ký 29/12/2017 14 26 52", "Hệ thống VOffice Bộ Y Tế"],
        ["Chứng thư Bồ Y tế", "Ngày kỹ 29/12/2017 14:26:52"],
        ["Người ký: CỔNG THÔNG TIN", "Email: vanthu@tinh.gov.vn", "Thời gian ký: 12.06.2018 09:12:11 +07:00"],
    ],
)
def test_the_mark_of_a_signature_service_goes(mark: list[str]) -> None:
    small = [line(text, 900 + 22 * n, height=17) for n, text in enumerate(mark)]
    assert without_signatures([*TEXT, *small]) == TEXT


@pytest.mark.parametrize(
    "kept",
    [
        line("Quyết định này có hiệu lực kể từ ngày ký ban hành.", 900, height=17),
        line("Ngày ký: 29/12/2017", 900, height=17),  # a line of a form
        line("Ngày ký 29/12/2017 14 26 52", 900),  # as large as the text
        line("Ngày họp: 29/12/2017 14 giờ 30", 900, height=17),
    ],
)
def test_print_that_speaks_of_signing_stays(kept: list[Word]) -> None:
    assert without_signatures([*TEXT, kept]) == [*TEXT, kept]


def test_small_print_apart_from_the_mark_stays() -> None:
    mark = line("Ngày ký 29/12/2017 14 26 52", 1000, height=17)
    note = line("Ghi chú: số liệu tạm tính đến tháng 12", 900, height=17)
    beside = line("- Lưu: VT.", 1000, height=17, left=900)
    assert without_signatures([*TEXT, note, mark, beside]) == [*TEXT, note, beside]


def test_no_lines() -> None:
    assert without_signatures([]) == []
