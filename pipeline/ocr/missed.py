"""Print that the engine passed over: rows of letters outside of every word, read once more by themselves.

Engines take a name that a signature touches, the numbers of a ruled form or a line beside dirt for a picture; beside
a seal they take pieces of two lines for one high word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.layout import box, hull, word_height
from pipeline.model import Bbox, Word
from pipeline.ocr.part import Lines, Reader, meet, new, read_part

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

    Ink = NDArray[np.uint8]

_DARK = 100
_SHRINK = 2
"""Found in a picture this much smaller: faster, and thin pen strokes fade."""
_MOST = 20
"""Rows read once more on a page, the largest first."""
_HEIGHT = (0.45, 1.7)
"""Height of a row of letters, in word heights."""
_LEAN = 0.12
"""A name that is stamped by hand leans: what a row may be higher for every pixel of its width."""
_ROW = 2.0
"""Width of a row, in word heights, that is cut out of higher ink: what is left of a seal's ring joins rows."""
_LEAST_INK = 0.06
"""Share of ink in some square of a word's height, without which there is no letter: a 1 fills a tenth of it."""
_LARGE = 3.0
"""Ink that hangs together larger than this, in word heights, is no letter: rules, seals, signatures."""
_PRINT, _PARTED = 0.8, 4.0
"""Height of the parts of a name, and most space between two of them, in word heights."""
_LONG, _INDENT, _FLUSH = 8, 6.0, 3
"""Words of a line that goes on below, by how many word heights it may be indented, and lines that begin at one edge."""
_FILL = (0.08, 0.75)
"""Share of ink in a row of letters: of thin print .1, of the strokes of a pen .03 to .06."""
_SURE, _SURE_WORD = 0.75, 0.85
_BESIDE = 1.0
"""Most space between a single word and the line that it belongs to, in word heights."""
_NEXT_LINE = 1.5
"""Most space between a line of a form and the next one, in word heights."""
_LETTERS = 0.7
"""Share of letters and digits in what is believed."""
_TALL, _DOUBTED = 1.8, 0.5
"""Height of a word that is none, in heights of a word, and less than how sure the engine is of it. Only at the ends of
a line: in its middle it would leave a hole that parts the line."""


def with_missed(lines: Sequence[Sequence[Word]], image: Image.Image, read: Reader) -> Lines:
    """The lines, and what is surely read in rows of ink where no word is.

    Args:
        lines: words as the engine read them.
        image: the page, grey.
        read: how to read a row of letters.
    """
    height = word_height(word for line in lines for word in line)
    tall = [word for line in lines for word in _high_ends(line, height)]
    known = [kept for line in lines if (kept := [word for word in line if word not in tall])]
    if not known:
        return [list(line) for line in lines]
    margin, found = round(0.3 * height), list(known)

    def sure(place: Bbox) -> Lines:
        x0, y0, x1, y1 = place
        rows = new(read_part(image, (x0 - margin, y0 - margin, x1 + margin, y1 + margin), margin, read), found)
        return [row for row in rows if is_sure(row) or _is_beside(row, found, height)]

    unsure: list[Bbox] = []
    for place in missed_rows(known, image, height):
        read_surely = sure(place)
        found += read_surely
        unsure += [] if read_surely else [place]
    for place in _joined(unsure, height):
        found += sure(place)
    added = found[len(known) :]
    places = [box(word) for line in added for word in line]
    wrong = [word for word in tall if any(meet(box(word), place) for place in places)]
    return [kept for line in lines if (kept := [word for word in line if word not in wrong])] + added


def _high_ends(line: Sequence[Word], height: float) -> list[Word]:
    """The words that begin or end a line and are as high as two, and doubted: pieces of both."""
    return [word for word in (line[0], *line[1:][-1:]) if _is_tall(word, height)]


def _is_tall(word: Word, height: float) -> bool:
    _, top, _, bottom = box(word)
    return bottom - top > _TALL * height and (word.confidence or 0) < _DOUBTED


def _joined(rows: Sequence[Bbox], height: float) -> list[Bbox]:
    """Rows side by side as one, where there are two or more: a name that the stroke of a signature parts."""
    groups: list[list[Bbox]] = []
    for row in sorted(rows):
        last = next((group for group in groups if _is_next(group[-1], row, height)), None)
        if last:
            last.append(row)
        else:
            groups.append([row])
    return [place for group in groups if len(group) > 1 and (place := hull(group))]


def _is_next(left: Bbox, right: Bbox, height: float) -> bool:
    """Whether a row stands beside another one on its right, as high as print."""
    over = min(left[3], right[3]) - max(left[1], right[1])
    high = min(left[3] - left[1], right[3] - right[1])
    return high > _PRINT * height and over > 0.4 * high and right[0] - left[2] < _PARTED * height


def is_sure(row: Sequence[Word]) -> bool:
    """Whether a row is a number, or two words or more: a single word is too often a piece of a seal."""
    letters = sum(len(word.text) for word in row)
    believed = sum(len(word.text) * (word.confidence or 0) for word in row)
    plain = sum(c.isalnum() for word in row for c in word.text)
    if len(row) == 1:
        return row[0].text.isdigit() and believed >= _SURE_WORD * letters
    return believed >= _SURE * letters and plain >= _LETTERS * letters


def _is_beside(row: Sequence[Word], lines: Sequence[Sequence[Word]], height: float) -> bool:
    """Whether a row is a single word that a line begins or ends with, a space apart, or the end of a line above it.

    What ends the line above stands right below it, where other lines begin. A word with a colon is a line of a form
    where another one above it begins at the same place ("ĐƠN VỊ:" / "KHOA:").
    """
    word = row[0]
    if len(row) > 1 or not any(map(str.isalpha, word.text)) or (word.confidence or 0) < _SURE_WORD:
        return False
    left, top, right, bottom = box(word)

    def level(other: Bbox) -> bool:
        return min(bottom, other[3]) - max(top, other[1]) > 0.5 * min(bottom - top, other[3] - other[1])

    def near(line: Sequence[Word]) -> bool:
        first, last = box(line[0]), box(line[-1])
        gap, other = (first[0] - right, first) if first[0] >= left else (left - last[2], last)
        return level(other) and -0.3 * height < gap < _BESIDE * height

    def above(line: Sequence[Word]) -> bool:
        x0, _, x1, y1 = hull(map(box, line)) or (0, 0, 0, 0)
        return len(line) >= _LONG and x0 - _INDENT * height < left and right < x1 and -0.5 * height < top - y1 < height

    def heads(line: Sequence[Word]) -> bool:
        x0, _, _, y1 = box(line[0])
        return abs(x0 - left) < 0.5 * height and 0 <= top - y1 < _NEXT_LINE * height

    if word.text.endswith(":") and any(map(heads, lines)):
        return True
    long = [line for line in lines if len(line) > 2]
    flush = sum(abs(box(line[0])[0] - left) < 0.5 * height for line in long)
    alone = not any(level(box(word)) for line in long for word in line)  # else a letter that a word's box leaves out
    return any(map(near, long)) or (alone and flush >= _FLUSH and any(map(above, long)))


def missed_rows(lines: Sequence[Sequence[Word]], image: Image.Image, height: float) -> list[Bbox]:
    """Boxes of rows of letter-like ink that no word covers, from top to bottom.

    Args:
        lines: words as the engine read them.
        image: the page, grey.
        height: the usual height of a word.
    """
    import cv2
    import numpy as np

    small = cv2.resize(np.asarray(image), None, fx=1 / _SHRINK, fy=1 / _SHRINK, interpolation=cv2.INTER_AREA)
    ink = np.asarray(cv2.threshold(small, _DARK, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    height /= _SHRINK
    reach = max(1, round(0.15 * height))
    for line in lines:
        for word in line:
            x0, y0, x1, y1 = (side // _SHRINK for side in box(word))
            ink[max(0, y0 - reach) : y1 + 1 + reach, max(0, x0 - reach) : x1 + 1 + reach] = 0
    inked = _inked_rows(ink, round(height) + 1)
    ink = ink[inked]
    if not inked.size or not _holds_print(ink, height):
        return []
    letters = _letters(ink, height)
    if not _holds_print(letters, height):
        return []
    gap = np.ones((max(1, round(0.25 * height)), max(1, round(0.8 * height))), np.uint8)
    joined = np.asarray(cv2.morphologyEx(letters, cv2.MORPH_CLOSE, gap), np.uint8)
    labels, stats = _parts(joined)
    keep = _are_rows(labels, stats, letters, height)
    high = (stats[:, cv2.CC_STAT_HEIGHT] > _HEIGHT[1] * height) & ~keep
    high[0] = False  # the paper
    if high.any():
        labels, stats = _parts(_cut(joined, labels, high, height))
        keep = _are_rows(labels, stats, letters, height)
    w, rows = stats[:, cv2.CC_STAT_WIDTH], np.flatnonzero(keep).tolist()
    rows = sorted(rows, key=lambda n: -int(w[n]))[:_MOST]
    tops, bottoms = inked.tolist(), (inked + 1).tolist()
    boxes = [
        (_SHRINK * x, _SHRINK * tops[y], _SHRINK * (x + dx), _SHRINK * bottoms[y + dy - 1])
        for x, y, dx, dy in stats[rows, :4].tolist()
    ]
    return sorted(boxes, key=lambda b: (b[1], b[0]))


def _inked_rows(ink: Ink, around: int) -> NDArray[np.intp]:
    """The rows of pixels with ink in or near them: few of a page from which all words are taken out.

    Ink that is `around` rows apart comes no nearer where the others are left out.
    """
    import cv2
    import numpy as np

    some = ink.max(axis=1, keepdims=True)
    return np.flatnonzero(np.asarray(cv2.dilate(some, np.ones((2 * around + 1, 1), np.uint8))))


def _holds_print(ink: Ink, height: float) -> bool:
    """Whether some square of a word's height holds as much ink as a 1: most pages end here."""
    import cv2

    return bool(cv2.blur(ink, (max(1, round(height)),) * 2).max() >= _LEAST_INK * 255)


def _letters(ink: Ink, height: float) -> Ink:
    """The ink without what is larger than a letter, with all that a seal encloses, and without specks."""
    import cv2
    import numpy as np

    labels, stats = _parts(ink)
    w, h = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    large = np.maximum(w, h) > _LARGE * height
    small = np.maximum(w, h) < 0.12 * height
    keep = ~(large | small)
    inked, letters = np.flatnonzero(ink), np.zeros_like(ink)  # the page is nearly all paper, and what was read is gone
    letters.ravel()[inked[keep[labels.ravel()[inked]]]] = 255
    for n in np.flatnonzero(large & _is_seal(stats, height)):
        if n:
            x, y, dx, dy = stats[n, :4].tolist()
            part = letters[y : y + dy, x : x + dx]
            part[_filled(labels[y : y + dy, x : x + dx] == n)] = 0
    return letters


def _parts(joined: Ink) -> tuple[NDArray[Any], NDArray[Any]]:
    """The components of a picture, the first of them its paper: the labels of its pixels, and their statistics."""
    import cv2

    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    return labels, stats


def _cut(joined: Ink, labels: NDArray[Any], high: NDArray[np.bool_], height: float) -> Ink:
    """Letters joined to rows; of the components that are `high`, only the stretches as wide as some letters."""
    import cv2
    import numpy as np

    inside = high.take(labels)
    bar = np.ones((1, max(1, round(_ROW * height))), np.uint8)
    rows = cv2.morphologyEx(np.where(inside, joined, np.uint8(0)), cv2.MORPH_OPEN, bar)
    return np.where(inside, rows, joined).astype(np.uint8)


def _are_rows(labels: NDArray[Any], stats: NDArray[Any], letters: Ink, height: float) -> NDArray[np.bool_]:
    """Which components of joined letters are as high and as full as a row."""
    import cv2
    import numpy as np

    w, h = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    keep: NDArray[np.bool_] = (h >= _HEIGHT[0] * height) & (h <= _HEIGHT[1] * height + _LEAN * w) & (w >= 0.3 * height)
    inked = labels.ravel()[np.flatnonzero(letters)]
    fill = np.bincount(inked, minlength=len(stats)) / (w * h)
    keep &= (_FILL[0] <= fill) & (fill <= _FILL[1])
    keep[0] = False
    return keep


def _is_seal(stats: NDArray[Any], height: float) -> NDArray[np.bool_]:
    """Whether components may be seals, perhaps with a signature through them; tables are mostly larger."""
    w, h = stats[:, 2], stats[:, 3]
    found: NDArray[np.bool_] = (w < 40 * height) & (h < 15 * height) & (w > 2 * height) & (h > 1.5 * height)
    return found


def _filled(component: NDArray[np.bool_]) -> NDArray[np.bool_]:
    import cv2
    import numpy as np

    outlines, _ = cv2.findContours(component.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    filled = np.zeros(component.shape, np.uint8)
    cv2.drawContours(filled, outlines, -1, 1, cv2.FILLED)
    return filled > 0
