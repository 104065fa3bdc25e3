from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.restore import lm
from pipeline.restore.classes import END, START
from pipeline.training import ngrams, pack

VOCABULARY = 12


@pytest.fixture(scope="module")
def text() -> NDArray[np.uint16]:
    random = np.random.default_rng(7)
    rows: list[int] = []
    for _ in range(500):
        rows += [START, *random.integers(6, VOCABULARY, random.integers(1, 8)).tolist(), 6, 7, END]
    return np.array(rows, np.uint16)


def key(*words: int) -> int:
    return sum(w << 16 * (len(words) - 1 - i) for i, w in enumerate(words))


@pytest.mark.parametrize("thresholds", [{2: 0.0, 3: 0.0, 4: 0.0}, {2: 0.5, 3: 2.0, 4: 4.0}])
def test_every_context_sums_to_one(text: NDArray[np.uint16], thresholds: dict[int, float]) -> None:
    model = ngrams.estimate(text, VOCABULARY, thresholds, 4)
    for context in ((6, 7, 8), (START, 6, 7), (9, 9, 9), (6, 6, 7)):
        keys = np.array([key(*context, w) for w in range(VOCABULARY)], np.uint64)
        for n in (2, 3, 4):
            mask = np.uint64((1 << 16 * n) - 1)
            assert np.exp(ngrams.lookup(model, keys & mask, n)).sum() == pytest.approx(1, abs=0.02)


def test_windows_do_not_cross_paragraphs() -> None:
    stream = np.array([START, 6, END, START, 7, END], np.uint16)
    assert ngrams.windows(stream, 2).tolist() == [key(START, 6), key(6, END), key(START, 7), key(7, END)]


def test_what_was_seen_is_likelier(text: NDArray[np.uint16]) -> None:
    model = ngrams.estimate(text, VOCABULARY, {2: 0.0, 3: 0.0, 4: 0.0}, 4)
    seen, unseen = ngrams.lookup(model, np.array([key(6, 7), key(6, 3)], np.uint64), 2)
    assert seen > unseen


def test_the_packed_model_scores_like_the_trained_one(text: NDArray[np.uint16], tmp_path: Path) -> None:
    trained = ngrams.estimate(text, VOCABULARY, {2: 0.5, 3: 1.0, 4: 2.0}, 4)
    pack.write_model(tmp_path, trained)
    packed = lm.load(tmp_path)
    random = np.random.default_rng(1)
    keys = np.array([key(*random.integers(6, VOCABULARY, 4).tolist()) for _ in range(300)], np.uint64)
    for n in (2, 3, 4):
        mask = np.uint64((1 << 16 * n) - 1)
        assert np.abs(lm.score(packed, keys, n) - ngrams.lookup(trained, keys & mask, n)).max() < 0.2


def test_packing_twice_gives_the_same_bytes(text: NDArray[np.uint16], tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        pack.write_model(tmp_path / name, ngrams.estimate(text, VOCABULARY, {2: 0.5, 3: 1.0, 4: 2.0}, 4))
    files = sorted(p.name for p in (tmp_path / "a").iterdir())
    assert files == [
        "lm1.npy",
        "lm2_keys.npy",
        "lm2_values.npy",
        "lm3_keys.npy",
        "lm3_values.npy",
        "lm4_keys.npy",
        "lm4_values.npy",
    ]
    assert all((tmp_path / "a" / f).read_bytes() == (tmp_path / "b" / f).read_bytes() for f in files)


def test_shared_contexts_score_as_single_ones(text: NDArray[np.uint16], tmp_path: Path) -> None:
    pack.write_model(tmp_path, ngrams.estimate(text, VOCABULARY, {2: 0.5, 3: 1.0, 4: 2.0}, 4))
    model = lm.load(tmp_path)
    contexts = np.array([key(6, 7, 8), key(7, 8, 9), key(7, 8, 10)], np.uint64)
    keys = np.array([key(6, 7, 8, 9), key(6, 7, 8, 10)], np.uint64)
    before, after = np.array([0, 0], np.int32), np.array([1, 2], np.int32)
    assert np.allclose(lm.extended(model, keys, 4, contexts, before, after), lm.score(model, keys, 4))
