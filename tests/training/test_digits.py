from pathlib import Path

import numpy as np
import pytest

from pipeline.ocr.digits import NONE, TALL, WIDE
from pipeline.training.digits import drawn, trained

GLYPHS = 2_400


def told(weights: list[np.ndarray], glyphs: np.ndarray) -> np.ndarray:
    hidden, out = weights
    layer = np.maximum(glyphs @ hidden[:-1] + hidden[-1], 0)
    return np.asarray((layer @ out[:-1] + out[-1]).argmax(axis=1))


def test_the_network_learns_what_it_is_shown_and_the_same_each_time() -> None:
    chance = np.random.default_rng(1)
    shapes = chance.random((NONE + 1, TALL * WIDE))
    classes = chance.integers(0, NONE + 1, GLYPHS).astype(np.int8)
    glyphs = (shapes[classes] + chance.normal(0, 0.1, (GLYPHS, TALL * WIDE))).astype(np.float16)
    weights, again = (trained(glyphs[:2000], classes[:2000], rounds=3) for _ in range(2))
    assert np.array_equal(weights[0], again[0])
    assert (told(weights, glyphs[2000:].astype(np.float32)) == classes[2000:]).mean() > 0.99


def test_a_folder_without_fonts(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="--fonts"):
        drawn(tmp_path, 1)


def test_drawn_glyphs_are_dark_on_light_and_of_all_classes() -> None:
    fonts = Path("/usr/share/fonts")
    try:
        glyphs, classes = drawn(fonts, 300)
    except FileNotFoundError:
        pytest.skip("no font like Times is installed")
    assert set(classes.tolist()) == set(range(NONE + 1))
    assert glyphs.min() >= 0
    assert glyphs.max() <= 1
    assert 0.1 < glyphs.mean() < 0.6
