"""200 damaged inputs through the real command: no traceback, no hang, the right exit code, no half a result.

    python -m benchmarks.bench_damaged [--count N] [--jobs N] [--only PATTERN] [--keep FOLDER]

The inputs are the same at every run (`benchmarks.damage`). Ends with 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import fnmatch
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.damage import READ, Case, cases
from benchmarks.report import Table, conditions
from pipeline.errors import ExitCode

KEHOACH = str(Path(sys.executable).with_name("kehoach"))
LIMIT = 60
"""Seconds after which a run counts as hanging."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case: exit code (None: it hung), seconds, and what was wrong with it."""

    case: Case
    code: int | None
    seconds: float
    wrong: str


def run(case: Case, folder: Path) -> Outcome:
    """Run the command on a case."""
    path = folder / case.name
    path.write_bytes(case.data)
    out = folder / "out" / case.name
    command = [KEHOACH, "process", str(path), "--out", str(out), "--no-cache", "--jobs", "1", "--pdf"]
    began = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=2 * LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return Outcome(case, None, time.perf_counter() - began, "hangs")
    took = time.perf_counter() - began
    there = (out / path.stem / "plan.json").is_file()
    said = done.stderr.strip().splitlines() or [""]
    wrong = (
        (f"traceback: {said[-1]}", "Traceback" in done.stderr),
        ("no message", done.returncode != 0 and not said[-1]),
        (f"exit code {done.returncode}: {said[-1]}", done.returncode not in case.right),
        ("no result", done.returncode in READ and not there),
        ("a result in spite of the error", done.returncode not in READ and there),
        (f"{took:.0f} s", took > LIMIT),
    )
    return Outcome(case, done.returncode, took, "; ".join(text for text, is_so in wrong if is_so))


def measure(chosen: list[Case], jobs: int, folder: Path) -> list[Outcome]:
    """Run all cases."""
    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(lambda case: run(case, folder), chosen))


def table(outcomes: list[Outcome]) -> Table:
    """How many of each kind ended how."""
    codes = sorted({o.code for o in outcomes if o.code is not None})
    names = [ExitCode(c).name if c in set(ExitCode) else str(c) for c in codes]
    kinds = [*dict.fromkeys(o.case.kind for o in outcomes), ""]
    rows = [_row(kind, [o for o in outcomes if kind in ("", o.case.kind)], codes) for kind in kinds]
    return Table("Damaged inputs by exit code", ("damage", "inputs", *names, "slowest s", "wrong"), rows)


def _row(kind: str, outcomes: list[Outcome], codes: list[int]) -> tuple[object, ...]:
    counts = Counter(o.code for o in outcomes)
    slowest = max((o.seconds for o in outcomes), default=0.0)
    wrong = sum(bool(o.wrong) for o in outcomes)
    return (kind or "all", len(outcomes), *(counts[c] or "" for c in codes), f"{slowest:.1f}", wrong)


def main() -> int:
    """Print the table, and what was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--only", default="*", help="pattern of names")
    parser.add_argument("--keep", type=Path, help="folder in which the inputs and results are left")
    given = parser.parse_args()
    chosen = [case for case in cases(given.count) if fnmatch.fnmatch(case.name, given.only)]
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        outcomes = measure(chosen, given.jobs, folder)
    print(conditions())
    print(table(outcomes).markdown())
    bad = [o for o in outcomes if o.wrong]
    for outcome in bad:
        print(f"{outcome.case.name}: {outcome.wrong}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
