"""Words that the engine itself does not believe are read once more, with their line alone.

On a whole page an engine now and then cuts a line badly: it glues a stroke of a pen to its last word, takes letters for
larger ones, or mixes two columns of different print. What it then says of such a word is dropped as dirt, though it is
plainly printed; the same line by itself, at the height that is read best, mostly comes out right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.layout import box, word_height
from pipeline.model import Bbox, Word
from pipeline.ocr.columns import readable
from pipeline.ocr.part import Lines, Reader, new, read_part

if TYPE_CHECKING:
    from PIL import Image

_DISBELIEVED, _DOUBTED, _DOUBTED_MARK = 0.3, 0.6, 0.8
"""A line is read again for one word or mark of less confidence."""
_DOUBTED_SHARE = 0.25
"""Share of doubted letters for which it is read again, too."""
_SURE_NUMBER, _AS_PRINT = 0.8, 0.9
"""Figures of less confidence are doubted; others must have as much to replace them, the second where these were fair.

Read again, printed ones mostly have .9, those of a hand less than before.
"""
_PRINT = 0.5
"""Least height of what may be a word, in heights of a word: specks are left as they are."""
_FLAT = 0.4
"""Letters and digits are higher than this."""
_WORD = 3
"""Small letters of a word, for which no number is mistaken."""
_SIZES = (28, None)
"""Pixels of a word's height at which a line is read, one after the other while it is doubted; None: as it stands."""
_MARGIN, _BESIDE = 0.25, 0.6
"""Above and below a line, and at its ends, in word heights."""
_TOUCH, _NEAR = 0.25, 0.15
"""Words that overlap by so many heights have the same place; unsure ones if no more than the second is between them."""
_NEIGHBOURS = 2
"""Words on either side that are read with the doubted ones."""
_MOST = 12
"""Lines read once more on a page, from the top: a page of which more are doubted is dirty all over."""


def with_doubted(lines: Sequence[Sequence[Word]], image: Image.Image, read: Reader) -> Lines:
    """The lines; words of which the engine is not sure are what their line alone says, where it says it more surely.

    Args:
        lines: words as the engine read them.
        image: the page, grey.
        read: how to read a block of lines.
    """
    found = [list(line) for line in lines]
    height = word_height(word for line in found for word in line)
    doubted = [n for n, line in enumerate(found) if is_doubted(line, height)][:_MOST]
    for n in doubted:
        line = found[n]
        unsure = [k for k, word in enumerate(line) if _is_unsure(word, height)]
        begin, end = max(0, unsure[0] - _NEIGHBOURS), unsure[-1] + 1 + _NEIGHBOURS
        before, part, behind = line[:begin], line[begin:end], line[end:]
        others = [*found[:n], before, behind, *found[n + 1 :]]
        for size in _SIZES:
            if is_doubted(part, height):
                part = settled(part, new(read_again(part, image, read, size), others), height)
        found[n] = [*before, *part, *behind]
    return found


def is_doubted(line: Sequence[Word], height: float) -> bool:
    """Whether a line is worth another reading.

    Args:
        line: its words.
        height: the usual height of a word on the page.
    """
    tall = [word for word in line if _tall(word) >= _PRINT * height]
    letters = sum(len(word.text) for word in tall)
    doubtful = sum(len(word.text) for word in tall if _sure(word) < _DOUBTED)
    return (
        doubtful > _DOUBTED_SHARE * letters
        or any(_sure(word) < _DISBELIEVED or _is_doubted_mark(word) or _is_doubted_number(word) for word in tall)
        or (bool(tall) and any(_is_flattened(word, height) for word in line))
    )


def settled(line: Sequence[Word], again: Lines, height: float) -> list[Word]:
    """The words of a line; where it was doubted, those of another reading if these are surer.

    Args:
        line: as first read.
        again: what was read in its place.
        height: the usual height of a word on the page.
    """

    def worth(words: Sequence[Word]) -> float:
        return readable(word for word in words if not _is_flattened(word, height))

    top, bottom = _level(line)
    beside = [word for row in again for word in row if top < (box(word)[1] + box(word)[3]) / 2 < bottom]
    out: list[Word] = []
    for first, second in _places(line, beside, height):
        doubtful = any(_is_unsure(word, height) for word in first)
        surer = doubtful and bool(second) and worth(second) > max(0.0, worth(first))
        out += second if surer and not _is_another_number(first, second) and not _is_shorter(first, second) else first
    return out


def _is_another_number(first: Sequence[Word], second: Sequence[Word]) -> bool:
    """Whether a second reading has fewer figures ("D1", "Di"), or others of which it is unsure ("9/2025", "92025")."""
    before, after = ("".join(word.text for word in words) for words in (first, second))
    figures, left = sum(map(str.isdigit, before)), sum(map(str.isdigit, after))
    fair = min(map(_sure, first))
    if fair < _DOUBTED and min(map(_sure, second)) >= _AS_PRINT and _is_plain(after):  # "41/", an aslant "quy"
        return False
    least = _SURE_NUMBER if fair < _DOUBTED else _AS_PRINT
    lost = left < figures and fair >= _DISBELIEVED
    return lost or (left > 0 and before != after and min(map(_sure, second)) < least)


def _is_plain(text: str) -> bool:
    bare = text.rstrip(".,;:")
    return len(bare) >= _WORD and bare.isalpha() and bare.islower()


def _is_shorter(first: Sequence[Word], second: Sequence[Word]) -> bool:
    """Whether a second reading lost characters of one that was not quite disbelieved: "(b/€);" or "(/€);"."""
    before, after = (sum(len(word.text) for word in words) for words in (first, second))
    return after < before and min(map(_sure, first)) >= _DISBELIEVED


def _sure(word: Word) -> float:
    return 0.0 if word.confidence is None else word.confidence


def _is_unsure(word: Word, height: float) -> bool:
    doubted = _sure(word) < _DOUBTED or _is_doubted_mark(word) or _is_doubted_number(word)
    return doubted or _is_flattened(word, height)


def _tall(word: Word) -> int:
    return box(word)[3] - box(word)[1]


def _is_doubted_mark(word: Word) -> bool:
    return not any(map(str.isalnum, word.text)) and _sure(word) < _DOUBTED_MARK


def _is_doubted_number(word: Word) -> bool:
    """Whether a word has figures, of which the engine must be surer than of letters: nothing around them tells more."""
    return len(word.text) > 1 and any(map(str.isdigit, word.text)) and _sure(word) < _SURE_NUMBER


def _is_flattened(word: Word, height: float) -> bool:
    """Whether a box is far too low for the letter in it: the engine lost the place of the word, or read a speck."""
    return any(map(str.isalnum, word.text)) and _tall(word) < _FLAT * height


def _level(line: Sequence[Word]) -> tuple[int, int]:
    """Top and bottom of the print of a line: of the words that the engine believes, if there are any."""
    believed = [word for word in line if _sure(word) >= _DOUBTED] or line
    return min(box(word)[1] for word in believed), max(box(word)[3] for word in believed)


def read_again(line: Sequence[Word], image: Image.Image, read: Reader, size: int | None) -> Lines:
    """What stands in the place of a line, in pixels of the page; read so that its words are `size` pixels high."""
    height = word_height(line)
    top, bottom = _level(line)
    left, right = min(box(word)[0] for word in line), max(box(word)[2] for word in line)
    above, beside = round(_MARGIN * height), round(_BESIDE * height)
    place = max(0, left - beside), max(0, top - above), min(image.width, right + beside), bottom + above
    if size is None:
        return read_part(image, place, beside, read)
    factor = size / height
    part = image.crop(place)
    part = part.resize((max(1, round(part.width * factor)), max(1, round(part.height * factor))))
    rows = read_part(part, (0, 0, *part.size), size // 2, read)
    return [[_back(word, factor, place) for word in row] for row in rows]


def _back(word: Word, factor: float, place: Bbox) -> Word:
    x0, y0, x1, y1 = (round(side / factor) for side in box(word))
    return replace(word, bbox=(x0 + place[0], y0 + place[1], x1 + place[0], y1 + place[1]))


def _places(first: Sequence[Word], second: Sequence[Word], height: float) -> Iterator[tuple[list[Word], list[Word]]]:
    """Both readings of each place of a line that the first one knows, from left to right.

    Words have one place where they overlap; what is unsure also with what it nearly touches, for its box may be wrong.
    """
    reach: float | None = None
    group: tuple[list[Word], list[Word]] = ([], [])
    known = {id(word) for word in first}
    for word in sorted([*first, *second], key=lambda word: box(word)[0]):
        left, _, right, _ = box(word)
        unsure = any(_is_unsure(other, height) for other in (*group[0], *([word] if id(word) in known else [])))
        if reach is not None and left >= reach + (_NEAR if unsure else -_TOUCH) * height:
            if group[0]:
                yield group
            group, reach = ([], []), None
        group[id(word) not in known].append(word)
        reach = max(right, reach or right)
    if group[0]:
        yield group
