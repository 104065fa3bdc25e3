"""Build the models under dictionaries/: `python -m pipeline.training --text DIR --pairs DIR --out DIR`.

The same inputs give the same bytes. Takes about two minutes and 3 GB of memory.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from pipeline.restore.classes import CLASSES
from pipeline.training import codes, confusable, corpus, foreseen, mixture, ngrams, noise, pack
from pipeline.training.phrases import phrases
from pipeline.training.vocabulary import numbers, vocabulary

ORDER = 4
THRESHOLDS = {2: 0.5, 3: 1.2, 4: 3.0}
"""Per order, the least gain (nats over the training text) for which an n-gram is kept."""
PHRASE_WEIGHT = 20
"""How often each hand-written phrase is counted; below, each name of a place."""
PLACE_WEIGHT = 2
KINDS = ("eng", "vie")
PAIRS = "pairs.jsonl.xz"


def build(text: Path, pairs: Path, out: Path) -> None:
    """Write all models of the restorer.

    Args:
        text: folder of .txt or .txt.xz files, one paragraph a line.
        pairs: folder with pairs.jsonl.xz.
        out: the dictionaries folder; phrases.tsv, everyday.tsv and places.tsv are read from it.
    """
    for kind in KINDS:
        noise.write(out / f"noise_{kind}.tsv", noise.rows(noise.pairs(pairs / PAIRS, kind)))
    texts = [p for p in corpus.paragraphs(text) if not corpus.held_out(p)]
    fixed, everyday = phrases(out / "phrases.tsv"), phrases(out / "everyday.tsv")
    texts += fixed * PHRASE_WEIGHT + phrases(out / "places.tsv") * PLACE_WEIGHT + everyday
    codes.write(out / "code_parts.tsv", codes.code_parts(texts))
    encoded = corpus.encode(texts)
    del texts
    written = corpus.encode(fixed + everyday)
    entries = vocabulary(encoded.counts(), written.counts())
    pack.write_vocabulary(out / "syllables.tsv", entries)
    measured = [printed for kind in KINDS for printed, _ in noise.pairs(pairs / PAIRS, kind, training=False)]
    stream = corpus.without(encoded.renumbered(numbers(entries)), measured, numbers(entries))
    model = ngrams.estimate(stream, len(entries) + len(CLASSES), THRESHOLDS, ORDER)
    model = mixture.mixed(model, written.renumbered(numbers(entries)), stream)
    pack.write_model(out, model)
    confusable.write(out, "vie")
    for kind in KINDS:
        foreseen.write(out, kind)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.training", description=__doc__)
    for name, meaning in (
        ("text", "folder of training text (.txt, .txt.xz)"),
        ("pairs", "folder of pairs.jsonl.xz"),
        ("out", "dictionaries folder"),
    ):
        parser.add_argument(f"--{name}", type=Path, required=True, help=meaning)
    given = parser.parse_args(arguments)
    if not (given.out / "phrases.tsv").is_file():
        parser.error(f"{given.out} holds no phrases.tsv: name the dictionaries folder, or a copy of it")
    build(given.text, given.pairs, given.out)


if __name__ == "__main__":
    main()
