"""What Tesseract says in hOCR: lines of words with boxes, confidences and the readings it thought of beside its own."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree

from pipeline.model import Word

SETTINGS = {"lstm_choice_mode": "2", "lstm_choice_iterations": "1"}
"""Make Tesseract write for every glyph what else it might be. One round of looking for them takes 1 % of its time,
the usual five take 14 %, and the restored text is the same (12 scans with truth: word error rate 1.138 and 1.136 %)."""
CONFIG = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
"""The same for the command line."""
MOST = 6
"""Alternatives kept of a word."""
_WORD, _CHOICES, _ENDS = "<span class='ocrx_word'", "<span class='ocrx_cinfo'", "</span></span>"
_GROUP, _GLYPH, _POINTLESS = "id='lstm_choices_", "id='choice_", "x_confs 0'"
_SPAN = "{http://www.w3.org/1999/xhtml}span"
_LINES = frozenset(("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"))
_BOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_SURE = re.compile(r"x_wconf (\d+)")
_CHOICE = re.compile(r"x_confs ([\d.]+)")
_PER_NAT = 35.0
"""Points of `x_confs` for a factor e of probability: 5 a unit of certainty, which Tesseract scales by 7."""
_LEAST_ODDS = 0.05
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LOOKALIKES = str.maketrans("ðÐ⁄", "đĐ/")  # Tesseract's model of Vietnamese knows Icelandic letters, a fraction slash
Glyph = list[tuple[str, float]]
"""What a glyph may be, each with its points from 0 to 100; the engine's own reading comes first."""


def parse(hocr: str) -> list[list[Word]]:
    """The lines of words in Tesseract's hOCR; NFC, confidences from 0 to 1, alternatives where CONFIG was given.

    Raises:
        ValueError: it is no hOCR.
    """
    if not hocr.strip():
        return []
    lines = (span for span in _root(_shortened(hocr)).iter(_SPAN) if span.get("class") in _LINES)
    found = ([word for span in line if (word := _word(span)) is not None] for line in lines)
    return [words for words in found if words]


def _shortened(hocr: str) -> str:
    """The same without the glyphs of words in which no other reading has points: three quarters of all that is written.

    Nothing is cut out where it is written in any other way.
    """
    head, *words = hocr.split(_WORD)
    return _WORD.join((head, *map(_without_idle, words)))


def _without_idle(word: str) -> str:
    if word.count(_GLYPH) - word.count(_GROUP) > word.count(_POINTLESS):
        return word
    begin, end = word.find(_CHOICES), word.rfind(_ENDS)
    return word[:begin] + word[end + len(_ENDS) :] if 0 <= begin < end else word


def _root(hocr: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(hocr.encode())
    except ElementTree.ParseError:  # now and then Tesseract writes characters that XML forbids
        try:
            return ElementTree.fromstring(_CONTROLS.sub(" ", hocr).encode())
        except ElementTree.ParseError as error:
            raise ValueError(f"no hOCR ({error})") from error


def _word(span: ElementTree.Element) -> Word | None:
    title = span.get("title", "")
    place, sure = _BOX.search(title), _SURE.search(title)
    text = _clean("".join(_own_text(span)))
    if not place or not text:
        return None
    x0, y0, x1, y1 = map(int, place.groups())
    others = alternatives(text, [_glyph(group) for group in span if group.get("class") == "ocrx_cinfo"])
    confidence = min(1.0, int(sure[1]) / 100) if sure else 0.0
    return Word(text, 0, confidence, (x0, y0, x1, y1), tuple(t for t, _ in others), tuple(odds for _, odds in others))


def _own_text(span: ElementTree.Element) -> Iterator[str]:
    """The text of a word, which may stand in <strong> or <em>, without that of its choices."""
    yield span.text or ""
    for child in span:
        if child.tag != _SPAN:
            yield from _own_text(child)


def _glyph(group: ElementTree.Element) -> Glyph:
    if len(group) == 1:  # nearly all: nothing to weigh
        return [(group[0].text or "", 0.0)]
    found: Glyph = []
    for choice in group:
        points = _CHOICE.search(choice.get("title", ""))
        if points:
            found.append((choice.text or "", float(points[1])))
    return found


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(text.split())).translate(_LOOKALIKES)


def alternatives(text: str, glyphs: Sequence[Glyph]) -> list[tuple[str, float]]:
    """Other readings of a word, each with its odds against `text` (0 to 1), best first.

    Two glyphs at most are exchanged; a glyph that Tesseract gave no points is no alternative. None are given where the
    glyphs do not spell the word.
    """
    own = [glyph[0][0] if glyph else "" for glyph in glyphs]
    if _clean("".join(own)) != text:
        return []
    swaps = [
        (n, other, math.exp((points - glyph[0][1]) / _PER_NAT))
        for n, glyph in enumerate(glyphs)
        for other, points in glyph[1:]
        if points > 0 and own[n].strip() and other.strip()
    ]
    found: dict[str, float] = {}
    for i, (n, other, odds) in enumerate(swaps):
        _keep(found, own, [(n, other)], odds)
        for m, second, more in swaps[i + 1 :]:
            if m != n:
                _keep(found, own, [(n, other), (m, second)], odds * more)
    found.pop(text, None)
    return sorted(found.items(), key=lambda item: -item[1])[:MOST]


def _keep(found: dict[str, float], own: Sequence[str], changes: Sequence[tuple[int, str]], odds: float) -> None:
    odds = min(1.0, odds)
    if odds < _LEAST_ODDS:
        return
    spelled = list(own)
    for n, other in changes:
        spelled[n] = other
    word = _clean("".join(spelled))
    if word and odds > found.get(word, 0.0):
        found[word] = odds
