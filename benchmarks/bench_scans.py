"""Reading scans: speed and word error rate, ours beside Tesseract alone.

    python -m benchmarks.bench_scans FOLDER [--dpi N] [--only PATTERN]

A file NAME.*.pdf (or .jpg, .png, .tiff) has its truth in NAME.true.txt or NAME.gt.txt beside it; without, only speed is
measured. Tesseract alone reads the same pages, rendered at 300 dpi beforehand, one process a core.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.report import Table, conditions
from pipeline.evaluate.text import wer
from pipeline.ocr import read_pages, tesseract
from pipeline.options import Options
from pipeline.scan import open_scan, pages

SUFFIXES = {".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"}
COLUMNS = ("scan", "pages", "from layer", "failed", "pages/min", "pages/min raw", "WER %", "WER % raw")


def scans(folder: Path, options: Options, only: str = "*") -> Table:
    """Every scan of a folder."""
    files = [f for f in sorted(folder.glob(only)) if f.suffix.lower() in SUFFIXES]
    return Table(f"Reading scans at {options.dpi} dpi", COLUMNS, [_row(file, options) for file in files])


def _row(file: Path, options: Options) -> tuple[object, ...]:
    began = time.perf_counter()
    read = list(read_pages(pages(open_scan(file, options), options), tesseract, options))
    ours = 60 * len(read) / (time.perf_counter() - began)
    raw_text, raw_seconds = raw(file)
    text = "\n".join(line.text for page in read for line in page.lines)
    layers, failed = sum(p.kind == "text_layer" for p in read), sum(p.error is not None for p in read)
    errors = [_percent(file, text), _percent(file, raw_text)]
    return (file.name, len(read), layers, failed, round(ours), round(60 * len(read) / raw_seconds), *errors)


def _percent(file: Path, text: str) -> object:
    names = (f"{file.name.split('.')[0]}.true.txt", f"{file.stem}.gt.txt")
    truth = next((t for name in names if (t := file.with_name(name)).is_file()), None)
    return round(100 * wer(truth.read_text("utf-8"), text), 2) if truth else ""


def raw(file: Path) -> tuple[str, float]:
    """What `tesseract -l vie --psm 3` reads at 300 dpi, and its seconds without the rendering."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        if file.suffix.lower() == ".pdf":
            subprocess.run(["pdftoppm", "-r", "300", "-png", file, f"{folder}/page"], check=True)
            images = sorted(Path(folder).glob("*.png"))
        else:
            images = [file]
        began = time.perf_counter()
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            texts = list(pool.map(_tesseract, images))
        return "\n".join(texts), time.perf_counter() - began


def _tesseract(image: Path) -> str:
    command = ["tesseract", str(image), "stdout", "-l", "vie", "--psm", "3"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main() -> None:
    """Print the table for a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dpi", type=int, default=Options().dpi)
    parser.add_argument("--only", default="*", help="pattern of file names")
    given = parser.parse_args()
    print(conditions())
    print(scans(given.folder, Options(dpi=given.dpi), given.only).markdown())


if __name__ == "__main__":
    main()
