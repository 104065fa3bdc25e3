"""A worker that is killed, hangs or outlives its leader costs nobody else anything. Real processes, real signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import psutil
import pytest

from pipeline.batch.job import Job, Outcome
from pipeline.batch.workers import LocalPool, Worker
from pipeline.errors import ExitCode
from tests.batch.conftest import put, stuck_tesseract

TEXT = "KẾ HOẠCH\nI. NHIỆM VỤ\n1. Sở Nội vụ chủ trì.\n- Tổng hợp kết quả.\n"


def job(folder: Path, name: str, limit: float = 300) -> Job:
    """A text or, where the name says so, a picture to be read."""
    path = folder / name
    if name.endswith(".jpg"):
        path.write_bytes((Path(__file__).parents[2] / "samples" / "photo-phone.jpg").read_bytes())
    else:
        put(path, TEXT)
    options = {"jobs": 1, "engine": "tesseract"}
    return Job(name, str(path), str(folder / "out" / name), options, limit)


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


def below(pid: int) -> set[int]:
    """All processes that a process has started, and theirs."""
    return {p.pid for p in psutil.Process(pid).children(recursive=True)}


def alive(pids: set[int]) -> set[int]:
    return {p for p in pids if psutil.pid_exists(p) and psutil.Process(p).status() != psutil.STATUS_ZOMBIE}


@pytest.fixture
def stuck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Tesseract never ends; the file that says when it has begun."""
    env, reading = stuck_tesseract(tmp_path / "bin")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    return reading


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.kill()


def test_a_document_over_its_time_is_ended_with_all_it_started(tmp_path: Path, worker: Worker, stuck: Path) -> None:
    assert worker.run(job(tmp_path, "a.txt")).code == ExitCode.OK
    before = below(os.getpid())
    late = worker.run(job(tmp_path, "b.jpg", limit=3))
    assert (late.code, late.error) == (ExitCode.OVER_TIME, "OverTimeError")
    assert stuck.exists()
    assert "--document-timeout" in late.message
    wait_for(lambda: not alive(before), 5)
    assert not alive(below(os.getpid()))
    assert worker.run(job(tmp_path, "c.txt")).code == ExitCode.OK


def test_a_killed_worker_loses_one_try_of_one_document(tmp_path: Path, stuck: Path) -> None:
    others = below(os.getpid())  # of tests before this one
    pool = LocalPool(2)
    try:
        pool.submit(job(tmp_path, "a.jpg"))
        wait_for(stuck.exists)
        started = (p for p in psutil.Process().children(recursive=True) if p.pid not in others)
        reader = next(p for p in started if p.name() in ("tesseract", "sh"))
        while reader.ppid() != os.getpid():
            reader = reader.parent() or reader
        pool.submit(job(tmp_path, "b.txt"))
        reader.send_signal(signal.SIGKILL)
        outcomes: dict[str, Outcome] = {}
        while len(outcomes) < 2:
            if (outcome := pool.next(60)) is not None:
                outcomes[outcome.id] = outcome
        assert outcomes["a.jpg"].code == ExitCode.WORKER_DIED
        assert "SIGKILL" in outcomes["a.jpg"].message
        assert outcomes["b.txt"].code == ExitCode.OK
    finally:
        pool.stop()
    wait_for(lambda: not alive(below(os.getpid()) - others), 5)


def test_workers_do_not_outlive_a_killed_leader(tmp_path: Path, stuck: Path) -> None:
    script = (
        "import sys, json, time; from pipeline.batch.workers import LocalPool; from pipeline.batch.job import Job\n"
        "LocalPool(1).submit(Job(**json.loads(sys.argv[1]))); time.sleep(100)"
    )
    leader = subprocess.Popen([sys.executable, "-c", script, json.dumps(asdict(job(tmp_path, "a.jpg")))])
    wait_for(stuck.exists)
    started = below(leader.pid)
    assert len(started) >= 2
    leader.kill()
    leader.wait()
    wait_for(lambda: not alive(started), 10)
