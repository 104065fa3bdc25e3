"""Cells of ruled tables in which the engine read nothing though something stands there: a number alone, mostly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from math import ceil
from typing import TYPE_CHECKING

from pipeline.layout import Grid, box, word_height
from pipeline.model import Bbox, Word
from pipeline.ocr.columns import readable
from pipeline.ocr.missed import is_sure
from pipeline.ocr.part import Lines, Reader, read_part

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

Digits = Callable[[Bbox], str]
_COUNTS = re.compile(r"(?:số ?|s)?tt\.?", re.IGNORECASE)
"""The heading of a column of numbers."""
_DARK = 0.72
"""Ink is darker than this share of the paper."""
_RIM = 0.3
"""What is left of rules stands within this many word heights of a cell's sides."""
_LETTER = 0.45, 1.7
"""Heights of letters and digits, in word heights."""
_MOST = 40
"""Cells read once more on a page."""
_DISBELIEVED, _UNSURE, _SEVERAL = 0.3, 0.7, 2
"""A cell is read again for one word of less confidence than the first, or so many of less than the second."""
_MOST_DOUBTED = 12
"""Cells read again on a page."""
_AMONG_NUMBERS = 0.6
"""Confidence of a number that only its column makes one."""
_ONES = [["|"], ["I"], ["l"], ["!"], ["|."], ["I."], ["l."], ["!."]]
"""What the upright stroke of a 1 is read as."""
_STOP = 0.3
"""A stop behind a number is no higher and no wider than this share of its height."""
_BELIEVED, _DOUBTED = 0.85, 0.6
"""How sure the engine is of a number with a stop that is taken as it reads it, and of a mark that may be a number."""


def with_cells(
    lines: Sequence[Sequence[Word]], image: Image.Image, grids: Sequence[Grid], read: Reader, digits: Digits
) -> Lines:
    """The lines, and what is surely read in cells without a word, each by itself; a mark among numbers is a number.

    A mark that the engine does not believe, alone in a cell among numbers, is no word.

    Args:
        lines: words as the engine read them.
        image: the page, grey, without the rules of its tables.
        grids: its tables.
        read: how to read a block of lines.
        digits: how to read a box that holds digits.
    """
    height = word_height(word for line in lines for word in line)
    found = _doubted_anew([list(line) for line in lines], image, grids, read, height)
    cells = [cell for grid in grids for cell in _unread(found, image, grid, height)]
    for ink, numbers, marks in cells[:_MOST]:
        x0, y0, x1, y1 = ink
        rim = round(_RIM * height)
        rows = read_part(image, (x0 - rim, y0 - rim, x1 + rim, y1 + rim), round(height), read)
        sure = [row for row in rows if is_sure(row) or (numbers and _is_counted(row))]
        if not sure and numbers and x1 - x0 < 2 * height:
            stroke = [word.text for row in rows for word in row] in _ONES
            figures, stop = _without_stop(image, ink)
            number = "1" if stroke else digits(figures)
            sure = [[Word(number + stop, 0, _AMONG_NUMBERS, ink)]] if number else []
        if sure and marks:
            found = [kept for line in found if (kept := [word for word in line if word not in marks])]
        found += sure
    return found


def _doubted_anew(lines: Lines, image: Image.Image, grids: Sequence[Grid], read: Reader, height: float) -> Lines:
    """The lines; cells with a word that the engine disbelieves are read each by itself, and kept so if read better."""
    cells: dict[tuple[int, tuple[int, int]], list[Word]] = {}
    for word in (word for line in lines for word in line):
        x, y = _middle(word)
        for number, grid in enumerate(grids):
            if grid.holds(x, y):
                cells.setdefault((number, _first(grid, *grid.cell(x, y))), []).append(word)
    doubted = [(place, words) for place, words in cells.items() if _is_doubted(words, height)]
    for (number, place), words in doubted[:_MOST_DOUBTED]:
        rim = round(_RIM * height) // 2
        x0, y0, x1, y1 = _place(grids[number], *place)
        again = read_part(image, (x0 + rim, y0 + rim, x1 - rim, y1 - rim), round(height), read)
        if readable(word for line in again for word in line) > readable(words):
            old = set(map(id, words))
            lines = [kept for line in lines if (kept := [word for word in line if id(word) not in old])] + again
    return lines


def _is_doubted(words: Sequence[Word], height: float) -> bool:
    """Whether one word of a cell, as high as a letter, is not believed, or several are not sure."""
    high = [_sure(word) for word in words if box(word)[3] - box(word)[1] >= _LETTER[0] * height]
    return min(high, default=1.0) < _DISBELIEVED or sum(sure < _UNSURE for sure in high) >= _SEVERAL


def _middle(word: Word) -> tuple[float, float]:
    x0, y0, x1, y1 = box(word)
    return (x0 + x1) / 2, (y0 + y1) / 2


def _place(grid: Grid, row: int, column: int) -> Bbox:
    """The box of the cell that begins in a place."""
    left, right, top = grid.xs[column], grid.xs[column + 1], grid.ys[row]
    return round(left), round(top), round(right), round(grid.ys[_last(grid, row, column) + 1])


def _is_counted(row: Sequence[Word]) -> bool:
    """Whether a row is a number with a stop, surely."""
    return len(row) == 1 and row[0].text[:-1].isdigit() and row[0].text[-1] == "." and _sure(row[0]) >= _BELIEVED


def _sure(word: Word) -> float:
    return word.confidence or 0.0


def _without_stop(image: Image.Image, ink: Bbox) -> tuple[Bbox, str]:
    """The box of a number without the stop behind it, and that stop; "" where there is none."""
    import numpy as np

    dark = _dark(np.asarray(image.crop(ink)))
    free = np.flatnonzero(~dark.any(axis=0))
    if not free.size:
        return ink, ""
    rows = np.flatnonzero(dark[:, free[-1] :].any(axis=1))
    side = max(len(dark) - int(rows[0]), dark.shape[1] - 1 - int(free[-1]))
    if side > _STOP * len(dark):
        return ink, ""
    end = int(np.flatnonzero(dark[:, : free[-1]].any(axis=0))[-1]) + 1
    return (ink[0], ink[1], ink[0] + end, ink[3]), "."


def _unread(
    lines: Sequence[Sequence[Word]], image: Image.Image, grid: Grid, height: float
) -> Iterator[tuple[Bbox, bool, list[Word]]]:
    """The ink of cells that hold no word but something as high as a letter, and whether their column is of numbers.

    Also of cells that hold nothing but marks that are not believed, in a column of numbers, with these marks.
    """
    inside: dict[tuple[int, int], list[Word]] = {}
    for word in (word for line in lines for word in line):
        x, y = _middle(word)
        if grid.holds(x, y):
            inside.setdefault(_first(grid, *grid.cell(x, y)), []).append(word)
    rim = round(_RIM * height)
    for row in range(len(grid.ys) - 1):
        for column in range(len(grid.xs) - 1):
            marks = inside.get((row, column), [])
            if _first(grid, row, column)[0] < row or any(map(_is_word, marks)):
                continue
            x0, y0, x1, y1 = _place(grid, row, column)
            ink = _ink(image, (x0 + rim, y0 + rim, x1 - rim, y1 - rim))
            if ink and _LETTER[0] * height <= ink[3] - ink[1] <= _LETTER[1] * height:
                texts = [" ".join(word.text for word in own) for (_, c), own in inside.items() if c == column]
                counts = any(map(_COUNTS.fullmatch, texts))
                numbers = counts or 2 * sum(text.strip(".,)").isdigit() for text in texts) > len(texts)
                if numbers or not marks:
                    yield ink, numbers, marks


def _is_word(word: Word) -> bool:
    return _sure(word) >= _DOUBTED or any(map(str.isalnum, word.text))


def _first(grid: Grid, row: int, column: int) -> tuple[int, int]:
    """The place where the cell of a place begins: no rule parts it from those above."""
    while row and (row - 1, column) in grid.tall:
        row -= 1
    return row, column


def _last(grid: Grid, row: int, column: int) -> int:
    """The last row of the cell that begins in a row."""
    while (row, column) in grid.tall:
        row += 1
    return row


def _ink(image: Image.Image, place: Bbox) -> Bbox | None:
    """The box of the ink within a box of the page; None where there is none."""
    import numpy as np

    x0, y0, x1, y1 = place
    if x1 <= x0 or y1 <= y0:
        return None
    dark = _dark(np.asarray(image.crop(place)))
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not rows.size:
        return None
    return x0 + int(columns[0]), y0 + int(rows[0]), x0 + int(columns[-1]) + 1, y0 + int(rows[-1]) + 1


def _dark(grey: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where the ink of a small part of a page is."""
    import numpy as np

    return np.less(grey, ceil(_DARK * float(np.percentile(grey, 80))))
