from __future__ import annotations

import numpy as np
from pytest import approx

from pipeline.restore.classes import CLASSES, END, START
from pipeline.training.mixture import SHARE, SINGLE_SHARE, SPARE, mixed
from pipeline.training.ngrams import Order, estimate, lookup

LAW, LAWS, FISH, SOUP, OTHER = range(len(CLASSES), len(CLASSES) + 5)
SIZE = OTHER + 1


def stream(*paragraphs: list[int]) -> np.ndarray:
    return np.array([w for words in paragraphs for w in (START, *words, END)], np.uint16)


TEXT = stream(*[[LAW, LAWS, OTHER]] * 50, [FISH, OTHER], [LAWS, SOUP])


def likely(model: list[Order], *words: int) -> float:
    key = np.uint64(0)
    for word in words:
        key = (key << np.uint64(16)) | np.uint64(word)
    return float(np.exp(lookup(model, np.array([key]), len(words))[0]))


def model() -> list[Order]:
    return estimate(TEXT, SIZE, {2: 0.0, 3: 0.0}, 3)


def test_a_phrase_gets_its_share_where_the_texts_do_not_know_its_beginning() -> None:
    before, after = model(), mixed(model(), stream([FISH, SOUP]), TEXT)
    base = likely(before, FISH, SOUP)
    assert likely(after, FISH, SOUP) == approx((1 - SHARE) * base + SHARE / (1 + SPARE), rel=0.02)


def test_what_no_phrase_speaks_of_stays() -> None:
    before, after = model(), mixed(model(), stream([FISH, SOUP]), TEXT)
    assert likely(after, LAW, LAWS) == approx(likely(before, LAW, LAWS))


def test_probabilities_after_a_context_still_add_up() -> None:
    before, after = model(), mixed(model(), stream([FISH, SOUP], [LAW, SOUP], [FISH, SOUP, LAW]), TEXT)
    for context in (FISH, LAW, SOUP, OTHER):
        whole = sum(likely(before, context, word) for word in range(SIZE))
        assert sum(likely(after, context, word) for word in range(SIZE)) == approx(whole, abs=0.05)


def test_single_words_of_phrases_become_likelier() -> None:
    before, after = model(), mixed(model(), stream([FISH, SOUP]), TEXT)
    assert likely(after, SOUP) == approx((1 - SINGLE_SHARE) * likely(before, SOUP) + SINGLE_SHARE / 2)
