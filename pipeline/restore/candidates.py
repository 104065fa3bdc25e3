"""What may be printed where a word was read: known words with log P(read | printed)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.restore import codes
from pipeline.restore.classes import CODE, NUMBER, ROMAN, UNKNOWN
from pipeline.restore.lexicon import Lexicon
from pipeline.restore.noise import Noise
from pipeline.restore.scan import Scanner
from pipeline.restore.syllables import Shape, key, reshape, shape, skeleton, tones, undoubled
from pipeline.restore.tokens import SIGNS, Atom, is_roman
from pipeline.syllable import is_syllable

MOST = 40
"""Candidates kept per word."""
SPREAD = 14.0
"""Candidates this much (nats) less likely than the best one are dropped."""
LONGEST_SYLLABLE = 7
FORESEEN_STEP = 64
PER_LETTER, PER_CAPITAL, PER_DIGIT = -4.2, -1.6, -2.4
"""Log probability of each character of an unknown word, an unknown abbreviation, a number."""
DOUBLED = -5.0
"""Log probability that a letter of a word of clean text is read twice, with other marks."""
KEPT_SIGN = {"!": -3.0, "?": -5.0, "*": -2.0, "®": -3.0, "°": -4.0}
"""Log probability that a sign at the edge of a word is a mark of its own (a footnote sign, a question mark)."""
KEPT_SIGN_DEFAULT = -6.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One hypothesis.

    Attributes:
        word: the language model's number.
        text: what is written, cased.
        logp: natural log P(read | this).
    """

    word: int
    text: str
    logp: float


@dataclass(frozen=True)
class Foreseen:
    """Ready results of the scanner, see training.foreseen.

    Attributes:
        rows: row of each reading.
        table: word numbers and log probabilities in steps, most likely first, padded with 0.
    """

    rows: dict[str, int] = field(default_factory=dict)
    table: NDArray[np.uint16] = field(default_factory=lambda: np.zeros((0, 0, 2), np.uint16))

    def get(self, read: str) -> list[tuple[int, float]] | None:
        """(word number, log P(read | word)) of a reading; None for one that was never seen."""
        row = self.rows.get(read)
        if row is None:
            return None
        return [(number, logp / -FORESEEN_STEP) for number, logp in self.table[row].tolist() if number]


@dataclass
class Source:
    """Everything candidates are made from, and those already made.

    Attributes:
        lexicon: known words.
        noise: P(read | printed).
        kind: kind of noise.
        prior: log probability of each word number on its own; only used to decide what to keep.
        foreseen: what the scanner found for readings known from training.
        scanner: compares a read word with all known ones.
        added: compares one with a user's words, which nothing was foreseen of; None where there are none.
        made: candidates by kind and text of the atom.
    """

    lexicon: Lexicon
    noise: Noise
    kind: str
    prior: NDArray[np.float32]
    scanner: Scanner
    foreseen: Foreseen = field(default_factory=Foreseen)
    added: Scanner | None = None
    made: dict[tuple[str, str], list[Candidate]] = field(default_factory=dict)


def prepare(found: Iterable[Atom], source: Source) -> None:
    """Make the candidates of many atoms at once; much faster than one by one."""
    new = {(a.kind, a.text): a for a in found if (a.kind, a.text) not in source.made}
    cores = sorted({core for a in new.values() if a.kind in ("word", "number") for _, core, _, _ in _cuts(_read(a))})
    scanned = _scan(cores, source)
    for name, atom in new.items():
        source.made[name] = _make(atom, scanned, source)


def candidates(atom: Atom, source: Source) -> list[Candidate]:
    """Hypotheses for an atom, best first; never empty."""
    if (atom.kind, atom.text) not in source.made:
        prepare([atom], source)
    return source.made[atom.kind, atom.text]


def _scan(cores: list[str], source: Source) -> dict[str, list[tuple[int, str, float]]]:
    """(word number, text, log P(core | word)) for each core."""
    if source.kind == "stripped":
        return {core: _stripped(core, source.lexicon) for core in cores}
    found = {core: row for core in cores if (row := source.foreseen.get(core)) is not None}
    if source.added is not None:
        found = {core: found[core] + words for core, words in scan(list(found), source.added).items()}
    found |= scan([core for core in cores if core not in found], source.scanner)
    return {core: _with_seen(core, shape(core), words, source) for core, words in found.items()}


def scan(reads: list[str], scanner: Scanner) -> dict[str, list[tuple[int, float]]]:
    """(word number, log P(read | word)) for each reading, each compared with all known words in its own shape."""
    by_form: dict[Shape, list[str]] = defaultdict(list)
    for read in reads:
        by_form[shape(read)].append(read)
    found: dict[str, list[tuple[int, float]]] = {}
    for form, alike in by_form.items():
        found.update(zip(alike, scanner.scan(alike, form, MOST, SPREAD), strict=True))
    return found


def _with_seen(read: str, form: Shape, words: list[tuple[int, float]], source: Source) -> list[tuple[int, str, float]]:
    """Put in what the table of whole words says."""
    lexicon = source.lexicon
    best = {number: (number, _styled(number, form, lexicon), logp) for number, logp in words}
    for printed, logp in source.noise.words.get(read, ()):
        number = lexicon.numbers.get(key(printed))
        if number is not None and (number not in best or shape(printed) == form or logp > best[number][2]):
            best[number] = number, _styled(number, shape(printed), lexicon), logp
    return list(best.values())


def _styled(number: int, form: Shape, lexicon: Lexicon) -> str:
    """The word in its usual tone placement, cased; abbreviations in capitals."""
    if lexicon.is_abbreviation(number):
        return lexicon.words[number].upper()
    return reshape(lexicon.forms[number], form)


def _make(atom: Atom, scanned: dict[str, list[tuple[int, str, float]]], source: Source) -> list[Candidate]:
    if atom.kind in ("code", "web", "marker"):
        text = codes.repaired(atom.text, source.lexicon.code_parts) if atom.kind == "code" else atom.text
        return [Candidate(CODE, text, 0.0)]
    if codes.JOINED.fullmatch(atom.text):
        return [Candidate(UNKNOWN, atom.text, 0.0)]
    found: dict[int, Candidate] = {}
    for lead, core, trail, cost in _cuts(_read(atom)):
        for word, text, logp in scanned.get(core, ()):
            if word not in found or logp + cost > found[word].logp:
                found[word] = Candidate(word, lead + text + trail, logp + cost)
    for kept in [*_as_is(atom), *_undoubled(atom, source)]:
        if kept.word not in found or kept.logp > found[kept.word].logp:
            found[kept.word] = kept
    prior = source.prior
    ranked = sorted(((float(prior[c.word]) + c.logp, c) for c in found.values()), key=lambda i: (-i[0], i[1].word))
    return [c for total, c in ranked[:MOST] if total > ranked[0][0] - SPREAD]


def _read(atom: Atom) -> str:
    """What was read, without the space within a torn word."""
    return atom.text.replace(" ", "")


def _cuts(text: str) -> list[tuple[str, str, str, float]]:
    """The text whole, and with signs at its edges taken as marks of their own: lead, core, trail, log probability."""
    cuts = [("", text, "", 0.0)]
    core = text.strip(SIGNS)
    if core and core != text:
        at = text.index(core)
        lead, trail = text[:at], text[at + len(core) :]
        cuts.append((lead, core, trail, sum(KEPT_SIGN.get(c, KEPT_SIGN_DEFAULT) for c in lead + trail)))
    return cuts


def _undoubled(atom: Atom, source: Source) -> list[Candidate]:
    """Known words of which the engine read a letter twice."""
    lexicon, text = source.lexicon, atom.text
    if source.kind != "vie" or not impossible(text, lexicon):
        return []
    numbered = ((lexicon.numbers.get(key(word)), word) for word in undoubled(text))
    return [Candidate(number, word, DOUBLED) for number, word in numbered if number is not None]


def impossible(text: str, lexicon: Lexicon) -> bool:
    """Whether an unknown word has two tone marks, or a tone mark and a letter twice, as no Vietnamese word has."""
    marks = tones(text)
    if not marks or not text.isalpha() or key(text) in lexicon.numbers or is_syllable(text.lower()):
        return False
    return marks > 1 or bool(undoubled(text))


def _stripped(core: str, lexicon: Lexicon) -> list[tuple[int, str, float]]:
    """Words with the same bare letters; marks that the text still has must agree."""
    form, plain = shape(core), skeleton(core)
    bare = core.lower() == plain
    return [
        (number, _styled(number, form, lexicon), 0.0 if bare or key(core) == lexicon.words[number] else -6.0)
        for number in lexicon.by_skeleton.get(plain, ())
    ]


def _as_is(atom: Atom) -> list[Candidate]:
    """The text itself as a number, a Roman numeral or a word unknown to us."""
    text = atom.text
    if atom.kind == "number":
        return [Candidate(NUMBER, text, PER_DIGIT * min(4, sum(c.isdigit() for c in text)))]
    if is_roman(text):
        return [
            Candidate(ROMAN, text, -1.0 if len(text) == 1 else -0.2),
            Candidate(UNKNOWN, text, PER_LETTER * len(text)),
        ]
    if text.isalpha() and text.isupper() and not tones(text):
        return [Candidate(UNKNOWN, text, PER_CAPITAL * len(text) - 2.0)]
    if any(c.isdigit() for c in text):
        return [Candidate(CODE, text, PER_LETTER * len(text) - 2.0)]
    return [Candidate(UNKNOWN, text, PER_LETTER * len(text))]


_FIGURE_INSIDE = re.compile(r"[^\W\dA-Z_]+[01][^\W\dA-Z_]+")
_LETTERS = str.maketrans("01", "oi")
"""What a figure between the small letters of a syllable is: "g1ao", "v1ệc"."""


def fixed(atom: Atom) -> bool:
    """Whether clean text is not touched here: numerals, names such as A3, foreign words, words run together."""
    text = atom.text
    if atom.kind != "word" or is_roman(text) or len(text) > LONGEST_SYLLABLE:
        return True
    if any(c.isdigit() for c in text) and any(c.isalpha() for c in text):
        return not _FIGURE_INSIDE.fullmatch(text) or not is_syllable(text.translate(_LETTERS))
    return text.isascii() and len(text) > 3 and not is_syllable(text.lower())
