"""Clean text, most of which is right: only words that surprise are decoded."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from pipeline.restore import decode, lattice, lexicon, lm, own
from pipeline.restore.candidates import LONGEST_SYLLABLE, Source, fixed, impossible
from pipeline.restore.classes import CLASSES, CODE, END, NUMBER, ROMAN, START, UNKNOWN
from pipeline.restore.evidence import doubted
from pipeline.restore.habits import Habits, learned, misread
from pipeline.restore.lattice import Paragraph, Token
from pipeline.restore.models import Models
from pipeline.restore.render import Choice
from pipeline.restore.rivals import CERTAIN, SURE, Rival, best_of, decoded
from pipeline.restore.syllables import key, skeleton
from pipeline.restore.tokens import Atom, is_roman
from pipeline.syllable import is_bare_syllable, is_syllable

SURE_SEEN = 0.8
"""Least posterior with which a word in small letters that our engine read is changed; between it and what other words
need, 23 words of 36 scans came right and none wrong."""
SURE_SEEN_NAME = 0.93
"""The same for a word that begins with a capital, which may be a name."""
IMPOSSIBLE = 0.9
"""Least posterior with which a word is changed that has marks as no Vietnamese word can have."""
MOST_MISREAD = 4
"""Words that an engine's habits add to those easily read as one."""
DOUBT = -4.0
"""A word of clean text is looked at where another one is at most this much (nats) less likely."""
TEMPTING = 0.02
"""Posterior of a rival from which the rest of the document is asked about a word."""
QUIET = 0.999
"""Confidence of a word of clean text that surprises nobody."""


def clean(paragraphs: list[Paragraph], loaded: Models, source: Source) -> list[list[Choice]]:
    """Decode only the neighbourhood of words that surprise the language model; most of the text is right.

    What is certain of the document then tells what the engine misreads in it again and again: the words that this
    makes doubtful, and those still unsettled, are decoded once more.
    """
    numbers = [[_number(token.atom, loaded.words) for token in p.tokens] for p in paragraphs]
    rivals = _decoded(paragraphs, numbers, [[] for _ in paragraphs], loaded, source, {})
    best = [[max(rivals.get(id(token), ()), default=None) for token in p.tokens] for p in paragraphs]
    habits = learned(
        (token.atom.text, token.atom.text if top is None else top[1])
        for p, tops in zip(paragraphs, best, strict=True)
        for token, top in zip(p.tokens, tops, strict=True)
        if token.evidence is not None and (top is None or top[0] >= CERTAIN)
    )
    if habits:
        rivals.update(_decoded_again(paragraphs, numbers, best, loaded, source, habits))
    chosen = [[_settled(token, rivals.get(id(token)), source) for token in p.tokens] for p in paragraphs]
    chosen = _remembered(paragraphs, numbers, rivals, chosen, loaded, source, habits)
    chosen = own.kept([p.tokens for p in paragraphs], chosen, loaded)
    return [[_with_both(choice, loaded.words) for choice in choices] for choices in chosen]


def _with_both(choice: Choice, words: lexicon.Lexicon) -> Choice:
    """The choice; two syllables run together, of which it keeps one, are both printed ("VÀDU" is not "DU").

    One read twice is printed once ("tôTổ").
    """
    read, kept = choice.atom.text, len(choice.text)
    if kept >= len(read) or not read.isalpha():
        return choice
    for place, part, rest in ((-kept, read[-kept:], read[:-kept]), (kept, read[:kept], read[kept:])):
        other = len(rest) > 1 and skeleton(key(rest)) != skeleton(key(part)) and key(rest) in words.numbers
        if part == choice.text and other and is_syllable(rest.lower()):
            return replace(choice, text=f"{read[:place]} {read[place:]}", rule="word-boundary")
    return choice


def _remembered(
    paragraphs: list[Paragraph],
    numbers: list[list[int]],
    rivals: dict[int, list[Rival]],
    chosen: list[list[Choice]],
    loaded: Models,
    source: Source,
    habits: Habits,
) -> list[list[Choice]]:
    """The choices; a word that was left as read, but has a rival, becomes that if the rest of the document says so.

    What is changed already stays so: a document also repeats what is misread in it everywhere.
    """
    open_ = [
        [i for i, choice in enumerate(choices) if _is_tempted(choice, rivals.get(id(p.tokens[i])))]
        for p, choices in zip(paragraphs, chosen, strict=True)
    ]
    if not any(open_):
        return chosen
    tops = [[max(rivals.get(id(token)) or (), default=None) for token in p.tokens] for p in paragraphs]
    likely = [
        [top[2] if top else word for top, word in zip(found, words, strict=True)]
        for found, words in zip(tops, numbers, strict=True)
    ]
    memory = decode.remember(chain.from_iterable(map(_stretches, likely, tops)))
    if memory is None:
        return chosen
    again = decoded(lattice.build_windows(paragraphs, likely, open_, source, habits), loaded, memory)
    out: list[list[Choice]] = []
    for p, choices in zip(paragraphs, chosen, strict=True):
        anew = [_settled(token, again.get(id(token)), source) for token in p.tokens]
        out.append([new if _is_found(new) else old for old, new in zip(choices, anew, strict=True)])
    return out


def _is_found(choice: Choice) -> bool:
    """Whether a word is changed, but not to itself without a mark: engines lose marks and seldom add one."""
    read, text = key(choice.atom.text), key(choice.text)
    if skeleton(read) != skeleton(text):
        return True
    left = iter(unicodedata.normalize("NFD", read))
    return not all(letter in left for letter in unicodedata.normalize("NFD", text))


def _is_tempted(choice: Choice, found: list[Rival] | None) -> bool:
    """Whether a word was left as read though another one may be printed."""
    if not found:
        return False
    own = key(choice.atom.text)
    return key(choice.text) == own and any(p >= TEMPTING and key(text) != own for p, text, _ in found)


def _stretches(words: list[int], tops: list[Rival | None]) -> Iterator[list[int]]:
    """Stretches of words that nobody doubts, or that are certain."""
    stretch: list[int] = []
    for word, top in zip(words, tops, strict=True):
        if top is None or top[0] >= CERTAIN:
            stretch.append(word)
        else:
            yield stretch
            stretch = []
    yield stretch


def _decoded_again(
    paragraphs: list[Paragraph],
    numbers: list[list[int]],
    best: list[list[Rival | None]],
    loaded: Models,
    source: Source,
    habits: Habits,
) -> dict[int, list[Rival]]:
    """What the habits make of the words that are unsettled, of their neighbours, and of others now in doubt."""
    likely = [
        [top[2] if top else word for top, word in zip(tops, words, strict=True)]
        for tops, words in zip(best, numbers, strict=True)
    ]
    around = [
        [at for i, top in enumerate(tops) if top and top[0] < QUIET for at in (i - 1, i, i + 1) if 0 <= at < len(tops)]
        for tops in best
    ]
    return _decoded(paragraphs, likely, around, loaded, source, habits)


def _decoded(
    paragraphs: list[Paragraph],
    numbers: list[list[int]],
    unsettled: list[list[int]],
    loaded: Models,
    source: Source,
    habits: Habits,
) -> dict[int, list[Rival]]:
    """Decode the words in doubt and those unsettled."""
    doubtful = [
        [i for i in sorted({*odd, *left, *_doubted(p, source)}) if _is_open(p.tokens[i])]
        for p, odd, left in zip(paragraphs, _doubtful(numbers, loaded, habits), unsettled, strict=True)
    ]
    return decoded(lattice.build_windows(paragraphs, numbers, doubtful, source, habits), loaded)


def _is_open(token: Token) -> bool:
    """Whether a word of clean text may be changed."""
    return not token.label and (not fixed(token.atom) or _has_lost_marks(token))


def _has_lost_marks(token: Token) -> bool:
    """Whether a word that looks foreign may be one of which the scan lost the marks (`hoat`, `KẾ HOACH`)."""
    text = token.atom.text
    bare = text.isascii() and text.isalpha() and len(text) <= LONGEST_SYLLABLE and not is_roman(text)
    return token.evidence is not None and bare and is_bare_syllable(text.lower())


def _doubted(paragraph: Paragraph, source: Source) -> Iterator[int]:
    """Indices of the words that the engine itself doubts."""
    for i, token in enumerate(paragraph.tokens):
        if token.evidence is not None and token.evidence.alternatives and doubted(token.atom, token.evidence, source):
            yield i


def _settled(token: Token, found: list[Rival] | None, source: Source) -> Choice:
    """The choice for a word of clean text; most have no rivals."""
    atom = token.atom
    if not found:
        return Choice(atom, atom.text, QUIET)
    if impossible(atom.text, source.lexicon):
        return best_of(atom, found, IMPOSSIBLE)
    if token.evidence is None or not (atom.text.islower() or atom.text.istitle()):
        return best_of(atom, found, SURE[source.kind])
    return best_of(atom, found, SURE_SEEN if atom.text.islower() else SURE_SEEN_NAME)


def _number(atom: Atom, words: lexicon.Lexicon) -> int:
    if atom.kind == "number":
        return NUMBER
    if atom.kind != "word":
        return CODE
    if is_roman(atom.text):
        return ROMAN
    return words.numbers.get(key(atom.text), UNKNOWN)


def _doubtful(numbers: list[list[int]], loaded: Models, habits: Habits) -> list[list[int]]:
    """Indices of the words in doubt: unknown, or a word easily read as them suits both neighbours better."""
    pairs, table = loaded.language.pairs, _confusable(numbers, loaded, habits)
    flat = np.concatenate([[START, *words, END] for words in numbers] or [[START]])
    before, after = np.roll(flat, 1), np.roll(flat, -1)
    others, gain = table[flat, :, 0], table[flat, :, 1]
    here = pairs[before, flat].astype(np.int32) + pairs[flat, after]
    there = pairs[before[:, None], others].astype(np.int32) + pairs[others, after[:, None]]
    best = (here[:, None] - there + gain).max(1) / lm.STEP
    doubt = (best > DOUBT) | (flat == UNKNOWN)
    doubt &= (flat != START) & (flat != END)
    found: list[list[int]] = []
    begin = 0
    for words in numbers:
        found.append(np.flatnonzero(doubt[begin + 1 : begin + 1 + len(words)]).tolist())
        begin += len(words) + 2
    return found


def _confusable(numbers: list[list[int]], loaded: Models, habits: Habits) -> NDArray[np.int32]:
    """The words easily read as each word; those that the habits of the engine make so come first."""
    table = loaded.confusable.astype(np.int32)
    if not habits:
        return table
    words = loaded.words
    added = np.zeros((len(table), MOST_MISREAD, 2), np.int32)
    added[:, :, 1] = np.iinfo(np.int16).min
    for number in {word for line in numbers for word in line if word > len(CLASSES)}:
        others = misread(words.words[number], habits, words.numbers.__contains__)
        for place, (text, logp) in enumerate(list(others.items())[:MOST_MISREAD]):
            added[number, place] = words.numbers[key(text)], round(logp * lm.STEP)
    return np.concatenate([added, table], 1)
