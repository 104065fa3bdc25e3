from __future__ import annotations

import pytest

from pipeline.corrections import apply
from pipeline.model import Line, Page
from pipeline.options import Options
from pipeline.restore import restore, restore_text

TORN_OR_JOINED = [
    ("eng", "N ghi dinh", "Nghị định"),
    ("eng", "ban hanh Ké hoa ch thye hién", "ban hành Kế hoạch thực hiện"),
    ("eng", "trienkhai thuc hien", "triển khai thực hiện"),
    ("eng", "xay dung ké hoachtrién khai", "xây dựng kế hoạch triển khai"),
    ("vie", "Nghị đị nh của Chính phủ", "Nghị định của Chính phủ"),
    ("vie", "N ghị định của Chính phủ", "Nghị định của Chính phủ"),
    ("vie", "triểnkhai thựchiện Nghị quyết", "triển khai thực hiện Nghị quyết"),
    ("vie", "Kiểm traliênngànhvề phòng cháy", "Kiểm tra liên ngành về phòng cháy"),
    ("vie", "Cônganđặc khu", "Công an đặc khu"),
    ("vie", "BanQuảnlý dự án", "Ban Quản lý dự án"),
    ("vie", "Đơnvịphốihợp", "Đơn vị phối hợp"),
    ("stripped", "to chuc trienkhai thuc hien Nghi quyet", "tổ chức triển khai thực hiện Nghị quyết"),
]

STAYS = [
    ("vie", "điểm a khoản 1, điểm b khoản 2"),
    ("vie", "nhóm A và nhóm B"),
    ("vie", "website, fanpage, Facebook, Internet, hoocmon"),
    ("vie", "135-KH/TU, 18/2025/QĐ-UBND; vanthu@laocai.gov.vn"),
    ("vie", "UBND các xã; TM. ỦY BAN NHÂN DÂN"),
    ("vie", "tại xã Brơih Kđỏm"),
    ("vie", "giải chạy marathon, vitamin, Krôngpắk, Telehealth"),
    ("eng", "135-KH/TU 2026 / KH-UBND"),
    ("eng", "laocai.gov.vn"),
]


@pytest.mark.parametrize(("kind", "read", "expected"), TORN_OR_JOINED)
def test_words_divided_otherwise(kind: str, read: str, expected: str) -> None:
    page = Page(1, "ocr_text", (Line(1, read),))
    pages, corrections = restore([page], Options.model_validate({"noise": kind}))
    line = pages[0].lines[0]
    assert line.text == expected
    assert [word.text for word in line.words] == expected.split()
    assert apply([read], corrections) == [expected]
    assert any(c.rule == "word-boundary" and c.observed.count(" ") != c.restored.count(" ") for c in corrections)


@pytest.mark.parametrize(("kind", "line"), STAYS)
def test_what_is_divided_rightly_stays(kind: str, line: str) -> None:
    assert restore_text(line, Options.model_validate({"noise": kind})) == line
