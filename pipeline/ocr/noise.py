"""What an OCR engine reads where nothing is printed: specks, rules of tables, shadows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.layout import box, said, word_height
from pipeline.layout.geometry import WIDE_GAP
from pipeline.model import Word

_FLAT = frozenset("-–—_.,…~'’‘`\"“”^*=·•⁄°")
"""Characters that are printed small; all others fill a good part of the line's height."""
_SPECKS = frozenset("|¦_`'‘’^°¬:;,.·•=«»<>\\~\"†‡{}[]()!ˆ˜´¨")
_SPECK_HEIGHT = 0.4
_POINT, _SQUARE, _DISBELIEVED = 0.25, 0.5, 0.5
"""A speck is as small, in heights of a word, as high as wide, which no dash is, and hardly believed."""
_DASHES, _DUST = frozenset("-–—~"), 0.12
"""What is as short, in heights of a word, is no dash, however surely it was read as one."""
_DOTS = frozenset(".,_`'‘’“”")
"""What a speck that stands alone is read as. On 130 scans, all 31 that were as small as dust were specks."""
_HAIRLINE, _HAIRLINE_LETTERS = 0.115, 2
"""Width of a word, in its heights, that is no print (an I without serifs has .126), and its most characters."""
_UNSURE = 0.8
_SCRIBBLE, _SCRIBBLE_LETTERS = 0.3, 15
_LONG, _FLUSH, _PRINT = 8, 0.4, (0.75, 1.5)
"""Words of a line that goes on below; how near the left edges must be, and how high print is, in heights of a word."""
_END = re.compile(r"\.?/\.")
"""Ends a document; who drafted it signs behind it with a stroke of the pen, as behind the list of recipients."""
_FILED = re.compile(r"[-–—.]?Lưu\b.{0,2}$")
_INITIALS, _BY_HAND = 3, (0.7, 0.5, 0.3)
"""Most words that initials are read as; least confidences of print behind the end of a document, behind the last
recipient, and of a word higher than print that ends any line."""
_TALL = 1.4
_SCRAP, _SCRAP_HEIGHT, _SCRAP_WIDTH, _SURE = 3, 0.6, 3.0, 0.9
"""Characters of a scrap that stands alone; it is lower than print, in heights of a word, or far wider than a figure."""
_RULES = "|¦"
"""Upright rules of tables, read as part of the word beside them."""
_STROKE = re.compile(r"[|!\[\]][.,]")
_SMEARS = "_ˆ¬"
"""What dirt before a word is read as; a row of dots to fill in is nothing else and stays."""
_BEFORE_NUMERAL = re.compile(r"[._,'’‘`]+(?=[IVX]{1,5}[.,](?:$|[^\W\d_a-zà-ỹ]))")
"""Dirt before the numeral of a section ("._V,", ".IV.KINH")."""
_BEFORE_ITEM = re.compile(r"(?<=^[+*])[.,'`_](?=[^\W\d_])|^[.,](?=[^\W\d_]+\W*$)")
"""Dirt behind the sign of an item, or before the first word of a line ("+.Điều", ".khóm")."""
_DASH = re.compile("~|[~.,'’‘`][-–]|[-–][~'’‘`]")
"""What a dash before an item is read as, with a speck beside it."""
_BEHIND = frozenset("-–—_=~")
"""What dirt behind the last word of a line is read as; behind a comma or a stop nothing goes on with a dash."""
_NUMBER = re.compile(r"(?<=^\d)_+$|(?<=^\d\d)_+$")
"""What a rule below the number of a row is read as."""


def tidy(lines: Iterable[Sequence[Word]]) -> list[list[Word]]:
    """Lines without words that are surely no print, and without the rules of tables and dirt in their words.

    Dropped are words far too small or narrow for what they were read as, stray marks without letter or digit of which
    the engine itself is not sure, short lines of which it is not sure at all, but where they end a paragraph, scraps
    that stand alone, initials behind the end of a document or of its list of recipients, and dashes behind a line's
    last comma or stop. A "~" or "~-" that begins a line is a dash.
    """
    kept = [list(line) for line in lines]
    height = word_height(word for line in kept for word in line)
    pairs = zip([[], *kept], kept, strict=False)
    print_ = [line for above, line in pairs if not _is_scribble(line) or _goes_on(above, line, height)]
    clean = (
        [w for k, w in enumerate(line) if _is_label(line, k, height) or not _is_noise(w, height)]
        for line in (_without_initials(_without_scribble(line, height), height) for line in print_)
    )
    return [_put_right(line) for line in clean if line and not _is_scrap(line, height)]


def _is_label(line: Sequence[Word], k: int, height: float) -> bool:
    """Whether a word is a stroke as high as print, with a stop, before a capital: "1.", as its sequence tells."""
    if k or len(line) < 2 or not _STROKE.fullmatch(line[0].text) or not line[1].text[:1].isupper():
        return False
    _, top, right, bottom = box(line[0])
    return _PRINT[0] * height < bottom - top < _PRINT[1] * height and box(line[1])[0] - right < height


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


def _without_scribble(line: Sequence[Word], height: float) -> Sequence[Word]:
    """The line without scribble far beside it: strokes of a seal or a signature in the other column.

    A few characters at most: a number filled in by hand ("Số:09/KH-TTra" beside the date) is not believed, either.
    """
    begins = [0, *(k for k in range(1, len(line)) if box(line[k])[0] - box(line[k - 1])[2] > WIDE_GAP * height)]
    if len(begins) == 1:
        return line
    parts = [line[begin:end] for begin, end in zip(begins, [*begins[1:], len(line)], strict=True)]
    stray = [part for part in parts if sum(len(word.text) for word in part) <= _SCRAP and _is_scribble(part)]
    return [word for part in parts if part not in stray for word in part]


def _without_initials(line: Sequence[Word], height: float) -> Sequence[Word]:
    """The line without what a pen wrote behind its end."""
    text = " ".join(word.text for word in line[:2])
    for k in range(max(1, len(line) - _INITIALS), len(line)):
        before, behind = line[k - 1].text, line[k:]
        sure = sum(word.confidence or 0 for word in behind) / len(behind)
        tall = len(behind) == 1 and box(behind[0])[3] - box(behind[0])[1] > _TALL * height
        filed = k > 1 and before.endswith(".") and _FILED.match(text.replace(" ", "")) is not None
        end, recipient, any_line = _BY_HAND
        limit = end if _END.search(before) else recipient if filed else any_line if tall and before[-1] in ".;" else 0
        if sure < limit:
            return line[:k]
    return line


def _is_scrap(line: Sequence[Word], height: float) -> bool:
    """Whether a word that stands alone is too low for print or too wide for a figure: dirt, a stroke of a pen."""
    if len(line) > 1 or line[0].confidence is None or len(line[0].text) > _SCRAP or not line[0].text.isalnum():
        return False
    left, top, right, bottom = box(line[0])
    low = bottom - top < _SCRAP_HEIGHT * height and not line[0].text.isdigit() and line[0].confidence < _SURE
    return low or (len(line[0].text) == 1 and right - left > _SCRAP_WIDTH * height and line[0].confidence < _UNSURE)


def _is_noise(word: Word, height: float) -> bool:
    if word.text[0] == "^" and len(word.text) > 1:
        return False  # a footnote marker
    left, top, right, bottom = box(word)
    if bottom - top < _SPECK_HEIGHT * height and not _FLAT.issuperset(word.text):
        return True
    if len(word.text) <= _HAIRLINE_LETTERS and right - left < _HAIRLINE * (bottom - top):
        return True
    short, long = sorted((right - left, bottom - top))
    if long < _POINT * height and short > _SQUARE * long and (word.confidence or 0) < _DISBELIEVED:
        return True
    if word.text in _DASHES | _DOTS and long < _DUST * height:
        return True
    if word.text in _DASHES and _is_upright_dash(word, bottom - top, height):
        return True
    return _SPECKS.issuperset(word.text) and (word.confidence or 0) < _UNSURE


def _is_upright_dash(word: Word, tall: int, height: float) -> bool:
    """Whether a dash of which the engine is not sure is higher than print: the rest of an upright rule."""
    return tall > _TALL * height and (word.confidence or 0) < _UNSURE


def _put_right(line: Sequence[Word]) -> list[Word]:
    out = [said(word, _NUMBER.sub("", word.text.strip(_RULES).lstrip(_SMEARS)) or word.text) for word in line]
    out[0] = said(out[0], _first(out[0].text))
    if len(line) > 1 and _STROKE.fullmatch(line[0].text):
        out[0] = said(line[0], "|.")
    if len(out) > 1 and out[-1].text in _BEHIND and out[-2].text[-1] in ",;.":
        out.pop()
    return [said(out[0], "-"), *out[1:]] if _DASH.fullmatch(out[0].text) else out


def _first(text: str) -> str:
    """The first word of a line without the dirt before its numeral or syllable; ".docx" stays."""
    clean = _BEFORE_ITEM.sub("", _BEFORE_NUMERAL.sub("", text))
    return text if text[0] in ".," and clean.isascii() and not clean.isupper() else clean
