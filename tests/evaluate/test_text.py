"""Error rates of text."""

import pytest

from pipeline.evaluate.text import cer, line_accuracy, wer, words


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Hoà hòa HOÀ", [words("hòa")[0]] * 3),
        ("Thủy, thuỷ", [words("thủy")[0]] * 2),
        ("135-KH/TU", ["135", "kh", "tu"]),
        ("", []),
    ],
)
def test_words_are_compared_without_case_and_tone_placement(text: str, keys: list[str]) -> None:
    assert words(text) == keys


def test_tones_and_vowel_marks_differ() -> None:
    assert len({words(w)[0] for w in ("nổ", "nỗ", "nô", "no", "nó")}) == 5


@pytest.mark.parametrize(
    ("true", "read", "rate"),
    [
        ("một hai ba bốn", "một hai ba bốn", 0.0),
        ("một hai ba bốn", "một hái ba", 0.5),
        ("một", "một hai ba", 2.0),
        ("", "", 0.0),
        ("", "x", 1.0),
    ],
)
def test_wer(true: str, read: str, rate: float) -> None:
    assert wer(true, read) == rate


def test_cer_counts_letters_in_one_normal_form() -> None:
    assert cer("Kế\nhoạch", "Kế hoạch") == 0.0
    assert cer("abcd", "abxd") == 0.25


def test_lines_tell_what_a_restoration_mended_and_harmed() -> None:
    scores = line_accuracy(["Ké hoach 5", "rõ ràng"], ["Kế hoạch^1 5", "rõ ràng"], ["Kế hoạch 5", "rỏ ràng"])
    assert scores == {"syllables": 4, "raw_accuracy": 0.5, "accuracy": 0.75, "harmed": 1}
