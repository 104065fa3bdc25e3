"""The real command, killed, interrupted, without room or rights, twice at once: a clear outcome, nothing lost."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from pipeline.errors import ExitCode
from tests.batch.conftest import KEHOACH, ledger, leftovers, put, results, run, states, stuck_tesseract

SAMPLES = Path(__file__).parents[2] / "samples"


def texts(folder: Path, count: int) -> Path:
    """Short plans that differ."""
    for n in range(count):
        put(folder / f"{n % 3}" / f"kh{n}.txt", f"KẾ HOẠCH\nI. NHIỆM VỤ\n1. Sở Nội vụ chủ trì.\n- Việc thứ {n}.\n")
    return folder


def start(*arguments: object, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [KEHOACH, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | (env or {}),
    )  # fmt: skip


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_killed_at_random_moments_everything_is_done_once(tmp_path: Path) -> None:
    """A few kills of the run and of its workers; `make bench-batch` does a hundred."""
    archive, out = texts(tmp_path / "archive", 12), tmp_path / "out"
    command = ("batch", archive, "--out", out, "--jobs", 2, "--no-xlsx", "--tries", 9)
    moments = random.Random(6)
    for victim in ("run", "worker", "run"):
        child = start(*command)
        done = _done(out)
        wait_for(lambda: child.poll() is not None or _done(out) > done)  # noqa: B023 - waited for at once
        time.sleep(moments.uniform(0, 0.1))
        workers = psutil.Process(child.pid).children() if child.poll() is None else []
        for process in [psutil.Process(child.pid)] if victim == "run" and workers else workers[:1]:
            process.kill()
        if victim == "run":
            child.wait()
        else:
            child.communicate(timeout=120)
    assert run(*command).returncode == ExitCode.OK
    assert set(states(out).values()) == {"done"}
    assert sorted(results(out)) == sorted(states(out))
    assert leftovers(out) == []
    for name, folder in results(out).items():
        alone = tmp_path / "alone"
        assert run("process", archive.parent / name, "--out", alone).returncode == ExitCode.OK
        assert content(folder) == content(alone / Path(name).stem)
        break  # one stands for all: they are made by the same call


def _done(out: Path) -> int:
    return sum(s == "done" for s in states(out).values())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "terminated"])
def test_interrupted_it_ends_at_once_and_goes_on_later(number: signal.Signals, tmp_path: Path) -> None:
    archive, out = texts(tmp_path / "archive", 2), tmp_path / "out"
    shutil.copy2(SAMPLES / "photo-phone.jpg", archive / "photo.jpg")
    env, reading = stuck_tesseract(tmp_path / "bin")
    child = start("batch", archive, "--out", out, "--jobs", 1, env=env)
    wait_for(reading.exists)
    second = run("batch", archive, "--out", out)
    assert second.returncode == ExitCode.OUTPUT_BUSY
    assert "another batch" in second.stderr
    running = json.loads(run("status", out, "--json").stdout)
    assert running["states"]["running"] >= 1
    asked = time.monotonic()
    child.send_signal(number)
    _, said = child.communicate(timeout=30)
    assert time.monotonic() - asked < 8
    assert child.returncode == ExitCode.INTERRUPTED
    assert "Traceback" not in said
    assert "running" not in states(out).values()
    assert run("batch", archive, "--out", out, "--pattern", "*.txt").returncode == ExitCode.OK
    assert sorted(states(out).values()) == ["done", "done", "waiting"]
    unfinished = run("status", out)
    assert unfinished.returncode == ExitCode.UNFINISHED
    assert "1 waiting" in unfinished.stdout


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for the ledger, but not for many results."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("mounting a small disk needs root")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_stops_the_run_and_room_lets_it_go_on(tmp_path: Path, small_disk: Path) -> None:
    archive = texts(tmp_path / "archive", 8)
    full = run("batch", archive, "--out", small_disk, "--jobs", 1)
    assert full.returncode == ExitCode.DISK_FULL, full.stderr
    assert "disk is full" in full.stderr
    assert "Traceback" not in full.stderr
    subprocess.run(["mount", "-o", "remount,size=50m", str(small_disk)], check=True)
    assert run("batch", archive, "--out", small_disk).returncode == ExitCode.OK
    assert set(states(small_disk).values()) == {"done"}
    assert leftovers(small_disk) == []


def test_a_read_only_output_is_refused_at_once(tmp_path: Path, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    refused = run("batch", texts(tmp_path / "archive", 1), "--out", small_disk)
    assert refused.returncode == ExitCode.OUTPUT_NOT_WRITABLE
    assert "--out" in refused.stderr


def test_the_status_of_a_ledger_that_may_only_be_read(tmp_path: Path, small_disk: Path) -> None:
    archive, out = texts(tmp_path / "archive", 1), small_disk
    subprocess.run(["mount", "-o", "remount,size=9m", str(out)], check=True)
    assert run("batch", archive, "--out", out, "--no-xlsx").returncode == ExitCode.OK
    subprocess.run(["mount", "-o", "remount,ro", str(out)], check=True)
    assert "1 done" in run("status", out).stdout


def test_bad_documents_are_named_with_their_remedy(tmp_path: Path, resources: Path) -> None:
    archive, out = texts(tmp_path / "archive", 1), tmp_path / "out"
    for name in ("encrypted.pdf", "damaged-truncated.pdf", "empty.pdf", "word-document.pdf"):
        shutil.copy2(resources / name, archive / name)
    done = run("batch", archive, "--out", out, "--json")
    said = json.loads(done.stdout)
    assert done.returncode == said["exit_code"] == ExitCode.SOME_FAILED
    assert said["failures"] == dict.fromkeys(
        ("DamagedInputError", "EncryptedPdfError", "NoPagesError", "UnsupportedTypeError"), 1
    )
    assert "qpdf --decrypt" in (out / "failures.csv").read_text("utf-8-sig")
    assert run("status", out).returncode == ExitCode.SOME_FAILED
    assert ledger(out)["archive/encrypted.pdf"]["code"] == ExitCode.ENCRYPTED


def test_watching_a_folder(tmp_path: Path) -> None:
    archive, out = texts(tmp_path / "archive", 1), tmp_path / "out"
    child = start("batch", archive, "--out", out, "--watch", "--every", 1, "--no-xlsx")
    wait_for(lambda: _done(out) == 1)
    put(archive / "later.txt", "KẾ HOẠCH\nI. MỤC ĐÍCH\n- Sau.\n")
    wait_for(lambda: _done(out) == 2)
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=20)
    assert "later" in " ".join(states(out))


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["none"], ExitCode.NOT_FOUND, "no such file or folder"),
        ([".", "--since", "yesterday"], ExitCode.INVALID_CONFIG, "--since"),
        ([".", "--out", "s3://bucket"], ExitCode.OUTPUT_NOT_WRITABLE, "with --to"),
        ([".", "--limit", "0"], ExitCode.USAGE, "--limit"),
    ],
)
def test_what_cannot_be_understood(tmp_path: Path, arguments: list[str], code: ExitCode, said: str) -> None:
    done = subprocess.run([KEHOACH, "batch", *arguments], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == code
    assert said in done.stderr


def test_the_end_names_what_to_open(tmp_path: Path) -> None:
    archive, out = texts(tmp_path / "archive", 1), tmp_path / "out"
    assert str(out / "tables" / "tasks.csv") in run("batch", archive, "--out", out, "--no-xlsx").stdout
    assert str(out / "tables" / "archive.xlsx") in run("batch", archive, "--out", out).stdout


def test_no_ledger_there(tmp_path: Path) -> None:
    assert run("status", tmp_path).returncode == ExitCode.NOT_FOUND
