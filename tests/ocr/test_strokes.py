from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from pipeline.model import Word
from pipeline.ocr.strokes import counted
from tests.ocr.drawing import with_serifs


def read(printed: str, said: str, shade: int = 255) -> Word:
    """What becomes of a word that the engine misread; printed with serifs, which touch those of the neighbours."""
    image, place = with_serifs(printed, shade)
    ((word,),) = counted([[Word(said, 0, 0.5, place)]], image)
    return word


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("III.", "II."),
        ("III", "HI"),
        ("III,", "TH,"),
        ("II.", "H."),
        ("II", "IH"),
        ("III", "[II"),
    ],
)
@pytest.mark.parametrize("shade", [255, 190])
def test_strokes_that_were_lost_or_joined(printed: str, said: str, shade: int) -> None:
    word = read(printed, said, shade)
    assert (word.text, word.alternatives) == (printed, (said,))


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("II.", "II."),
        ("III", "III"),
        ("H", "H"),  # a bar joins its strokes
        ("HH", "HH"),
        ("TH", "TH"),
        ("TII", "TH"),
        ("I", "H"),
        ("II)", "II)"),  # the bracket would count
        ("11", "11"),
        ("11", "I1"),  # a month, perhaps
        ("IV", "IV"),
        ("Il", "Ilm"),
    ],
)
def test_left_alone(printed: str, said: str) -> None:
    word = read(printed, said)
    assert (word.text, word.confidence) == (said, 0.5)


def test_where_the_ink_runs_together_nothing_is_counted() -> None:
    image = Image.new("L", (400, 100), 0)
    ((word,),) = counted([[Word("II", 0, 0.5, (50, 40, 90, 60))]], image)
    assert word.text == "II"


def test_an_initial_behind_a_name_is_no_numeral() -> None:
    image = Image.new("L", (400, 100), 255)
    draw = ImageDraw.Draw(image)
    for x in (301, 321):  # the strokes of an H whose bar was lost
        draw.rectangle((x, 40, x + 5, 70), fill=0)
    last = Word("H", 0, 0.5, (300, 40, 328, 70))
    name = [Word(text, 0, 0.9, (x, 40, x + 80, 70)) for x, text in ((10, "Nguyễn"), (100, "Thị"))]
    kind = [Word(text, 0, 0.9, (x, 40, x + 80, 70)) for x, text in ((10, "Bảng"), (100, "loại"))]
    lines = counted([[*name, last], [*kind, last]], image)
    assert [line[-1].text for line in lines] == ["H", "II"]


def stroke(said: str, flag: int = 4, right: int = 0, foot: int = 3, before: str = "khoản", times: int = 1) -> str:
    """What becomes of strokes with a flag and a serif at the top, and one at the foot; in pixels."""
    image = Image.new("L", (100, 100), 250)
    draw = ImageDraw.Draw(image)
    for x in range(50, 50 + 12 * times, 12):
        draw.rectangle((x, 40, x + 3, 65), fill=20)
        for reach in range(flag + 1):
            draw.rectangle((x - reach, 40 + reach // 2, x, 41 + reach // 2), fill=20)
        draw.rectangle((x - foot, 64, x + 3 + foot, 65), fill=20)
        draw.rectangle((x, 40, x + 3 + right, 41), fill=20)
    end = 50 + 12 * times
    draw.rectangle((end - 3, 63, end - 1, 65), fill=20)  # the stop behind it
    ((_, word),) = counted([[Word(before, 0, 0.9, (10, 40, 40, 66)), Word(said, 0, 0.5, (46, 40, end, 66))]], image)
    return word.text


@pytest.mark.parametrize(
    ("said", "becomes"), [("I", "1"), ("l,", "1,"), ("]", "1"), ("l1", "1"), ("!.", "1."), ("1", "1"), ("I)", "I)")]
)
def test_a_one_read_as_a_letter(said: str, becomes: str) -> None:
    assert stroke(said) == becomes


@pytest.mark.parametrize(("said", "becomes"), [("II", "11"), ("I1.", "11."), ("l1", "11"), ("]", "11"), ("11", "11")])
def test_two_ones_read_as_letters(said: str, becomes: str) -> None:
    assert stroke(said, times=2) == becomes


def test_a_numeral_of_two_strokes_is_not_two_ones() -> None:
    assert stroke("II", flag=3, right=3, times=2) == "II"


@pytest.mark.parametrize(("flag", "right", "foot"), [(3, 3, 3), (0, 0, 0), (0, 0, 3), (4, 0, 0)])
def test_other_strokes_are_no_one(flag: int, right: int, foot: int) -> None:
    """An I with serifs and one without; a rule; a 7, perhaps."""
    assert stroke("I", flag, right, foot) == "I"


@pytest.mark.parametrize("before", ["Quý", "quý", "PHẦN"])
def test_behind_some_words_an_i_stays_though_it_looks_like_a_one(before: str) -> None:
    assert stroke("I", before=before) == "I"
