"""Pages that lie on their side or stand on their head: seen from how the engine read them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.layout import box
from pipeline.model import Word

_LEAST_WORDS = 8
_SURE = 0.6
_POOR = 0.35


def turn_needed(lines: Sequence[Sequence[Word]]) -> int:
    """Degrees counter-clockwise that set a page upright: 90 or 270 for one on its side, 180 to be tried, or 0.

    Tesseract reads lines that run up or down the page, word for word; their words are taller than wide, and their order
    tells the direction. Of what stands on its head for it, it gives many words of which hardly any is sure: then the
    page lies on its other side, or is upside down.
    """
    words = [word for line in lines for word in line if len(word.text) > 2]
    if len(words) < _LEAST_WORDS:
        return 0
    aside = 2 * sum(b[3] - b[1] > b[2] - b[0] for b in map(box, words)) > len(words)
    turn = 0 if not aside else 90 if _runs_down(lines) else 270
    sure = sum((word.confidence or 0) > _SURE for word in words)
    return (turn + 180) % 360 if sure < _POOR * len(words) else turn


def _runs_down(lines: Sequence[Sequence[Word]]) -> bool:
    steps = [box(b)[1] + box(b)[3] - box(a)[1] - box(a)[3] for line in lines for a, b in pairwise(line)]
    return sum(steps) >= 0


def readability(lines: Sequence[Sequence[Word]]) -> float:
    """How much was read for sure: characters of sure words that stand upright."""
    words = [word for line in lines for word in line if (word.confidence or 0) > _SURE]
    return float(sum(len(w.text) for w in words if len(w.text) < 3 or box(w)[3] - box(w)[1] <= box(w)[2] - box(w)[0]))
