"""What may be printed where a word was read: known words with log P(read | printed)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.restore import codes
from pipeline.restore.classes import CODE, NUMBER, ROMAN, UNKNOWN
from pipeline.restore.lexicon import Lexicon
from pipeline.restore.noise import Noise
from pipeline.restore.scan import Scanner
from pipeline.restore.syllables import key, reshape, shape, skeleton
from pipeline.restore.tokens import SIGNS, Atom, is_roman

MOST = 16
"""Candidates kept per word."""
SPREAD = 11.0
"""Candidates this much (nats) less likely than the best one are dropped."""
SCAN_BELOW = -15.0
"""Where no composed candidate is as likely as this with its prior, all known words are tried."""
PER_LETTER, PER_CAPITAL, PER_DIGIT = -4.2, -1.6, -2.4
"""Log probability of each character of an unknown word, an unknown abbreviation, a number."""
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


@dataclass
class Source:
    """Everything candidates are made from, and those already made.

    Attributes:
        lexicon: known words.
        noise: P(read | printed).
        kind: kind of noise.
        prior: log probability of each word number on its own; only used to decide what to keep.
        scanner: compares a read word with all known ones.
        made: candidates by kind and text of the atom.
    """

    lexicon: Lexicon
    noise: Noise
    kind: str
    prior: NDArray[np.float32]
    scanner: Scanner
    made: dict[tuple[str, str], list[Candidate]] = field(default_factory=dict)


def candidates(atom: Atom, source: Source) -> list[Candidate]:
    """Hypotheses for an atom that is a word or number, best first; never empty."""
    made = source.made.get((atom.kind, atom.text))
    if made is None:
        made = source.made[atom.kind, atom.text] = _make(atom, source)
    return made


def _make(atom: Atom, source: Source) -> list[Candidate]:
    if atom.kind in ("code", "web", "marker"):
        text = codes.repaired(atom.text, source.lexicon.code_parts) if atom.kind == "code" else atom.text
        return [Candidate(CODE, text, 0.0)]
    found: dict[int, Candidate] = {}
    for lead, core, trail, cost in _cuts(atom.text):
        for word, text, logp in _words(core, source):
            if word not in found or logp + cost > found[word].logp:
                found[word] = Candidate(word, lead + text + trail, logp + cost)
    for kept in _as_is(atom):
        if kept.word not in found or kept.logp > found[kept.word].logp:
            found[kept.word] = kept
    prior = source.prior
    ranked = sorted(
        ((float(prior[c.word]) + c.logp, c) for c in found.values()), key=lambda item: (-item[0], item[1].word)
    )
    return [c for total, c in ranked[:MOST] if total > ranked[0][0] - SPREAD]


def _cuts(text: str) -> list[tuple[str, str, str, float]]:
    """The text whole, and with signs at its edges taken as marks of their own: lead, core, trail, log probability."""
    cuts = [("", text, "", 0.0)]
    core = text.strip(SIGNS)
    if core and core != text:
        at = text.index(core)
        lead, trail = text[:at], text[at + len(core) :]
        cuts.append((lead, core, trail, sum(KEPT_SIGN.get(c, KEPT_SIGN_DEFAULT) for c in lead + trail)))
    return cuts


def _words(core: str, source: Source) -> list[tuple[int, str, float]]:
    """(word number, text, log probability) of the known words that may have been read as `core`."""
    numbers = source.lexicon.numbers
    best = _stripped(core, source.lexicon) if source.kind == "stripped" else _composed(core, source)
    good = max((p + float(source.prior[numbers[key(w)]]) for w, p in best.items()), default=-99.0)
    if good < SCAN_BELOW and len(core) > 1 and source.noise.chars:
        for word, logp in source.scanner.likely(core, shape(core), MOST, SPREAD):
            if logp > best.get(word, -99.0):
                best[word] = logp
    return [(numbers[key(w)], _styled(w, source.lexicon), p) for w, p in best.items()]


def _composed(core: str, source: Source) -> dict[str, float]:
    """Log P(core | word) from what was seen of words, onsets and rimes."""
    numbers, noise = source.lexicon.numbers, source.noise
    best = {printed: logp for printed, logp in noise.words.get(core, ()) if key(printed) in numbers}
    for cut in range(min(4, len(core)) + 1):
        rimes = noise.rimes.get(core[cut:], ())
        if not rimes:
            continue
        onsets = noise.onsets.get(core[:cut], ())
        for onset, p in onsets:
            for rime, q in rimes:
                printed = onset + rime
                if p + q > best.get(printed, -13.0) and key(printed) in numbers and _one_shape(printed):
                    best[printed] = p + q
    return best


def _stripped(core: str, lexicon: Lexicon) -> dict[str, float]:
    """Words with the same bare letters; marks that the text still has must agree."""
    form = shape(core)
    plain = skeleton(core)
    found: dict[str, float] = {}
    for number in lexicon.by_skeleton.get(plain, ()):
        word = reshape(lexicon.words[number], form)
        lost = sum(a != b for a, b in zip(core.lower(), plain, strict=False))
        found[word] = 0.0 if not lost or key(core) == lexicon.words[number] else -6.0
    return found


def _one_shape(word: str) -> bool:
    return word.islower() or word.isupper() or (word[:1].isupper() and word[1:].islower())


def _styled(word: str, lexicon: Lexicon) -> str:
    """The word in its usual tone placement, cased as given."""
    return reshape(lexicon.forms[lexicon.numbers[key(word)]], shape(word))


def _as_is(atom: Atom) -> list[Candidate]:
    """The text itself as a number, a Roman numeral or a word unknown to us."""
    text = atom.text
    if atom.kind == "number":
        return [Candidate(NUMBER, text, PER_DIGIT * min(4, sum(c.isdigit() for c in text)))]
    if is_roman(text):
        return [Candidate(ROMAN, text, -1.0), Candidate(UNKNOWN, text, PER_LETTER * len(text))]
    if text.isalpha() and text.isupper():
        return [Candidate(UNKNOWN, text, PER_CAPITAL * len(text) - 2.0)]
    if any(c.isdigit() for c in text):
        return [Candidate(CODE, text, PER_LETTER * len(text) - 2.0)]
    return [Candidate(UNKNOWN, text, PER_LETTER * len(text))]
