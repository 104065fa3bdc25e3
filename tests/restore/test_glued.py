from __future__ import annotations

import pytest

from pipeline.corrections import apply
from pipeline.model import Line, Page, SourceKind
from pipeline.restore.glued import glued


def parted(text: str, kind: SourceKind = "scan") -> str:
    return apply([text], list(glued([Page(1, kind, (Line(1, text),))])))[0]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("phục vụ công tác quản.lý của Bộ", "phục vụ công tác quản lý của Bộ"),
        ("Chịu trách nhiệm'về tính chính xác", "Chịu trách nhiệm về tính chính xác"),
        ("thanh tra, kiểm.tra của.dữ liệu", "thanh tra, kiểm tra của dữ liệu"),
        ("Chủ trì,phối hợp với Sở", "Chủ trì, phối hợp với Sở"),
        ("gồm:các sở, ngành;các đoàn thể", "gồm: các sở, ngành; các đoàn thể"),
        ("(theo định.mức)", "(theo định mức)"),
    ],
)
def test_words_that_a_mark_glues_are_parted(read: str, printed: str) -> None:
    assert parted(read) == printed
    assert parted(read, "text_layer") == read


@pytest.mark.parametrize(
    "text",
    [
        "email: vanthu@kiengiang.gov.vn, http://thanhtra.gov.vn/tin",
        "quy.che@tinh.gov.vn",
        "v.v. và các việc khác",
        "TP.Hồ Chí Minh, TT.Huế, UBND.xã",
        "Điều 4.1, mục 2.3, 1.500.000 đồng",
        "tập tin ke.hoach",
        "xã^1.",
        "chính sách.Các sở, ngành",  # a sentence begins
        "ông Nguyễn Văn A.",
    ],
)
def test_left_alone(text: str) -> None:
    assert parted(text) == text
