from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.restore.syllables import Shape, early, key, late, onset_rime, reshape, shape, skeleton


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("Uỷ", "Ủy"),
        ("toạ", "tọa"),
        ("quý", "quý"),
        ("hoàn", "hoàn"),
    ],
)
def test_tone_placement(new: str, old: str) -> None:
    assert early(new) == old
    assert late(old) == new
    assert key(new) == key(old)


@pytest.mark.parametrize("word", ["của", "quả", "thuở", "múa", "khuya", "giúp", "mía"])
def test_tone_placement_leaves_other_vowels(word: str) -> None:
    assert early(word) == late(word) == word


@given(st.text())
def test_key_is_stable(word: str) -> None:
    assert key(key(word)) == key(word)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("nghĩa", ("ngh", "ĩa")),
        ("gì", ("g", "ì")),
        ("giếng", ("gi", "ếng")),
        ("quyền", ("qu", "yền")),
        ("Ủy", ("", "Ủy")),
    ],
)
def test_onset_and_rime(word: str, expected: tuple[str, str]) -> None:
    assert onset_rime(word) == expected


@given(st.text(min_size=1))
def test_onset_and_rime_are_the_word(word: str) -> None:
    assert "".join(onset_rime(word)) == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND", "upper"),
        ("PiCH", "upper"),
        ("Ho1", "title"),
        ("B", "title"),
        ("s6", "lower"),
        ("6", "lower"),
        ("", "lower"),
    ],
)
def test_shape(text: str, expected: Shape) -> None:
    assert shape(text) == expected


def test_reshape_and_skeleton() -> None:
    assert [reshape("đối", form) for form in ("lower", "title", "upper")] == ["đối", "Đối", "ĐỐI"]
    assert skeleton("Đường") == "duong"
