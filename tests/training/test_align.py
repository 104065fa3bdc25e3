from __future__ import annotations

from collections import Counter

import pytest

from pipeline.training.align import counted, learn, segment, word_pairs

PAIRS = {
    ("Triển khai thực hiện", "Trién khai thye hién"): [
        ("Triển", "Trién"), ("khai", "khai"), ("thực", "thye"), ("hiện", "hién"),
    ],
    ("số 15, tỉnh", "s6 15, tinh"): [("số", "s6"), ("15", "15"), ("tỉnh", "tinh")],
    ("Nghị định của Chính phủ", "N ghi dinh cua Chinh phu"): [
        ("định", "dinh"), ("của", "cua"), ("Chính", "Chinh"), ("phủ", "phu"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), PAIRS.items())
def test_word_pairs(lines: tuple[str, str], expected: list[tuple[str, str]]) -> None:
    found = [(a.text, b.text) for a, b in word_pairs(*lines)]
    assert [pair for pair in expected if pair in found] == expected


def test_learning_finds_which_character_gave_what() -> None:
    words = Counter(
        {("thực", "thye"): 20, ("thức", "thitc"): 5, ("lực", "lye"): 10, ("sức", "sitc"): 4, ("thì", "thi"): 9}
    )
    emissions = learn(words)
    assert max(emissions["ự"], key=emissions["ự"].__getitem__) == "y"
    assert max(emissions["ứ"], key=emissions["ứ"].__getitem__) == "it"
    found = segment("thực", "thye", emissions)
    assert found is not None
    assert found[1] == ["t", "h", "y", "e"]


def test_nothing_is_learned_of_impossible_pairs() -> None:
    assert segment("a", "abcdefgh", {}) is None


def test_counting_detaches_the_tone_placement() -> None:
    assert counted([("hoà bình", "hoa binh")]) == {("hòa", "hoa"): 1, ("bình", "binh"): 1}
