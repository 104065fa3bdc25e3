"""Whole archives: speed beside OCR alone, reruns, kills, memory, and a cluster.

    python -m benchmarks.bench_batch [--documents N] [--kills N] [--rows N] [--only PART ...] [--work FOLDER]

On two quiet cores: throughput half an hour, many 4 minutes, kills 8, cluster 10. `--only many kills` does two of them.
The archive is made of the samples' pages, each document changed a little (specks, and a shift by a few pixels), so that
no two have the same bytes. OCR alone is `read_scan` over the same files in a warm pool of as many processes, fed one
file at a time (xargs-style): the same engine, rendering and resolution, but no restoration, no structure and no files.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from benchmarks.report import Table, conditions
from pipeline.batch.job import Job, Outcome

KEHOACH = str(Path(sys.executable).with_name("kehoach"))
SAMPLES = Path(__file__).parents[1] / "samples"
COLUMNS = ("what", "figure")
CORES = 2
QUIET_DASK = {
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "5s",
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
}
"""As docs/scale.md says: Dask's watching of itself takes 8 % of a core on an idle cluster of two workers, so 3 %."""
_TEXT = "KẾ HOẠCH\nI. NHIỆM VỤ\n1. Công tác số {n}.\n- Tổng hợp kết quả việc thứ {n}.\nĐơn vị chủ trì: Sở Nội vụ.\n"


def make_archive(folder: Path, count: int) -> None:
    """Scans of one to three pages, no two the same."""
    from pdf2image import convert_from_path

    pages = [p.convert("L") for s in sorted(SAMPLES.glob("scan-*.pdf")) for p in convert_from_path(str(s), dpi=200)]
    chance = random.Random(6)
    for n in range(count):
        path = folder / f"{n % 7}" / f"{n:04}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        images = []
        for _ in range(1 + n % 3):
            image = chance.choice(pages).rotate(
                0, translate=(chance.randint(-6, 6), chance.randint(-6, 6)), fillcolor=255
            )
            for _ in range(20):
                image.putpixel((chance.randrange(image.width), chance.randrange(image.height)), 0)
            images.append(image)
        images[0].save(path, save_all=True, append_images=images[1:], resolution=200, quality=85)


def make_texts(folder: Path, first: int, count: int) -> None:
    """Short texts, no two the same, a minute old: a batch waits for files that were just written."""
    a_minute_ago = time.time() - 60
    for n in range(first, first + count):
        path = folder / f"{n % 7}" / f"{n}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_TEXT.format(n=n), "utf-8")
        os.utime(path, (a_minute_ago, a_minute_ago))


def kehoach(*arguments: object, check: bool = True) -> float:
    """Seconds that a command took."""
    began = time.perf_counter()
    subprocess.run([KEHOACH, *map(str, arguments)], check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def _read(path: str) -> int:
    from pipeline import Options, read_scan

    return sum(1 for _ in read_scan(path, Options(jobs=1, text_layer="never", cache=False)))


def read_alone(files: list[str], processes: int) -> tuple[int, float, float]:
    """OCR alone in a warm pool: pages, seconds, core seconds."""
    before = _cpu()
    warm = [str(SAMPLES / "photo-phone.jpg")] * processes
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.map(_read, warm, chunksize=1)
        began = time.perf_counter()
        count = sum(pool.imap_unordered(_read, files))
        seconds = time.perf_counter() - began
        pool.close()
        pool.join()
    return count, seconds, (_cpu() - before) * count / (count + len(warm))


def throughput(work: Path, documents: int) -> Table:
    """Pages per minute of a batch, beside OCR alone; then a rerun with nothing to do."""
    archive, out = work / "scans", work / "out"
    make_archive(archive, documents)
    files = sorted(map(str, archive.rglob("*.pdf")))
    count, alone, cpu_alone = read_alone(files, CORES)
    before = _cpu()
    batch = kehoach("batch", archive, "--out", out, "--jobs", CORES, "--text-layer", "never")
    costs = [cpu_alone / count, (_cpu() - before) / count]
    rerun = kehoach("batch", archive, "--out", out, "--jobs", CORES, "--text-layer", "never")
    rows = [
        ("documents, pages", f"{documents}, {count}"),
        ("OCR alone, pages/min", f"{count / alone * 60:.1f}"),
        ("batch with start and tables, pages/min", f"{count / batch * 60:.1f}"),
        ("batch / OCR alone", f"{alone / batch:.1%}"),
        ("OCR alone, core seconds a page", f"{costs[0]:.2f}"),
        ("batch with start and tables, core seconds a page", f"{costs[1]:.2f}"),
        (
            "OCR alone / batch in core seconds (does not depend on what else the machine does)",
            f"{costs[0] / costs[1]:.1%}",
        ),
        ("rerun with nothing to do", f"{rerun:.2f} s"),
    ]
    return Table(f"Throughput, {CORES} processes", COLUMNS, rows)


def _cpu() -> float:
    """Core seconds of all processes that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Simulated:
    """A pool whose results are written without any work."""

    def __init__(self) -> None:
        self._outcomes: list[Outcome] = []

    def workers(self) -> int:
        """As a machine with four cores."""
        return 4

    def submit(self, job: Job) -> None:
        """Write a result that says nothing but what it was made from."""
        from pipeline.model import Metadata, Plan, Source

        digest = hashlib.sha256(Path(job.address).read_bytes()).hexdigest()
        source = Source(path=Path(job.address).name, sha256=digest, kind="ocr_text", pages=1)
        folder = Path(job.folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "plan.json").write_text(Plan(metadata=Metadata(), source=source).model_dump_json(), "utf-8")
        self._outcomes.append(Outcome(job.id, digest, pages=1, seconds=1.0))

    def next(self, timeout: float) -> Outcome | None:
        """The latest."""
        return self._outcomes.pop()

    def stop(self) -> None:
        """Nothing is under way."""


def simulate(archive: Path, out: Path) -> None:
    """One run with simulated results; prints its seconds and its peak memory."""
    from pipeline.batch.run import batch

    began = time.perf_counter()
    batch([archive], out, Simulated)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([time.perf_counter() - began, peak]))


def many(work: Path, rows: int) -> Table:
    """A ledger of many rows: the first run, its memory, and a rerun with nothing to do."""
    archive, out = work / "many", work / "many-out"
    make_texts(archive, 0, rows)
    command = [sys.executable, "-m", "benchmarks.bench_batch", "--simulate", str(archive), str(out)]
    (first, peak), (again, peak_again) = (
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(2)
    )
    found = [
        ("documents", f"{rows:,}"),
        ("first run, results simulated", f"{first:.1f} s"),
        ("peak memory of the run", f"{peak:.0f} MB"),
        ("rerun with nothing to do", f"{again:.1f} s"),
        ("its peak memory", f"{peak_again:.0f} MB"),
        ("the same by the command", f"{kehoach('batch', archive, '--out', out):.1f} s"),
        ("kehoach status", f"{kehoach('status', out):.2f} s"),
    ]
    return Table("A large ledger", COLUMNS, found)


def kills(work: Path, count: int, pause: float) -> Table:
    """Kill -9 of the run or of one of its workers, at random moments; then look at what is there."""
    archive, out = work / "kills", work / "kills-out"
    chance, made, done, victims = random.Random(66), 0, 0, {"run": 0, "worker": 0}
    make_archive(archive / "scans", 1)
    while done < count:
        if not made or _waiting(out) == 0:
            make_texts(archive, made, 150)
            made += 150
        child = subprocess.Popen(
            [KEHOACH, "batch", archive, "--out", out, "--jobs", str(CORES), "--no-xlsx", "--tries", "99"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while child.poll() is None and done < count:
            time.sleep(chance.uniform(0.1, pause))
            if (victim := _victim(child.pid, chance)) is not None:
                with suppress(psutil.NoSuchProcess):
                    psutil.Process(victim[1]).send_signal(signal.SIGKILL)
                    victims[victim[0]] += 1
                    done += 1
        child.kill() if done == count else None
        child.wait()
    kehoach("batch", archive, "--out", out, "--jobs", CORES, "--no-xlsx", "--tries", 99)
    rows: list[tuple[str, object]] = [(f"kills of a {name}", n) for name, n in victims.items()]
    return Table("Killed at random moments", COLUMNS, [*rows, ("documents", made + 1), *audit(archive, out)])


def _waiting(out: Path) -> int:
    with suppress(sqlite3.Error), sqlite3.connect(f"file:{out / 'ledger.sqlite'}?mode=ro", uri=True) as db:
        return int(db.execute("SELECT count(*) FROM documents WHERE state IN ('waiting', 'running')").fetchone()[0])
    return -1


def _victim(leader: int, chance: random.Random) -> tuple[str, int] | None:
    with suppress(psutil.NoSuchProcess):
        workers = psutil.Process(leader).children()
        choices = [("run", [leader]), ("worker", [w.pid for w in workers])]
        name, pids = chance.choice([c for c in choices if c[1]])
        return name, chance.choice(pids)
    return None


def audit(archive: Path, out: Path) -> Iterator[tuple[str, object]]:
    """Whether ledger, folder and archive agree, and no file is half written."""
    inputs = {f"{archive.name}/{p.relative_to(archive).as_posix()}": p for p in archive.rglob("*.*") if p.is_file()}
    with sqlite3.connect(out / "ledger.sqlite") as db:
        ledger = {
            name: (state, digest) for name, state, digest in db.execute("SELECT id, state, sha256 FROM documents")
        }
    top = out / "documents"
    results = {p.parent.relative_to(top).as_posix() for p in top.rglob("plan.json")}
    broken = [
        name
        for name, path in inputs.items()
        if ledger.get(name) != ("done", digest := hashlib.sha256(path.read_bytes()).hexdigest())
        or not _whole(top / name, digest)
    ]
    yield "done from their present bytes, every file whole", len(inputs) - len(broken)
    yield "not", ", ".join(broken[:5]) or 0
    yield "rows without a result, results without a row", len(set(ledger) ^ results)
    yield "left behind", len([p for p in out.rglob(".*") if p.name != ".lock"])
    yield "rows of the combined tables", (out / "tables" / "documents.csv").read_text("utf-8-sig").count("\n") - 1


def _whole(folder: Path, digest: str) -> bool:
    """Whether every file is as long and has the content that the package says."""
    if json.loads((folder / "plan.json").read_bytes())["source"]["sha256"] != digest:
        return False
    package = json.loads((folder / "datapackage.json").read_bytes())
    return all(
        f"sha256:{hashlib.sha256((folder / r['path']).read_bytes()).hexdigest()}" == r["hash"]
        for r in package["resources"]
    )


def cluster(work: Path, documents: int) -> Table:
    """A Dask cluster of one and of two workers; the second loses a worker in a further run."""
    archive = work / "cluster"
    make_archive(archive, documents)
    local = work / "cluster-local"
    kehoach("batch", archive, "--out", local, "--jobs", CORES, "--text-layer", "never")
    files = sorted(map(str, archive.rglob("*.pdf")))[::4]
    alone = [read_alone(files, count)[1] for count in (1, 2)]
    seconds = []
    for count in (1, 2):
        with dask(count) as (address, _):
            settings = ("--dask", address, "--text-layer", "never", "--out")
            kehoach("batch", SAMPLES, *settings, work / f"warm-{count}")
            seconds.append(kehoach("batch", archive, *settings, work / f"cluster-{count}"))
    with dask(2) as (address, workers):
        command = [KEHOACH, *map(str, ("batch", archive, "--dask", address, *settings[2:], work / "cluster-killed"))]
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds[1] / 2)
        kill_tree(workers[0])
        code = child.wait()
    same = [_same(local, work / f"cluster-{name}") for name in (1, 2, "killed")]
    rows = [
        ("documents", documents),
        ("1 worker", f"{seconds[0]:.1f} s"),
        ("2 workers", f"{seconds[1]:.1f} s"),
        ("2 workers / 1 worker", f"{seconds[0] / seconds[1]:.2f} x"),
        ("OCR alone, 2 processes / 1: what these cores give", f"{alone[0] / alone[1]:.2f} x"),
        ("byte for byte as local: 1 worker, 2 workers, 1 of 2 killed", ", ".join(map(str, same))),
        ("exit code with a killed worker", code),
    ]
    return Table("A Dask cluster on this machine", COLUMNS, rows)


@contextmanager
def dask(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and workers, as processes of their own."""
    from distributed import Client

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    environment = os.environ | QUIET_DASK | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard", "--host", "127.0.0.1"]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)

    processes = [start("scheduler", "--port", address.rpartition(":")[2])]
    time.sleep(3)
    processes += [start("worker", address, "--nworkers", "1", "--nthreads", "1") for _ in range(workers)]
    with Client(address, timeout=30, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(workers, timeout=60)
    try:
        yield address, processes[1:]
    finally:
        for process in processes:
            kill_tree(process)


def kill_tree(process: subprocess.Popen[bytes]) -> None:
    """Kill -9 a process and all below it."""
    if process.poll() is None:
        leader = psutil.Process(process.pid)
        for each in (*leader.children(recursive=True), leader):
            with suppress(psutil.NoSuchProcess):
                each.kill()
    process.wait()


def _same(a: Path, b: Path) -> bool:
    def content(folder: Path) -> dict[str, str]:
        files = (p for part in ("documents", "tables") for p in (folder / part).rglob("*") if p.is_file())
        return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    return content(a) == content(b)


def main() -> None:
    """Print every table as soon as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--pause", type=float, default=4.0, help="most seconds between two kills [4]")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--only", nargs="+", choices=("throughput", "many", "kills", "cluster"), help="parts")
    parser.add_argument("--work", type=Path, help="folder for the archives, on the disk to be measured")
    parser.add_argument("--simulate", nargs=2, type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.simulate:
        simulate(*given.simulate)
        return
    parts: dict[str, Callable[[Path], Table]] = {
        "throughput": lambda work: throughput(work, given.documents),
        "many": lambda work: many(work, given.rows),
        "kills": lambda work: kills(work, given.kills, given.pause),
        "cluster": lambda work: cluster(work, max(8, given.documents // 10)),
    }
    os.environ |= {"OMP_THREAD_LIMIT": "1", "KEHOACH_CACHE": "false"}
    print(conditions())
    for name in given.only or parts:
        work = Path(tempfile.mkdtemp(prefix="bench-batch-", dir=given.work))
        try:
            print(parts[name](work).markdown(), flush=True)
        finally:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
