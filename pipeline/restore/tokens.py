"""A line as atoms: words, numbers, codes and the marks between them.

The same cut is made of clean training text and of garbled lines, so that a language model over atoms fits both.
Signs that an engine without Vietnamese puts for letters (`¢6`, `si?`, `v§`) count as parts of words; whether they are
is left to the candidates.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

AtomKind = Literal["word", "number", "code", "web", "marker", "sign"]

SIGNS = "'’‘`´!?|$§¢®©°%&#@£€¥™ªº¹²³¼½¾¡¿×¬{}~"
"""Marks that may stand for a letter, or be just marks."""

LONE = "&$§¢£¥€@#|"
"""Signs that, standing alone, may be words."""
_RUN = rf"[^\W_{re.escape(SIGNS)}]|[{re.escape(SIGNS)}]"
_UPPER = "A-ZĐƯƠÂÊÔ"
_ATOM = re.compile(
    rf"""
    (?P<web>(?:https?://|www\.)\S+|[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,5}}|\b[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,5}}\.(?:gov|edu|com|org|net)(?:\.vn)?\b(?:/\S*)?)
  | (?P<marker>\^\d+)
  | (?P<code>\d+[a-zđ]?(?:/\d{{4}})?(?:[-/]+[{_UPPER}][\w]*)+(?:[-/]\w+)*
           |(?<![^\W_])[{_UPPER}]{{2,}}\d*(?:/[{_UPPER}][\w]*|-[{_UPPER}]{{2,}}\w*)+(?![^\W_]))
  | (?P<number>\d+(?:[.,/:]+\d+)*(?![.,/:]*(?:{_RUN}))%?|\d+(?:[.,/:]+\d+)+%?|\d+%)
  | (?P<word>(?:{_RUN}|\^(?!\d))+)
  | (?P<sign>\S)
    """,
    re.VERBOSE,
)
_LETTER = re.compile(r"[^\W_]")
ROMAN = re.compile(r"^(?:X{0,3})(?:IX|IV|V?I{0,3})$")


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a line.

    Attributes:
        kind: word (letters, and signs that may be letters), number, code (`18/2025/QĐ-UBND`), web (addresses),
            marker (`^1`) or sign (any other mark).
        text: its characters.
        start: offset in the line.
    """

    kind: AtomKind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset just behind the atom."""
        return self.start + len(self.text)


def atoms(line: str) -> list[Atom]:
    """The atoms of a line in order; white space lies between them."""
    found: list[Atom] = []
    for match in _ATOM.finditer(line):
        text = match[0]
        kind: AtomKind = match.lastgroup or "sign"  # type: ignore[assignment]
        if kind == "word" and not text.isalpha() and not _LETTER.search(text):
            kind = "sign"
        found.append(Atom(kind, text, match.start()))
    return found


def pieces(line: str) -> Iterator[tuple[str, str]]:
    """Kind and text of the atoms of a line, without their places; quicker for training text."""
    for match in _ATOM.finditer(line):
        text = match[0]
        yield (
            ("word" if text.isalpha() or _LETTER.search(text) else "sign")
            if match.lastgroup == "word"
            else str(match.lastgroup),
            text,
        )


def is_roman(text: str) -> bool:
    """Whether the text is a Roman numeral up to 39, in capitals."""
    return bool(text) and bool(ROMAN.match(text))


def bare_letters(text: str) -> str:
    """The text with its marks removed and its case kept (`QĐ` -> `QD`)."""
    decomposed = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
