"""Write a result folder in one step: a killed run leaves the old result or the new one, never half."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import DiskFullError, OutputNotWritableError

_STALE_AFTER = 3600.0  # seconds; a temporary sibling that old belongs to a run that was killed
_MARK = "plan.json"  # what makes a folder a result of ours


def reserve(folder: Path) -> Path:
    """Make sure that a result folder can be written, and that nobody else's folder stands in its place.

    Called before the long work, so that a run does not end in an error that could have been seen at its start.

    Raises:
        OutputNotWritableError: its parent is no folder, may not be written, or the name is taken by something else.
        DiskFullError: no room even for a folder.
    """
    out = folder.parent
    with _explained(out):
        out.mkdir(parents=True, exist_ok=True)
        recover(folder)
        Path(tempfile.mkdtemp(prefix=_hidden(folder), suffix=".tmp", dir=out)).rmdir()
    claim(folder, _MARK)
    return folder


def claim(folder: Path, mark: str) -> None:
    """Make sure that a folder may be replaced: it is not there, is empty, or holds the file `mark`, as ours do.

    Raises:
        OutputNotWritableError: it is somebody else's.
    """
    if folder.exists() and not (folder / mark).is_file() and not (folder.is_dir() and not any(folder.iterdir())):
        raise OutputNotWritableError(
            f"{folder} exists and is no result of kehoach. Move it away or choose another --out."
        )


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> Path:
    """Write the files into a temporary sibling of `folder`, then put it in the folder's place.

    Raises:
        OutputNotWritableError, DiskFullError: `folder` is as it was.
    """
    with new_folder(folder) as temporary:
        for name, content in contents.items():
            (temporary / name).write_bytes(content)
    return folder


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A temporary sibling that takes the place of `folder` in one step when the block ends without an error.

    Raises:
        OutputNotWritableError, DiskFullError: `folder` is as it was.
    """
    with _explained(folder.parent):
        temporary = Path(tempfile.mkdtemp(prefix=_hidden(folder), suffix=".tmp", dir=folder.parent))
        try:
            yield temporary
            for path in temporary.iterdir():
                _flush(path)
            temporary.chmod(0o777 & ~_umask())
            _replace(temporary, folder)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def _flush(path: Path) -> None:
    """Bring a file to the disk before its folder gets its name."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _replace(new: Path, old: Path) -> None:
    """Give `new` the name of `old`; afterwards `new` is the old folder, or gone."""
    if not old.exists():
        new.rename(old)
    elif not _exchange(new, old):
        # A kill between the two renames leaves the old result under a name that `recover` knows.
        aside = _aside(old)
        old.rename(aside)
        new.rename(old)
        shutil.rmtree(aside, ignore_errors=True)


def _exchange(a: Path, b: Path) -> bool:
    """Swap two folders atomically (Linux renameat2 with RENAME_EXCHANGE); False where the system can't."""
    if sys.platform != "linux":
        return False
    at_fdcwd, rename_exchange = -100, 2
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    return bool(renameat2(at_fdcwd, os.fsencode(a), at_fdcwd, os.fsencode(b), rename_exchange) == 0)


def _aside(folder: Path) -> Path:
    return folder.with_name(_hidden(folder) + "old")


def _hidden(folder: Path) -> str:
    """How the names of a folder's temporary siblings begin; short enough for any file system."""
    return f".{folder.name[:48]}-{hashlib.sha256(os.fsencode(folder.name)).hexdigest()[:8]}."


def recover(folder: Path, stale_after: float = _STALE_AFTER) -> None:
    """Undo what a killed run left behind: bring an old result back, remove its stale temporary siblings.

    Args:
        folder: the result folder.
        stale_after: age in seconds from which a temporary sibling is nobody's; 0 where nobody else can be writing.
    """
    if not folder.parent.is_dir():
        return
    aside = _aside(folder)
    if aside.exists() and not folder.exists():
        aside.rename(folder)
    hidden = _hidden(folder)
    for name in os.listdir(folder.parent):  # noqa: PTH208 - four times as fast: there may be 100,000 results beside it
        if name.startswith(hidden) and name.endswith(".tmp"):
            left = folder.with_name(name)
            if not stale_after or left.stat().st_mtime < time.time() - stale_after:
                shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _explained(out: Path) -> Iterator[None]:
    """Say in our own errors what the operating system says of the output folder."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError(
                f"{out}: the disk is full. Make room or choose another --out; nothing was changed."
            ) from error
        raise OutputNotWritableError(
            f"{out} cannot be written ({error.strerror}). Choose another folder with --out, or ask for write access."
        ) from error
