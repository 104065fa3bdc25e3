import math
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Word
from pipeline.ocr import hocr

REPLIES = Path(__file__).parents[1] / "resources" / "ocr"


def words(name: str) -> list[Word]:
    return [word for line in hocr.parse((REPLIES / f"{name}.hocr").read_text("utf-8")) for word in line]


def test_words_have_boxes_and_confidences() -> None:
    found = words("office-header-footnote")
    assert len(found) > 300
    assert all(word.bbox and word.bbox[0] < word.bbox[2] and word.bbox[1] < word.bbox[3] for word in found)
    assert all(word.confidence is not None and 0 <= word.confidence <= 1 for word in found)
    assert not any(word.alternatives for word in found)  # none were asked for


def test_what_a_word_might_be_else() -> None:
    found = {word.text: dict(zip(word.alternatives, word.odds, strict=True)) for word in words("choices")}
    assert found["thiểu"]["thiếu"] > 0.3  # "giảm thiểu" on a fax
    assert found["phân"]["phần"] > 0.3
    assert all(0 < odds <= 1 for others in found.values() for odds in others.values())
    assert sum(map(bool, found.values())) < len(found) / 2  # most words are sure


def test_no_reply_and_no_hocr() -> None:
    assert hocr.parse("") == []
    with pytest.raises(ValueError, match="no hOCR"):
        hocr.parse("<html><body>cut off")


def test_control_characters_icelandic_letters_and_marked_up_words() -> None:
    said = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><span class="ocr_line">'
        '<span class="ocrx_word" title="bbox 1 2 3 4; x_wconf 90"><strong>Ðo\x02a\u0300n</strong></span>'
        '<span class="ocrx_word" title="bbox 5 2 9 4; x_wconf 95"> </span></span></html>'
    )
    assert hocr.parse(said) == [[Word("Đoàn", 0, 0.9, (1, 2, 3, 4))]]


@pytest.mark.parametrize(
    ("text", "glyphs", "expected"),
    [
        ("đối", [[("đ", 95.0)], [("ố", 90.0), ("ổ", 55.0), ("ồ", 0.0)], [("i", 96.0)]], ["đổi"]),
        ("đối", [[(" ", 95.0), (".", 60.0)], [("đ", 95.0)], [("ố", 90.0), ("ổ", 55.0)], [("i", 96.0)]], ["đổi"]),
        ("a", [[("a", 90.0), ("b", 80.0), ("c", 85.0)]], ["c", "b"]),
        ("ab", [[("a", 90.0), ("á", 88.0)], [("b", 90.0), ("h", 85.0)]], ["áb", "ah", "áh"]),
        ("other", [[("a", 90.0), ("b", 80.0)]], []),  # the glyphs do not spell the word
        ("a", [[]], []),
    ],
)
def test_alternatives(text: str, glyphs: list[hocr.Glyph], expected: list[str]) -> None:
    assert [word for word, _ in hocr.alternatives(text, glyphs)] == expected


@given(st.lists(st.dictionaries(st.sampled_from("aăâbcdđ"), st.floats(1, 99), min_size=1), min_size=1, max_size=5))
def test_alternatives_are_spelled_by_the_glyphs(choices: list[dict[str, float]]) -> None:
    glyphs = [sorted(choice.items(), key=lambda c: -c[1]) for choice in choices]
    text = "".join(glyph[0][0] for glyph in glyphs)
    found = hocr.alternatives(text, glyphs)
    possible = {"".join(spelled) for spelled in product(*choices)} - {text}
    assert {word for word, _ in found} <= possible
    assert len(found) <= hocr.MOST
    odds = [odds for _, odds in found]
    assert odds == sorted(odds, reverse=True)
    assert all(0 < o <= 1 and math.isfinite(o) for o in odds)
