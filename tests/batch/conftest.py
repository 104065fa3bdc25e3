"""An archive, a pool that does no real work where faults are injected, and the real command."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.batch.job import Job, Outcome
from pipeline.batch.settings import Settings
from pipeline.export.atomic import write_folder
from pipeline.model import Metadata, Plan, Source

KEHOACH = str(Path(sys.executable).with_name("kehoach"))
LONG_AGO = 1_700_000_000
QUICK = Settings(xlsx=False)


def put(path: Path, content: str | bytes, age: int = 0) -> Path:
    """A file that was written long ago; `age` seconds before that."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(path, (LONG_AGO - age, LONG_AGO - age))
    return path


def succeed(job: Job) -> Outcome:
    """A result without work: it holds nothing but what it was made from."""
    content = Path(job.address).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    plan = Plan(
        metadata=Metadata(), source=Source(path=Path(job.address).name, sha256=digest, kind="ocr_text", pages=1)
    )
    folder = Path(job.folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    write_folder(folder, {"plan.json": plan.model_dump_json().encode()})
    return Outcome(job.id, digest, pages=1, seconds=0.5)


class FakePool:
    """A pool whose work is a function, called when the run asks for an outcome."""

    def __init__(self, work: Callable[[Job], Outcome] = succeed) -> None:
        self.work, self.waiting, self.done, self.stopped = work, deque[Job](), list[str](), False

    def workers(self) -> int:
        return 2

    def submit(self, job: Job) -> None:
        self.waiting.append(job)

    def next(self, timeout: float) -> Outcome | None:
        job = self.waiting.popleft()
        self.done.append(job.id)
        return self.work(job)

    def stop(self) -> None:
        self.stopped = True


def ledger(out: Path) -> dict[str, sqlite3.Row]:
    """All rows of a ledger by id; none before it is made."""
    if not (out / "ledger.sqlite").exists():
        return {}
    db = sqlite3.connect(out / "ledger.sqlite")
    db.row_factory = sqlite3.Row
    try:
        made = db.execute("PRAGMA user_version").fetchone()[0]
        return {row["id"]: row for row in db.execute("SELECT * FROM documents")} if made else {}
    finally:
        db.close()


def states(out: Path) -> dict[str, str]:
    return {name: row["state"] for name, row in ledger(out).items()}


def results(out: Path) -> dict[str, Path]:
    """All result folders by id."""
    top = out / "documents"
    return {p.parent.relative_to(top).as_posix(): p.parent for p in top.rglob("plan.json")}


def leftovers(out: Path) -> list[Path]:
    """Whatever should not be there after a run."""
    return [p for p in out.rglob(".*") if p.name not in (".lock",)]


def run(
    *arguments: object, env: dict[str, str] | None = None, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """The real command, as a user runs it."""
    return subprocess.run(
        [KEHOACH, *map(str, arguments)], capture_output=True, text=True, env=os.environ | (env or {}), timeout=timeout
    )


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Three texts in two folders, two of the same name, two of the same content."""
    top = tmp_path / "Lưu trữ"
    put(top / "2024" / "kh.txt", "KẾ HOẠCH\nI. MỤC ĐÍCH\n- Rà soát các văn bản.\n")
    put(top / "2025" / "kh.txt", "KẾ HOẠCH\nI. NHIỆM VỤ\n1. Sở Nội vụ chủ trì.\n- Tổng hợp kết quả.\n")
    put(top / "2025" / "bản sao.txt", "KẾ HOẠCH\nI. MỤC ĐÍCH\n- Rà soát các văn bản.\n")
    return top


def stuck_tesseract(folder: Path) -> tuple[dict[str, str], Path]:
    """An environment in which Tesseract never ends, and the file that it makes when it begins to read."""
    folder.mkdir()
    reading, fake = folder / "reading", folder / "tesseract"
    real = shutil.which("tesseract")
    fake.write_text(
        f'#!/bin/sh\ncase "$*" in *--version*|*--list-langs*) exec {real} "$@";; esac\n'
        f'touch "{reading}"; mkfifo "{folder}/never.$$"; read x < "{folder}/never.$$"\n',
        "utf-8",
    )
    fake.chmod(0o755)
    return {"PATH": f"{folder}:{os.environ['PATH']}", "KEHOACH_ENGINE": "tesseract"}, reading
