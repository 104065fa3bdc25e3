"""Words over which a mark is printed that the engine left out, read once more.

Where the lines of a page stand close, an engine takes the marks above the letters for dirt between them: of a whole
line `Nguyễn` becomes `Nguyên`, and it is sure of it. Its boxes then end below these marks; the line by itself comes
out right.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.layout import box, word_height
from pipeline.model import Word
from pipeline.ocr.doubted import read_again
from pipeline.ocr.part import Lines, Reader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

_DARK = 150
_ABOVE = 0.35
"""Marks stand within so many word heights above a box."""
_LEAST = 4
"""Pixels of a mark."""
_SIZE = 28
"""Pixels of a word's height at which it is read."""
_SURE = 0.85
"""Least confidence of a word that has a mark more."""
_TOGETHER = 2
"""Words with fewer others between them are read in one piece."""
_BESIDE = 1
"""Words on either side that are read with them."""
_OVERLAP = 0.7
"""Two readings have one place where they share so much of their widths."""
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""A syllable has one at most: where it was read, none is lost."""
_MOST = 12
"""Pieces read on a page."""


def with_lost_marks(lines: Sequence[Sequence[Word]], image: Image.Image, read: Reader) -> Lines:
    """The lines; words over which ink stands that belongs to none are what another reading says if only marks differ.

    Args:
        lines: words as the engine read them.
        image: the page, grey.
        read: how to read a block of lines.
    """
    import numpy as np

    found = [list(line) for line in lines]
    height = word_height(word for line in found for word in line)
    page = np.asarray(image)
    pieces = [(line, at) for line in found for at in _pieces([_has_more(page, word, height) for word in line])]
    for line, (begin, end) in pieces[:_MOST]:
        part = line[max(0, begin - _BESIDE) : end + _BESIDE]
        again = [word for row in read_again(part, image, read, _SIZE) for word in row]
        for k in range(begin, end):
            line[k] = next((other for other in again if _is_better(line[k], other)), line[k])
    return found


def _has_more(page: NDArray[np.uint8], word: Word, height: float) -> bool:
    """Whether a mark stands over the box of a word and touches neither it nor what is printed above."""
    x0, y0, x1, _ = box(word)
    top = y0 - round(_ABOVE * height)
    if (
        top < 0
        or x1 <= x0
        or not any(map(str.isalpha, word.text))
        or _TONES & {*unicodedata.normalize("NFD", word.text)}
    ):
        return False
    over = page[top:y0, x0:x1] < _DARK
    own = over.any(axis=0) & ~over[0] & ~over[1] & ~over[-1]
    return bool((own[1:] & own[:-1]).any()) and int(over[:, own].sum()) >= _LEAST


def _pieces(marked: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Stretches of a line in which words are marked."""
    begin = end = -1
    for k in (k for k, has in enumerate(marked) if has):
        if 0 <= end <= k - _TOGETHER:
            yield begin, end
            begin = -1
        begin, end = (k if begin < 0 else begin), k + 1
    if end >= 0:
        yield begin, end


def _is_better(first: Word, second: Word) -> bool:
    """Whether a word stands in the place of another, has the same letters but a mark more, and is surely read."""
    (a0, _, a1, _), (b0, _, b1, _) = box(first), box(second)
    if min(a1, b1) - max(a0, b0) < _OVERLAP * max(a1 - a0, b1 - b0):
        return False
    before, after = (unicodedata.normalize("NFD", word.text) for word in (first, second))
    more = len(after) > len(before) and (second.confidence or 0.0) >= _SURE
    return more and _bare(before) == _bare(after)


def _bare(text: str) -> str:
    return "".join(c for c in text if not unicodedata.combining(c))
