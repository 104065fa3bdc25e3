"""The ledger: what is known of every document, in one SQLite file that survives a kill at any moment.

Only the run itself writes; anybody may read meanwhile (write-ahead log).
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from pipeline.batch.find import Found
from pipeline.batch.job import Outcome
from pipeline.errors import DiskFullError, ExitCode, OutputNotWritableError

_VERSION = 1
_SCHEMA = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY,           -- its result folder below documents/
    key TEXT NOT NULL UNIQUE,      -- the id as a file system sees it that knows no capitals
    address TEXT NOT NULL UNIQUE,  -- path or fsspec address of the input
    root TEXT NOT NULL,            -- the folder or address that was searched
    size INTEGER NOT NULL,         -- bytes
    modified INTEGER NOT NULL,     -- nanoseconds since 1970; remote: any number that changes with the content
    state TEXT NOT NULL CHECK (state IN
        ('settling', 'waiting', 'running', 'done', 'partial', 'failed', 'duplicate')),
    sha256 TEXT,                   -- of the bytes that the result was made from, or would be
    duplicate_of TEXT,             -- id of the document with the same bytes
    made_with TEXT,                -- fingerprint of options, version and dictionaries
    tries INTEGER NOT NULL DEFAULT 0,
    code INTEGER,                  -- exit code of the last try
    error TEXT,                    -- class of its error
    message TEXT,
    pages INTEGER,
    failed_pages INTEGER,
    seconds REAL,
    finished TEXT,                 -- UTC
    seen INTEGER NOT NULL,         -- the last run that found the input
    gone INTEGER NOT NULL DEFAULT 0  -- 1: the input is no longer there
);
CREATE INDEX by_state ON documents (state, seen, size);
CREATE INDEX by_content ON documents (sha256);
CREATE INDEX by_original ON documents (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE TABLE roots (label TEXT PRIMARY KEY COLLATE NOCASE, root TEXT NOT NULL UNIQUE);
CREATE TABLE runs (
    run INTEGER PRIMARY KEY AUTOINCREMENT, began TEXT NOT NULL, ended TEXT, host TEXT, pid INTEGER, version TEXT,
    options TEXT,
    elapsed REAL NOT NULL DEFAULT 0, documents INTEGER NOT NULL DEFAULT 0, pages INTEGER NOT NULL DEFAULT 0,
    exit_code INTEGER
);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_RECIPES = """
CREATE TABLE IF NOT EXISTS recipes (
    made_with TEXT PRIMARY KEY,  -- the fingerprint that documents bear, and what it stands for
    version TEXT NOT NULL, options TEXT NOT NULL
)"""
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"\\|?*', "_") | {chr(c): "_" for c in range(32)})


def now() -> str:
    """The time, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Say in our own errors what SQLite says."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise DiskFullError(f"{path}: the disk is full. Make room and run again; nothing is lost.") from error
        raise OutputNotWritableError(f"{path} cannot be written ({error}). Check the disk and your rights.") from error
    except sqlite3.DatabaseError as error:
        raise OutputNotWritableError(
            f"{path} is no ledger, or damaged ({error}). Move it away; the next run finds all documents anew."
        ) from error


class Ledger:
    """All access of a run to its ledger; every method is one transaction.

    Raises:
        DiskFullError, OutputNotWritableError: from every method; the ledger is as it was before.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with _explained(path):
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")  # a lost last second is only done again
        with self._transaction() as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                for statement in _SCHEMA.split(";\n"):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {_VERSION}")
            elif version != _VERSION:
                raise OutputNotWritableError(f"{path} was made by another version of kehoach. Choose another --out.")
            db.execute(_RECIPES)

    def close(self) -> None:
        """Close the file; the write-ahead log is merged into it."""
        self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with _explained(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    # A run: begin, note what is found, plan, claim and record, end.

    def begin(self, host: str, pid: int, version: str, options: str, made_with: str) -> int:
        """Begin a run whose results will bear a fingerprint; returns its number."""
        with self._transaction() as db:
            db.execute("INSERT OR IGNORE INTO recipes VALUES (?, ?, ?)", (made_with, version, options))
            db.execute("DELETE FROM runs WHERE documents = 0 AND ended IS NOT NULL")  # --watch begins many
            cursor = db.execute(
                "INSERT INTO runs (began, host, pid, version, options) VALUES (?, ?, ?, ?, ?)",
                (now(), host, pid, version, options),
            )
            return int(cursor.lastrowid or 0)

    def end(self, run: int, code: int) -> None:
        """End a run with its exit code."""
        with self._transaction() as db:
            db.execute("UPDATE runs SET ended = ?, exit_code = ? WHERE run = ?", (now(), code, run))

    def note(self, found: Iterable[Found], run: int, young: int) -> None:
        """Note the files that were found; new and changed ones wait, or settle if changed after `young` (ns)."""
        with self._transaction() as db:
            for file in found:
                fresh = "settling" if file.modified > young and "://" not in file.address else "waiting"
                facts = {"size": file.size, "modified": file.modified, "fresh": fresh, "run": run, "error": file.error}
                known = db.execute(_SEEN_AGAIN, {**facts, "address": file.address}).rowcount
                if not known:
                    self._add(file, facts)
                if file.error:
                    db.execute(_UNUSABLE, {**facts, "address": file.address, "code": int(ExitCode.NOT_READABLE)})

    def _add(self, file: Found, facts: dict[str, object]) -> None:
        plain = f"{self._label(file.root)}/{clean_name(file.name)}"
        for name in (plain, f"{plain}~{sha256(file.address.encode()).hexdigest()[:8]}"):
            values = {**facts, "id": name, "key": _key(name), "address": file.address, "root": file.root}
            if self._db.execute(_NEW, values).rowcount:
                return

    def _label(self, root: str) -> str:
        """The folder for what is found below a root: its name, or that and a digest where the name is taken."""
        known = self._db.execute("SELECT label FROM roots WHERE root = ?", (root,)).fetchone()
        if known:
            return str(known["label"])
        plain = clean_name(root.rstrip("/").rpartition("/")[2].partition("::")[0]) or "root"
        for label in (plain, f"{plain}~{sha256(root.encode()).hexdigest()[:8]}"):
            if self._db.execute("INSERT OR IGNORE INTO roots VALUES (?, ?)", (label, root)).rowcount:
                break
        return label

    def settling(self, run: int) -> list[sqlite3.Row]:
        """The next files, at most 1000, that were changed a moment ago."""
        with _explained(self.path):
            return self._db.execute(
                "SELECT id, address, size, modified FROM documents WHERE state = 'settling' AND seen = ? LIMIT 1000",
                (run,),
            ).fetchall()

    def settle(self, rows: Iterable[tuple[str, int, int, bool]], run: int) -> None:
        """Note of settling files (id, size, modified, still the same): they wait, or are left for the next run."""
        with self._transaction() as db:
            db.executemany(
                "UPDATE documents SET size = ?, modified = ?, state = ?, seen = ? WHERE id = ?",
                ((s, m, *(("waiting", run) if same else ("settling", run - 1)), i) for i, s, m, same in rows),
            )

    def mark_gone(self, row_ids: Iterable[str]) -> None:
        """Note that inputs are no longer there."""
        with self._transaction() as db:
            db.executemany("UPDATE documents SET gone = 1 WHERE id = ?", ((i,) for i in row_ids))

    def plan(self, run: int, made_with: str | None, codes: Sequence[int], force: bool, retry_failed: bool) -> int:
        """Decide which of the documents just seen are done again.

        Args:
            run: the run.
            made_with: results with another fingerprint are made again; None: they are kept.
            codes: exit codes of failures that may pass by themselves.
            force: all are made again.
            retry_failed: all that failed, or are partial, are made again.

        Returns:
            How many results are made again because of their fingerprint.
        """
        again = "UPDATE documents SET state = 'waiting', sha256 = NULL, tries = 0 WHERE seen = ? AND state "
        with self._transaction() as db:
            if force:
                db.execute(again + "IN ('done', 'partial', 'failed')", (run,))
            if retry_failed:
                db.execute(again + "IN ('partial', 'failed')", (run,))
            db.execute(again + f"= 'failed' AND code IN ({', '.join('?' * len(codes))})", (run, *codes))
            outdated = again + "IN ('done', 'partial', 'failed') AND made_with <> ?"
            count = db.execute(outdated, (run, made_with)).rowcount if made_with is not None else 0
            db.execute("UPDATE documents SET state = 'failed' WHERE state = 'waiting' AND error = 'UnusableName'")
            return count

    def recover(self) -> list[str]:
        """Put documents back that were under way when a run was killed; returns their ids."""
        with self._transaction() as db:
            left = [str(row["id"]) for row in db.execute("SELECT id FROM documents WHERE state = 'running'")]
            db.execute("UPDATE documents SET state = 'waiting', sha256 = NULL WHERE state = 'running'")
            return left

    def todo(self, run: int) -> tuple[int, int]:
        """How many documents wait, and how many bytes."""
        with _explained(self.path):
            count, size = self._db.execute(
                "SELECT count(*), coalesce(sum(size), 0) FROM documents WHERE state = 'waiting' AND seen = ?", (run,)
            ).fetchone()
            return int(count), int(size)

    def waiting(self, run: int) -> sqlite3.Row | None:
        """The next document to be worked on: the largest, so that no core ends long after the others."""
        with _explained(self.path):
            row: sqlite3.Row | None = self._db.execute(
                "SELECT * FROM documents WHERE state = 'waiting' AND seen = ? ORDER BY size DESC LIMIT 1", (run,)
            ).fetchone()
            return row

    def original(self, row_id: str, digest: str, made_with: str | None) -> str | None:
        """The document with the same bytes that was read, or is being read; `made_with` None: in whatever way."""
        with _explained(self.path):
            found = self._db.execute(
                "SELECT id FROM documents WHERE sha256 = ? AND id <> ? AND (made_with = ? OR ? IS NULL)"
                " AND state IN ('running', 'done', 'partial') LIMIT 1",
                (digest, row_id, made_with, made_with),
            ).fetchone()
            return str(found["id"]) if found else None

    def mark_duplicate(self, row_id: str, digest: str, original: str) -> None:
        """Note that a document has the bytes of another."""
        with self._transaction() as db:
            self._release(row_id, digest)
            db.execute(
                "UPDATE documents SET state = 'duplicate', sha256 = ?, duplicate_of = ?, code = NULL, error = NULL,"
                " message = NULL WHERE id = ?",
                (digest, original, row_id),
            )
            db.execute(_TABLES_STALE)

    def keep(self, row_id: str) -> None:
        """Note that the result of a document still stands: its file was touched, not changed."""
        with self._transaction() as db:
            db.execute("UPDATE documents SET state = iif(failed_pages > 0, 'partial', 'done') WHERE id = ?", (row_id,))

    def claim(self, row_id: str, digest: str | None, made_with: str) -> None:
        """Note that a document is being worked on."""
        with self._transaction() as db:
            self._release(row_id, digest)
            db.execute(
                "UPDATE documents SET state = 'running', sha256 = ?, made_with = ?, duplicate_of = NULL WHERE id = ?",
                (digest, made_with, row_id),
            )

    def _release(self, row_id: str, digest: str | None) -> None:
        """Duplicates of bytes that a document had, and has no longer, wait for their own turn."""
        self._db.execute(
            "UPDATE documents SET state = 'waiting', sha256 = NULL, duplicate_of = NULL"
            " WHERE duplicate_of = ? AND sha256 <> ?",
            (row_id, digest or ""),
        )

    def record(self, outcome: Outcome, state: str, made_with: str, run: int, elapsed: float) -> None:
        """Note what became of a document that was worked on; `state` waiting: it gets another try."""
        ended = state in ("done", "partial", "failed")
        values = {
            "state": state, "made_with": made_with, "code": outcome.code, "error": outcome.error or None,
            "message": outcome.message or None, "pages": outcome.pages, "failed_pages": outcome.failed_pages,
            "seconds": outcome.seconds, "finished": now(), "sha256": outcome.sha256 or None, "id": outcome.id,
        }  # fmt: skip
        with self._transaction() as db:
            db.execute(_RECORD, values)
            db.execute(
                "UPDATE runs SET documents = documents + ?, pages = pages + ?, elapsed = ? WHERE run = ?",
                (ended, outcome.pages, elapsed, run),
            )
            db.execute(_TABLES_STALE)
            self._release(outcome.id, "" if state == "failed" else outcome.sha256)

    def fact(self, name: str) -> str:
        """A fact that was noted; "" where there is none.

        "tables": how the combined tables were written, until results change; "to": where results are sent.
        """
        with _explained(self.path):
            row = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
            return str(row["value"]) if row else ""

    def note_fact(self, name: str, value: str) -> None:
        """Note a fact."""
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def has_results(self) -> bool:
        """Whether any document has been read."""
        with _explained(self.path):
            return bool(
                self._db.execute("SELECT 1 FROM documents WHERE state IN ('done', 'partial') LIMIT 1").fetchone()
            )

    def rows(self, condition: str, *values: object) -> Iterator[sqlite3.Row]:
        """The documents that meet an SQL condition, by id; streamed, while the ledger may be written."""
        with _explained(self.path):
            reader = sqlite3.connect(self.path)
            reader.row_factory = sqlite3.Row
            try:
                yield from reader.execute(f"SELECT * FROM documents WHERE {condition} ORDER BY id", values)
            finally:
                reader.close()

    def again(self, row_ids: Sequence[str], run: int) -> None:
        """Let documents be made again, because their result is gone; of one that is not there, its duplicates are."""
        with self._transaction() as db:
            db.executemany(
                "UPDATE documents SET state = 'waiting', sha256 = NULL WHERE id = ?", ((i,) for i in row_ids)
            )
            db.executemany(
                "UPDATE documents SET state = 'waiting', sha256 = NULL, duplicate_of = NULL WHERE duplicate_of = ?"
                " AND (SELECT seen < ? OR gone FROM documents AS original WHERE original.id = documents.duplicate_of)",
                ((i, run) for i in row_ids),
            )
            db.execute(_TABLES_STALE)


_SEEN_AGAIN = """
UPDATE documents SET
    state = CASE WHEN size = :size AND modified = :modified THEN iif(state = 'settling', 'waiting', state)
                 ELSE :fresh END,
    sha256 = CASE WHEN size = :size AND modified = :modified OR state IN ('done', 'partial') THEN sha256 END,
    duplicate_of = CASE WHEN size = :size AND modified = :modified THEN duplicate_of END,
    tries = CASE WHEN size = :size AND modified = :modified THEN tries ELSE 0 END,
    size = :size, modified = :modified, seen = :run, gone = 0
WHERE address = :address"""
_NEW = """
INSERT OR IGNORE INTO documents (id, key, address, root, size, modified, state, seen)
VALUES (:id, :key, :address, :root, :size, :modified, :fresh, :run)"""
_TABLES_STALE = "DELETE FROM facts WHERE name = 'tables'"
_UNUSABLE = """
UPDATE documents SET state = 'failed', code = :code, error = 'UnusableName', message = :error
WHERE address = :address"""
_RECORD = """
UPDATE documents SET
    state = :state, made_with = :made_with, tries = tries + 1, code = :code, error = :error, message = :message,
    pages = iif(:state IN ('done', 'partial'), :pages, pages),
    failed_pages = iif(:state IN ('done', 'partial'), :failed_pages, failed_pages),
    seconds = :seconds, finished = :finished,
    sha256 = CASE WHEN :state = 'waiting' THEN NULL ELSE coalesce(:sha256, sha256) END
WHERE id = :id"""


def clean_name(name: str) -> str:
    """A path below a root as every file system takes it."""
    parts = unicodedata.normalize("NFC", name).translate(_FORBIDDEN).split("/")
    return "/".join(part.rstrip(". ") or "_" for part in parts if part not in ("", "."))


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
