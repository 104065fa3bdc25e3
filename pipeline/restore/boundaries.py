"""Words run together (`trienkhai`) and words torn apart (`N ghi dinh`), found before the lattice is built.

Each place in question is read both ways, and each way is weighed together with its neighbours by bigrams. Only readings
come into question whose parts, or whose whole, were seen as readings of words in training.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from pipeline.restore import lm
from pipeline.restore.candidates import Candidate, Source, candidates, prepare
from pipeline.restore.classes import END
from pipeline.restore.decode import LANGUAGE
from pipeline.restore.lattice import Paragraph, Token
from pipeline.restore.syllables import key, skeleton, tones
from pipeline.restore.tokens import Atom, is_roman
from pipeline.syllable import is_bare_syllable, is_syllable

LOST, EXTRA = -7.5, -6.5
"""Log probability that the space between two words is not read, that one is read within a word."""
SURE = 4.0
"""Odds (nats) from which the words are divided otherwise than they were read."""
BOUND, LOOSE = 3.5, -3.0
"""Clean text: log P(second | first) / P(second), from which two words run together are believed to be two; the second
for syllables that bear marks, in a text that an engine garbled."""
GARBLED = 1 / 2500
"""Share of words with tone marks that are no syllables from which an engine is taken to have garbled a text."""
SHORTEST, LONGEST = 4, 14
"""Letters of two words run together."""
MANY, MOST_LETTERS, SYLLABLE = 7, 28, 7
"""Letters of three and more words run together, and of the longest syllable ("nghiêng")."""
MOST = 12
"""Candidates looked at per word."""


@dataclass(frozen=True, slots=True)
class Change:
    """Tokens `begin` to `end` of a paragraph are divided otherwise; `odds` in nats."""

    begin: int
    end: int
    atoms: tuple[Atom, ...]
    odds: float


def divided(paragraphs: Sequence[Paragraph], source: Source, language: lm.Model) -> list[Paragraph]:
    """The paragraphs, with words that were run together cut and torn words joined.

    A joined word is an atom with a space in its text; of a word that was cut all tokens but the last say so (`cut`).
    """
    bound = LOOSE if source.kind == "vie" and _garbled(paragraphs) else BOUND
    texts = {t.atom.text for p in paragraphs for t in p.tokens if t.atom.kind == "word"}
    solid = {text for text in texts if _stands(text, source)}
    proposed = [list(_proposals(p.tokens, solid, source, language, bound)) for p in paragraphs]
    prepare((atom for found in proposed for change in found for atom in change.atoms), source)
    out: list[Paragraph] = []
    for paragraph, found in zip(paragraphs, proposed, strict=True):
        weighed = [replace(c, odds=_odds(paragraph, c, source, language)) for c in found]
        out.append(_applied(paragraph, [c for c in weighed if c.odds > SURE]) if weighed else paragraph)
    return out


def _garbled(paragraphs: Sequence[Paragraph]) -> bool:
    words = [t.atom.text for p in paragraphs for t in p.tokens if t.atom.kind == "word"]
    odd = sum(len(w) > 2 and not is_syllable(w.lower()) and not w.isupper() and tones(w) > 0 for w in words)
    return odd > GARBLED * len(words)


def _proposals(
    tokens: Sequence[Token], solid: Set[str], source: Source, language: lm.Model, bound: float
) -> Iterator[Change]:
    """The ways to divide the tokens otherwise; `solid` are the words that stand by themselves."""
    whole = [t.atom.kind != "word" or t.atom.text in solid for t in tokens]
    for i, token in enumerate(tokens):
        if token.label or token.atom.kind != "word":
            continue
        chains = list(_chains(token.atom, source))
        for parts in (*chains, *_cuts(token.atom, source, language, bound)):
            if not chains or all(_stands(part.text, source) for part in parts):
                yield Change(i, i + 1, parts, 0.0)
        if i + 1 < len(tokens) and not (whole[i] and whole[i + 1]) and _torn(token, tokens[i + 1], source):
            text = f"{token.atom.text} {tokens[i + 1].atom.text}"
            yield Change(i, i + 2, (Atom("word", text, token.atom.start),), 0.0)


def _cuts(atom: Atom, source: Source, language: lm.Model, bound: float) -> Iterator[tuple[Atom, Atom]]:
    """The ways to cut a word that was never seen as a reading of one word."""
    text = atom.text
    if not SHORTEST <= len(text) <= LONGEST or _read(text, source):
        return
    if source.kind == "vie" and (not text.isalpha() or is_syllable(text.lower())):
        return
    for k in range(1, len(text)):
        first, second = text[:k], text[k:]
        if _read(first, source) and _read(second, source) and _plausible(first, second, source, language, bound):
            yield Atom("word", first, atom.start), Atom("word", second, atom.start + k)


def _chains(atom: Atom, source: Source) -> Iterator[tuple[Atom, ...]]:
    """The ways to cut what an engine for Vietnamese ran together of three and more words (`traliênngành`).

    Each part must be a known syllable and two of them bear marks, which no name of another tongue does (`marathon`).
    """
    text = atom.text
    if source.kind != "vie" or not text.isalpha() or not MANY <= len(text) <= MOST_LETTERS or is_syllable(text.lower()):
        return
    if sum(not c.isascii() for c in text) < 2:
        return
    for ends in _ends(text, 0, source):
        begins = (0, *ends[:-1])
        parts = [text[a:b] for a, b in zip(begins, ends, strict=True)]
        if len(parts) > 2 and sum(not part.isascii() for part in parts) > 1:
            yield tuple(Atom("word", part, atom.start + a) for part, a in zip(parts, begins, strict=True))


def _ends(text: str, begin: int, source: Source) -> Iterator[tuple[int, ...]]:
    """Where syllables may end that make up the text from an offset on; capitals only begin one."""
    if begin == len(text):
        yield ()
    for end in range(begin + 2, min(len(text), begin + SYLLABLE) + 1):
        part = text[begin:end]
        if part[1:].islower() and _stands(part, source):
            yield from ((end, *rest) for rest in _ends(text, end, source))


def _plausible(first: str, second: str, source: Source, language: lm.Model, bound: float) -> bool:
    """Clean text is cut only into words that go together; capitals begin words."""
    if second[:1].isupper() and first[-1:].islower() and len(first) > 1:
        return True
    if source.kind != "vie":
        return second.islower() or first.isupper()
    a, b = (source.lexicon.numbers[key(word)] for word in (first, second))
    marked = not (first.isascii() and second.isascii()) and min(len(first), len(second)) > 1
    loose = marked and _stands(first, source) and _stands(second, source)
    return float(source.prior[b]) + int(language.pairs[a, b]) / lm.STEP < -(bound if loose else BOUND)


def _read(text: str, source: Source) -> bool:
    """Whether a text is known as a reading of one word."""
    if source.kind == "vie":
        return key(text) in source.lexicon.numbers
    return text in source.noise.words or (text.isalpha() and skeleton(text) in source.lexicon.by_skeleton)


def _stands(text: str, source: Source) -> bool:
    """Whether a text is a word by itself: a known syllable, of garbled text by its bare letters."""
    if source.kind == "vie":
        return key(text) in source.lexicon.numbers and is_syllable(text.lower())
    return len(text) > 1 and skeleton(text) in source.lexicon.by_skeleton and is_bare_syllable(skeleton(text))


def _torn(first: Token, second: Token, source: Source) -> bool:
    """Whether two neighbours, one of which is no syllable, may be one word."""
    a, b = first.atom, second.atom
    if first.line != second.line or b.start != a.end + 1 or b.kind != "word" or second.label:
        return False
    if skeleton(a.text + b.text) not in source.lexicon.by_skeleton:
        return False
    if not (a.text.isalpha() and b.text.isalpha()) or (is_roman(a.text) and len(a.text) > 1):
        return False
    if not b.text.islower() and not (a.text.isupper() and b.text.isupper() and first.capitals):
        return False
    return _read(a.text + b.text, source)


def _odds(paragraph: Paragraph, change: Change, source: Source, language: lm.Model) -> float:
    """Log odds of the words divided so against as they were read, in context."""
    tokens = paragraph.tokens
    left = _few(tokens[change.begin - 1].atom, source) if change.begin else [Candidate(paragraph.context, "", 0.0)]
    if change.end < len(tokens):
        right = _few(tokens[change.end].atom, source)
    else:
        right = [Candidate(END, "", 0.0)] if paragraph.closed else []
    tail = [right] if right else []
    read = [_few(token.atom, source) for token in tokens[change.begin : change.end]]
    other = [_few(atom, source) for atom in change.atoms]
    cost = LOST if len(other) > len(read) else EXTRA
    return cost + _weight([left, *other, *tail], source, language) - _weight([left, *read, *tail], source, language)


def _few(atom: Atom, source: Source) -> list[Candidate]:
    return candidates(atom, source)[:MOST]


def _weight(chain: list[list[Candidate]], source: Source, language: lm.Model) -> float:
    """Log probability of the best path through the hypotheses."""
    words = np.array([c.word for c in chain[0]])
    score = LANGUAGE * source.prior[words] + np.array([c.logp for c in chain[0]])
    for options in chain[1:]:
        after = np.array([c.word for c in options])
        step = score[:, None] - language.pairs[np.ix_(words, after)] * (LANGUAGE / lm.STEP)
        score, words = step.max(0) + np.array([c.logp for c in options]), after
    return float(score.max())


def _applied(paragraph: Paragraph, changes: list[Change]) -> Paragraph:
    """The paragraph divided otherwise; of changes that overlap the likeliest counts."""
    chosen: dict[int, Change] = {}
    taken: set[int] = set()
    for change in sorted(changes, key=lambda c: -c.odds):
        if taken.isdisjoint(range(change.begin, change.end)):
            chosen[change.begin] = change
            taken.update(range(change.begin, change.end))
    tokens: list[Token] = []
    i = 0
    while i < len(paragraph.tokens):
        token, here = paragraph.tokens[i], chosen.get(i)
        if here is None:
            tokens.append(token)
        else:
            share = 1 / (1 + math.exp(-here.odds))
            tokens += (replace(token, atom=atom, cut=atom is not here.atoms[-1], divided=share) for atom in here.atoms)
        i = here.end if here else i + 1
    return replace(paragraph, tokens=tokens)
