from __future__ import annotations

import lzma
from collections import Counter
from pathlib import Path

import numpy as np

from pipeline.restore.classes import CLASSES, END, START, UNKNOWN
from pipeline.training import codes, corpus, phrases
from pipeline.training.vocabulary import numbers, vocabulary


def test_paragraphs_come_once_in_order_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("hai\n\nmột\n", "utf-8")
    with lzma.open(tmp_path / "a.txt.xz", "wt", encoding="utf-8") as out:
        out.write("một\nmột\n")
    (tmp_path / "SOURCES.md").write_text("không", "utf-8")
    assert list(corpus.paragraphs(tmp_path)) == ["một", "hai"]


def test_units() -> None:
    line = "II. Thực hiện 135-KH/TU ngày 25/3/2024 (A4)"
    assert corpus.units(line) == ["<roman>", "Thực", "hiện", "<code>", "ngày", "<num>", "<code>"]


def test_encoding() -> None:
    encoded = corpus.encode(["Thực hiện", "thực chất"])
    assert encoded.counts() == {"Thực": 1, "hiện": 1, "thực": 1, "chất": 1}
    ids = {"thực": len(CLASSES), "hiện": len(CLASSES) + 1}
    assert encoded.renumbered(ids).tolist() == [START, 6, 7, END, START, 6, UNKNOWN, END]


def test_paragraphs_with_measured_lines_are_left_out() -> None:
    words = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]
    ids = {w: i for i, w in enumerate(words, len(CLASSES))}
    texts = ["Một hai ba bốn năm sáu bảy tám chín mười", "hai ba bốn năm sáu", "mười chín tám bảy sáu năm bốn ba"]
    stream = corpus.encode(texts).renumbered(ids)
    left = corpus.without(stream, ["ba bốn năm sáu bảy tám chín", "hai ba"], ids)
    assert int((left == START).sum()) == 2
    assert left.tolist() == corpus.encode(texts[1:]).renumbered(ids).tolist()


def test_holding_out_depends_on_the_text_alone() -> None:
    share = np.mean([corpus.held_out(f"đoạn {i}") for i in range(20_000)])
    assert 0.5 / corpus.HELD_OUT_PARAGRAPHS < share < 2 / corpus.HELD_OUT_PARAGRAPHS


def test_vocabulary() -> None:
    forms = Counter({"Hoà": 2, "hòa": 5, "HÒA": 1, "UBND": 40, "qwz": 29, "135": 4, "phồn": 1})
    entries = vocabulary(forms)
    assert [(e.key, e.form, e.lower, e.title, e.upper) for e in entries] == [
        ("ubnd", "ubnd", 0, 0, 40),
        ("hòa", "hòa", 5, 2, 1),
        ("phồn", "phồn", 1, 0, 0),
    ]
    assert numbers(entries)["hòa"] == len(CLASSES) + 1


def test_code_parts() -> None:
    texts = ["18/2025/QĐ-UBND"] * 9 + ["1/QD-UBND"] + ["2/HD-X", "3/HĐ-X"] * 5
    assert codes.code_parts(texts) == [("QD", "QĐ", 9), ("UBND", "UBND", 10)]


def test_phrases(tmp_path: Path) -> None:
    path = tmp_path / "phrases.tsv"
    path.write_text("# gì đó\nphrase\nSở Nội vụ\n\nBộ Y tế\n", "utf-8")
    assert phrases.phrases(path) == ["Sở Nội vụ", "Bộ Y tế"]
