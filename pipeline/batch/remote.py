"""Inputs and results that are no local files: addresses such as s3://bucket/folder, through fsspec if installed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import MissingDependencyError, NotFoundError, NotReadableError, OutputNotWritableError


def is_remote(address: str) -> bool:
    """Whether this is an address, not a path."""
    return "://" in address


def open_filesystem(address: str) -> tuple[Any, str]:
    """The fsspec file system of an address, and the path in it.

    Raises:
        MissingDependencyError: fsspec, or the package for this kind of address, is not installed.
        NotReadableError: it cannot be reached.
    """
    try:
        import fsspec
    except ImportError as error:
        raise MissingDependencyError(
            f"{address}: addresses need fsspec. Install it: pip install 'kehoach[remote]'"
        ) from error
    try:
        return fsspec.core.url_to_fs(address)  # type: ignore[no-any-return]
    except ImportError as error:
        raise MissingDependencyError(f"{address}: {error}") from error
    except FileNotFoundError as error:
        raise NotFoundError(f"{address}: nothing is there.") from error
    except Exception as error:  # every kind of file system raises its own
        raise NotReadableError(f"{address}: cannot be reached ({error}). Check the address and your access.") from error


def version(entry: dict[str, Any]) -> int:
    """A number that changes with the content of a remote file: from its tag or its time, whichever there is."""
    import hashlib

    facts = [str(entry[k]) for k in ("ETag", "etag", "md5Hash", "LastModified", "last_modified", "mtime", "date_time")
             if entry.get(k)]  # fmt: skip
    return int.from_bytes(hashlib.sha256("|".join(facts).encode()).digest()[:7], "big") if facts else 0


@contextmanager
def local_copy(address: str) -> Iterator[Path]:
    """The file itself, or for the while a copy of a remote one, under its own name.

    Raises:
        NotFoundError, NotReadableError, MissingDependencyError.
    """
    if not is_remote(address):
        yield Path(address)
        return
    files, path = open_filesystem(address)
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        copy = Path(folder) / PurePosixPath(path).name
        try:
            files.get_file(path, str(copy))
        except FileNotFoundError as error:
            raise NotFoundError(f"{address}: no such file.") from error
        except Exception as error:  # every kind of file system raises its own
            raise NotReadableError(f"{address}: cannot be fetched ({error}). Check your access.") from error
        yield copy


@contextmanager
def sent(address: str, folder: Path) -> Iterator[Path]:
    """Where to put a result: `folder` itself, or a folder for the while, sent to an address where one is given.

    Raises:
        OutputNotWritableError, MissingDependencyError: it could not be sent.
    """
    if not address:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="kehoach-") as scratch:
        result = Path(scratch) / folder.name
        yield result
        with _writing(address) as (files, top):
            if files.exists(top):
                files.rm(top, recursive=True)
            files.makedirs(top, exist_ok=True)
            for file in sorted(result.iterdir(), key=lambda f: f.name == "plan.json"):  # it says: the result is whole
                files.put_file(str(file), f"{top}/{file.name}")


def remove(address: str) -> None:
    """Remove what was sent to an address.

    Raises:
        OutputNotWritableError, MissingDependencyError.
    """
    with _writing(address) as (files, top):
        if files.exists(top):
            files.rm(top, recursive=True)


def check_writable(address: str) -> None:
    """Make sure that results can be sent to an address.

    Raises:
        OutputNotWritableError, MissingDependencyError.
    """
    with _writing(address) as (files, top):
        bucket = top[: top.find("/", 1)] if "/" in top[1:] else top
        if not files.exists(bucket):  # it would be made, also where its name is misspelt
            raise FileNotFoundError(f"there is no {bucket}")
        files.makedirs(top, exist_ok=True)
        files.pipe_file(f"{top}/.probe", b"kehoach")
        files.rm_file(f"{top}/.probe")


@contextmanager
def _writing(address: str) -> Iterator[tuple[Any, str]]:
    try:
        yield open_filesystem(address)
    except MissingDependencyError:
        raise
    except Exception as error:  # every kind of file system raises its own
        raise OutputNotWritableError(f"{address} cannot be written ({error}). Check --to and your access.") from error
