import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DamagedInputError
from pipeline.options import Options
from pipeline.scan import open_scan, pages
from pipeline.scan.text import read_text, split_pages, text_pages

RESOURCES = Path(__file__).parents[1] / "resources"


@pytest.mark.parametrize("name", ["utf8-bom.txt", "utf16-le-bom.txt", "utf16-be-bom.txt", "nfd.txt", "crlf.txt"])
def test_every_encoding_gives_the_same_lines(name: str) -> None:
    text = read_text(RESOURCES / name)
    assert text.startswith("ỦY BAN NHÂN DÂN\nKẾ HOẠCH\n")
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text


@pytest.mark.parametrize("name", ["tcvn3.txt", "tcvn3-saved-as-utf8.txt", "vni.txt", "viscii.txt", "windows-1258.txt"])
def test_old_encodings_give_the_same_lines(name: str) -> None:
    true = read_text(RESOURCES / "utf8-bom.txt")
    assert read_text(RESOURCES / name) == (true.lower() if name.startswith("tcvn3") else true)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", [["a"]]),
        ("a\n", [["a"]]),
        ("a\n\n", [["a", ""]]),
        ("a\n\fb\n", [["a"], ["b"]]),
        ("a\n\fb\n\f", [["a"], ["b"]]),
        ("\fa\n", [["a"]]),
        ("a\n\f\n", [["a"], [""]]),
        ("a\n\f\fb\n", [["a"], [], ["b"]]),
        ("a\fb\nc\n", [[], ["ab", "c"]][1:]),
    ],
)
def test_form_feeds_part_pages(text: str, expected: list[list[str]]) -> None:
    assert split_pages(text) == expected


@given(st.text(alphabet="aế \n\f\r\u2028", max_size=60))
def test_one_line_for_every_input_line(text: str) -> None:
    numbers = [line.number for page in text_pages(text) for line in page.lines]
    tail = text.rsplit("\n", 1)[-1].strip("\f")
    assert numbers == list(range(1, text.count("\n") + bool(tail) + 1))


def test_pages_and_numbers_run_on() -> None:
    scan = open_scan(RESOURCES / "form-feeds.txt", Options())
    found = [
        (p.number, p.kind, [(n.number, n.text) for n in p.lines])
        for p in pages(scan, Options())
        if not hasattr(p, "dpi")
    ]
    assert found == [
        (1, "ocr_text", [(1, "một"), (2, "hai")]),
        (2, "ocr_text", [(3, "ba"), (4, "bốn")]),
        (3, "ocr_text", []),
        (4, "ocr_text", [(5, "năm")]),
    ]


def test_utf16_without_mark(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes("KẾ HOẠCH\n".encode("utf-16-le"))
    with pytest.raises(DamagedInputError):
        read_text(path)
