"""The restorer's models, and one run over lines of text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.model import Word
from pipeline.resources import dictionaries
from pipeline.restore import boundaries, decode, lattice, lexicon, lm, noise, user
from pipeline.restore.candidates import Foreseen, Source, fixed, impossible
from pipeline.restore.casing import recased
from pipeline.restore.classes import CODE, END, NUMBER, ROMAN, START, UNKNOWN
from pipeline.restore.evidence import doubted
from pipeline.restore.kind import Kind
from pipeline.restore.lattice import Paragraph, Token
from pipeline.restore.names import named
from pipeline.restore.points import mended_points
from pipeline.restore.quarters import quarters
from pipeline.restore.quotes import closed_quotes
from pipeline.restore.render import Choice
from pipeline.restore.scan import Scanner
from pipeline.restore.syllables import key
from pipeline.restore.titles import retitled
from pipeline.restore.tokens import Atom, is_roman

ORDER = 4
USER = "user.tsv"
ALTERNATIVES = 4
SURE = {"eng": 0.0, "stripped": 0.0, "vie": 0.985}
"""Least posterior with which a word that is known already is changed."""
DECISIVE = 0.98
"""Posterior from which a figure of two digits or more becomes a word; on training pages none does wrongly."""
IMPOSSIBLE = 0.9
"""The same for a word with marks that no Vietnamese word can have."""
LINES_AT_ONCE = 400
DOUBT = -4.0
"""A word of clean text is looked at where another one is at most this much (nats) less likely."""
POINT = 0.95
"""Confidence of the letter of a list point that was mended."""
QUOTE = 0.9
"""Confidence of a year whose last figure is taken for a closing quotation mark."""
QUARTER = 0.9
"""Confidence of the numeral of a quarter, of which there are four."""
LABEL_ODD = 0.5
"""Confidence of a label like `Il` or `I1`, which no list has; the order of the labels tells later what it is."""
LABEL_D = 0.85
"""Confidence of the label d of garbled text, for the engine gives it for đ as well."""
CEILING = 0.9999
"""Nothing is surer than this."""
QUIET = 0.999
"""Confidence of a word of clean text that surprises nobody."""


_ODD_LABEL = re.compile(r"(?=.*[l1|])(?=.*[IVXl|])[IVXl1|]+|[1I]?L")
Rival = tuple[float, str, int]
"""Posterior, text and word number of a hypothesis."""
CERTAIN = 0.95
"""Posterior from which a word counts as known in its document."""
FAMILIAR = 0.9
"""Share of certain words from which a text is one that the language model knows; of others it is less sure."""


@dataclass(frozen=True)
class Models:
    """All that is loaded once.

    Attributes:
        folder: where the dictionaries are.
        language: n-grams.
        words: the lexicon.
        confusable: words easily read as each word, see training.confusable.
        shipped: how many of the words ship with the program; a user's words come behind them.
        sources: makers of candidates, one for each kind of noise.
    """

    folder: Path
    language: lm.Model
    words: lexicon.Lexicon
    confusable: NDArray[np.int16]
    shipped: int
    sources: dict[str, Source] = field(default_factory=dict)

    def source(self, kind: Kind) -> Source:
        """The maker of candidates for a kind of noise."""
        if kind not in self.sources:
            model = noise.Noise() if kind == "stripped" else noise.load(self.folder / f"noise_{kind}.tsv")
            prior = self.language.unigrams[:, 0]
            scanner = Scanner(model, self.words, prior)
            added = Scanner(model, self.words, prior, self.shipped) if self.shipped < len(prior) else None
            ready = self._foreseen(kind, model)
            self.sources[kind] = Source(self.words, model, kind, prior, scanner, ready, added)
        return self.sources[kind]

    def _foreseen(self, kind: Kind, model: noise.Noise) -> Foreseen:
        """Ready candidates; none for stripped text."""
        path = self.folder / f"foreseen_{kind}.npy"
        if not path.is_file():
            return Foreseen()
        return Foreseen({read: row for row, read in enumerate(sorted(model.words))}, np.load(path, mmap_mode="r"))


@cache
def models() -> Models:
    """The models that ship with the program, loaded at the first call."""
    folder = dictionaries()
    confusable = np.load(folder / "confusable_vie.npy")
    return Models(folder, lm.load(folder), lexicon.load(folder), confusable, len(confusable))


def models_for(dictionary: Path | None) -> Models:
    """The models, with the words and phrases of user.tsv and of a user's dictionary.

    Raises:
        NotFoundError, InvalidConfigError: the user's dictionary cannot be read.
    """
    entries = user.read(models().folder / USER) if (models().folder / USER).is_file() else []
    if dictionary is not None:
        entries += user.read(dictionary)
    return _extended(tuple(tuple(entry) for entry in entries)) if entries else models()


@lru_cache(maxsize=4)
def _extended(entries: tuple[tuple[str, ...], ...]) -> Models:
    base, found = models(), [list(entry) for entry in entries]
    words = user.lexicon_with(base.words, found)
    language = user.language_with(base.language, words, found)
    confusable = np.zeros((len(words.words), *base.confusable.shape[1:]), np.int16)
    confusable[:, :, 1] = np.iinfo(np.int16).min
    confusable[: len(base.confusable)] = base.confusable
    return Models(base.folder, language, words, confusable, base.shipped)


def choose(lines: Sequence[str], kind: Kind, loaded: Models, seen: Sequence[Sequence[Word]] = ()) -> list[list[Choice]]:
    """What is chosen for the words of each line; `seen` are the engine's words, if an engine read the lines."""
    out: list[list[Choice]] = []
    source = loaded.source(kind)
    for begin in range(0, len(lines), LINES_AT_ONCE):
        block = lines[begin : begin + LINES_AT_ONCE]
        words = seen[begin : begin + LINES_AT_ONCE]
        paragraphs = boundaries.divided(lattice.cut(block, source, words), source, loaded.language)
        chosen = _clean(paragraphs, loaded, source) if kind == "vie" else _noisy(paragraphs, loaded, source)
        by_line: list[list[Choice]] = [[] for _ in block]
        for paragraph, choices in zip(paragraphs, chosen, strict=True):
            for line, choice in _whole(paragraph, choices):
                by_line[line].append(choice)
        out += named([retitled(recased(choices, loaded.words), loaded.words) for choices in by_line])
    for number, (start, read, printed) in mended_points(lines).items():
        rest = [choice for choice in out[number] if choice.atom.start > start]
        out[number] = [Choice(Atom("word", read, start), printed, POINT, rule="list-point"), *rest]
    for number, years in closed_quotes(lines).items():
        for start, read, printed in years:
            mended = Choice(Atom("number", read, start), printed, QUOTE, (read,), rule="closing-quote")
            out[number] = [mended if (c.atom.start, c.atom.text) == (start, read) else c for c in out[number]]
    for number, text in enumerate(lines):
        for start, read, printed in quarters(text):
            out[number] = [_with_numeral(choice, start, read, printed) for choice in out[number]]
    return out


def _with_numeral(choice: Choice, start: int, read: str, printed: str) -> Choice:
    """The choice with a numeral put right, if it holds it: "11/2026" is one atom, "II1" another."""
    atom, at = choice.atom, start - choice.atom.start
    if not 0 <= at <= len(atom.text) - len(read):
        return choice
    text = atom.text[:at] + printed + atom.text[at + len(read) :]
    return Choice(atom, text, QUARTER, (atom.text,), rule="quarter")


def _whole(paragraph: Paragraph, choices: list[Choice]) -> Iterator[tuple[int, Choice]]:
    """Line and choice of every word as read: the parts of one that was cut are put together again."""
    parts: list[Choice] = []
    for token, choice in zip(paragraph.tokens, choices, strict=True):
        if token.divided < 1:
            choice = replace(choice, confidence=choice.confidence * token.divided, rule="word-boundary")
        parts.append(choice)
        if token.cut:
            continue
        if len(parts) > 1:
            atom = Atom("word", "".join(part.atom.text for part in parts), parts[0].atom.start)
            share = min(part.confidence for part in parts)
            choice = Choice(atom, " ".join(part.text for part in parts), share, rule="word-boundary")
        parts = []
        yield token.line, choice


def _noisy(paragraphs: list[Paragraph], loaded: Models, source: Source) -> list[list[Choice]]:
    """Decode every word; then once more those in doubt, with what the rest of the document says."""
    made = lattice.build(paragraphs, source)
    rivals = _decode(made, loaded)
    certain = sum(max(found)[0] >= CERTAIN for found in rivals.values())
    wary = {} if certain >= FAMILIAR * len(rivals) else _decode(made, loaded, weight=decode.WARY)
    best = [[max(rivals[id(token)]) for token in p.tokens] for p in paragraphs]
    memory = decode.remember(_certain(best))
    if memory is not None:
        numbers = [[word for _, _, word in found] for found in best]
        doubtful = [[i for i, (share, _, _) in enumerate(found) if share < CERTAIN] for found in best]
        again = lattice.build_windows(paragraphs, numbers, doubtful, source)
        rivals.update(_decode(again, loaded, memory))
    chosen = [[_chosen(token, rivals[id(token)], SURE[source.kind]) for token in p.tokens] for p in paragraphs]
    if not wary:
        return chosen
    return [
        [_warier(choice, wary[id(token)]) for token, choice in zip(p.tokens, choices, strict=True)]
        for p, choices in zip(paragraphs, chosen, strict=True)
    ]


def _warier(choice: Choice, found: list[Rival]) -> Choice:
    """The choice, no surer than the other weighing is of it."""
    share = sum(p for p, text, _ in found if key(text) == key(choice.text))
    return replace(choice, confidence=min(choice.confidence, share))


def _chosen(token: Token, found: list[Rival], sure: float) -> Choice:
    """The choice for a word of garbled text; the label d may be đ."""
    choice = _choice(token.atom, found, sure)
    if token.label and choice.text in ("d", "D"):
        return replace(choice, confidence=LABEL_D)
    return replace(choice, confidence=LABEL_ODD) if token.label and _ODD_LABEL.fullmatch(choice.text) else choice


def _certain(best: list[list[Rival]]) -> Iterator[list[int]]:
    """Stretches of words that are certain."""
    for found in best:
        stretch: list[int] = []
        for share, _, word in found:
            if share >= CERTAIN:
                stretch.append(word)
            else:
                yield stretch
                stretch = []
        yield stretch


def _clean(paragraphs: list[Paragraph], loaded: Models, source: Source) -> list[list[Choice]]:
    """Decode only the neighbourhood of words that surprise the language model; most of the text is right."""
    numbers = [[_number(token.atom, loaded.words) for token in p.tokens] for p in paragraphs]
    doubtful = [
        [i for i in sorted({*found, *_doubted(p, source)}) if not p.tokens[i].label and not fixed(p.tokens[i].atom)]
        for p, found in zip(paragraphs, _doubtful(numbers, loaded), strict=True)
    ]
    rivals = _decode(lattice.build_windows(paragraphs, numbers, doubtful, source), loaded)
    return [[_settled(token.atom, rivals.get(id(token)), source) for token in p.tokens] for p in paragraphs]


def _doubted(paragraph: Paragraph, source: Source) -> Iterator[int]:
    """Indices of the words that the engine itself doubts."""
    for i, token in enumerate(paragraph.tokens):
        if token.evidence is not None and token.evidence.alternatives and doubted(token.atom, token.evidence, source):
            yield i


def _settled(atom: Atom, found: list[Rival] | None, source: Source) -> Choice:
    """The choice for a word of clean text; most have no rivals."""
    if found is None:
        return Choice(atom, atom.text, QUIET)
    return _choice(atom, found, IMPOSSIBLE if impossible(atom.text, source.lexicon) else SURE[source.kind])


def _number(atom: Atom, words: lexicon.Lexicon) -> int:
    if atom.kind == "number":
        return NUMBER
    if atom.kind != "word":
        return CODE
    if is_roman(atom.text):
        return ROMAN
    return words.numbers.get(key(atom.text), UNKNOWN)


def _doubtful(numbers: list[list[int]], loaded: Models) -> list[list[int]]:
    """Indices of the words in doubt: unknown, or a word easily read as them suits both neighbours better."""
    pairs, table = loaded.language.pairs, loaded.confusable.astype(np.int32)
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


def _decode(
    made: lattice.Builder,
    loaded: Models,
    memory: decode.Memory | None = None,
    weight: float = decode.LANGUAGE,
) -> dict[int, list[Rival]]:
    """The surviving hypotheses, by the id of their token."""
    rivals: dict[int, list[Rival]] = defaultdict(list)
    if made.slots:
        sausage, slots = lattice.sausage(made)
        arrays, edges = lattice.arrays(made, slots, decode.thin(sausage, loaded.language))
        kept, shares = decode.posteriors(arrays, loaded.language, ORDER, memory, weight)
        for index, share in zip(kept.tolist(), shares.tolist(), strict=True):
            slot, option = edges[index]
            if slot.token is not None:
                rivals[id(slot.token)].append((share, option.text, option.word))
    return rivals


def _choice(atom: Atom, found: list[Rival], sure: float) -> Choice:
    found.sort(key=lambda item: (-item[0], item[1]))
    share, text, _ = found[0]
    same = next((item for item in found if key(item[1]) == key(atom.text)), None)
    if key(text) != key(atom.text) and share < sure:
        share, text = same[0] if same else 1 - share, atom.text
    elif text != atom.text and atom.kind == "number" and len(atom.text) > 1 and share < DECISIVE:
        share, text = sum(p for p, _, word in found if word == NUMBER), atom.text
    if key(text) == key(atom.text):
        text = atom.text
    others = tuple(t for p, t, _ in found if key(t) != key(text) and p > 1e-3)[:ALTERNATIVES]
    return Choice(atom, text, min(CEILING, share), others)
