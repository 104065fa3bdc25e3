"""One document, one key, in whatever words it is cited."""

from __future__ import annotations

import pytest

from pipeline.citekey import citation_keys
from pipeline.model import Citation
from pipeline.resources import table
from pipeline.structure.citations import find_citations


def keys(text: str, issued: str | None = "2025-06-01") -> list[str]:
    found = [
        Citation(id=f"C{i}", text=f.text, doc_type=f.doc_type, number=f.number, date=f.date, issuer=f.issuer,
                 start=f.start, end=f.end)
        for i, f in enumerate(find_citations(text))
    ]  # fmt: skip
    return citation_keys(found, issued)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Luật Trẻ em; Luật Trẻ em năm 2016; Luật trẻ em; Luật Trẻ em ngày 05 tháng 4 năm 2016; Luật Trẻ em số "
         "102/2016/QH13", "102/2016/qh13"),
        ("Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị; Chỉ thị số 28-CT/TW; Chỉ thị 28 - CT/TW ngày 25 tháng "
         "12 năm 2023", "28-ct/tw@2023"),
        ("Quyết định số 831/QĐ-BYT ngày 11/3/2017 của Bộ trưởng Bộ Y tế; Quyết định số 831/QD-BYT", "831/qd-byt@2017"),
        ("Kế hoạch số 135-KH/TU ngày 25/3/2024 của Ban Thường vụ Tỉnh ủy; Kế hoạch số 135-KH/TU",
         "135-kh/tu@2024@ban-thuong-vu-tinh-uy"),
        ("Kế hoạch số 15/KH-UBND ngày 10/01/2025 của UBND tỉnh Hà Tĩnh; Kế hoạch 15/KH-UBND ngày 10/01/2025 của Ủy ban "
         "nhân dân tỉnh Hà Tĩnh", "15/kh-ubnd@2025@uy-ban-nhan-dan-tinh-ha-tinh"),
        ("Thông tư số 02/2017/TT-VPCP ngày 31/10/2017; Thông tư 2/2017/TT-VPCP", "2/2017/tt-vpcp"),
    ],
)  # fmt: skip
def test_different_words(text: str, key: str) -> None:
    found = keys(text)
    assert len(found) == text.count(";") + 1
    assert set(found) == {key}


@pytest.mark.parametrize(
    ("text", "issued", "key"),
    [
        ("Luật Đất đai", "2023-05-01", "45/2013/qh13"),
        ("Luật Đất đai", "2024-05-01", "31/2024/qh15"),
        ("Luật Đất đai năm 2013", "2025-01-01", "45/2013/qh13"),
        ("Luật Đất đai năm 2003", "2025-01-01", "luat dat dai@2003"),
        ("Luật Tổ chức chính quyền địa phương", "2025-08-01", "luat to chuc chinh quyen dia phuong"),  # two of one year
        ("Luật Giám định tư pháp", None, "luat giam dinh tu phap"),
    ],
)
def test_laws_by_name(text: str, issued: str | None, key: str) -> None:
    assert keys(text, issued) == [key]


def test_different_documents_keep_different_keys() -> None:
    plans = "Kế hoạch số 15/KH-UBND ngày 10/01/2025 của Ủy ban nhân dân tỉnh {}; "
    text = plans.format("Hà Tĩnh") + plans.format("Nghệ An")
    text += "Quyết định số 12/QĐ-TTg ngày 01/01/2020; Quyết định số 12/QĐ-TTg ngày 01/01/2021"
    assert len(set(keys(text))) == 4


def test_a_law_of_one_year_stands_once() -> None:
    seen = [(row["name"], row["number"]) for row in table("law_numbers")]
    assert len(set(seen)) == len(seen)
    assert len({number for _, number in seen}) == len(seen)
