"""The first benchmark, for every checkout: how the whole command fares on the samples.

    python -m benchmarks

`benchmarks.bench_restore` and `benchmarks.bench_scans` measure the two costly stages beside their peers.
"""

from __future__ import annotations

from benchmarks import bench_pipeline
from benchmarks.report import conditions


def main() -> None:
    """Print every table as soon as it is measured."""
    print(conditions())
    for measure in (bench_pipeline.start, bench_pipeline.samples, bench_pipeline.accuracy):
        print(measure().markdown(), flush=True)


if __name__ == "__main__":
    main()
