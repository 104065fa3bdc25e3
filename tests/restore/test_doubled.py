import pytest

from pipeline.model import Line, Page
from pipeline.restore.doubled import doubled


def mended(*lines: str, kind: str = "scan") -> list[tuple[int, str, str]]:
    page = Page(1, kind, tuple(Line(n, line) for n, line in enumerate(lines, 1)))  # type: ignore[arg-type]
    return [(c.line, c.observed, c.restored) for c in doubled([page])]


OFTEN = ("Ban Chỉ huy PCTT", "công tác PCTT huyện", "phương án PCTT và TKCN")


def test_what_the_document_writes_with_a_letter_less() -> None:
    assert mended(*OFTEN, "BCH PCTTT tỉnh") == [(4, "PCTTT", "PCTT")]


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("Quyết định số 831/QĐ-BYTT ngày 11/3/2017", [("BYTT", "BYT")]),
        ("Nghị quyết số 03-NQ/ĐĐU ngày 28/7/2025", [("ĐĐU", "ĐU")]),
        ("Thông tư số 39/2024/TT-BYT", []),
        ("Công văn số 12/BTTTT-VP", []),  # a part that is known
        ("BYTT và các đơn vị", []),  # no code
        ("Sở TTTT chủ trì", []),
        ("Công văn số 793/BTTTT-THH", []),  # the code of an office
        ("số 3/QĐ-XYYZ", []),  # what is unknown with a letter less, too
    ],
)
def test_parts_of_codes(line: str, made: list[tuple[str, str]]) -> None:
    assert [(observed, restored) for _, observed, restored in mended(line)] == made


def test_what_is_as_usual_stays() -> None:
    assert mended("PCTT", "PCTTT", "PCTT") == []
    assert mended(*OFTEN, "PCTTT", kind="text_layer") == []
    assert mended() == []
