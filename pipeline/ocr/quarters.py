"""The numerals of quarters before a slash, which engines take for one of their strokes: `II/` is read `III`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from pipeline.model import Word
from pipeline.ocr.strokes import dark_pixels, runs_of

if TYPE_CHECKING:
    from PIL import Image

    from pipeline.ocr.strokes import Dark

_BEFORE = re.compile(r"(?<![^\W_])quý(?: [iv]{1,3}[,;]?| và)*$")
_LISTED = 16
"""Characters before a numeral in which the quarters that are named with it stand: "quý II, III và IV/2026"."""
_READ = re.compile(r"(?P<numeral>[IHTUl1|!\[\]]{1,4})/{0,2}(?P<year>20\d\d)?(?P<tail>[.,;:)]*)")
_HEIGHTS = (0.2, 0.35, 0.5, 0.65, 0.8)
"""Where strokes are followed from top to bottom, in heights of the word."""
_UPRIGHT = 0.12
"""A stroke that moves so many heights at most on its way down is upright; a slash goes further, to the left."""
_SLANT = 0.03
"""Heights that a slash moves to the left from each of these rows to the next; the foot of an I does so only once."""
_THICK = 0.4
"""A stroke is narrower than this share of the height, in bold print, too."""
_TOP, _REACHES = 0.12, 0.06
"""The rows of the upper serif, and how far that of an I reaches to the right of its stroke, in heights."""
_CONFIDENCE = 0.9


def with_quarters(lines: Sequence[Sequence[Word]], image: Image.Image) -> list[list[Word]]:
    """The lines, with the numerals behind "Quý" as the page shows them.

    Args:
        lines: words as the engine read them.
        image: the page, grey.
    """
    out: list[list[Word]] = []
    before = ""
    for line in lines:
        out.append([])
        for word in line:
            out[-1].append(_quarter(word, image) if _BEFORE.search(before) else word)
            before = f"{before[-_LISTED:]} {out[-1][-1].text.lower()}"
    return out


def _quarter(word: Word, image: Image.Image) -> Word:
    """The numeral by its strokes, if a slash stands behind them; a "1" may be printed so, where no serif tells an I."""
    match = _READ.fullmatch(word.text)
    if match is None:
        return word
    dark = dark_pixels(word, image)
    strokes, slash = _strokes(dark)
    sure = slash or match["numeral"] == "1"
    if not sure or not 1 <= strokes <= 3 or (strokes == 1 and not _has_serif(dark)):
        return word
    printed = "I" * strokes + ("/" if slash else "") + (match["year"] or "") + match["tail"]
    return word if printed == word.text else Word(printed, word.start, _CONFIDENCE, word.bbox, (word.text,))


def _strokes(dark: Dark) -> tuple[int, bool]:
    """How many upright strokes a word begins with, and whether a slash stands behind them."""
    height = len(dark)
    rows = [runs_of(dark[round(share * height)]) for share in _HEIGHTS]
    count = 0
    for column in zip(*rows, strict=False):
        begins = [begin / height for begin, _ in column]
        if any(end - begin > _THICK * height for begin, end in column):
            return 0, False
        if max(begins) - min(begins) > _UPRIGHT:
            return count, all(above - below > _SLANT for above, below in pairwise(begins))
        count += 1
    return count, False


def _has_serif(dark: Dark) -> bool:
    """Whether the top of the first stroke reaches to its right, as that of an I does and that of a 1 does not."""
    height = len(dark)
    stroke = max(runs_of(dark[round(share * height)])[0][1] for share in _HEIGHTS)
    top = [end for row in dark[: ceil(_TOP * height)] for begin, end in runs_of(row)[:1] if begin < stroke]
    return bool(top) and max(top) - stroke >= _REACHES * height
