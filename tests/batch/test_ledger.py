"""Result folders have names that stay, can be read, and never collide."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from pathlib import Path

import pytest

from pipeline.batch.find import Found
from pipeline.batch.ledger import Ledger, clean_name
from pipeline.errors import OutputNotWritableError


def found(address: str, root: str = "/archive", size: int = 1, modified: int = 1) -> Found:
    return Found(root, address, address.removeprefix(root).lstrip("/"), size, modified)


def ids(ledger: Ledger) -> dict[str, str]:
    return {row["address"]: row["id"] for row in ledger.rows("1")}


def cut(name: str) -> str:
    """An id without the digest that tells it from another."""
    return re.sub("~[0-9a-f]{8}", "~", name)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.sqlite")


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        (["/archive/a.pdf", "/archive/a.txt"], ["archive/a.pdf", "archive/a.txt"]),
        (["/archive/x/a.pdf", "/archive/y/a.pdf"], ["archive/x/a.pdf", "archive/y/a.pdf"]),
        (["/archive/a.pdf", "/archive/A.PDF"], ["archive/a.pdf", "archive/A.PDF~"]),
        (
            ["/archive/" + unicodedata.normalize(form, "kế.pdf") for form in ("NFC", "NFD")],
            ["archive/kế.pdf", "archive/kế.pdf~"],
        ),
        (["/archive/a?.pdf", "/archive/a*.pdf"], ["archive/a_.pdf", "archive/a_.pdf~"]),
    ],
)
def test_ids_never_collide(ledger: Ledger, addresses: list[str], expected: list[str]) -> None:
    for _ in range(2):  # the same on the second run
        ledger.note([found(a) for a in addresses], 1, young=10)
        assert [cut(ids(ledger)[a]) for a in addresses] == expected


def test_folders_of_the_same_name_are_told_apart(ledger: Ledger) -> None:
    ledger.note([found("/x/2024/a.pdf", "/x/2024"), found("/y/2024/a.pdf", "/y/2024")], 1, young=10)
    assert {a: cut(i) for a, i in ids(ledger).items()} == {
        "/x/2024/a.pdf": "2024/a.pdf",
        "/y/2024/a.pdf": "2024~/a.pdf",
    }


@pytest.mark.parametrize(
    ("name", "clean"), [("a/b.pdf", "a/b.pdf"), ('x:"y"|.pdf', "x__y__.pdf"), ("a /b.", "a/b"), ("../..", "_/_")]
)
def test_names_fit_every_file_system(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_files_changed_a_moment_ago_settle_whatever_the_clock_says(ledger: Ledger) -> None:
    young = 1_000
    ledger.note([found("/archive/old", modified=1), found("/archive/new", modified=2_000)], 1, young)
    ledger.note([found("/archive/future", modified=10**18)], 1, young)
    assert sorted(row["address"] for row in ledger.settling(1)) == ["/archive/future", "/archive/new"]
    ledger.note([found("/archive/new", modified=2_000)], 2, young)  # unchanged since: it has settled
    assert [row["address"] for row in ledger.settling(2)] == []


@pytest.mark.parametrize("content", [b"no database" * 100, b""])
def test_a_damaged_ledger_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(content)
    if content:
        with pytest.raises(OutputNotWritableError, match="Move it away"):
            Ledger(path)
    else:  # an empty file is what a kill at the very start leaves
        Ledger(path).close()


def test_a_ledger_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(OutputNotWritableError, match="another version"):
        Ledger(path)
