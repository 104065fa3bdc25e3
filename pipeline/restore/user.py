"""A user's own words and phrases, added to the models without rebuilding them."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from pipeline.errors import InvalidConfigError, NotFoundError
from pipeline.restore import lm
from pipeline.restore.classes import UNKNOWN
from pipeline.restore.lexicon import Lexicon
from pipeline.restore.syllables import key, skeleton
from pipeline.restore.tokens import atoms

NEW_WORD, PHRASE = 8.0, 0.7
"""Cost (nats) of a user's word anywhere, and of each next word inside a user's phrase."""


def read(path: Path) -> list[list[str]]:
    """The words of every entry of a TSV: its first column, a word or a phrase; a header `word` and # lines are skipped.

    Raises:
        NotFoundError: there is no such file.
        InvalidConfigError: it is not UTF-8.
    """
    if not path.is_file():
        raise NotFoundError(f"{path}: no such user dictionary.")
    try:
        text = unicodedata.normalize("NFC", path.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidConfigError(f"{path}: a user dictionary must be UTF-8 ({error}).") from error
    entries = [line.split("\t")[0].strip() for line in text.splitlines() if not line.startswith("#")]
    found = [[a.text for a in atoms(entry) if a.kind == "word" and a.text.isalpha()] for entry in entries]
    return [words for entry, words in zip(entries, found, strict=True) if words and entry != "word"]


def lexicon_with(lexicon: Lexicon, entries: list[list[str]]) -> Lexicon:
    """The lexicon with the words of the entries that it lacks."""
    words, forms = list(lexicon.words), list(lexicon.forms)
    capital, titled = list(lexicon.capital), list(lexicon.titled)
    numbers, by_skeleton = dict(lexicon.numbers), {k: list(v) for k, v in lexicon.by_skeleton.items()}
    for word in (word for entry in entries for word in entry):
        k = key(word)
        if k not in numbers:
            numbers[k] = len(words)
            by_skeleton.setdefault(skeleton(k), []).append(len(words))
            words.append(k)
            forms.append(word.lower())
            capital.append(float(len(word) > 1 and word.isupper()))
            titled.append(float(word.istitle()))
    return replace(
        lexicon, words=words, forms=forms, capital=capital, titled=titled, numbers=numbers, by_skeleton=by_skeleton
    )


def language_with(model: lm.Model, lexicon: Lexicon, entries: list[list[str]]) -> lm.Model:
    """The language model with new words and preferred pairs of words."""
    size, known = len(lexicon.words), len(model.unigrams)
    unigrams = np.zeros((size, 2), np.float32)
    unigrams[:known] = model.unigrams
    unigrams[known:, 0] = -NEW_WORD
    pairs = np.empty((size, size), np.uint8)
    pairs[:known, :known] = model.pairs
    pairs[known:, :known] = model.pairs[UNKNOWN]
    weights = np.append(model.unigrams[:, 1], np.zeros(size - known, np.float32))
    pairs[:, known:] = np.clip((NEW_WORD - weights[:, None]) * lm.STEP, 0, 255)
    for entry in entries:
        numbers = [lexicon.numbers[key(word)] for word in entry]
        for first, second in pairwise(numbers):
            pairs[first, second] = min(int(pairs[first, second]), round(PHRASE * lm.STEP))
    return replace(model, unigrams=unigrams, pairs=pairs)
