"""Markers on drawn pages: black boxes stand for letters, small raised ones for markers."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.model import Bbox, Word
from pipeline.ocr.markers import mark

TEXT, NOTE = 36, 24
"""Heights of words in the text and in notes."""


class Sheet:
    """A page that is drawn and "read" at once."""

    def __init__(self) -> None:
        self.image = Image.new("L", (1654, 2339), 255)
        self.draw = ImageDraw.Draw(self.image)
        self.lines: list[list[Word]] = []
        self.numbers: dict[Bbox, str] = {}

    def line(self, y: int, height: int, *parts: str) -> None:
        """Draw words whose feet stand on y: "xã^1!;" draws xã, a raised number and a stop, and is read "xã!;"."""
        x, words = 200, []
        for part in parts:
            plain, _, rest = part.partition("^")
            start = x
            for letter in plain:
                self.draw.rectangle((x, y - height, x + 14, y - 1), fill=0)
                x += round(0.74 * height) if letter.isdigit() else 18
            if rest:
                top = y - round(0.85 * height)
                spot = (x, top, x + 7, top + round(0.45 * height))
                self.draw.rectangle((spot[0], spot[1], spot[2] - 1, spot[3] - 1), fill=0)
                self.numbers[spot] = rest[0]
                x += 12
            for _ in rest[2:]:
                self.draw.rectangle((x, y - 8, x + 4, y + 4), fill=0)
                x += 8
            words.append(Word(plain + rest[1:], 0, 0.9, (start, y - height, x - 2, y)))
            x += 24
        self.lines.append([word for word in words if word.text])

    def marked(self) -> list[str]:
        found = mark(self.lines, np.asarray(self.image), 0.0, self.read)
        return [" ".join(word.text for word in line) for line in found]

    def read(self, place: Bbox) -> str:
        near = (n for b, n in self.numbers.items() if abs(b[0] - place[0]) < 4 and abs(b[1] - place[1]) < 6)
        return next(near, "")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("xã^1!;", "xã^1;"),
        ("ngộ^1?", "ngộ^1"),
        ("gia^11", "gia^1"),
        ("2025^1", "2025^1"),
        ("chỗ”^1'", "chỗ”^1"),
        ("24/7^11.", "24/7^1."),
        ("88%^11!", "88%^1"),
    ],
)
def test_call_and_note(word: str, expected: str) -> None:
    sheet = Sheet()
    sheet.line(500, TEXT, "gia", "tế", word, "trạm", "sĩ")
    sheet.line(600, TEXT, "một", "hai", "ba", "bốn", "năm")
    sheet.line(2100, NOTE, "^1T", "Ban", "theo", "sách")
    assert sheet.marked() == [f"gia tế {expected} trạm sĩ", "một hai ba bốn năm", "^1 Ban theo sách"]


@pytest.mark.parametrize(("sure", "expected"), [(0.2, "đồng^1."), (0.9, "đồng.")])
def test_a_figure_over_the_foot_of_a_letter_is_seen_where_the_word_is_unsure(sure: float, expected: str) -> None:
    sheet = Sheet()
    sheet.line(500, TEXT, "gia", "tế", "đồng^1.", "trạm", "sĩ")
    word = sheet.lines[0][2]
    ((x, *_),) = sheet.numbers
    sheet.draw.line((x - 8, 499, x + 3, 499), fill=0)  # the ear of the g: no empty column before the figure
    sheet.lines[0][2] = replace(word, text="đồng.", confidence=sure)
    sheet.line(600, TEXT, "một", "hai", "ba", "bốn", "năm")
    sheet.line(2100, NOTE, "^1T", "Ban", "theo", "sách")
    assert sheet.marked()[0] == f"gia tế {expected} trạm sĩ"


def test_quote_marks_without_notes_are_left_alone() -> None:
    sheet = Sheet()
    sheet.line(500, TEXT, "gia", "tế", "xã^1!;", "trạm", "sĩ")
    sheet.line(600, TEXT, "một", "hai", "ba", "bốn", "năm")
    assert sheet.marked() == ["gia tế xã!; trạm sĩ", "một hai ba bốn năm"]


def test_two_notes_are_told_apart_by_number() -> None:
    sheet = Sheet()
    sheet.line(500, TEXT, "gia", "xã^2?", "trạm", "sĩ", "a")
    sheet.line(600, TEXT, "một", "hai^1!", "bốn", "năm", "b")
    sheet.line(2000, NOTE, "^1!", "Ban", "theo", "sách")
    sheet.line(2100, NOTE, "^2?", "Theo", "luật", "số")
    assert sheet.marked() == ["gia xã^2 trạm sĩ a", "một hai^1 bốn năm b", "^1 Ban theo sách", "^2 Theo luật số"]


def test_last_call_is_found_by_its_looks() -> None:
    sheet = Sheet()
    sheet.line(500, TEXT, "gia", "sở!", "trạm", "sĩ", "a")
    sheet.line(600, TEXT, "một", "hai", "bốn", "năm", "b")
    sheet.line(2000, NOTE, "^1!", "Ban", "theo", "sách")
    assert sheet.marked()[0] == "gia sở^1 trạm sĩ a"


def test_a_raised_figure_that_cannot_be_read_is_the_call_whose_word_ends_in_it() -> None:
    sheet = Sheet()
    sheet.line(500, TEXT, "gia", "dân^7", "sĩ", "24/7^11.", "a")
    sheet.line(600, TEXT, "một", "hai", "bốn", "năm", "b")
    sheet.numbers.clear()
    sheet.line(2000, NOTE, "^11", "Ban", "theo", "sách")
    assert sheet.marked()[0] == "gia dân sĩ 24/7^1. a"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("gia", "786^23.", "sĩ"), "gia 786^2. sĩ"),
        (("gia", "7863^2.", "sĩ"), "gia 7863^2. sĩ"),
        (("gia", "OCOP^2Z", "sĩ"), "gia OCOP^2 sĩ"),  # no word ends so
        (("“gia", "động^3”,", "sĩ"), "“gia động”, sĩ"),  # the mark that closes a quotation
        (("gia", "^2“động", "sĩ"), "gia “động sĩ"),  # and the one that opens it
    ],
)
def test_what_the_raised_figure_was_read_as_goes(words: tuple[str, ...], expected: str) -> None:
    sheet = Sheet()
    sheet.line(500, TEXT, *words, "ca", "a")
    sheet.line(600, TEXT, "một", "hai", "bốn", "năm", "b")
    sheet.line(2000, NOTE, "^22", "Ban", "theo", "sách")
    assert sheet.marked()[0] == f"{expected} ca a"


@pytest.mark.parametrize(
    ("word", "expected"),
    [("thuốc^1!0", "thuốc^10"), ("khỏe^1'3", "khỏe^10"), ("gửi^1”?", "gửi^10"), ("tế^1!!,", "tế^10,")],
)
def test_what_two_raised_figures_were_read_as_goes(word: str, expected: str) -> None:
    sheet = Sheet()
    sheet.line(500, TEXT, "gia", word, "sĩ", "ca", "a")
    sheet.line(600, TEXT, "một", "hai", "bốn", "năm", "b")
    sheet.line(2000, NOTE, "^1!", "Ban", "theo", "sách")
    sheet.numbers = dict.fromkeys(sheet.numbers, "10")
    assert sheet.marked() == [f"gia {expected} sĩ ca a", "một hai bốn năm b", "^10 Ban theo sách"]


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (("4", "", "6"), ["^4", "^5", "^6"]),
        (("4", "", "", "7"), ["^4", "^5", "^6", "^7"]),
        (("4", "", "7"), ["^4", "*", "^7"]),  # which one is lost?
        (("4", ""), ["^4", "*"]),
        (("", "5"), ["*", "^5"]),
    ],
)
def test_a_note_that_only_the_order_tells(seen: tuple[str, ...], expected: list[str]) -> None:
    sheet = Sheet()
    for y in range(500, 1000, 100):
        sheet.line(y, TEXT, "gia", "tế", "xã", "trạm", "sĩ")
    for k, number in enumerate(seen):
        sheet.line(1900 + 50 * k, NOTE, "^1*", "Ban", "theo", "sách")
        sheet.numbers[list(sheet.numbers)[-1]] = number
    assert [line.split()[0] for line in sheet.marked()[5:]] == expected


def test_a_figure_before_a_note_that_the_engine_passed_over() -> None:
    sheet = Sheet()
    sheet.line(500, TEXT, "gia", "ca^11", "sĩ", "ca", "a")
    sheet.line(600, TEXT, "một", "hai", "bốn", "năm", "b")
    sheet.line(2000, NOTE, "Ban", "theo", "sách", "ra")
    sheet.draw.rectangle((186, 1980, 192, 1990), fill=0)
    sheet.numbers[186, 1980, 193, 1991] = "1"
    assert sheet.marked()[2] == "^1 Ban theo sách ra"


def test_rule_above_the_notes_is_no_part_of_the_marker() -> None:
    sheet = Sheet()
    sheet.line(500, TEXT, "gia", "tế", "xã^1!;", "trạm", "sĩ")
    sheet.line(600, TEXT, "một", "hai", "ba", "bốn", "năm")
    sheet.line(2100, NOTE, "^1ï", "Ban", "theo", "sách")
    sheet.draw.line((190, 2077, 700, 2077), fill=0, width=1)
    assert sheet.marked()[2] == "^1 Ban theo sách"


def test_small_print_without_raised_number_is_no_note() -> None:
    sheet = Sheet()
    sheet.line(500, TEXT, "gia", "xã!", "trạm", "sĩ", "a")
    sheet.line(600, TEXT, "một", "hai", "bốn", "năm", "b")
    sheet.line(2000, NOTE, "1", "Ban", "theo", "sách")
    assert sheet.marked() == ["gia xã! trạm sĩ a", "một hai bốn năm b", "1 Ban theo sách"]


def test_empty_page() -> None:
    assert Sheet().marked() == []


def test_a_quotation_mark_that_looks_like_the_number() -> None:
    """Only where the number stands nowhere else may it stand beside a quotation mark."""
    sheet = Sheet()
    sheet.line(500, TEXT, "thầy", "dân^1”", "ưu", "tú", "năm")
    sheet.line(600, TEXT, "gia", "tế", "xã^1!;", "trạm", "sĩ")
    sheet.line(700, TEXT, "một", "hai", "ba", "bốn", "năm")
    sheet.line(2100, NOTE, "^1T", "Ban", "theo", "sách")
    text = "\n".join(sheet.marked())
    assert "dân” " in text
    assert "xã^1;" in text


def test_a_small_head_above_the_text_holds_no_note() -> None:
    sheet = Sheet()
    sheet.line(300, NOTE, "^1à", "xây", "dựng", "quy")
    for y in range(500, 900, 100):
        sheet.line(y, TEXT, "một", "hai!", "ba", "bốn", "năm", "sáu", "bảy")
    assert sheet.marked()[0] == "à xây dựng quy"


@pytest.mark.parametrize(("read", "marked"), [("HN1", False), ("sở1", True)])
def test_a_figure_behind_capitals_calls_no_note(read: str, marked: bool) -> None:
    sheet = Sheet()
    sheet.line(500, TEXT, "gia", read, "trạm", "sĩ", "a")
    sheet.line(600, TEXT, "một", "hai", "bốn", "năm", "b")
    sheet.line(2000, NOTE, "^1!", "Ban", "theo", "sách")
    assert ("^" in sheet.marked()[0]) is marked


def test_the_one_raised_figure_calls_the_one_note_though_it_is_misread() -> None:
    sheet = Sheet()
    sheet.line(500, TEXT, "gia", "tế", "tuổi^4”.", "trạm", "sĩ")
    sheet.line(600, TEXT, "một", "hai", "ba", "bốn", "năm")
    sheet.line(2100, NOTE, "^3T", "Ban", "theo", "sách")
    assert "tuổi^3." in sheet.marked()[0]  # nothing is quoted: the mark is the figure once more


@pytest.mark.parametrize(
    ("above", "word", "expected"),
    [
        ("gia", "dân^1”;", "dân^1;"),  # the figure was read as a closing mark, which closes nothing
        ("“gia", "bàn”^1.", "bàn”^1."),
        ("gia", "“bốn^1”;", "“bốn”^1;"),
    ],
)
def test_a_closing_mark_stays_where_something_is_quoted(above: str, word: str, expected: str) -> None:
    sheet = Sheet()
    sheet.line(400, TEXT, above, "tế", "xã", "trạm", "sĩ")
    sheet.line(500, TEXT, "gia", "tế", word, "trạm", "sĩ")
    sheet.line(2100, NOTE, "^1T", "Ban", "theo", "sách")
    assert expected in sheet.marked()[1]


def test_a_closing_mark_that_closes_nothing_is_the_call() -> None:
    """The engine read no figure: the only word that looks like a call is one."""
    sheet = Sheet()
    sheet.line(500, TEXT, "quanh", "cổng", "trường”.", "Lập", "nhóm")
    sheet.line(600, TEXT, "“tổ”", "hai", "ba", "bốn", "năm", "sáu")
    sheet.line(2100, NOTE, "^1T", "Ban", "theo", "sách")
    assert sheet.marked()[0].startswith("quanh cổng trường^1. Lập")


@pytest.mark.parametrize(("read", "note"), [("^1?Theo", "^1 Theo"), ("^1#Trong", "^1 Trong"), ("^1“Tổ", "^1 “Tổ")])
def test_what_the_figure_of_a_note_was_read_as_goes(read: str, note: str) -> None:
    sheet = Sheet()
    sheet.line(500, TEXT, "gia", "tế", "xã^1!;", "trạm", "sĩ")
    sheet.line(600, TEXT, "một", "hai", "ba", "bốn", "năm")
    sheet.line(2100, NOTE, read, "Ban", "theo", "sách")
    sheet.lines[-1][0] = Word(read[2:], 0, 0.9, sheet.lines[-1][0].bbox)
    assert sheet.marked()[-1].startswith(note)
