"""Bold and italic lines, by how thick their strokes are and how they lean: Tesseract's LSTM does not tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeline.layout import box, paper_of, with_style, word_height
from pipeline.model import Line, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

_DARK = 0.6
"""Ink is darker than this share of the paper: the grey rims of strokes are none."""
_BOLD = 1.2
"""Strokes thicker than the page's usual ones by this factor are bold; those of Times Bold are by 1.45."""
_USUAL = 0.25
"""The usual strokes are thicker than those of this share of the letters: headings may fill most of a page."""
_ITALIC = 2.5
"""By this factor more edges must go on aslant than upright: in upright Times it is 0.5, in italic 8."""
_SMALL = 0.87
"""Print is small whose words reach less than this share of the height that they do on the page."""
_UP, _DOWN = frozenset("bdđhkl"), frozenset("gpqy")
_BELOW, _LEFT = 0.2, 3
"""Edges are followed down this share of a word's height; aslant they are then one to three pixels further left."""
_LEAST = 2
"""Letters of a word that is judged."""


class _Set(NamedTuple):
    """How a word is set: its letters, the thickness of its strokes in pixels, and whether it is italic."""

    letters: int
    weight: float
    italic: bool


def styled(lines: Sequence[Line], page: Grey) -> tuple[Line, ...]:
    """The lines with their styles.

    Args:
        lines: with the boxes of their words.
        page: grey, straight.
    """
    words = [word for line in lines for word in line.words]
    if not words:
        return tuple(lines)
    height = _height(words, word_height(words))
    limit = _DARK * paper_of(page)
    found = [_measured(line.words, page, limit, height) for line in lines]
    bold = _BOLD * _usual([word for words in found for word in words])
    sets = ([(word.letters, word.weight > bold, word.italic) for word in words] for words in found)
    return tuple(with_style(line, words) for line, words in zip(lines, sets, strict=True))


def _measured(words: Sequence[Word], page: Grey, limit: float, height: float) -> list[_Set]:
    """How those words of a line are set that have letters enough.

    Args:
        words: of the line.
        page: grey.
        limit: what is lighter is no ink.
        height: of tall words on the page.
    """
    import cv2
    import numpy as np

    judged = [(box(word), n) for word in words if (n := sum(map(str.isalpha, word.text))) >= _LEAST]
    if not judged:
        return []
    x0, y0, x1, y1 = np.array([place for place, _ in judged]).T
    left, right = int(x0.min()), int(x1.max())
    ink = cv2.threshold(page[int(y0.min()) : int(y1.max()), left:right], limit, 1, cv2.THRESH_BINARY_INV)[1]
    begin, end = np.maximum(x0 - left - 1, 0), np.maximum(x1 - left - 1, 0)
    dark, edges, upright, aslant = (
        total[end] - total[begin] for total in map(_along, _strokes(np.asarray(ink, np.uint8), height))
    )
    weights = dark / np.maximum(edges, 1) / _size(words, height)
    italic = aslant > _ITALIC * upright
    return [_Set(n, w, i) for (_, n), w, i in zip(judged, weights.tolist(), italic.tolist(), strict=True)]


def _size(words: Iterable[Word], usual: float) -> float:
    """Of small print its size against the page's, for its strokes are thinner; else 1."""
    ratio = _height(words, usual) / usual
    return ratio if ratio < _SMALL else 1.0


def _height(words: Iterable[Word], unknown: float) -> float:
    """The height of words that reach from the top of a "b" to the foot of a "g", which tells the size of print."""
    tall = [word for word in words if not (_UP.isdisjoint(word.text) or _DOWN.isdisjoint(word.text))]
    return word_height(tall) if tall else unknown


def _strokes(ink: Grey, height: float) -> tuple[Grey, Grey, Grey, Grey]:
    """One where ink is, where a stroke of it begins from the left, and where that edge goes on straight or aslant."""
    import numpy as np

    down = max(2, round(_BELOW * height))
    edges = ink.copy()
    edges[:, 1:] &= ink[:, :-1] ^ 1
    above, below = edges[:-down], edges[down:]
    aslant = np.zeros_like(above)
    for left in range(1, _LEFT + 1):
        aslant[:, left:] |= above[:, left:] & below[:, :-left]
    return ink, edges, above & below, aslant


def _along(part: Grey) -> NDArray[np.int64]:
    """How many ones stand in the columns up to each."""
    import cv2
    import numpy as np

    return np.cumsum(cv2.reduce(part, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S))


def _usual(words: Iterable[_Set]) -> float:
    """The weight below which a share `_USUAL` of the letters is."""
    ordered = sorted(words, key=lambda word: word.weight)
    rest = _USUAL * sum(word.letters for word in ordered)
    for word in ordered:
        rest -= word.letters
        if rest <= 0:
            return word.weight
    return 0.0
