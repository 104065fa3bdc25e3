from __future__ import annotations

import pytest

from pipeline.options import Options
from pipeline.restore import restore_text
from pipeline.restore.names import named
from pipeline.restore.render import Choice
from pipeline.restore.tokens import Atom


def read(text: str, doubted: dict[str, float], observed: dict[str, str] | None = None) -> list[Choice]:
    """Choices for words that are sure but for some."""
    return [
        Choice(Atom("word", (observed or {}).get(word, word), 0), word, doubted.get(word, 0.999))
        for word in text.split()
        if word != "-"
    ]


@pytest.mark.parametrize(
    ("text", "doubted", "expected"),
    [
        ("Sở Lao động - Thương binh và Xóa hơi chủ trì", ("Xóa", "hơi"), "Sở Lao động Thương binh và Xã hội chủ trì"),
        ("SỞ LAO ĐỘNG - THƯƠNG BÌNH VÀ XÃ HỘI", ("BÌNH",), "SỞ LAO ĐỘNG THƯƠNG BINH VÀ XÃ HỘI"),
        ("Số Giáo dục và Đào tạo", ("Số",), "Sở Giáo dục và Đào tạo"),
        ("ủy ban nhận dân các xã", ("nhận",), "ủy ban nhân dân các xã"),
    ],
)
def test_doubtful_words_within_a_name(text: str, doubted: tuple[str, ...], expected: str) -> None:
    words = named([read(text, dict.fromkeys(doubted, 0.6))])[0]
    assert " ".join(word.text for word in words) == expected
    assert {word.rule for word in words if word.atom.text in doubted} == {"agency-name"}
    assert all(word.text not in word.alternatives for word in words)


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("Sở Lao động - Thương binh và Xóa hơi", ()),  # nobody doubts it
        ("Sở Giáo dục và Đầu tư", ("Đầu", "tư")),  # no name, and half of it would change
        ("Sở Nội vụ và Sở Y tế", ("vụ",)),  # short names are left alone
        ("phát triển giáo dục và đào tạo nghề", ("nghề",)),
        ("Sở Nông nghiệp và Phát biểu nông thôn", ("nông",)),
    ],
)
def test_left_alone(text: str, doubted: tuple[str, ...]) -> None:
    words = read(text, dict.fromkeys(doubted, 0.6))
    assert named([words]) == [words]


def test_a_name_goes_on_in_the_next_line() -> None:
    lines = [read("giao Sở Lao động - Thương", {}), read("binh và Xóa hội", {"Xóa": 0.5})]
    assert [word.text for word in named(lines)[1]] == ["binh", "và", "Xã", "hội"]


def test_in_a_garbled_text() -> None:
    read_as = "* Thuce hién: So Lao dong - Thuong binh va Xda hoi chu tri, phéi hop voi So Giao duc va Dao tao."
    assert "Thương binh và Xã hội chủ trì" in restore_text(read_as, Options(noise="eng"))
