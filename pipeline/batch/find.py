"""The documents of an archive: folders are walked as a stream, nothing is collected."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from pathlib import Path, PurePosixPath

from pipeline.batch.remote import is_remote, open_filesystem, version
from pipeline.errors import NotFoundError, NotReadableError

PATTERNS = ("*.pdf", "*.tif", "*.tiff", "*.png", "*.jpg", "*.jpeg", "*.txt")
"""What is looked for, whatever the case of the letters."""
LEDGER = "ledger.sqlite"
"""A folder that holds such a file is the output of a batch, and not looked into."""
_RESULT = frozenset({"plan.json", "datapackage.json"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file that matches.

    Attributes:
        root: the folder or address that was searched.
        address: absolute path or address of the file.
        name: path below the root, with slashes.
        size: in bytes.
        modified: nanoseconds since 1970; for remote files any number that changes with the content.
        error: why it cannot be a document; "" where nothing is known against it.
    """

    root: str
    address: str
    name: str
    size: int
    modified: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which files count: a pattern with a slash is held against the path below the root, another against the name."""

    patterns: Sequence[str] = PATTERNS
    exclude: Sequence[str] = ()
    since: float | None = None

    def names(self, name: str) -> bool:
        """Whether a file counts by its name."""
        if name.rpartition("/")[2].startswith((".", "~$")):
            return False
        name = name.casefold()
        return _matches(name, tuple(self.patterns)) and not _matches(name, tuple(self.exclude))

    def dates(self, modified: int | None) -> bool:
        """Whether a file counts by its last change, in nanoseconds since 1970; None where unknown."""
        return self.since is None or modified is None or modified >= self.since * 1e9


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    path, last = _compiled(patterns)
    return bool(last.match(name.rpartition("/")[2]) or path.match(name))


@cache
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The patterns held against the path, and those held against the name, each as one expression."""
    both = ([translate(p.casefold()) for p in patterns if ("/" in p) is slash] for slash in (True, False))
    path, last = (re.compile("|".join(some) or "(?!)") for some in both)
    return path, last


def find(source: str | Path, wanted: Filter, out: Path) -> Iterator[Found | str]:
    """The documents in a folder and the folders below it, or a single file; a message for a folder that can't be read.

    Hidden files and folders, results of kehoach, and `out` are passed over; links to folders are not followed.

    Raises:
        NotFoundError, NotReadableError: the source itself; MissingDependencyError for addresses.
    """
    if is_remote(str(source)):
        yield from _find_remote(str(source), wanted)
        return
    root = Path(source).resolve()
    if not root.exists():
        raise NotFoundError(f"{source}: no such file or folder.")
    if root.is_file():
        facts = root.stat()
        yield Found(str(root.parent), str(root), root.name, facts.st_size, facts.st_mtime_ns)
        return
    if not os.access(root, os.R_OK | os.X_OK):
        raise NotReadableError(f"{source}: the folder may not be read. Check its permissions.")
    yield from _walk(str(root), wanted, str(out.resolve()))


def _walk(root: str, wanted: Filter, out: str) -> Iterator[Found | str]:
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                names = {e.name for e in entries if e.name == LEDGER or e.name in _RESULT}
            if LEDGER in names or names >= _RESULT:
                continue
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if not entry.name.startswith(".") and entry.path != out:
                            waiting.append(entry.path)
                    elif (found := _file(entry, root, wanted)) is not None:
                        yield found
        except OSError as error:
            yield f"{folder}: cannot be read ({error.strerror}); what is in it is left out."


def _file(entry: os.DirEntry[str], root: str, wanted: Filter) -> Found | None:
    name = entry.path.removeprefix(root).lstrip(os.sep).replace(os.sep, "/")
    if not wanted.names(name):
        return None
    try:
        if not entry.is_file():
            return None
        facts = entry.stat()
    except OSError:  # gone meanwhile, or a link to nowhere
        return None
    if not wanted.dates(facts.st_mtime_ns):
        return None
    try:
        entry.path.encode()
    except UnicodeEncodeError:
        shown = [os.fsencode(text).decode("utf-8", "backslashreplace") for text in (entry.path, name)]
        error = f"{shown[0]}: its name is not Unicode. Rename it, e.g. with convmv."
        return Found(root, shown[0], shown[1], facts.st_size, facts.st_mtime_ns, error)
    return Found(root, entry.path, name, facts.st_size, facts.st_mtime_ns)


def _find_remote(source: str, wanted: Filter) -> Iterator[Found | str]:
    files, top = open_filesystem(source)
    if files.isfile(top):
        entry = files.info(top)
        yield Found(source.rpartition("/")[0], source, PurePosixPath(top).name, entry.get("size") or 0, version(entry))
        return
    if not files.exists(top):
        raise NotFoundError(f"{source}: nothing is there.")
    chain = source[source.index("::") :] if "::" in source else ""  # zip://::archive.zip
    for _, _, entries in files.walk(top, detail=True):
        if entries.keys() >= _RESULT:
            continue
        for entry in entries.values():
            path = entry["name"]
            name = path.removeprefix(top).lstrip("/")
            if entry["type"] == "file" and wanted.names(name) and wanted.dates(_time(entry)):
                yield Found(source, files.unstrip_protocol(path) + chain, name, entry.get("size") or 0, version(entry))


def _time(entry: dict[str, object]) -> int | None:
    """When a remote file was last changed, where its file system says so."""
    changed = next((entry[k] for k in ("LastModified", "last_modified", "mtime") if entry.get(k)), None)
    stamp = changed.timestamp() if hasattr(changed, "timestamp") else changed
    return int(stamp * 1e9) if isinstance(stamp, int | float) else None
