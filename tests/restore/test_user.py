"""A user's own words and phrases."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import pipeline
from pipeline.errors import InvalidConfigError, NotFoundError
from pipeline.options import Options
from pipeline.resources import dictionaries
from pipeline.restore import restore_text, user

ENG = Options(noise="eng")
READ, PRINTED = "tai xa Broih Kdom", "tại xã Brơih Kđỏm"


@pytest.fixture
def dictionary(tmp_path: Path) -> Path:
    path = tmp_path / "mine.tsv"
    path.write_text("# mine\nword\nBrơih Kđỏm\tplace\nXQZT\n", "utf-8")
    return path


def kehoach(*arguments: str, text: str, home: Path) -> str:
    """What the command prints, run in a process of its own with the package and the dictionaries of a folder."""
    done = subprocess.run(
        [sys.executable, "-c", "from pipeline.cli import main; main()", "restore", "--noise", "eng", *arguments],
        input=text.encode(),
        capture_output=True,
        check=True,
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(home), "PYTHONIOENCODING": "utf-8"},
    )
    return done.stdout.decode()


def test_user_dictionary(dictionary: Path) -> None:
    assert restore_text(READ, Options(noise="eng", user_dictionary=dictionary)) == PRINTED
    assert restore_text(READ, ENG) != PRINTED


def test_user_dictionary_on_the_command_line(dictionary: Path) -> None:
    home = Path(pipeline.__file__).parent.parent
    assert kehoach("--user-dictionary", str(dictionary), text=f"{READ}\n", home=home) == f"{PRINTED}\n"


def test_user_tsv_is_read_without_rebuilding(tmp_path: Path, dictionary: Path) -> None:
    (tmp_path / "pipeline").symlink_to(Path(pipeline.__file__).parent)
    (tmp_path / "dictionaries").mkdir()
    for path in dictionaries().iterdir():
        (tmp_path / "dictionaries" / path.name).symlink_to(path)
    own = tmp_path / "dictionaries" / "user.tsv"
    own.unlink()
    own.write_text((dictionaries() / "user.tsv").read_text("utf-8") + "Brơih Kđỏm\n", "utf-8")
    assert kehoach(text=f"{READ}\n", home=tmp_path) == f"{PRINTED}\n"
    assert kehoach("--user-dictionary", str(dictionary), text="XQZT", home=tmp_path) == "XQZT"


def test_user_tsv_ships_empty() -> None:
    assert user.read(dictionaries() / "user.tsv") == []


def test_phrases_of_known_words_attract_each_other(tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_text("word\ntổ tự quản\n", "utf-8")
    mine = Options(noise="stripped", user_dictionary=tmp_path / "mine.tsv")
    assert restore_text("to tu quan", mine) == "tổ tự quản"


def test_own_words_cost_little_time(dictionary: Path) -> None:
    lines = (dictionaries().parent / "samples/000_df5205fc7c6409dc.txt").read_text("utf-8")
    restore_text(lines, ENG)
    began = time.process_time()
    restore_text(lines, ENG)
    usual = time.process_time() - began
    dictionary.write_text(f"{dictionary.read_text('utf-8')}ZQXT\n", "utf-8")
    began = time.process_time()
    restore_text(lines, Options(noise="eng", user_dictionary=dictionary))
    assert time.process_time() - began < usual + 1


@pytest.mark.parametrize(("content", "expected"), [("", []), ("word\n\n12\n", []), ("a b\tc\n", [["a", "b"]])])
def test_entries(tmp_path: Path, content: str, expected: list[list[str]]) -> None:
    (tmp_path / "mine.tsv").write_text(content, "utf-8")
    assert user.read(tmp_path / "mine.tsv") == expected


def test_user_dictionary_errors(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no such user dictionary"):
        restore_text("thye", Options(noise="eng", user_dictionary=tmp_path / "none.tsv"))
    (tmp_path / "latin.tsv").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(InvalidConfigError, match="must be UTF-8"):
        restore_text("thye", Options(noise="eng", user_dictionary=tmp_path / "latin.tsv"))
