"""The restorer's models: what is loaded once, and what a user adds."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.resources import dictionaries
from pipeline.restore import lexicon, lm, noise, user
from pipeline.restore.candidates import Foreseen, Source
from pipeline.restore.kind import Kind
from pipeline.restore.scan import Scanner

USER = "user.tsv"


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
