"""Inputs that are no local files: addresses such as s3://bucket/folder, through fsspec where it is installed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import MissingDependencyError, NotFoundError, NotReadableError


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
