"""What is a document of an archive, and what is not."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from pipeline.batch.find import Filter, Found, find
from pipeline.errors import NotFoundError
from tests.batch.conftest import LONG_AGO, put

TREE = (
    "a.pdf", "B.PDF", "2024/c.tiff", "2024/d.Jpeg", "2024/sâu/kế hoạch.txt", "thư.docx", "no-ending",
    ".hidden.pdf", "~$lock.pdf", ".git/x.txt", "result/plan.json", "result/datapackage.json", "result/text.txt",
    "other batch/ledger.sqlite", "other batch/documents/a/text.txt", "out/x.txt", "plan.json/e.png",
)  # fmt: skip


ANYTHING = Filter()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in TREE:
        put(tmp_path / name, name)
    return tmp_path


def names(tree: Path, wanted: Filter = ANYTHING) -> list[str]:
    return sorted(f.name for f in find(tree, wanted, tree / "out") if isinstance(f, Found))


ALL = ["2024/c.tiff", "2024/d.Jpeg", "2024/sâu/kế hoạch.txt", "B.PDF", "a.pdf", "plan.json/e.png"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(), ALL),
        (Filter(patterns=["*.pdf"]), ["B.PDF", "a.pdf"]),
        (Filter(patterns=["2024/*.t*"]), ["2024/c.tiff", "2024/sâu/kế hoạch.txt"]),
        (Filter(exclude=["2024/*", "*.png"]), ["B.PDF", "a.pdf"]),
        (Filter(since=LONG_AGO - 1), ALL),
        (Filter(since=LONG_AGO + 1), []),
    ],
)
def test_what_is_found(tree: Path, wanted: Filter, expected: list[str]) -> None:
    assert names(tree, wanted) == expected


def test_links_to_files_are_followed_and_loops_are_not(tree: Path) -> None:
    (tree / "2024" / "loop").symlink_to(tree)
    (tree / "2024" / "link.pdf").symlink_to(tree / "a.pdf")
    (tree / "2024" / "broken.pdf").symlink_to(tree / "nowhere.pdf")
    assert names(tree) == sorted([*ALL, "2024/link.pdf"])


def test_a_single_file(tree: Path) -> None:
    (found,) = find(tree / "thư.docx", Filter(), tree / "out")
    assert isinstance(found, Found)
    assert (found.name, found.root, found.size) == ("thư.docx", str(tree), len("thư.docx".encode()))


def test_a_name_that_is_no_unicode_is_found_with_its_remedy(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/k\xea.txt")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system has no such names")
    (found,) = find(tmp_path, Filter(), tmp_path / "out")
    assert isinstance(found, Found)
    assert found.name == "k\\xea.txt"
    assert "convmv" in found.error


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no such file or folder"):
        list(find(tmp_path / "none", Filter(), tmp_path))


def test_an_address_through_fsspec(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    from pipeline.batch.remote import local_copy

    packed = tmp_path / "archive.zip"
    with zipfile.ZipFile(packed, "w") as file:
        for name in ("2024/a.txt", "2024/.b.txt", "c.doc"):
            file.writestr(name, name)
    (found,) = find(f"zip://::{packed}", Filter(), tmp_path / "out")
    assert isinstance(found, Found)
    assert (found.name, found.size) == ("2024/a.txt", 10)
    with local_copy(found.address) as copy:
        assert (copy.name, copy.read_text()) == ("a.txt", "2024/a.txt")
    assert not copy.exists()
