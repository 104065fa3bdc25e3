"""A result folder is the old one or the new one, never half, never another's."""

import errno
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from pipeline.errors import DiskFullError, OutputNotWritableError
from pipeline.export import atomic

OLD, NEW = {"plan.json": b"old", "gone.csv": b"old"}, {"plan.json": b"new"}


def content(folder: Path) -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in folder.iterdir()}


@pytest.mark.parametrize("exchange", [True, False], ids=["atomic exchange", "two renames"])
def test_a_new_result_replaces_the_old_one_whole(
    tmp_path: Path, exchange: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchange:
        monkeypatch.setattr(atomic, "_exchange", lambda a, b: False)
    folder = tmp_path / "kết quả"
    for contents in (OLD, NEW):
        atomic.write_folder(folder, contents)
        assert content(folder) == contents
    assert [f.name for f in tmp_path.iterdir()] == ["kết quả"]


@pytest.mark.parametrize(("code", "error"), [(errno.ENOSPC, DiskFullError), (errno.EIO, OutputNotWritableError)])
def test_a_failing_write_leaves_the_old_result(
    tmp_path: Path, code: int, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = atomic.write_folder(tmp_path / "r", OLD)

    def fail(path: Path) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(atomic, "_flush", fail)
    with pytest.raises(error):
        atomic.write_folder(folder, NEW)
    assert content(folder) == OLD
    assert [f.name for f in tmp_path.iterdir()] == ["r"]


def test_a_kill_between_two_renames_is_undone(tmp_path: Path) -> None:
    folder = atomic.write_folder(tmp_path / "r", OLD)
    folder.rename(atomic._aside(folder))
    atomic.reserve(tmp_path / "r")
    assert content(folder) == OLD


def test_what_killed_runs_left_is_removed_when_it_is_old(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    stale, fresh, other = (
        tmp_path / f"{atomic._hidden(f)}x.tmp" for f in (folder, folder.with_name("r"), tmp_path / "s")
    )
    fresh = fresh.with_name(fresh.name.replace("x.tmp", "y.tmp"))
    for left in (stale, fresh, other):
        left.mkdir()
    long_ago = time.time() - 2 * atomic._STALE_AFTER
    for left in (stale, other):
        os.utime(left, (long_ago, long_ago))
    atomic.reserve(tmp_path / "r")
    assert sorted(f.name for f in tmp_path.iterdir()) == sorted([fresh.name, other.name])


def test_a_folder_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "thesis.doc").write_bytes(b"mine")
    with pytest.raises(OutputNotWritableError, match="no result of kehoach"):
        atomic.reserve(tmp_path / "r")


def test_long_names_fit(tmp_path: Path) -> None:
    folder = atomic.reserve(tmp_path / ("kế hoạch " * 17))
    assert content(atomic.write_folder(folder, NEW)) == NEW


def test_killed_at_any_moment_the_result_is_whole(tmp_path: Path) -> None:
    folder = atomic.write_folder(tmp_path / "r", {f"{i}": b"0" * 4096 for i in range(30)})
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from pipeline.export.atomic import write_folder
        print("ready", flush=True)
        n = 0
        while True:
            n += 1
            write_folder(Path(sys.argv[1]), {f"{i}": str(n % 10).encode() * 4096 for i in range(30)})
        """
    )
    for delay in (0.0, 0.003, 0.011, 0.02, 0.037, 0.05):
        child = subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE)
        assert child.stdout
        child.stdout.readline()
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)
        child.wait()
        atomic.recover(folder)
        assert len(set(content(folder).values())) == 1
        assert len(content(folder)) == 30
