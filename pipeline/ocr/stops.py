"""Full stops before small letters: no sentence begins so, and on a bad copy a speck beside a word is read as one."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from statistics import median
from typing import TYPE_CHECKING

from pipeline.layout import box, paper_of, said, word_height
from pipeline.model import Word
from pipeline.ocr.part import Lines
from pipeline.syllable import is_syllable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

_DOUBTED, _LEAST = 0.85, 0.6
"""A word with such a stop is read so surely, and has so much ink in it, of the usual stop of the page. On 75 scans with
truth 17 specks went, and none of the four stops that a typist had set; so did five stops read for commas."""
_BELIEVED, _FEW = 0.9, 5
"""How surely the words are read that tell what the stops of a page are like, and how many it takes."""
_REACH, _INK = 0.3, 0.72
"""How far before the end of a word its stop may begin, in heights, and the share of the paper's grey that is ink."""


def without_false_stops(lines: Sequence[Sequence[Word]], page: Grey) -> Lines:
    """The lines without the stops between two words in small letters that the engine doubts or that are but specks.

    Args:
        lines: words as the engine read them.
        page: they were read from, grey.
    """
    found = [list(line) for line in lines]
    suspects = [(line, k) for line in found for k in range(len(line) - 1) if _is_false(line[k].text, line[k + 1].text)]
    if not suspects:  # of most pages
        return found
    believed = [w for line in found for w in line if w.text.endswith(".") and (w.confidence or 0) > _BELIEVED]
    inks = _last_inks([*believed, *(line[k] for line, k in suspects)], page)
    usual = median(inks[: len(believed)]) if len(believed) >= _FEW else 0.0
    for (line, k), ink in zip(suspects, inks[len(believed) :], strict=True):
        if (line[k].confidence or 0) < _DOUBTED or ink < _LEAST * usual:
            line[k] = said(line[k], line[k].text[:-1])
    return found


def _is_false(text: str, following: str) -> bool:
    """Whether a syllable has a stop behind it, and what follows begins small: "các. đơn vị"; but "tr. đồng", "v.v."."""
    word, begin = text.removesuffix(".").lower(), following[:2]
    return text.endswith(".") and len(word) > 1 and is_syllable(word) and begin.isalpha() and begin.islower()


def _last_inks(words: Sequence[Word], page: Grey) -> list[int]:
    """Of each word, the pixels of the ink that hangs together and reaches furthest to the right."""
    import cv2
    import numpy as np

    limit, reach = ceil(_INK * paper_of(page)), round(_REACH * word_height(words))
    found: list[int] = []
    for _, top, right, bottom in map(box, words):
        dark = (page[top:bottom, max(0, right - reach) : right + 1] < limit).astype(np.uint8)
        stats = cv2.connectedComponentsWithStats(dark)[2][1:]
        ends = stats[:, cv2.CC_STAT_LEFT] + stats[:, cv2.CC_STAT_WIDTH]
        found.append(int(stats[np.argmax(ends), cv2.CC_STAT_AREA]) if len(stats) else 0)
    return found
