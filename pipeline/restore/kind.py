"""Which engine garbled a text, judged from its letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from pipeline.syllable import is_bare_syllable

Kind = Literal["eng", "vie", "stripped", "none"]

_WORD = re.compile(r"[^\W\d_]+")
_ONLY_VIETNAMESE = frozenset("ăđơưắằẳẵặấầẩẫậẻẽẹếềểễệỉĩịỏọốồổỗộớờởỡợủũụứừửữựỷỹỵ")
"""Letters that an engine without Vietnamese (almost) never gives."""
LEAST_WORDS = 20
"""Texts with fewer words than this are not judged on their own."""
VIETNAMESE_SHARE, MARKED_SHARE, BARE_SHARE = 0.15, 0.08, 0.7


def judge(lines: Sequence[str]) -> Kind:
    """The kind of noise of a text.

    In print, about half of all Vietnamese words hold a letter that English engines do not know. "vie" also stands for
    correct text; "none" is given where the text does not look Vietnamese at all: too few of its words could be
    Vietnamese syllables that lost their marks (in English about half could, in stripped Vietnamese nearly all).
    """
    words = marked = vietnamese = bare = 0
    for line in lines:
        for match in _WORD.finditer(unicodedata.normalize("NFC", line.lower())):
            words += 1
            marked += not match[0].isascii()
            vietnamese += not _ONLY_VIETNAMESE.isdisjoint(match[0])
            bare += is_bare_syllable(match[0])
    if not words:
        return "none"
    if vietnamese / words >= VIETNAMESE_SHARE:
        return "vie"
    if marked / words >= MARKED_SHARE:
        return "eng"
    return "stripped" if bare / words >= BARE_SHARE else "none"
