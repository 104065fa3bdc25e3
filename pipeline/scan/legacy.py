"""Vietnamese text in the 8-bit encodings of before Unicode: TCVN3 (fonts .Vn*), VNI (fonts VNI-*) and VISCII.

What stands for what is the table dictionaries/legacy_encodings.tsv. No mark in a file tells its encoding: it is the one
by which the text becomes Vietnamese.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from pipeline.resources import table
from pipeline.syllable import is_syllable

ENCODINGS = ("TCVN3", "VNI", "VISCII")
_LETTERS = re.compile(r"[^\W\d_]+")
_SYMBOLS = range(0xF000, 0xF100)
"""Where the codes of a symbol font come out of a PDF: in a private area of Unicode."""
_HYPHEN_IN_WORD = re.compile(r"(?<=[^\W\d])-|(?<!\S)-(?=[^\W\d])")
_LEAST_WORDS = 4
PLAUSIBLE, _BETTER = 0.8, 0.25
"""Share of syllables that decoding must yield, and by how much it must be more than before."""


def plausibility(text: str) -> tuple[int, float]:
    """Words of two letters and more that bear marks and are spelt as syllables: their number, and share of such words.

    Words of plain ASCII say nothing of an encoding and do not count.
    """
    words = [word.lower() for word in _LETTERS.findall(text) if len(word) > 1 and not word.isascii()]
    good = sum(is_syllable(word) for word in words)
    return good, good / len(words) if words else 0.0


def detect(text: str) -> str | None:
    """The encoding of text whose bytes were taken for Windows-1252; None where it needs no decoding."""
    _, before = plausibility(text)
    if before > 1 - _BETTER:  # Vietnamese already
        return None
    scores = {name: plausibility(decode(text, name)) for name in ENCODINGS}
    best = max(scores, key=lambda name: scores[name][1] * scores[name][0])
    count, share = scores[best]
    return best if count >= _LEAST_WORDS and share >= PLAUSIBLE and share >= before + _BETTER else None


def decode(text: str, encoding: str) -> str:
    """Text whose bytes were taken for Windows-1252 (or the codes of a symbol font), in Unicode (NFC).

    In TCVN3 the letter ư has the code of the soft hyphen, which PDF readers give as "-": within a word it is ư again
    where a syllable comes of it.
    """
    codes, code = _codes(encoding)
    out: list[str] = []
    at = 0
    for found in code.finditer(text.translate(_bytes())):
        out += text[at : found.start()], codes[found[0]]
        at = found.end()
    out.append(text[at:])
    decoded = unicodedata.normalize("NFC", "".join(out))
    return " ".join(map(_hyphen_is_letter, decoded.split(" "))) if encoding == "TCVN3" else decoded


@cache
def _codes(encoding: str) -> tuple[Mapping[str, str], re.Pattern[str]]:
    """What the codes of an encoding stand for, and any of them, the longest first."""
    rows = (row for row in table("legacy_encodings") if row["encoding"] == encoding)
    codes = {bytes.fromhex(row["bytes"]).decode("latin-1"): row["character"] for row in rows}
    return codes, re.compile("|".join(map(re.escape, sorted(codes, key=len, reverse=True))))


@cache
def _bytes() -> Mapping[int, str]:
    """The bytes that characters stood for, as characters below 256."""
    windows = ((bytes([byte]).decode("cp1252", "ignore"), byte) for byte in range(256))
    return {ord(char): chr(byte) for char, byte in windows if char} | {code: chr(code & 0xFF) for code in _SYMBOLS}


def _hyphen_is_letter(word: str) -> str:
    if not _HYPHEN_IN_WORD.search(word):
        return word
    joined = _HYPHEN_IN_WORD.sub("ư", word)
    letters = _LETTERS.findall(joined)
    return joined if letters and all(is_syllable(part.lower()) for part in letters) else word


def font_encoding(font: str) -> str | None:
    """The encoding of a font by its name, e.g. "ABCDEF+.VnTimeH", "VNI-Times"; None for one of Unicode, or unknown."""
    name = font.split("+", 1)[-1].lower()
    if name.startswith(".vn"):
        return "TCVN3"
    return "VNI" if name.startswith(("vni-", "vni ")) else None


def draws_capitals(font: str) -> bool:
    """Whether a TCVN3 font draws small letters as capitals: its name ends in H, e.g. ".VnTimeH", ".VnTimeH,Bold"."""
    return font_encoding(font) == "TCVN3" and re.search(r"H(?![a-z])[^H]*$", font.split("+", 1)[-1]) is not None
