"""A real Dask scheduler with two real workers does what one machine does."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import psutil
import pytest

from pipeline.batch.cluster import end_jobs, run_on_worker
from pipeline.batch.job import Job
from pipeline.errors import ExitCode
from tests.batch.conftest import KEHOACH, leftovers, put, results, run, states, stuck_tesseract

SAMPLES = Path(__file__).parents[2] / "samples"

pytest.importorskip("distributed")


@pytest.fixture
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its two workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    scheduler = _dask("scheduler", "--port", str(port))
    workers = [_dask("worker", address, "--nworkers", "1", "--nthreads", "1") for _ in range(2)]
    _until_ready(address)
    yield address, workers
    for process in (*workers, scheduler):
        kill(process)


def _dask(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard", "--host", "127.0.0.1"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)


def _until_ready(address: str) -> None:
    from distributed import Client

    for _ in range(60):
        try:
            with Client(address, timeout=5, set_as_default=False) as client:  # type: ignore[no-untyped-call]
                client.wait_for_workers(2, timeout=60)
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("no cluster")


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill -9 a process of Dask, its nanny and all below it."""
    if process.poll() is None:
        leader = psutil.Process(process.pid)
        for each in (*leader.children(recursive=True), leader):
            try:
                each.kill()
            except psutil.NoSuchProcess:
                continue
    process.wait()


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_results_also_when_a_worker_is_killed(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    archive, here, there = (tmp_path / name for name in ("archive", "here", "there"))
    for n in range(12):
        put(archive / f"{n}.txt", f"KẾ HOẠCH\nI. NHIỆM VỤ\n1. Sở Nội vụ chủ trì.\n- Việc thứ {n}.\n" * 5)
    child = subprocess.Popen([KEHOACH, "batch", archive, "--out", there, "--no-xlsx", "--dask", address])
    for _ in range(3000):
        if "done" in states(there).values():
            break
        time.sleep(0.02)
    kill(workers[0])
    assert child.wait(timeout=120) == ExitCode.OK
    assert run("batch", archive, "--out", here, "--no-xlsx").returncode == ExitCode.OK
    assert len(results(here)) == 12
    for part in ("documents", "tables"):
        assert content(here / part) == content(there / part)
    assert leftovers(there) == []
    bucket, elsewhere = tmp_path / "bucket", tmp_path / "elsewhere"
    command = ("batch", archive, "--out", elsewhere, "--no-xlsx", "--dask", address, "--to", f"local://{bucket}")
    assert run(*command).returncode == ExitCode.OK
    assert content(bucket) == content(here / "documents")


def test_jobs_of_a_run_that_is_over_are_ended_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env, reading = stuck_tesseract(tmp_path / "bin")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    shutil.copy2(SAMPLES / "photo-phone.jpg", tmp_path / "a.jpg")
    job = Job(
        "a.jpg", str(tmp_path / "a.jpg"), str(tmp_path / "out" / "a.jpg"), {"jobs": 1, "engine": "tesseract"}, 300
    )
    said: list[dict[str, object]] = []
    thread = threading.Thread(target=lambda: said.append(run_on_worker(asdict(job))))
    thread.start()
    for _ in range(3000):
        if reading.exists():
            break
        time.sleep(0.02)
    end_jobs([str(tmp_path / "another")])
    thread.join(0.5)
    assert thread.is_alive()
    end_jobs([job.folder])
    thread.join(20)
    assert [s["code"] for s in said] == [ExitCode.WORKER_DIED]
    assert leftovers(tmp_path) == []


def test_no_scheduler_there(tmp_path: Path) -> None:
    put(tmp_path / "archive" / "a.txt", "x")
    refused = run("batch", tmp_path / "archive", "--out", tmp_path / "out", "--dask", "tcp://127.0.0.1:9")
    assert refused.returncode == ExitCode.CLUSTER
    assert "dask scheduler" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert set(states(tmp_path / "out").values()) == {"waiting"}
