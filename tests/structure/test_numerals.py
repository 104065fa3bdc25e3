import pytest

from pipeline.structure.deadlines import read_deadline
from pipeline.structure.numerals import in_figures


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("ngày mười lăm tháng tư năm 2026", "ngày 15 tháng 4 năm 2026"),
        ("ngày hai mươi mốt tháng năm năm 2026", "ngày 21 tháng 5 năm 2026"),
        ("Ngày ba mươi tháng mười hai", "Ngày 30 tháng 12"),
        ("ngày mùng ba tháng 9", "ngày 3 tháng 9"),
        ("đến hết tháng chín năm 2026", "đến hết tháng 9 năm 2026"),
        # none
        ("mỗi tháng một lần", "mỗi tháng một lần"),
        ("tháng sau", "tháng sau"),  # not sáu
        ("trong ba tháng đầu năm", "trong ba tháng đầu năm"),
        ("tháng năm", "tháng năm"),  # may be the year that follows
        ("ngày một phát triển", "ngày một phát triển"),
    ],
)
def test_in_figures(words: str, figures: str) -> None:
    assert in_figures(words) == figures


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Chậm nhất là ngày mười lăm tháng tư năm 2026", None, "2026-04-15"),
        ("Cuối tháng mười năm 2026", None, "2026-10-31"),
        ("đến hết tháng chín năm 2026", None, "2026-09-30"),
        ("Trước tháng giêng năm 2026", None, None),  # of the lunar year
    ],
)
def test_dates_in_words(text: str, start: str | None, end: str | None) -> None:
    found = read_deadline(text)
    assert (found.start, found.end, found.text) == (start, end, text)
