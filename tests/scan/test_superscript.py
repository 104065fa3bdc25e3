import pytest

from pipeline.model import Word
from pipeline.scan.superscript import mark


def words(*parts: tuple[str, int, int, int, int]) -> list[Word]:
    """Words from (text, x0, x1, top, bottom)."""
    return [Word(text, 0, None, (x0, top, x1, bottom)) for text, x0, x1, top, bottom in parts]


def texts(*lines: list[Word]) -> list[str]:
    return [" ".join(word.text for word in line) for line in mark(lines)]


def test_call_is_joined_with_its_word_and_stop() -> None:
    line = words(
        ("xã", 154, 168, 494, 510), ("1", 168, 172, 495, 505), (";", 172, 176, 494, 510), ("100%", 181, 214, 494, 510)
    )
    assert texts(line) == ["xã^1; 100%"]


def test_marker_before_its_note_wherever_the_layer_puts_it() -> None:
    marker = words(("1", 85, 88, 773, 781))
    note = words(("Ban", 91, 110, 774, 786), ("hành", 113, 140, 774, 786))
    assert texts(marker, note) == ["^1 Ban hành"]
    assert texts(marker + note) == ["^1 Ban hành"]


def test_marker_behind_a_word_wherever_the_layer_puts_it() -> None:
    marker = words(("1", 111, 115, 296, 305))
    line = words(("Luật", 85, 111, 295, 311), (";", 115, 119, 295, 311), ("đề", 123, 137, 295, 311))
    assert texts(marker, line) == texts(line, marker) == ["Luật^1; đề"]
    assert texts(marker, words(("Luật", 85, 111, 320, 336))) == ["1", "Luật"]


@pytest.mark.parametrize(
    "line",
    [
        words(("mục", 100, 130, 100, 116), ("1", 136, 142, 100, 116)),
        words(("năm", 100, 130, 100, 116), ("2025", 131, 160, 100, 110)),
        words(("H", 100, 110, 100, 116), ("2", 110, 114, 108, 118)),
        words(("xa", 100, 130, 100, 116), ("1", 160, 164, 101, 110)),
    ],
)
def test_other_numbers_stay(line: list[Word]) -> None:
    assert mark([line]) == [line]


def test_number_alone_stays() -> None:
    page_number = words(("2", 300, 306, 50, 66))
    text = words(("Ban", 91, 110, 174, 190))
    assert texts(page_number, text) == ["2", "Ban"]
