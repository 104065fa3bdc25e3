"""The whole command on every sample: time from start to end, and accuracy where the truth is known."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import Table
from pipeline.evaluate.plan import score_plan
from pipeline.evaluate.text import line_accuracy

ROOT = Path(__file__).parent.parent
KEHOACH = str(Path(sys.executable).with_name("kehoach"))


def seconds(command: list[str], runs: int = 3) -> float:
    """Median wall time of a command."""
    took = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def start() -> Table:
    """How long a user waits before anything happens."""
    commands = {"kehoach --help": [KEHOACH, "--help"], "import pipeline": [sys.executable, "-c", "import pipeline"]}
    return Table("Start", ("what", "s"), [(name, round(seconds(command, 7), 3)) for name, command in commands.items()])


def samples() -> Table:
    """Every sample through the whole command."""
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as out:
        for sample in sorted(f for f in (ROOT / "samples").iterdir() if f.suffix in {".txt", ".pdf", ".jpg", ".tiff"}):
            took = seconds([KEHOACH, "process", str(sample), "--out", out, "--no-cache"])
            said = json.loads((Path(out) / sample.stem / "plan.json").read_text("utf-8"))
            pages, words = said["source"]["pages"], said["quality"]["words"]
            rows.append((sample.name, pages, words, round(took, 2), round(60 * pages / took), round(words / took)))
    return Table("Samples, whole command", ("sample", "pages", "words", "s", "pages/min", "words/s"), rows)


def accuracy() -> Table:
    """Sample 000 against its truth, which lies in tests/resources."""
    gold = ROOT / "tests/resources/gold"
    sample = ROOT / "samples/000_df5205fc7c6409dc.txt"
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([KEHOACH, "process", str(sample), "--out", out], capture_output=True, check=True)
        result = Path(out) / sample.stem
        observed, true, restored = (
            f.read_text("utf-8").split("\n") for f in (sample, gold / "000.true.txt", result / "text.txt")
        )
        plan = json.loads((result / "plan.json").read_text("utf-8"))
    rows: list[tuple[object, ...]] = list(line_accuracy(observed, true, restored).items())
    scores = score_plan(json.loads((gold / "000.gold.json").read_text("utf-8")), plan)
    rows += [(name, value["f1"] if isinstance(value, dict) else value) for name, value in scores.items()]
    return Table("Sample 000 against its truth (F1 where a part is counted)", ("measure", "value"), rows)
