"""Worker processes on this machine: warm, one document at a time each, killed with all they started when over time.

The standard library's process pool is of no use here: one killed process breaks the whole pool, and a task that runs
too long cannot be ended.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

from pipeline.batch.job import Job, Outcome, failure
from pipeline.errors import OverTimeError, WorkerDiedError

_SCRATCH = "kehoach-worker-"
_LAST_WORDS = 500
_PATIENCE = 5.0


class Pool(Protocol):
    """Who does the jobs: processes of this machine, or a cluster."""

    def workers(self) -> int:
        """How many jobs it does at a time."""
        ...

    def submit(self, job: Job) -> None:
        """Take a job; its outcome comes from `next`."""
        ...

    def next(self, timeout: float) -> Outcome | None:
        """The next outcome, in no order; None where there is none within `timeout` seconds."""
        ...

    def stop(self) -> None:
        """End everything that is under way."""
        ...


class Worker:
    """A worker process as seen from outside; it is started when first needed, and again after it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._scratch: Path | None = None
        self._lock = threading.Lock()
        self._current: Job | None = None
        self._late: Job | None = None

    def run(self, job: Job) -> Outcome:
        """Have a job done. A worker that dies or takes too long becomes the outcome, and is replaced by the next."""
        process = self._started()
        limit = threading.Timer(job.time_limit, self._end, (job,))
        limit.daemon = True
        with self._lock:
            self._current = job
        limit.start()
        try:
            reply = _ask(process, json.dumps(asdict(job)))
        finally:
            limit.cancel()
            with self._lock:
                self._current = None
        if reply.endswith("\n"):
            return Outcome(**json.loads(reply))
        words, status = self._last_words(), self.kill()
        if self._late is job:
            return failure(
                job.id,
                OverTimeError(f"not finished within {job.time_limit:g} s. Raise --document-timeout, --retry-failed."),
                job.time_limit,
            )
        return failure(job.id, WorkerDiedError(f"its worker died ({_cause(status)}). {words}".strip()))

    def _started(self) -> subprocess.Popen[str]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.kill()
        self._scratch = Path(tempfile.mkdtemp(prefix=f"{_SCRATCH}{os.getpid()}-"))
        with (self._scratch / "stderr").open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "pipeline.batch.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
                env=_environment(self._scratch),
                start_new_session=True,  # Ctrl-C reaches the one who started us, who decides
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        return self._process

    def _end(self, late: Job) -> None:
        with self._lock:
            if self._current is late and self._process is not None:
                self._late = late
                _kill_tree(self._process)

    def _last_words(self) -> str:
        """What the process said last; a dying library says why."""
        if self._scratch is None:
            return ""
        said = (self._scratch / "stderr").read_bytes().decode(errors="replace")
        return said[-_LAST_WORDS:].strip()

    def end(self) -> None:
        """End the process from another thread; the one that runs the job hears of it."""
        if (process := self._process) is not None:
            _kill_tree(process)

    def end_jobs(self, folders: Collection[str]) -> None:
        """End the process if it is at a job for one of these result folders."""
        with self._lock:
            if self._current is not None and self._current.folder in folders:
                self.end()

    def kill(self) -> int:
        """End the process, the programs it called, and their scratch files; returns its status."""
        status = 0
        if self._process is not None:
            _kill_tree(self._process)
            status = self._process.wait()
            for pipe in filter(None, (self._process.stdin, self._process.stdout)):
                with contextlib.suppress(OSError):  # a job that nobody took
                    pipe.close()
            self._process = None
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
            self._scratch = None
        return status


def _ask(process: subprocess.Popen[str], line: str) -> str:
    """The reply to a line; "" or a torn line where the process died."""
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(line + "\n")
        process.stdin.flush()
        return process.stdout.readline()
    except (OSError, ValueError):
        return ""


def _environment(scratch: Path) -> dict[str, str]:
    """One thread a worker: there is a worker for every core. Its scratch files go with it."""
    names = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")
    threads = dict.fromkeys(names, "1")
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
    return os.environ | threads | places | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _kill_tree(process: subprocess.Popen[str]) -> None:
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # also orphans: it is the group's leader
        return
    import psutil

    with contextlib.suppress(psutil.NoSuchProcess):
        for child in (*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)):
            child.kill()


def _cause(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    try:
        return f"signal {signal.Signals(-status).name}"
    except ValueError:
        return f"signal {-status}"


def clean_scratch() -> None:
    """Remove what killed runs left in the folder for temporary files."""
    import psutil

    for left in Path(tempfile.gettempdir()).glob(f"{_SCRATCH}*"):
        owner = left.name.removeprefix(_SCRATCH).partition("-")[0]
        if owner.isdigit() and not psutil.pid_exists(int(owner)):
            shutil.rmtree(left, ignore_errors=True)


class LocalPool:
    """Workers of this machine; a `Pool`. Each is led by a thread, which waits for it."""

    def __init__(self, size: int) -> None:
        clean_scratch()
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._workers = [Worker() for _ in range(size)]
        self._stopped = False
        self._threads = [threading.Thread(target=self._lead, args=(w,), daemon=True) for w in self._workers]
        for thread in self._threads:
            thread.start()

    def workers(self) -> int:
        """Its processes."""
        return len(self._workers)

    def submit(self, job: Job) -> None:
        """Put a job in line."""
        self._jobs.put(job)

    def next(self, timeout: float) -> Outcome | None:
        """The next outcome."""
        try:
            return self._outcomes.get(timeout=timeout)
        except queue.Empty:
            return None

    def stop(self) -> None:
        """Kill the workers: what they were at is begun anew by the next run."""
        self._stopped = True
        for _ in self._threads:
            self._jobs.put(None)
        patience = time.monotonic() + _PATIENCE
        while any(t.is_alive() for t in self._threads) and time.monotonic() < patience:
            for worker, thread in zip(self._workers, self._threads, strict=True):
                worker.end()  # again, should it just have been started
                thread.join(timeout=0.05)

    def _lead(self, worker: Worker) -> None:
        while (job := self._jobs.get()) is not None and not self._stopped:
            try:
                self._outcomes.put(worker.run(job))
            except Exception as error:  # e.g. no process can be started: the run must hear of it
                self._outcomes.put(failure(job.id, error))
        worker.kill()
