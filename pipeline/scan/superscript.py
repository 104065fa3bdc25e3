"""Footnote markers in a text layer: small numbers that stand higher than their neighbour become `^1`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout import box
from pipeline.model import Word

_NUMBER = re.compile(r"[1-9]\d?")
_SMALL = 0.85
"""A marker is at most this high against its neighbour (65 % in print, but boxes hold the font's air, too)."""
_RAISED = 0.08
"""Its foot stands at least this share of the neighbour's height above the neighbour's foot."""
_NEAR = 0.25
"""A call follows its word within this share of the word's height; a note follows its marker within 1.5."""


def mark(lines: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """Join markers with their words: "xã", "1", ";" become "xã^1;", and "1", "Ban" of a note become "^1", "Ban"."""
    return [_calls(line) for line in _with_notes([list(line) for line in lines if line])]


def _is_marker(word: Word, neighbour: Word) -> bool:
    """Whether a word is a small raised number beside its neighbour."""
    _, top, _, bottom = box(word)
    _, other_top, _, other_bottom = box(neighbour)
    height = other_bottom - other_top
    return (
        _NUMBER.fullmatch(word.text) is not None
        and bottom - top <= _SMALL * height
        and _RAISED * height <= other_bottom - bottom < height
    )


def _with_notes(lines: list[list[Word]]) -> list[list[Word]]:
    """Lines in which a marker that the layer holds apart stands before the line to its right, or behind its word."""
    out: list[list[Word]] = []
    markers = [line[0] for line in lines if len(line) == 1 and _NUMBER.fullmatch(line[0].text)]
    loose: set[int] = set()
    for line in lines:
        if len(line) == 1 and line[0] in markers:
            out.append(line)
            continue
        for marker in markers:
            at = None if id(marker) in loose else _place(marker, line)
            if at is not None:
                loose.add(id(marker))
                line = [*line[:at], marker, *line[at:]]
        if len(line) > 1 and _is_marker(line[0], line[1]) and _gap(line[0], line[1]) < 1.5:
            line = [replace(line[0], text=f"^{line[0].text}"), *line[1:]]
        out.append(line)
    return [line for line in out if not (len(line) == 1 and id(line[0]) in loose)]


def _place(marker: Word, line: Sequence[Word]) -> int | None:
    """Where in a line a marker belongs that the layer holds apart: before its first word, or right behind one."""
    if _leads(marker, line[0]):
        return 0
    behind = (i for i, word in enumerate(line, 1) if abs(_gap(word, marker)) < _NEAR and _is_marker(marker, word))
    return next(behind, None)


def _leads(marker: Word, first: Word) -> bool:
    return _is_marker(marker, first) and -0.1 < _gap(marker, first) < 1.5 and box(marker)[3] > box(first)[1]


def _gap(left: Word, right: Word) -> float:
    """Space between two words in heights of the larger one."""
    a, b = box(left), box(right)
    return (b[0] - a[2]) / max(1, a[3] - a[1], b[3] - b[1])


def _calls(line: Sequence[Word]) -> list[Word]:
    out: list[Word] = []
    glue = False  # whether the last word ends in a marker, so that punctuation belongs to it
    for word in line:
        if out and _is_marker(word, out[-1]) and abs(_gap(out[-1], word)) < _NEAR and out[-1].text[0] != "^":
            out[-1] = _join(out[-1], word, f"^{word.text}")
            glue = True
        elif glue and abs(_gap(out[-1], word)) < _NEAR and not any(c.isalnum() for c in word.text):
            out[-1] = _join(out[-1], word, word.text)
            glue = False
        else:
            out.append(word)
            glue = False
    return out


def _join(left: Word, right: Word, text: str) -> Word:
    a, b = box(left), box(right)
    joined = (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
    return replace(left, text=left.text + text, bbox=joined)
