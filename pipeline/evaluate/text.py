"""Error rates of text: CER and WER.

Both sides are compared in NFC; words without case and punctuation, and with the tone mark detached from its vowel, so
that the two ways to write a tone (hoà, hòa) are one word: Decision 1989/QĐ-BGDĐT of 2018, art. 8, asks for one,
offices use both.
"""

from __future__ import annotations

import unicodedata

import regex
from rapidfuzz.distance import Levenshtein

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORD = regex.compile(r"[^\W_]+")
_MARKER = regex.compile(r"\^\d+")


def word_key(word: str) -> str:
    """Lower-case letters and then the tone, whatever vowel carries it."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    letters = "".join(c for c in decomposed if c not in _TONES)
    return unicodedata.normalize("NFC", letters) + "".join(c for c in decomposed if c in _TONES)


def words(text: str) -> list[str]:
    """The comparison keys of the words of a text, in order."""
    return [word_key(w) for w in _WORD.findall(unicodedata.normalize("NFC", text))]


def wer(true: str, read: str) -> float:
    """Word error rate: edits (insert, delete, replace) a true word. 0 is perfect; more than 1 is possible.

    A true text without words gives 0 against another such, else 1.
    """
    return _rate(words(true), words(read))


def cer(true: str, read: str) -> float:
    """Character error rate after NFC, with runs of white space as one blank; footnote markers as printed."""
    return _rate(*(list(" ".join(unicodedata.normalize("NFC", t).split())) for t in (true, read)))


def _rate(true: list[str], read: list[str]) -> float:
    if not true:
        return float(bool(read))
    return Levenshtein.distance(true, read) / len(true)


def line_accuracy(observed: list[str], true: list[str], restored: list[str]) -> dict[str, float | int]:
    """How a restoration fares line by line.

    Returns:
        syllables: true words that begin with a letter; raw_accuracy and accuracy: shares of them in the observed and in
        the restored lines; harmed: how many were right as observed and are wrong now.
    """
    total = raw = right = harmed = 0
    for i, line in enumerate(true):
        keys = words(_MARKER.sub("", line))
        before = _found(keys, words(observed[i] if i < len(observed) else ""))
        after = _found(keys, words(restored[i] if i < len(restored) else ""))
        syllables = {k for k, w in enumerate(keys) if w[0].isalpha()}
        total += len(syllables)
        raw += len(syllables & before)
        right += len(syllables & after)
        harmed += len(syllables & (before - after))
    share = (lambda n: round(n / total, 4)) if total else (lambda n: 1.0)
    return {"syllables": total, "raw_accuracy": share(raw), "accuracy": share(right), "harmed": harmed}


def _found(true: list[str], read: list[str]) -> set[int]:
    """Positions of `true` that an alignment finds in `read`."""
    blocks = Levenshtein.opcodes(true, read)
    return {i for op in blocks if op.tag == "equal" for i in range(op.src_start, op.src_end)}
