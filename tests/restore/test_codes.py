from __future__ import annotations

import pytest

from pipeline.options import Options
from pipeline.restore import restore_text
from pipeline.restore.codes import is_code, repaired

KNOWN = {"QD": "QĐ", "ND": "NĐ", "TTg": "TTg", "UBND": "UBND", "LDTBXH": "LĐTBXH", "CP": "CP", "KH": "KH"}

REPAIRED = {
    "830/QD-TTg": "830/QĐ-TTg",
    "30/2020/ND-CP": "30/2020/NĐ-CP",
    "21421/KH-SLDTBXH": "21421/KH-SLĐTBXH",
    "1583/KH-UBND": "1583/KH-UBND",
    "30/2020/NĐ-CP": "30/2020/NĐ-CP",
    "135-KH/TU": "135-KH/TU",
    "12/XY-ZW": "12/XY-ZW",
    "06/Qb-TTg": "06/QĐ-TTg",
    "06/QB-TTg": "06/QB-TTg",
    "06/Kb-TTg": "06/Kb-TTg",
}


@pytest.mark.parametrize(("read", "expected"), REPAIRED.items())
def test_repaired(read: str, expected: str) -> None:
    assert repaired(read, KNOWN) == expected


@pytest.mark.parametrize(("text", "expected"), [("KH-UBND", True), ("DUC-DAO", False), ("5/X", True)])
def test_is_code(text: str, expected: bool) -> None:
    assert is_code(text, KNOWN) is expected


def test_abbreviations_joined_by_an_ampersand_stay() -> None:
    restored = restore_text("Phong VH&TT cac huyén, thanh phd", Options(noise="eng"))
    assert restored == "Phòng VH&TT các huyện, thành phố"
