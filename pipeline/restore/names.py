"""Names of agencies in which a word or two could not be made out (`Thương binh và Xóa hơi` -> `... và Xã hội`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.resources import table
from pipeline.restore.render import Choice
from pipeline.restore.syllables import alike, key, reshape

LEAST_WORDS = 4
"""Shorter names differ from one another by too little."""
SHARE = 0.25
"""Share of a name's words that may be mended."""
DOUBTED = 0.9
"""Only words of less confidence are mended."""
LEAST_ALIKE = 0.6
CONFIDENCE = 0.9
Name = tuple[str, ...]


@cache
def _names() -> tuple[dict[str, list[Name]], int]:
    """The words of every long name by the key of the first and of the second, and how many the longest has."""
    found: dict[str, list[Name]] = {}
    longest = 0
    for row in table("agencies"):
        name = tuple(word.strip(",") for word in row["name"].split() if word[0].isalpha())
        if len(name) >= LEAST_WORDS:
            longest = max(longest, len(name))
            for word in {key(name[0]), key(name[1])}:
                found.setdefault(word, []).append(name)
    return found, longest


def named(lines: Sequence[Sequence[Choice]]) -> list[list[Choice]]:
    """The choices of lines, with doubtful words mended where all others around them spell the name of an agency."""
    out = [list(line) for line in lines]
    places = [(n, i) for n, line in enumerate(out) for i in range(len(line))]
    words = [out[n][i] for n, i in places]
    for at, word in _mended(words):
        line, i = places[at]
        out[line][i] = word
    return out


def _mended(words: Sequence[Choice]) -> Iterator[tuple[int, Choice]]:
    """The words that are mended: their index, and what they become."""
    names, longest = _names()
    keys = [key(word.text) for word in words]
    done = 0
    for doubtful in (i for i, word in enumerate(words) if _is_doubtful(word)):
        if doubtful < done:
            continue
        starts = range(max(done, doubtful - longest + 1), doubtful + 1)
        fits = [
            (start, name)
            for start in starts
            for word in {*keys[start : start + 2]}
            for name in names.get(word, ())
            if start + len(name) > doubtful and _fits(name, words[start : start + len(name)], keys[start:])
        ]
        best = max((len(name) for _, name in fits), default=0)
        longest_fits = {(start, name) for start, name in fits if len(name) == best}
        if len(longest_fits) == 1:
            start, name = longest_fits.pop()
            done = start + len(name)
            yield from _changes(start, name, words[start:done])


def _is_doubtful(word: Choice) -> bool:
    return word.confidence < DOUBTED and word.atom.kind == "word" and word.text.isalpha()


def _fits(name: Name, words: Sequence[Choice], keys: Sequence[str]) -> bool:
    """Whether words spell a name but for a few that are doubtful and look like what the name has in their place."""
    if len(words) < len(name):
        return False
    wrong = [(word, own) for word, has, own in zip(words, keys, name, strict=False) if has != key(own)]
    return 0 < len(wrong) <= SHARE * len(name) and all(
        _is_doubtful(word) and _looks_like(word, own) for word, own in wrong
    )


def _looks_like(word: Choice, own: str) -> bool:
    return max(alike(word.text, own), alike(word.atom.text, own)) >= LEAST_ALIKE


def _changes(start: int, name: Name, words: Sequence[Choice]) -> Iterator[tuple[int, Choice]]:
    capitals = all(word.text.isupper() for word in words if key(word.text) in map(key, name))
    for i, (word, own) in enumerate(zip(words, name, strict=True)):
        if key(word.text) == key(own):
            continue
        text = reshape(own.lower(), "upper") if capitals else own if i or word.text[0].isupper() else own.lower()
        others = tuple(dict.fromkeys((word.text, *word.alternatives)))
        yield start + i, replace(word, text=text, confidence=CONFIDENCE, alternatives=others, rule="agency-name")
