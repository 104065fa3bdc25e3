"""A sample of the damaged inputs of `benchmarks.bench_damaged`, those that fail or are read quickly."""

from functools import cache
from pathlib import Path

import pytest

from benchmarks.bench_damaged import run
from benchmarks.damage import Case, cases

QUICK = [
    "page-tree-loop.pdf",
    "page-is-its-parent.pdf",
    "count-lies.pdf",
    "box-zero.pdf",
    "encryption-unknown.pdf",
    "40000-claimed.jpg",
    "frames-in-a-loop.tiff",
]


@cache
def every() -> dict[str, Case]:
    return {case.name: case for case in cases()}


def test_there_are_200() -> None:
    assert len(every()) == 200


@pytest.mark.parametrize("name", QUICK)
def test_no_traceback_and_the_right_exit_code(name: str, tmp_path: Path) -> None:
    assert run(every()[name], tmp_path).wrong == ""
