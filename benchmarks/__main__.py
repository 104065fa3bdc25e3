"""Run the benchmarks and print one Markdown report.

    python -m benchmarks [--plans FOLDER] [--scans FOLDER] [--pairs FOLDER]

Without folders only what the checkout holds is measured.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import bench_pipeline
from benchmarks.report import conditions


def main() -> None:
    """Print every table as soon as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, meaning in (("plans", "made plans with truth"), ("scans", "real scans"), ("pairs", "noise pairs")):
        parser.add_argument(f"--{name}", type=Path, help=f"folder of {meaning}")
    parser.parse_args()
    print(conditions())
    for measure in (bench_pipeline.start, bench_pipeline.samples, bench_pipeline.accuracy):
        print(measure().markdown(), flush=True)


if __name__ == "__main__":
    main()
