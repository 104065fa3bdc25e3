"""A long PDF through the real command: memory of all its processes while pages are read, its peak, and its speed.

    python -m benchmarks.bench_memory [--pages 500] [--scan FILE] [--options "--dpi 150"]

The PDF is made of a scan's pages over and over. Memory is the sum of what the processes hold for themselves and their
share of what they have in common (PSS), looked at five times a second.
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pikepdf
import psutil

from benchmarks.report import Table, conditions

ROOT = Path(__file__).parent.parent
KEHOACH = str(Path(sys.executable).with_name("kehoach"))
_STEP = 0.2
_READ = re.compile(r"read: (\d+) of \d+")


def repeated(scan: Path, pages: int, target: Path) -> None:
    """A PDF of so many pages, those of a scan over and over."""
    with pikepdf.open(scan) as source, pikepdf.new() as pdf:
        for n in range(pages):
            pdf.pages.append(source.pages[n % len(source.pages)])
        pdf.save(target)


def megabytes(process: psutil.Process) -> float:
    """Of a process and all below it."""
    total = 0
    for one in (process, *process.children(recursive=True)):
        try:
            total += one.memory_full_info().pss if sys.platform == "linux" else one.memory_info().rss
        except psutil.Error:  # it ended meanwhile
            continue
    return total / 1e6


def measure(pages: int, scan: Path, options: list[str]) -> Table:
    """Run the command and watch it."""
    with tempfile.TemporaryDirectory() as folder:
        path, log = Path(folder) / "long.pdf", Path(folder) / "log"
        repeated(scan, pages, path)
        command = [KEHOACH, "-vv", "process", str(path), "--out", folder, "--no-cache", *options]
        seen: list[tuple[int, float]] = []  # pages read, megabytes
        began = time.perf_counter()
        with log.open("w") as said, subprocess.Popen(command, stderr=said, stdout=subprocess.DEVNULL) as child:
            tree = psutil.Process(child.pid)
            while child.poll() is None:
                done = [int(n) for n in _READ.findall(log.read_text("utf-8"))]
                seen.append((max(done, default=0), megabytes(tree)))
                time.sleep(_STEP)
        if child.returncode:
            raise SystemExit(f"the command ended with {child.returncode}:\n{log.read_text('utf-8')[-2000:]}")
        took = time.perf_counter() - began
    return Table(f"{pages} pages of {scan.name}", ("what", "value"), _rows(seen, pages, took))


def _rows(seen: list[tuple[int, float]], pages: int, took: float) -> list[tuple[object, ...]]:
    fifth = max(2, pages // 5)

    def about(page: int) -> float:
        """The most that was held while the ten pages up to this one were read."""
        return max((m for n, m in seen if page - 10 <= n <= page), default=0.0)

    early, late = about(fifth), about(pages - 1)
    return [
        (f"MB at page {fifth}", round(early)),
        (f"MB at page {pages}", round(late)),
        ("growth %", round(100 * (late / early - 1), 1) if early else ""),
        ("peak MB (restoring and writing included)", round(max((m for _, m in seen), default=0.0))),
        ("pages/min", round(60 * pages / took, 1)),
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--scan", type=Path, default=ROOT / "samples/scan-office.pdf")
    parser.add_argument("--options", default="", help="more options of kehoach process")
    given = parser.parse_args()
    print(conditions())
    print(measure(given.pages, given.scan, shlex.split(given.options)).markdown())


if __name__ == "__main__":
    main()
