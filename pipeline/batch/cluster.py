"""A Dask cluster does the work: the same worker processes as on one machine, led by the workers of the cluster.

The ledger stays with the client; inputs and the output folder are seen by all workers under the same path.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import threading
import uuid
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.batch.job import Job, Outcome, failure
from pipeline.batch.settings import made_with
from pipeline.batch.workers import Worker, clean_scratch
from pipeline.errors import ClusterError, ExitCode, MissingDependencyError, WorkerDiedError
from pipeline.options import Options

_CONNECT = 10
_RECOUNT = 64  # outcomes after which the cluster's workers are counted again
_ours = threading.local()
_all: list[Worker] = []
"""The processes that this worker of a cluster leads, one a thread."""


def run_on_worker(job: dict[str, Any]) -> dict[str, Any]:
    """What a worker of the cluster does: it leads one process of its own for each of its threads."""
    if not hasattr(_ours, "worker"):
        clean_scratch()
        _ours.worker = Worker()
        _all.append(_ours.worker)
    return asdict(_ours.worker.run(Job(**job)))


def end_jobs(folders: list[str]) -> None:
    """What a worker of the cluster does when a run is over before its jobs are: no late result may come."""
    for worker in _all:
        worker.end_jobs(folders)


def look(probe: str | None, options: dict[str, Any]) -> tuple[bool, str]:
    """What a worker sees: whether a file of the output folder is there, and how it would make results."""
    return probe is None or Path(probe).exists(), made_with(Options.model_validate(options))


class DaskPool:
    """The workers of a Dask cluster; a `Pool`."""

    def __init__(self, address: str, out: Path | None, options: Options) -> None:
        """Connect to a scheduler; all workers must see `out`, unless results are sent elsewhere (None).

        Raises:
            ClusterError, MissingDependencyError.
        """
        self._outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._under_way: dict[str, tuple[Job, Any]] = {}
        self._client: Any = _client(address)  # a distributed.Client; Dask is partly typed
        try:
            _check(self._client, out, options)
        except BaseException:
            self.stop()
            raise
        self._threads, self._recount = 0, 0

    def workers(self) -> int:
        """The threads of the cluster, which may grow and shrink meanwhile."""
        if self._recount <= 0:
            self._threads = max(1, sum(self._client.nthreads().values()))
            self._recount = _RECOUNT
        return self._threads

    def submit(self, job: Job) -> None:
        """Send a job to the scheduler."""
        future = self._client.submit(run_on_worker, asdict(job), key=f"kehoach-{uuid.uuid4().hex}", pure=False)
        self._under_way[job.id] = job, future
        future.add_done_callback(lambda done: self._outcomes.put(_outcome(job.id, done)))

    def next(self, timeout: float) -> Outcome | None:
        """The next outcome.

        Raises:
            ClusterError: the scheduler is gone.
        """
        try:
            outcome = self._outcomes.get(timeout=timeout)
        except queue.Empty:
            if self._client.status != "running":
                raise _lost(self._client.scheduler.address if self._client.scheduler else "?") from None
            return None
        self._under_way.pop(outcome.id, None)
        self._recount -= 1
        return outcome

    def stop(self) -> None:
        """Cancel what waits, end what is under way, and leave the cluster, which goes on."""
        with contextlib.suppress(Exception):  # the scheduler may be gone
            if self._under_way:
                self._client.cancel([future for _, future in self._under_way.values()], force=True)
                self._client.run(end_jobs, [job.folder for job, _ in self._under_way.values()])
        with contextlib.suppress(Exception):
            self._client.close(timeout=2)


def _lost(address: str) -> ClusterError:
    return ClusterError(f"{address}: the connection to the Dask scheduler is lost. Run again when it is back.")


def _client(address: str) -> Any:  # noqa: ANN401 - a distributed.Client
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingDependencyError("--dask needs Dask. Install it: pip install 'kehoach[dask]'") from error
    for name in ("distributed", "distributed.client"):  # it reports each lost connection with a traceback
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        return Client(address, timeout=_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"{address}: no Dask scheduler answers ({error}). Start one: dask scheduler, and on every machine: "
            f"dask worker {address} --nworkers 1 --nthreads CORES"
        ) from error


def _check(client: Any, out: Path | None, options: Options) -> None:  # noqa: ANN401
    """Make sure that all workers can do the work.

    Raises:
        ClusterError: there is no worker, or one lacks the package, the shared folder, or has other dictionaries.
    """
    mine = made_with(options)
    with _probe(out) as probe:
        try:
            seen = client.run(look, probe, options.model_dump(mode="json"), on_error="return")
        except Exception as error:  # what a worker cannot load ends in an error of any kind
            raise ClusterError(f"the workers cannot do the work: {error!r}. Install kehoach on all of them.") from error
    if not seen:
        raise ClusterError(
            "the cluster has no workers. Start some: dask worker SCHEDULER --nworkers 1 --nthreads CORES"
        )
    for worker, found in seen.items():
        if isinstance(found, Exception):
            raise ClusterError(f"{worker} cannot do the work: {found!r}. Install the same kehoach on every worker.")
        there, fingerprint = found
        if not there:
            raise ClusterError(f"{worker} does not see {out}. The folder must be shared, under the same path.")
        if fingerprint != mine:
            raise ClusterError(
                f"{worker} has another version or other dictionaries than this machine. Install the same."
            )


@contextlib.contextmanager
def _probe(out: Path | None) -> Iterator[str | None]:
    if out is None:
        yield None
        return
    path = out.absolute() / f".probe-{os.getpid()}"
    path.write_bytes(b"kehoach")
    try:
        yield str(path)
    finally:
        path.unlink(missing_ok=True)


def _outcome(job_id: str, done: Any) -> Outcome:  # noqa: ANN401 - a distributed.Future
    """The outcome of a job that came to an end, however it did."""
    from distributed import CancelledError, KilledWorker

    try:
        return Outcome(**done.result(timeout=_CONNECT))
    except KilledWorker as error:
        return failure(job_id, WorkerDiedError(f"several workers of the cluster died at it ({error})."))
    except (CancelledError, TimeoutError, OSError) as error:
        message = f"the cluster gave up: {error}"
    except Exception as error:  # of Dask itself: our part raises nothing
        message = f"{error!r}. Scheduler and workers need the same kehoach as this machine."
    return Outcome(job_id, code=int(ExitCode.CLUSTER), error="ClusterError", message=message)
