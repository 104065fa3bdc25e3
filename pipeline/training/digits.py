"""The network that reads single digits, from drawn print: `python -m pipeline.training.digits [--fonts DIR] --out DIR`.

The same fonts (and the same versions of numpy, OpenCV and Pillow) give the same weights. Takes four
minutes of one core.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.ocr.digits import FILE, NONE, TALL, WIDE
from pipeline.training.glyphs import Ink, Press, fonts

_SAMPLES, _SEED = 160_000, 7
_HIDDEN = 96
_ROUNDS, _BATCH = 20, 256
_RATE, _LEAST_RATE = 3e-3, 1e-5
_MEAN, _SQUARE = 0.9, 0.999
"""How much of the past gradients the steps of Adam keep."""
_DECAY, _BLUR = 1e-5, 0.05
"""Weight decay; noise added to what the network sees."""


def drawn(folder: Path, count: int) -> tuple[NDArray[np.float16], NDArray[np.int8]]:
    """So many glyphs as the network sees them, and their classes.

    Raises:
        FileNotFoundError: the folder holds no font with serifs that offices use.
    """
    serif, sans = fonts(folder)
    if not serif:
        raise FileNotFoundError(f"{folder} holds no font like Times: name another folder with --fonts")
    press = Press(serif, sans, np.random.default_rng(_SEED))
    glyphs, classes = np.zeros((count, TALL * WIDE), np.float16), np.zeros(count, np.int8)
    number = 0
    while number < count:
        if sample := press.sample():
            glyphs[number], classes[number] = sample
            number += 1
    return glyphs, classes


def trained(glyphs: NDArray[np.float16], classes: NDArray[np.int8], rounds: int = _ROUNDS) -> list[Ink]:
    """The weights of both layers, the bias as their last row; one hidden layer, cross entropy, Adam."""
    chance = np.random.default_rng(_SEED)
    sizes = (glyphs.shape[1], _HIDDEN, NONE + 1)
    weights = [
        np.vstack([chance.normal(0, (2 / a) ** 0.5, (a, b)), np.zeros((1, b))]).astype(np.float32)
        for a, b in pairwise(sizes)
    ]
    means, squares = ([np.zeros_like(layer) for layer in weights] for _ in range(2))
    step = 0
    for turn in range(rounds):
        rate = _RATE * (1 + np.cos(np.pi * turn / rounds)) / 2 + _LEAST_RATE
        order = chance.permutation(len(glyphs))
        for begin in range(0, len(order), _BATCH):
            chosen = order[begin : begin + _BATCH]
            shown = glyphs[chosen] + np.float32(_BLUR) * chance.standard_normal((len(chosen), sizes[0]), np.float32)
            step += 1
            for k, slope in enumerate(_slopes(weights, shown, classes[chosen])):
                means[k] = _MEAN * means[k] + (1 - _MEAN) * slope
                squares[k] = _SQUARE * squares[k] + (1 - _SQUARE) * slope**2
                mean, square = means[k] / (1 - _MEAN**step), squares[k] / (1 - _SQUARE**step)
                weights[k] -= (rate * mean / (np.sqrt(square) + 1e-8)).astype(np.float32)
    return weights


def _slopes(weights: Sequence[Ink], shown: Ink, classes: NDArray[np.int8]) -> list[Ink]:
    """Gradients of the loss."""
    hidden, out = weights
    layer = np.maximum(shown @ hidden[:-1] + hidden[-1], 0)
    scores = layer @ out[:-1] + out[-1]
    scores -= scores.max(axis=1, keepdims=True)
    error = np.exp(scores)
    error /= error.sum(axis=1, keepdims=True)
    error[np.arange(len(classes)), classes] -= 1
    error /= len(classes)
    below = (error @ out[:-1].T) * (layer > 0)
    return [
        np.vstack([shown.T @ below, below.sum(axis=0)]) + _DECAY * hidden,
        np.vstack([layer.T @ error, error.sum(axis=0)]) + _DECAY * out,
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.training.digits", description=__doc__)
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts"), help="folder of fonts")
    parser.add_argument("--out", type=Path, required=True, help="dictionaries folder")
    given = parser.parse_args(arguments)
    hidden, out = trained(*drawn(given.fonts, _SAMPLES))
    np.savez(given.out / FILE, hidden=hidden.astype(np.float16), out=out.astype(np.float16))


if __name__ == "__main__":
    main()
