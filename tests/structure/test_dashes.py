"""Dashes that the page shows although OCR lost or misread them; geometry alone decides."""

from __future__ import annotations

import pytest

from pipeline.model import Line, Page, Word
from pipeline.structure.dashes import mend_dashes
from pipeline.structure.rows import rows_of

DASH, BEHIND, MARGIN = 300, 330, 200


def lines_of(*lines: tuple[int, str]) -> Page:
    """Lines of a page: where the first word stands, and the text; a sign in front stands at the dash's place."""
    made = []
    for number, (left, text) in enumerate(lines, 1):
        words, at, x = [], 0, left
        for k, token in enumerate(text.split()):
            words.append(Word(token, at, bbox=(x, 60 * number, x + 14 * len(token), 60 * number + 34)))
            x = BEHIND if k == 0 and left == DASH and len(token) == 1 else x + 14 * (len(token) + 1)
            at += len(token) + 1
        made.append(Line(number, text, tuple(words)))
    return Page(1, "scan", tuple(made), 1654, 2339)


LONG = "một dòng dài đến hết bề ngang của trang giấy để biết lề trái và lề phải ở đâu"
ITEMS = ((DASH, "- Rà soát các văn bản"), (MARGIN, LONG), (DASH, "- Sửa đổi các quy định"), (MARGIN, LONG))


@pytest.mark.parametrize(
    ("left", "read", "mended"),
    [
        (BEHIND, "Tăng cường kiểm tra", "- Tăng cường kiểm tra"),
        (BEHIND - 4, "Tăng cường kiểm tra", "- Tăng cường kiểm tra"),
        (DASH, "h Tổ chức các đối thoại", "- Tổ chức các đối thoại"),
        (DASH, "= Tổ chức các đối thoại", "- Tổ chức các đối thoại"),
        (DASH, "“ Tổ chức các đối thoại", "“ Tổ chức các đối thoại"),  # a quotation may begin here
        (DASH, "Tăng cường kiểm tra", "Tăng cường kiểm tra"),  # a paragraph at the indent
        (MARGIN, "Sở Y tế và các đơn vị", "Sở Y tế và các đơn vị"),
        (BEHIND, "tăng cường kiểm tra", "tăng cường kiểm tra"),
        (DASH, "* Thực hiện: Sở Y tế", "* Thực hiện: Sở Y tế"),
        (BEHIND + 400, "CHỦ TỊCH", "CHỦ TỊCH"),
    ],
)
def test_mend(left: int, read: str, mended: str) -> None:
    rows = mend_dashes(rows_of([lines_of(*ITEMS, (left, read), (MARGIN, LONG))]))
    assert rows[4].text == mended
    assert rows[4].mended is (read != mended)


@pytest.mark.parametrize(
    ("beyond", "kept"),
    [(0, "tổ chức chính trị -"), (30, "tổ chức chính trị")],  # a name split at its dash; a speck in the margin
)
def test_a_dash_at_the_right_margin(beyond: int, kept: str) -> None:
    right = max(w.bbox[2] for line in lines_of((MARGIN, LONG)).lines for w in line.words if w.bbox)
    texts = ("tổ", "chức", "chính", "trị", "-")
    ends = (right - 400, right - 300, right - 150, right - 12, right + beyond)
    at = (0, 3, 8, 14, 18)
    words = tuple(Word(t, a, bbox=(e - 12 * len(t), 360, e, 394)) for t, a, e in zip(texts, at, ends, strict=True))
    lines = (*lines_of(*ITEMS, (MARGIN, LONG)).lines, Line(6, " ".join(texts), words))
    assert rows_of([Page(1, "scan", lines, 1654, 2339)])[5].text == kept


def test_a_dash_among_specks() -> None:
    page = lines_of(*ITEMS, (DASH - 20, "._“ Đẩy mạnh chuyển đổi số"), (MARGIN, LONG))
    words = page.lines[4].words
    moved = (
        words[0],
        *(
            Word(w.text, w.start, bbox=(BEHIND + 70 * k, 300, BEHIND + 70 * k + 50, 334))
            for k, w in enumerate(words[1:])
        ),
    )
    lines = (*page.lines[:4], Line(5, page.lines[4].text, moved), page.lines[5])
    row = mend_dashes(rows_of([Page(1, "scan", lines, 1654, 2339)]))[4]
    assert (row.text, row.mended) == ("- Đẩy mạnh chuyển đổi số", True)


def test_dirt_before_the_indent_goes() -> None:
    page = lines_of(*ITEMS, (DASH - 30, "= Giao Sở Y tế"), (MARGIN, LONG))
    words = page.lines[4].words
    moved = (
        words[0],
        *(Word(w.text, w.start, bbox=(DASH + 70 * k, 300, DASH + 70 * k + 50, 334)) for k, w in enumerate(words[1:])),
    )
    lines = (*page.lines[:4], Line(5, page.lines[4].text, moved), page.lines[5])
    row = mend_dashes(rows_of([Page(1, "scan", lines, 1654, 2339)]))[4]
    assert (row.text, row.mended) == ("Giao Sở Y tế", False)


def test_nothing_is_put_back_above_the_motto() -> None:
    head = ((BEHIND, "Số: 6127/UBND-KT"), (MARGIN, "Độc lập - Tự do - Hạnh phúc"))
    rows = mend_dashes(rows_of([lines_of(*head, *ITEMS, (BEHIND, "Tăng cường kiểm tra"), (MARGIN, LONG))]))
    assert [rows[0].text, rows[-2].text] == ["Số: 6127/UBND-KT", "- Tăng cường kiểm tra"]


def test_nothing_happens_without_boxes() -> None:
    lines = tuple(Line(n, text) for n, (_, text) in enumerate((*ITEMS, (0, "Tăng cường kiểm tra")), 1))
    assert [row.text for row in mend_dashes(rows_of([Page(1, "scan", lines)]))] == [line.text for line in lines]
