from __future__ import annotations

import pytest

from pipeline.options import Options
from pipeline.restore import restore_text
from pipeline.restore.points import mended_points

CASES = {
    "abcdde": "abcdđe",
    "abcđde": "abcdđe",
    "abcðđ": "abcdđ",
    "abed": "abcd",
    "abcdđeø": "abcdđeg",
    "abc": "abc",
    "d": "d",
    "dab": "dab",
    "zdd": "zdd",
    "cdd": "cdđ",
    "bd": "bd",
}


@pytest.mark.parametrize(("read", "expected"), CASES.items())
def test_points_follow_one_another(read: str, expected: str) -> None:
    found = mended_points([f"{letter}) Nội dung" for letter in read])
    assert "".join(found[i][2] if i in found else letter for i, letter in enumerate(read)) == expected


def test_points_are_mended_in_the_text() -> None:
    read = "a) Một nội dung\nb) Nội dung\ncủa Sở\ne) Nội dung\nd) Nội dung\nd) Nội dung"
    expected = "a) Một nội dung\nb) Nội dung\ncủa Sở\nc) Nội dung\nd) Nội dung\nđ) Nội dung"
    assert restore_text(read, Options(noise="vie")) == expected


@pytest.mark.parametrize("line", ["(d) Nội dung", "d, đ) và e)", "1) Nội dung"])
def test_what_is_no_point_stays(line: str) -> None:
    assert not mended_points(["b) Nội dung", "c) Nội dung", line])


def test_a_list_ends_with_a_higher_label() -> None:
    assert not mended_points(["c) Nội dung", "d) Nội dung", "2. Nội dung", "d) Nội dung"])
