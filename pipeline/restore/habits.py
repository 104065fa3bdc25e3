"""What an engine does again and again on one scan: the marks that it loses or takes for others (`ế` read as `ê`).

How often that happens depends on scanner and print more than on the letter: of the tone marks above a circumflex, 3 to
9 % were lost on five black-and-white scans of offices, .05 % on six made ones. What is certain of a document tells how
often here.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from pipeline.restore.syllables import key

LEAST = 2
"""Times that a change must have been seen in a document to be a habit."""
Marks = tuple[str, str]
"""Kind of letter (`v` vowel, `d`; upper case in capitals) and its marks."""
Change = tuple[Marks, Marks]
"""Marks as printed and as read."""
Habits = Mapping[Change, float]
"""Log of the share of the letters with these marks that were read so."""


@lru_cache(maxsize=1 << 12)
def marks(letter: str) -> Marks | None:
    """The kind and the marks of a letter; None for one that bears no marks in Vietnamese."""
    plain, *found = list(unicodedata.normalize("NFD", letter))
    small = plain.lower()
    if small in "dđ":
        kind, found = "d", ["đ"] if small == "đ" else []
    elif small in "aeiouy":
        kind = "v"
    else:
        return None
    return (kind if plain == small else kind.upper()), "".join(sorted(found))


@lru_cache(maxsize=1 << 12)
def _letter(read: str, printed: Marks) -> str:
    """The letter with other marks; "" where there is none."""
    plain = unicodedata.normalize("NFD", read)[0]
    if printed[0].lower() == "d":
        wanted = "đ" if printed[1] else "d"
        return wanted.upper() if plain.isupper() else wanted
    made = unicodedata.normalize("NFC", plain + printed[1])
    made = made if len(made) == 1 else unicodedata.normalize("NFC", plain + printed[1][::-1])
    return made if len(made) == 1 else ""


def change(read: str, printed: str) -> Change | None:
    """The change by which a printed word was read as another; None if they differ by more than one letter's marks."""
    if len(read) != len(printed):
        return None
    pairs = [(a, b) for a, b in zip(read, printed, strict=True) if a != b]
    if len(pairs) != 1:
        return None
    was, became = marks(pairs[0][1]), marks(pairs[0][0])
    if was is None or became is None or was[0] != became[0] or _letter(pairs[0][0], was) != pairs[0][1]:
        return None
    return was, became


def learned(words: Iterable[tuple[str, str]]) -> dict[Change, float]:
    """The habits of the engine in a document.

    Args:
        words: as read and as printed, as far as that is certain.
    """
    seen: Counter[Change] = Counter()
    letters: Counter[Marks] = Counter()
    for read, printed in words:
        letters.update(found for found in map(marks, printed) if found is not None)
        if read != printed and (made := change(read, printed)) is not None:
            seen[made] += 1
    return {made: math.log((n - 0.5) / letters[made[0]]) for made, n in seen.items() if n >= LEAST}


def misread(read: str, found: Habits, known: Callable[[str], bool]) -> dict[str, float]:
    """The words that may be printed where one was read, with the log probability that these habits give.

    Args:
        read: as read.
        found: the habits.
        known: whether a word, by its key, exists.
    """
    out: dict[str, float] = {}
    for i, letter in enumerate(read):
        own = marks(letter)
        for (printed, became), logp in found.items():
            if own == became and (made := _letter(letter, printed)):
                word = read[:i] + made + read[i + 1 :]
                if known(key(word)):
                    out[word] = max(logp, out.get(word, -math.inf))
    return out
