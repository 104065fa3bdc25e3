"""What an OCR engine reads where nothing is printed: specks, rules of tables, shadows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.layout import box, said, word_height
from pipeline.model import Word

_FLAT = frozenset("-–—_.,…~'’‘`\"“”^*=·•⁄°")
"""Characters that are printed small; all others fill a good part of the line's height."""
_SPECKS = frozenset("|¦_`'‘’^°¬:;,.·•=«»<>\\~\"†‡{}[]()!ˆ˜´¨")
_SPECK_HEIGHT = 0.4
_UNSURE = 0.8
_SCRIBBLE, _SCRIBBLE_LETTERS = 0.3, 15
_LONG, _FLUSH, _PRINT = 8, 0.4, (0.75, 1.5)
"""Words of a line that goes on below; how near the left edges must be, and how high print is, in heights of a word."""
_RULES = "|¦"
"""Upright rules of tables, read as part of the word beside them."""
_SMEARS = "_ˆ¬"
"""What dirt before a word is read as; a row of dots to fill in is nothing else and stays."""
_NUMBER = re.compile(r"(?<=^\d)_+$|(?<=^\d\d)_+$")
"""What a rule below the number of a row is read as."""


def tidy(lines: Iterable[Sequence[Word]]) -> list[list[Word]]:
    """Lines without words that are surely no print, and without the rules of tables and dirt in their words.

    Dropped are words far too small for what they were read as, stray marks without letter or digit of which the engine
    itself is not sure, and short lines of which it is not sure at all, but where they end a paragraph. A "~" that
    begins a line is a dash.
    """
    kept = [list(line) for line in lines]
    height = word_height(word for line in kept for word in line)
    pairs = zip([[], *kept], kept, strict=False)
    print_ = [line for above, line in pairs if not _is_scribble(line) or _goes_on(above, line, height)]
    clean = ([word for word in line if not _is_noise(word, height)] for line in print_)
    return [_put_right(line) for line in clean if line]


def _goes_on(above: Sequence[Word], line: Sequence[Word], height: float) -> bool:
    """Whether a short line stands right below the beginning of a long one, as high as print: the end of a sentence."""
    if len(above) < _LONG:
        return False
    left, top, _, bottom = box(line[0])
    over = box(above[0])
    level = max(box(word)[3] for word in above[: len(line) + 2])
    flush = abs(left - over[0]) < _FLUSH * height and -0.5 * height < top - level < height
    return flush and _PRINT[0] * height < bottom - top < _PRINT[1] * height


def _is_scribble(line: Sequence[Word]) -> bool:
    """Whether a line is a few characters of which the engine believes next to nothing: a signature, a stamp."""
    letters = sum(len(word.text) for word in line)
    believed = sum(len(word.text) * (1 if word.confidence is None else word.confidence) for word in line)
    return letters <= _SCRIBBLE_LETTERS and believed < _SCRIBBLE * letters


def _is_noise(word: Word, height: float) -> bool:
    if word.text[0] == "^" and len(word.text) > 1:
        return False  # a footnote marker
    _, top, _, bottom = box(word)
    if bottom - top < _SPECK_HEIGHT * height and not _FLAT.issuperset(word.text):
        return True
    return _SPECKS.issuperset(word.text) and (word.confidence or 0) < _UNSURE


def _put_right(line: Sequence[Word]) -> list[Word]:
    out = [said(word, _NUMBER.sub("", word.text.strip(_RULES).lstrip(_SMEARS)) or word.text) for word in line]
    return [said(out[0], "-"), *out[1:]] if out[0].text == "~" else out
