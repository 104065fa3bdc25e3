from dataclasses import replace

import pytest

from pipeline.model import Word
from pipeline.ocr.noise import tidy


def word(text: str, confidence: float = 0.95, height: int = 30, x: int = 0) -> Word:
    return Word(text, 0, confidence, (x, 100, x + 20, 100 + height))


PRINT = [word(text) for text in ("Nơi", "nhận:", "Lưu:", "VT.")]


@pytest.mark.parametrize(
    "noise",
    [word("|", 0.5), word(":", 0.4, 3), word("B", 0.9, 6), word("`", 0.3, 4), word(":", 0.95, 3), word("^", 0.1)],
)
def test_specks_and_rules_go(noise: Word) -> None:
    assert tidy([[*PRINT, noise]]) == [PRINT]
    assert tidy([PRINT, [noise]]) == [PRINT]


@pytest.mark.parametrize(
    "kept",
    [
        word("-", 0.3, 3),
        word("…", 0.3, 3),
        word("*", 0.9, 10),
        word("/", 0.9),
        word("^1", 0.6, 9),
        word("(", 0.95),
    ],
)
def test_print_stays(kept: Word) -> None:
    assert tidy([[kept, *PRINT]]) == [[kept, *PRINT]]


@pytest.mark.parametrize(
    ("width", "height", "sure", "stays"),
    [
        (5, 5, 0.25, False),
        (5, 5, 0.9, True),
        (6, 2, 0.25, True),
        (9, 9, 0.25, True),
        (2, 2, 0.9, False),
        (24, 50, 0.6, False),  # what is left of the upright rule of a table
        (16, 48, 0.92, True),
    ],
)
def test_a_square_speck_is_no_dash(width: int, height: int, sure: float, stays: bool) -> None:
    speck = Word("-", 0, sure, (90, 112, 90 + width, 112 + height))
    assert tidy([[speck, *PRINT]]) == [[speck, *PRINT] if stays else PRINT]


@pytest.mark.parametrize("read", [".", "'", "`", ",", "”"])
@pytest.mark.parametrize(("size", "stays"), [((3, 2), False), ((3, 3), False), ((5, 5), True), ((3, 8), True)])
def test_dust_that_stands_alone_is_no_sign(read: str, size: tuple[int, int], stays: bool) -> None:
    speck = Word(read, 0, 0.92, (90, 112, 90 + size[0], 112 + size[1]))
    assert tidy([[*PRINT, speck]]) == [[*PRINT, speck] if stays else PRINT]


@pytest.mark.parametrize(("width", "height", "stays"), [(3, 40, False), (2, 20, False), (5, 39, True), (12, 40, True)])
@pytest.mark.parametrize("read", ["Ị", "I", "¡j"])
def test_what_is_as_narrow_as_a_hairline_is_no_letter(read: str, width: int, height: int, stays: bool) -> None:
    piece = Word(read, 0, 0.9, (90, 95, 90 + width, 95 + height))
    assert tidy([[*PRINT, piece]]) == [[*PRINT, piece] if stays else PRINT]


def test_a_tilde_at_the_start_is_a_dash() -> None:
    (line,) = tidy([[word("~"), word("đã"), word("~")]])
    assert [w.text for w in line] == ["-", "đã", "~"]


@pytest.mark.parametrize(
    ("read", "height", "next_word", "stays"),
    [
        ("|.", 30, "Mục", True),
        ("[.", 26, "Mục", True),
        ("|.", 30, "mục", False),
        ("|.", 60, "Mục", False),
        ("|", 30, "Mục", False),
    ],
)
def test_a_stroke_with_a_stop_before_a_capital_is_a_label(read: str, height: int, next_word: str, stays: bool) -> None:
    label = Word(read, 0, 0.5, (0, 100, 14, 100 + height))
    line = [label, word(next_word, x=30), word("đích", x=60)]
    (out,) = tidy([line])
    assert [w.text for w in out] == [*(["|."] if stays else []), next_word, "đích"]


@pytest.mark.parametrize("read", ["~-", "-~", ".-", "-'", "’-"])
def test_a_speck_beside_the_dash_of_an_item_goes(read: str) -> None:
    (line,) = tidy([[word(read), word("Như"), word("trên;")]])
    assert [w.text for w in line] == ["-", "Như", "trên;"]


@pytest.mark.parametrize(
    ("before", "last", "stays"),
    [("nang,", "-", False), ("quý.", "_", False), ("2021", "-", True), ("động", "–", True), ("nang,", "--", True)],
)
def test_a_dash_behind_the_last_comma_of_a_line_goes(before: str, last: str, stays: bool) -> None:
    (line,) = tidy([[word("nể"), word(before), word(last)]])
    assert [w.text for w in line] == ["nể", before, last][: 3 if stays else 2]


def test_nothing_in_nothing_out() -> None:
    assert tidy([]) == []


CASES = [
    ("._V,", "V,"),
    (".IV.KINH", "IV.KINH"),
    ("'III.", "III."),
    ("_II.", "II."),
    (".I.e.", ".I.e."),
    ("+.Điều", "+Điều"),
    ("+Điều", "+Điều"),
    (".khóm", "khóm"),
    (".khóm;", "khóm;"),
    (".docx", ".docx"),
    (".vn;", ".vn;"),
    ("...năm", "...năm"),
    ("|Tổng", "Tổng"),
    ("dụng|", "dụng"),
    ("||", "||"),
    ("a|b", "a|b"),
    ("_III.", "III."),
    ("____", "____"),
    ("a_b", "a_b"),
]


@pytest.mark.parametrize(("read", "printed"), CASES)
def test_rules_of_tables_and_dirt_are_stripped_off_words(read: str, printed: str) -> None:
    (line,) = tidy([[word(read)]])
    assert line[0].text == printed


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ([word("ẾN", 0.1), word("mm...", 0.2)], False),
        ([word("&)", 0.0)], False),
        ([word("Số:4X5", 0.0), word("/KH-SYT", 0.6)], True),
        ([word("thuộc", 0.2), word("thẩm", 0.2), word("quyền", 0.2), word("ban", 0.2)], True),
        ([replace(word("không", 0.9), confidence=None)], True),
    ],
)
def test_scribble_goes(line: list[Word], stays: bool) -> None:
    assert (line in tidy([PRINT, line])) is stays


def line_of(text: str, *told: tuple[float, int]) -> list[Word]:
    """Sure words but for the last ones, of which confidence and height are told."""
    texts = text.split()
    return [word(t) for t in texts[: -len(told)]] + [
        word(t, *c) for t, c in zip(texts[-len(told) :], told, strict=True)
    ]


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (line_of("Sở Y tế Kiên Giang./. “yyứ-Z", (0.25, 40)), "Sở Y tế Kiên Giang./."),
        (line_of("tốt kế hoạch này./. 6œ w", (0.4, 30), (0.5, 30)), "tốt kế hoạch này./."),
        (line_of("- Lưu: VT, KSTTHC (L-40b). 4.", (0.35, 30)), "- Lưu: VT, KSTTHC (L-40b)."),
        (line_of("hành Quyết định này. Lễ", (0.12, 58)), "hành Quyết định này."),
        (line_of("hành Quyết định này. Lễ", (0.12, 30)), "hành Quyết định này. Lễ"),  # as high as print
        (line_of("hành Quyết định này. Lễ", (0.8, 58)), "hành Quyết định này. Lễ"),  # the engine is sure
        (line_of("trước ngày 15/4/2024. Phòng", (0.4, 30)), "trước ngày 15/4/2024. Phòng"),
        (line_of("- Lưu: VT.", (0.3, 30)), "- Lưu: VT."),
        (line_of("thực hiện./. Trân trọng cảm ơn", (0.9, 30)), "thực hiện./. Trân trọng cảm ơn"),
    ],
)
def test_initials_go(line: list[Word], left: str) -> None:
    assert [" ".join(w.text for w in found) for found in tidy([PRINT, line])][1:] == [left]


@pytest.mark.parametrize(
    ("scrap", "stays"),
    [
        (Word("kì", 0, 0.78, (76, 87, 87, 102)), False),  # a speck
        (Word("2", 0, 0.4, (559, 565, 749, 617)), False),  # a stroke of the pen
        (Word("2", 0, 0.96, (1489, 2282, 1503, 2306)), True),  # a page number
        (Word("kì", 0, 0.95, (76, 87, 87, 102)), True),
        (Word("VT", 0, 0.6, (76, 87, 110, 115)), True),
    ],
)
def test_scraps_go(scrap: Word, stays: bool) -> None:
    assert ([scrap] in tidy([PRINT, PRINT, [scrap]])) is stays


LONG = [
    word(text, x=30 * i) for i, text in enumerate(("chủ", "trì", "phối", "hợp", "Trung", "tâm", "Công", "nghệ", "tin"))
]


@pytest.mark.parametrize(
    ("box", "stays"),
    [
        ((0, 150, 90, 180), True),  # "... Quý" / "II/2026)."
        ((200, 150, 290, 180), False),  # under the middle of the line: a signature
        ((0, 150, 90, 200), False),  # higher than print
        ((0, 220, 90, 250), False),  # a line further down
    ],
)
def test_an_unsure_end_of_a_sentence_stays(box: tuple[int, int, int, int], stays: bool) -> None:
    end = Word("1/2026).", 0, 0.0, box)
    assert tidy([LONG, [end]]) == ([LONG, [end]] if stays else [LONG])


def test_a_number_filled_in_by_hand_beside_the_date_is_no_scribble() -> None:
    line = [word("Số:0đ/KH-TTra", 0.04, x=0), word("ngày", x=400), word("28", x=430)]
    assert tidy([line]) == [line]


@pytest.mark.parametrize(("x", "sure", "stays"), [(400, 0.04, False), (400, 0.9, True), (130, 0.2, True)])
def test_scribble_far_beside_a_line_goes(x: int, sure: float, stays: bool) -> None:
    line = [word("Cục", x=0), word("Thống", x=30), word("kê", x=60), word("tỉnh;", x=90)]
    stroke = word("ịm", sure, x=x)
    assert tidy([[*line, stroke]]) == [[*line, stroke] if stays else line]
