"""The decoder against sums over all paths, by brute force, on a toy language model."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from pipeline.restore import decode, lattice, lm
from pipeline.restore.candidates import Candidate
from pipeline.restore.classes import END, START
from pipeline.restore.lattice import CHAIN, Builder, Token
from pipeline.restore.tokens import Atom
from pipeline.training import ngrams, pack

WORDS = (6, 7, 8, 9)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> lm.Model:
    folder: Path = tmp_path_factory.mktemp("model")
    random = np.random.default_rng(3)
    text = [w for _ in range(400) for w in (START, *random.choice(WORDS, 6, p=(0.4, 0.3, 0.2, 0.1)), END)]
    trained = ngrams.estimate(np.array(text, np.uint16), 10, {2: 0.0, 3: 0.0, 4: 0.0}, 4)
    pack.write_model(folder, trained)
    return lm.load(folder)


def paragraph(options: list[list[Candidate]]) -> tuple[Builder, list[Token]]:
    made = Builder()
    node = lattice._open(made, [START] * CHAIN)
    tokens = [Token(0, Atom("word", "x", i), False, False) for i in range(len(options))]
    for token, found in zip(tokens, options, strict=True):
        node = lattice._add(made, node, token, found)
    lattice._add(made, node, None, [Candidate(END, "", 0.0)])
    return made, tokens


def brute_force(options: list[list[Candidate]], model: lm.Model) -> list[dict[int, float]]:
    """Posterior of every hypothesis from the sum over all paths."""
    found: list[dict[int, float]] = [{c.word: 0.0 for c in o} for o in options]
    total = 0.0
    for path in itertools.product(*options):
        words = [START] * CHAIN + [c.word for c in path] + [END]
        keys = [sum(w << 16 * (3 - k) for k, w in enumerate(words[i : i + 4])) for i in range(len(words) - 3)]
        logp = float(lm.score(model, np.array(keys, np.uint64), 4).sum()) + sum(c.logp for c in path)
        total += np.exp(logp)
        for place, c in enumerate(path):
            found[place][c.word] += np.exp(logp)
    return [{w: p / total for w, p in at.items()} for at in found]


def test_posteriors_are_those_of_all_paths(model: lm.Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "KEEP", (0.0, 0.0))
    random = np.random.default_rng(5)
    options = [[Candidate(w, str(w), float(random.uniform(-4, 0))) for w in WORDS[: 2 + i % 3]] for i in range(6)]
    made, tokens = paragraph(options)
    sausage, slots = lattice.sausage(made)
    arrays, edges = lattice.arrays(made, slots, decode.thin(sausage, model))
    kept, shares = decode.posteriors(arrays, model, 4, weight=1.0)
    expected = brute_force(options, model)
    for edge, share in zip(kept.tolist(), shares.tolist(), strict=True):
        slot, option = edges[edge]
        if slot.token is not None:
            assert share == pytest.approx(expected[tokens.index(slot.token)][option.word], abs=1e-5)


def test_thinning_keeps_at_least_one_hypothesis_of_every_word(model: lm.Model) -> None:
    made, _ = paragraph([[Candidate(6, "a", 0.0), Candidate(9, "b", -60.0)], [Candidate(7, "c", -99.0)]])
    sausage, slots = lattice.sausage(made)
    keep = decode.thin(sausage, model)
    assert keep.any(1).all()
    assert keep.sum() == len(slots)


def test_memory_prefers_what_the_document_says(model: lm.Model) -> None:
    options = [[Candidate(6, "a", 0.0)], [Candidate(8, "b", 0.0), Candidate(9, "c", 0.0)]]
    memory = decode.remember([[6, 9]] * 20)

    def share_of(word: int, remembered: decode.Memory | None) -> float:
        made, _ = paragraph(options)
        sausage, slots = lattice.sausage(made)
        arrays, edges = lattice.arrays(made, slots, decode.thin(sausage, model))
        kept, shares = decode.posteriors(arrays, model, 4, remembered)
        return next(float(s) for e, s in zip(kept.tolist(), shares.tolist(), strict=True) if edges[e][1].word == word)

    assert share_of(9, memory) > share_of(9, None)


def test_no_memory_of_nothing() -> None:
    assert decode.remember([[], [3]]) is None
