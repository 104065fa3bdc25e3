"""Footnote markers into the text: `word^1` where a note is called, `^1 ` where it stands; only where that is sure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.layout import box, said, word_height
from pipeline.model import Bbox, Word
from pipeline.ocr.raised import Raised, find_raised

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

Reader = Callable[[Bbox], str]
"""Reads the digits in a box of the page image; "" where it sees none."""

_SMALL_PRINT = 0.88
"""Notes are printed smaller than the text: the height of their words against that of the page's."""
_WORD = re.compile(r"(.*?)([!?'’‘`\"*®°“|¹²³^ˆ]*|\d{1,2})([.,;:)\]]*)")
_TWO = re.compile(r"(.*?[^\W\d])([!?'’‘`\"*®°“”|¹²³^ˆ\d]{2})([.,;:)\]]*)")
"""A word with what two raised figures were read as: "trên!5", "gửi”?"."""
_SURE_CALL = re.compile(r"(?:[^\W\d]([!?\"”])|[^\W\d_A-ZĐ]{2}(\d))[.,;:)]*$")
"""A figure is believed behind small letters only: `HN1` is a code."""
_FULL = 6
"""Words from which a line is one of the text, not a name or the page number."""
_AHEAD = 0.9
"""A figure that the engine passed over may stand before the first word of a note, so many word heights at most."""
_NUMBER = re.compile(r"[1-9]\d?")
_QUOTATION = 8
"""Lines over which a quotation may run."""
_MISREAD = "?!#*°®'’‘`|"
"""What the raised figure before a note is read as, beside the first word."""
_QUOTED = re.compile(r"[”\"][.,;:)\]]*$")
"""A word with a closing quotation mark, which is raised as well."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A marker that is sure: its number, and the place of the word it belongs to."""

    number: str
    line: int
    word: int
    bbox: Bbox


def mark(lines: Sequence[Sequence[Word]], page: Grey, lean: float, read: Reader) -> list[list[Word]]:
    """Put footnote markers into the text of lines.

    A page has notes where lines of small print at its foot begin with a raised number. Only then the calls are looked
    for: raised glyphs of the same number higher up the page.

    Args:
        lines: words as the engine read them.
        page: they were read from, grey.
        lean: pixels that lines fall for a pixel to the right.
        read: how to read a number on the image; called a few times at most, on most pages never.
    """
    out = [list(line) for line in lines]
    usual = word_height(word for line in out for word in line)
    small = {n for n, line in enumerate(out) if len(line) > 1 and word_height(line) < _SMALL_PRINT * usual}
    small -= _above_print(small, out)
    if not small:
        return out
    notes = _notes([r for r in find_raised(out, small, page, lean, _AHEAD) if r.word == 0], out, read)
    if not notes:
        return out
    calls = _calls(find_raised(out, set(range(len(out))) - small, page, lean), notes, out, read)
    for note in sorted(notes, key=lambda m: -m.line):
        out[note.line] = _with_note(out[note.line], note)
    for call in sorted(calls, key=lambda m: (-m.line, -m.word)):
        quoting = _quoting(out, call.line, call.word)
        out[call.line] = _with_call(out[call.line], call, quoting)
    return out


def _above_print(small: set[int], lines: Sequence[Sequence[Word]]) -> set[int]:
    """The lines of small print that are no notes: full lines of larger print stand below them (a head, a table)."""
    feet = (box(word)[1] for n, line in enumerate(lines) if n not in small and len(line) >= _FULL for word in line)
    last = max(feet, default=0)
    return {n for n in small if max(box(word)[3] for word in lines[n]) < last}


def _notes(raised: Sequence[Raised], lines: Sequence[Sequence[Word]], read: Reader) -> list[_Mark]:
    """Raised numbers that begin a line; where none is seen there and the engine read one, that is believed."""
    before = [r for r in raised if _stands_before(lines[r.line][0], r)]
    numbers = [read(r.bbox) or lines[r.line][0].text for r in before]
    found: list[_Mark] = []
    for r, number in zip(before, _in_order(numbers), strict=True):
        if _NUMBER.fullmatch(number) and all(number != other.number for other in found):
            found.append(_Mark(number, r.line, 0, r.bbox))
    return found


def _stands_before(first: Word, r: Raised) -> bool:
    """Whether what stands raised begins its line, and is not within the first word."""
    x0, y0, _, y1 = box(first)
    return r.bbox[0] <= x0 + 0.5 * (y1 - y0)


def _in_order(numbers: Sequence[str]) -> list[str]:
    """The numbers of notes; those that cannot be read are told where the ones around leave them one place: 4, ?, 6."""
    out = list(numbers)
    known = [k for k, number in enumerate(numbers) if _NUMBER.fullmatch(number)]
    for above, below in pairwise(known):
        if int(numbers[below]) - int(numbers[above]) == below - above:
            out[above:below] = map(str, range(int(numbers[above]), int(numbers[below])))
    return out


def _calls(
    raised: Sequence[Raised], notes: Sequence[_Mark], lines: Sequence[Sequence[Word]], read: Reader
) -> list[_Mark]:
    """Where the notes are called: by number; the last one left by being the only possible place."""
    suspects = [r for r in raised if (r.word > 0 or len(lines[r.line][0].text) > 2) and not _opening(lines, r)]
    seen = [(r, read(r.bbox)) for r in suspects]
    found: list[_Mark] = []
    for note in notes:
        places = [r for r, number in seen if number == note.number]
        if places:  # a quotation mark may itself be what was read as the number
            place = min(places, key=lambda r: _QUOTED.search(lines[r.line][r.word].text) is not None)
            found.append(_Mark(note.number, place.line, place.word, place.bbox))
    missed = [note for note in notes if all(note.number != mark.number for mark in found)]
    if len(missed) == 1:
        numbers = {note.number for note in notes}
        seen = [(r, number) for r, number in seen if not _closing(lines, r)]
        other = [r for r, number in seen if number and number not in numbers]  # its figure was misread
        unread = [r for r, number in seen if not number]  # raised, and the engine read the figure, or nothing else is
        ends = [r for r in unread if _ends_in(lines[r.line][r.word].text, missed[0].number)]
        ends = ends or [r for r in unread if not set("“”\"'‘’") & set(lines[r.line][r.word].text)]
        other = other or ends
        found += [_Mark(missed[0].number, r.line, r.word, r.bbox) for r in other if len(other) == 1]
    if len(missed) == 1 and not any(mark.number == missed[0].number for mark in found):
        found += _only_place(missed[0], found, lines)
    return found


def _opening(lines: Sequence[Sequence[Word]], r: Raised) -> bool:
    """Whether what stands raised is the mark that opens the quotation that its word begins with."""
    word = lines[r.line][r.word]
    x0, y0, _, y1 = box(word)
    return word.text[0] in "“\"'‘" and r.bbox[0] < x0 + 0.5 * (y1 - y0)


def _closing(lines: Sequence[Sequence[Word]], r: Raised) -> bool:
    """Whether what stands raised behind a word is a mark that closes a quotation."""
    return _QUOTED.search(lines[r.line][r.word].text) is not None and _quoting(lines, r.line, r.word)


def _ends_in(text: str, number: str) -> bool:
    """Whether a word ends in a number, punctuation aside: "24/71." in 1."""
    return text.rstrip(".,;:)]”").endswith(number)


def _only_place(note: _Mark, found: Sequence[_Mark], lines: Sequence[Sequence[Word]]) -> list[_Mark]:
    """Where one note is left: the one word that reads like "xã!" or "xã1", if there is no other."""
    taken = {(mark.line, mark.word) for mark in found}
    looks = [
        _Mark(note.number, n, k, box(word))
        for n, line in enumerate(lines[: note.line])
        for k, word in enumerate(line)
        if (n, k) not in taken
        and (like := _SURE_CALL.search(word.text))
        and like[2] in (None, note.number)
        and not (like[1] == "”" and _quoting(lines, n, k))
    ]
    return looks if len(looks) == 1 else []


def _with_note(line: Sequence[Word], note: _Mark) -> list[Word]:
    """The line of a note with its marker as a word of its own."""
    first = line[0]
    if len(first.text) <= 2:
        return [said(first, f"^{note.number}"), *line[1:]]
    marker = Word(f"^{note.number}", 0, first.confidence, note.bbox)
    text = first.text.removeprefix(note.number).lstrip(_MISREAD) or first.text
    return [marker, said(first, text), *line[1:]]


def _quoting(lines: Sequence[Sequence[Word]], line: int, word: int) -> bool:
    """Whether a quotation that is open at a word ends there: else a closing mark behind it is a misread figure."""
    above = [w.text for before in lines[max(0, line - _QUOTATION) : line] for w in before]
    opened = closes = False
    for sign in "".join((*above, *(w.text for w in lines[line][: word + 1]))):
        if sign in '“”"':
            opened, closes = sign == "“" or (sign == '"' and not opened), sign != "“" and opened
    return closes


_WIDTHS = {**dict.fromkeys("0123456789", 0.5), "/": 0.28, ".": 0.25, ",": 0.25, ":": 0.28, "%": 0.83}
"""Widths in Times, in ems."""
_DIGIT = 0.676
"""Height of its digits, in ems."""


def _as_wide(core: str, word: Word, call: _Mark) -> str:
    """Figures before a marker, less the last one if they are as wide as that: "7863" for 786 with a raised 2."""
    if len(core) < 2 or not set(core) <= _WIDTHS.keys():
        return core
    x0, y0, _, y1 = box(word)
    ems = (call.bbox[0] - x0) * _DIGIT / max(1, y1 - y0)
    wide = [sum(_WIDTHS[c] for c in text) for text in (core, core[:-1])]
    return core if abs(wide[0] - ems) <= abs(wide[1] - ems) else core[:-1]


def _with_call(line: Sequence[Word], call: _Mark, quoting: bool) -> list[Word]:
    """The line of a call with the marker behind its word: "xã!;" becomes "xã^1;", and "xã”;" that closes nothing."""
    out = list(line)
    text = out[call.word].text
    match = (_TWO.fullmatch(text) if len(call.number) == 2 and not quoting else None) or _WORD.fullmatch(text)
    core, misread, tail = match.groups() if match else (text, "", "")
    core = core if quoting or misread else core.removesuffix("”")
    if misread.isdigit() and not core[-1:].isalpha():  # "24/71" is 24/7 with a 1
        core += misread.removesuffix(call.number)
        core = core if misread.endswith(call.number) else _as_wide(core, out[call.word], call)
    elif misread and not core[-len(call.number) - 1 : -len(call.number)].isdigit():
        core = core.removesuffix(call.number)  # "88%1!": read twice
    elif call.number == "2":
        core = core.rstrip("Zz")  # no word of the language ends so
    if core or call.word == 0:
        out[call.word] = said(out[call.word], f"{core}^{call.number}{tail}")
        return out
    before = out[call.word - 1]
    out[call.word - 1] = said(before, f"{before.text}^{call.number}{tail}")
    del out[call.word]
    return out
