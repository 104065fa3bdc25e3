from __future__ import annotations

import json
import lzma
import math
from pathlib import Path

import pytest

from pipeline.restore import noise as runtime
from pipeline.training import noise

LINES = [("thực hiện", "thye hién")] * 30 + [("thực hiện", "thuc hién")] * 10 + [("lực", "lye")] * 3


@pytest.fixture
def rows() -> list[noise.Row]:
    return noise.rows(iter(LINES))


def test_probabilities_of_a_word_are_at_most_one(rows: list[noise.Row]) -> None:
    total = sum(math.exp(logp) for level, _, printed, logp in rows if (level, printed) == ("word", "thực"))
    assert 0.8 < total <= 1.01


def test_frequent_readings_are_likelier(rows: list[noise.Row]) -> None:
    logp = {(level, read, printed): p for level, read, printed, p in rows}
    assert logp["word", "thye", "thực"] > logp["word", "thuc", "thực"]
    assert ("rime", "ye", "ực") in logp
    assert ("onset", "th", "th") in logp


def test_what_is_written_is_read_back(rows: list[noise.Row], tmp_path: Path) -> None:
    noise.write(tmp_path / "noise_eng.tsv", rows)
    model = runtime.load(tmp_path / "noise_eng.tsv")
    assert model.kind == "eng"
    assert model.words["thye"][0][0] == "thực"
    assert {printed for printed, _ in model.rimes["ye"]} == {"ực"}


def test_rows_do_not_depend_on_the_order_of_lines(rows: list[noise.Row]) -> None:
    assert noise.rows(iter(LINES[::-1])) == rows


def test_pages_are_either_trained_on_or_held_out(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl.xz"
    with lzma.open(path, "wt", encoding="utf-8") as out:
        for page in range(60):
            out.write(
                json.dumps({"page": f"1-{page}", "true": f"trang {page}", "eng": f"trang {page}", "vie": None}) + "\n"
            )
    trained, measured = set(noise.pairs(path, "eng")), set(noise.pairs(path, "eng", training=False))
    assert len(trained | measured) == 60
    assert measured
    assert not trained & measured
    assert not list(noise.pairs(path, "vie"))
