"""Every error class: the real command on a real cause; exit code, message, and an output folder that is untouched."""

from __future__ import annotations

import inspect
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline import errors
from pipeline.errors import ExitCode

KEHOACH = str(Path(sys.executable).with_name("kehoach"))
RESOURCES = Path(__file__).parent / "resources"
SAMPLES = Path(__file__).parent.parent / "samples"


def resource(name: str) -> Callable[[Path], list[object]]:
    """A copy of a resource, under a name that has an older result."""
    return lambda tmp: [shutil.copy(RESOURCES / name, tmp / f"sample{Path(name).suffix}")]


def sample(pattern: str, *options: object) -> Callable[[Path], list[object]]:
    """The first sample of a kind, and options."""
    return lambda tmp: [next(SAMPLES.glob(pattern)), *options]


Case = tuple[Callable[[Path], list[object]], dict[str, str], ExitCode, str]
NO_PATH = {"PATH": "/nonexistent"}
CASES: dict[str, Case] = {
    "not found": (lambda tmp: [tmp / "none.pdf"], {}, ExitCode.NOT_FOUND, "no such file"),
    "not readable": (lambda tmp: [tmp], {}, ExitCode.NOT_READABLE, "folder"),
    "unsupported type": (resource("word-document.pdf"), {}, ExitCode.UNSUPPORTED_TYPE, "We read PDF"),
    "encrypted": (resource("encrypted.pdf"), {}, ExitCode.ENCRYPTED, "qpdf --decrypt"),
    "damaged": (resource("damaged-truncated.pdf"), {}, ExitCode.DAMAGED, "repair"),
    "no pages": (resource("no-pages.pdf"), {}, ExitCode.NO_PAGES, "no page"),
    "empty": (resource("empty.pdf"), {}, ExitCode.NO_PAGES, "empty"),
    "image too large": (resource("decompression-bomb.png"), {}, ExitCode.IMAGE_TOO_LARGE, "max_pixels"),
    "Tesseract missing": (sample("*.jpg"), NO_PATH, ExitCode.MISSING_DEPENDENCY, "apt-get install"),
    "poppler missing": (sample("*.pdf"), NO_PATH, ExitCode.MISSING_DEPENDENCY, "poppler-utils"),
    "language missing": (sample("*.jpg", "--language", "xyz"), {}, ExitCode.MISSING_DEPENDENCY, "xyz"),
    "invalid configuration": (sample("*.txt", "--dpi", 5), {}, ExitCode.INVALID_CONFIG, "--dpi"),
}


def run(arguments: list[object], env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [KEHOACH, "process", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=os.environ | (env or {}),
        timeout=120,
    )


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder with an older result of every name that the tests use."""
    folder = tmp_path / "out"
    for stem in ("sample", *(s.stem for s in SAMPLES.iterdir())):
        (folder / stem).mkdir(parents=True, exist_ok=True)
        (folder / stem / "plan.json").write_text('{"old": true}', "utf-8")
    return folder


@pytest.mark.parametrize("name", CASES)
def test_an_error_names_the_remedy_and_touches_nothing(name: str, tmp_path: Path, out: Path) -> None:
    make, env, code, message = CASES[name]
    before = snapshot(out)
    done = run([*make(tmp_path), "--out", out], env)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 6
    assert snapshot(out) == before


def test_output_not_writable(tmp_path: Path) -> None:
    taken = tmp_path / "out"
    taken.write_text("a file, no folder", "utf-8")
    done = run([next(SAMPLES.glob("*.txt")), "--out", taken])
    assert done.returncode == ExitCode.OUTPUT_NOT_WRITABLE
    assert "--out" in done.stderr
    assert taken.read_text("utf-8") == "a file, no folder"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_output_read_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert run([next(SAMPLES.glob("*.txt")), "--out", tmp_path / "out"]).returncode == ExitCode.OUTPUT_NOT_WRITABLE


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_disk_full(tiny_disk: Path) -> None:
    sample = next(SAMPLES.glob("000*.txt"))
    old = tiny_disk / sample.stem
    old.mkdir()
    (old / "plan.json").write_text('{"old": true}', "utf-8")
    done = run([sample, "--out", tiny_disk])
    assert done.returncode == ExitCode.DISK_FULL, done.stderr
    assert "disk is full" in done.stderr
    assert snapshot(tiny_disk) == {f"{sample.stem}/plan.json": b'{"old": true}'}


def fake_tesseract(folder: Path, script: str) -> dict[str, str]:
    """A Tesseract that runs `script` instead of reading; all other calls go to the real one."""
    folder.mkdir()
    fake = folder / "tesseract"
    fake.write_text(
        f'#!/bin/sh\ncase "$*" in *--version*|*--list-langs*) exec {shutil.which("tesseract")} "$@";; esac\n{script}\n',
        "utf-8",
    )
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    return {"PATH": f"{folder}:{os.environ['PATH']}", "KEHOACH_ENGINE": "tesseract"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "terminated"])
def test_interrupted(number: signal.Signals, tmp_path: Path, out: Path) -> None:
    before = snapshot(out)
    env = os.environ | fake_tesseract(
        tmp_path / "bin", f'mkfifo "$0.never"; touch "{tmp_path}/reading"; read x < "$0.never"'
    )
    command = [KEHOACH, "process", str(next(SAMPLES.glob("*.jpg"))), "--out", str(out)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)
    deadline = time.monotonic() + 60
    while not (tmp_path / "reading").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    asked = time.monotonic()
    child.send_signal(number)
    _, said = child.communicate(timeout=30)
    assert child.returncode == ExitCode.INTERRUPTED
    assert time.monotonic() - asked < 2
    assert "interrupted" in said
    assert "Traceback" not in said
    assert snapshot(out) == before


@pytest.mark.ocr
def test_interrupted_while_the_engine_inside_reads(tmp_path: Path, out: Path) -> None:
    pytest.importorskip("tesserocr")
    before = snapshot(out)
    scan = max(SAMPLES.glob("*.pdf"), key=lambda f: f.stat().st_size)
    command = [KEHOACH, "-vv", "process", str(scan), "--out", str(out), "--dpi", "600", "--engine", "tesserocr"]
    with (tmp_path / "said").open("w") as said:
        child = subprocess.Popen(command, stderr=said, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while "read: 0 of" not in (tmp_path / "said").read_text() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(1.5)
    asked = time.monotonic()
    child.send_signal(signal.SIGINT)
    assert child.wait(timeout=60) == ExitCode.INTERRUPTED
    assert time.monotonic() - asked < 2
    assert "Traceback" not in (tmp_path / "said").read_text()
    assert snapshot(out) == before


@pytest.mark.ocr
def test_some_pages_failed(tmp_path: Path) -> None:
    real = shutil.which("tesseract")
    once = (
        f'mkdir "{tmp_path}/first" 2>/dev/null && {{ echo "read_params_file: broken" >&2; exit 1; }}; exec {real} "$@"'
    )
    scan = max(SAMPLES.glob("*.pdf"), key=lambda f: f.stat().st_size)
    done = run([scan, "--out", tmp_path / "out", "--text-layer", "never"], fake_tesseract(tmp_path / "bin", once))
    assert done.returncode == ExitCode.PARTIAL, done.stderr
    assert "page-failed" in done.stderr
    assert (tmp_path / "out" / scan.stem / "plan.json").is_file()


@pytest.mark.ocr
def test_no_page_could_be_read(tmp_path: Path, out: Path) -> None:
    before = snapshot(out)
    env = fake_tesseract(tmp_path / "bin", "exit 1")
    done = run([next(SAMPLES.glob("*.jpg")), "--out", out], env)
    assert done.returncode == ExitCode.DAMAGED
    assert snapshot(out) == before


def test_every_class_has_its_own_code_and_stands_in_the_table(root: Path) -> None:
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.KehoachError)]
    codes = [c.exit_code for c in classes]
    assert len(set(codes)) == len(codes)
    page = (root / "docs/errors.md").read_text("utf-8")
    for code in ExitCode:
        assert f"| {int(code)} | `{code.name}` |" in page
    for c in classes:
        assert c.__doc__
