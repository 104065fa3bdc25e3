"""The output folder of a batch: its lock, its layout, and where each result lies."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import DiskFullError, OutputBusyError, OutputNotWritableError
from pipeline.export.atomic import write_folder

DOCUMENTS, TABLES = "documents", "tables"
_LOCK = ".lock"


def result_folder(out: Path, row_id: str) -> Path:
    """Where the result of a document lies."""
    return out / DOCUMENTS / row_id


def has_result(out: Path, row_id: str) -> bool:
    """Whether the result of a document is there; it is whole if it is."""
    return os.path.exists(f"{out}/{DOCUMENTS}/{row_id}/plan.json")  # noqa: PTH110 - thrice as fast, asked for all


def keep_plan(out: Path, row_id: str, plan: str) -> None:
    """Keep plan.json of a result that was sent elsewhere: it says that the result is there, and fills the tables.

    Raises:
        DiskFullError, OutputNotWritableError.
    """
    folder = result_folder(out, row_id)
    with explained(out):
        folder.parent.mkdir(parents=True, exist_ok=True)
    write_folder(folder, {"plan.json": plan.encode()})


def remove_result(out: Path, row_id: str) -> bool:
    """Remove the result of a document, if there is one; returns whether there was."""
    folder = result_folder(out, row_id)
    if not has_result(out, row_id):
        return False
    (folder / "plan.json").unlink()  # from here on it is no result
    shutil.rmtree(folder, ignore_errors=True)
    return True


@contextmanager
def explained(out: Path) -> Iterator[None]:
    """Say in our own errors what the operating system says of the output folder."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError(f"{out}: the disk is full. Make room and run again; nothing is lost.") from error
        raise OutputNotWritableError(
            f"{out} cannot be written ({error.strerror}). Choose another folder with --out, or ask for write access."
        ) from error


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Keep other batches away from an output folder, which is made if need be. The lock goes when the process goes.

    Raises:
        OutputBusyError: another batch is at work there.
        OutputNotWritableError, DiskFullError: it cannot be made or written.
    """
    from filelock import FileLock, Timeout

    with explained(out):
        (out / DOCUMENTS).mkdir(parents=True, exist_ok=True)
        lock = FileLock(out / _LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise OutputBusyError(
                f"{out}: another batch is writing here. Wait for it (kehoach status {out} shows how far it is), "
                "or choose another --out."
            ) from error
    try:
        yield
    finally:
        lock.release()


def still_writable(out: Path) -> bool:
    """Whether a file can be written below the output folder."""
    probe = out / f".probe-{os.getpid()}"
    try:
        probe.write_bytes(b"kehoach")
        probe.unlink()
    except OSError:
        return False
    return True
