"""Whether a text layer says what its page shows: judged by its spelling and by the ink of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.model import Bbox
from pipeline.syllable import is_syllable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

_LETTERS = re.compile(r"[^\W\d_]+")
_SIGNATURE = re.compile(r"(?i)người ký|ký bởi|thời gian ký|ngày ký|cơ quan:|email:|digitally signed|signature|\+07:?00")
MIN_WORDS, MIN_WORDS_OVER_SCAN = 15, 60
MIN_PLAUSIBLE, MIN_PLAUSIBLE_OVER_SCAN = 0.9, 0.97
"""Share of words that can be syllables. Born-digital plans have 97.8 % and more; the worst real layer 59 %."""
MIN_MARKED = 0.4
"""Share of those that bear marks; Vietnamese has more than 80 %, text stripped of its accents none."""
MAX_ABBREVIATIONS = 5
"""Words like UBND that may stand on a page with fewer others: a table of figures."""
MAX_MISSED = 0.2
"""Share of a page's print that may lie outside the words of its layer: stamps, logos, signatures."""
MAX_BLANK = 0.2
"""Share of a layer's words that may stand on blank paper."""
_MISSED_AT_LEAST = 300
"""Edges of ink; a printed word of five letters has about 60 at `INK_DPI`."""
_RULE = 30
"""Pixels at `INK_DPI`: 7 mm, twice the height of a capital in 14 points with its marks."""
INK_DPI = 100
_DARK = 0.75
"""Ink is darker than this share of the paper."""


class Verdict(StrEnum):
    """What is to be done with the text layer of a page, and why; the values end the sentence "it ..."."""

    GOOD = "is good"
    NO_TEXT = "holds no text"
    SIGNATURE = "holds only the block of a digital signature"
    TOO_LITTLE = "holds too little text to be trusted over a scanned page"
    NOT_VIETNAMESE = "is not Vietnamese: another engine's reading, or codes of glyphs"
    INCOMPLETE = "leaves out a part of what is printed"
    JUNK = "holds words where nothing is printed"

    @property
    def is_good(self) -> bool:
        """Whether the layer can be used."""
        return self is Verdict.GOOD


def judge_text(lines: Sequence[str], over_scan: bool = False) -> Verdict:
    """Judge a layer by its spelling.

    Args:
        lines: all of a page. The visible block of a digital signature does not count.
        over_scan: the page is a scanned image: an OCR engine made its layer, and reading it again may be better.
    """
    told = [line for line in lines if not _SIGNATURE.search(line)]
    letters = [word for line in told for word in _LETTERS.findall(line) if len(word) > 1]
    words = [word.lower() for word in letters if not _is_abbreviation(word)]
    if not any(line.strip() for line in told):
        return Verdict.SIGNATURE if lines else Verdict.NO_TEXT
    if over_scan and len(words) < MIN_WORDS_OVER_SCAN:
        return Verdict.SIGNATURE if len(told) < len(lines) else Verdict.TOO_LITTLE
    valid = [word for word in words if is_syllable(word)]
    marked = [word for word in valid if not word.isascii()]
    if len(letters) - len(words) > max(MAX_ABBREVIATIONS, len(words)):
        return Verdict.NOT_VIETNAMESE
    plausible = len(valid) >= (MIN_PLAUSIBLE_OVER_SCAN if over_scan else MIN_PLAUSIBLE) * len(words)
    enough = len(marked) >= MIN_MARKED * len(valid) or len(words) < MIN_WORDS
    return Verdict.GOOD if plausible and enough else Verdict.NOT_VIETNAMESE


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and len(word) <= 6 and not is_syllable(word.lower())


def judge_places(image: Image.Image, boxes: Sequence[Bbox]) -> Verdict:
    """Judge a layer by the ink of its page: its words must stand on ink, and the ink must lie in its words.

    Print is measured by its edges, dark beside bright along a row of pixels: text has many of them, rules, pictures and
    signatures few for their size.

    Args:
        image: the page, grey, without red ink, at `INK_DPI`.
        boxes: of the layer's words, in pixels of the image.
    """
    import numpy as np

    grey = np.asarray(image)
    dark = grey < _DARK * float(np.median(grey))
    covered = np.zeros_like(dark)
    blank = 0
    for x0, y0, x1, y1 in _within(boxes, image.size):
        blank += not dark[y0:y1, x0:x1].any()
        reach = max(2, (y1 - y0) // 4)  # marks above capitals and below vowels reach out of the box
        covered[max(0, y0 - reach) : y1 + reach, max(0, x0 - reach) : x1 + reach] = True
    if blank > MAX_BLANK * len(boxes):
        return Verdict.JUNK
    print_ = dark & ~_upright_rules(dark)
    edges = print_[:, 1:] != print_[:, :-1]
    missed = int((edges & ~covered[:, 1:]).sum())
    if missed > max(_MISSED_AT_LEAST, MAX_MISSED * int(edges.sum())):
        return Verdict.INCOMPLETE
    return Verdict.GOOD


def _upright_rules(dark: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The ink of upright strokes that no letter is as tall as: the rules of a table have edges all along."""
    import numpy as np

    def within(mask: NDArray[np.bool_]) -> NDArray[np.int32]:
        sums = np.cumsum(np.pad(mask, ((1, 0), (0, 0))), axis=0, dtype=np.int32)
        return sums[_RULE:] - sums[:-_RULE]

    if len(dark) < _RULE:
        return np.zeros_like(dark)
    tall = within(dark) == _RULE
    return within(np.pad(tall, ((_RULE - 1, _RULE - 1), (0, 0)))) > 0


def _within(boxes: Iterable[Bbox], size: tuple[int, int]) -> Iterable[Bbox]:
    """The boxes cut to the page; one outside of it becomes empty."""
    width, height = size
    for x0, y0, x1, y1 in boxes:
        left, top = min(max(0, x0), width), min(max(0, y0), height)
        yield left, top, max(left, min(x1, width)), max(top, min(y1, height))
