"""Reading scans: word error rate, speed and memory of the whole command, beside Tesseract alone and OCRmyPDF.

    python -m benchmarks.bench_scans FOLDER [--only PATTERN] [--ocrmypdf PROGRAM] [--options "--dpi 150"]

A file NAME.*.pdf (or .jpg, .png, .tiff) has its truth in NAME.true.txt or NAME.gt.txt beside it. Ours is the command
`kehoach process` from start to end, nothing kept from before. Tesseract alone (`-l vie --psm 3`) reads the same pages,
rendered at 300 dpi beforehand (PPM: nothing to unpack), one process a core. OCRmyPDF (`-l vie --force-ocr`) is left out
where it is missing.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.bench_memory import megabytes
from benchmarks.report import Table, conditions
from pipeline.evaluate.text import wer

KEHOACH = str(Path(sys.executable).with_name("kehoach"))
SUFFIXES = {".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"}
WHO = ("", " raw", " OCRmyPDF")
COLUMNS = ("scan", "pages", *(f"{figure}{who}" for figure in ("WER %", "pages/min", "MB") for who in WHO))
_STEP = 0.1


@dataclass(frozen=True, slots=True)
class Reading:
    """What a program made of a scan: its text, seconds, and the most memory that it held, in MB."""

    text: str
    seconds: float
    memory: float


def scans(folder: Path, only: str, ocrmypdf: str | None, options: list[str]) -> Table:
    """Every scan of a folder."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    files = [f for f in sorted(folder.glob(only)) if f.suffix.lower() in SUFFIXES]
    return Table("Reading scans", COLUMNS, [_row(file, ocrmypdf, options) for file in files])


def _row(file: Path, program: str | None, options: list[str]) -> tuple[object, ...]:
    with tempfile.TemporaryDirectory() as folder:
        images = _images(file, Path(folder))
        readings = [
            ours(file, Path(folder), options),
            raw(images),
            ocrmypdf(program, file, Path(folder)) if program else None,
        ]
    print(file.name, *(f"{r.seconds:.1f} s" for r in readings if r), file=sys.stderr, flush=True)
    pages = len(images)
    errors = [_percent(file, r.text) if r else "" for r in readings]
    speeds = [round(60 * pages / r.seconds, 1) if r else "" for r in readings]
    return (file.name, pages, *errors, *speeds, *(round(r.memory) if r else "" for r in readings))


def _percent(file: Path, text: str) -> object:
    names = (f"{file.name.split('.')[0]}.true.txt", f"{file.stem}.gt.txt")
    truth = next((t for name in names if (t := file.with_name(name)).is_file()), None)
    return round(100 * wer(truth.read_text("utf-8"), text), 2) if truth else ""


def _watched(command: list[str]) -> tuple[float, float]:
    """Seconds that a command takes, and the most memory of all its processes."""
    most = 0.0
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        tree = psutil.Process(child.pid)
        while child.poll() is None:
            most = max(most, megabytes(tree))
            time.sleep(_STEP)
    return time.perf_counter() - began, most


def ours(file: Path, folder: Path, options: list[str]) -> Reading:
    """The whole command."""
    seconds, memory = _watched([KEHOACH, "process", str(file), "--out", str(folder), "--no-cache", *options])
    text = folder / file.stem / "text.txt"
    return Reading(text.read_text("utf-8") if text.is_file() else "", seconds, memory)


def _images(file: Path, folder: Path) -> list[Path]:
    if file.suffix.lower() != ".pdf":
        return [file]
    subprocess.run(["pdftoppm", "-r", "300", file, f"{folder}/page"], check=True)
    return sorted(folder.glob("page*.ppm"))


def raw(images: list[Path]) -> Reading:
    """Tesseract alone; the seconds are without the rendering."""
    memory = 0.0
    began = time.perf_counter()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        futures = [pool.submit(_tesseract, image) for image in images]
        while not all(future.done() for future in futures):
            memory = max(memory, megabytes(psutil.Process()) - megabytes_of_this())
            time.sleep(_STEP)
    return Reading("\n".join(future.result() for future in futures), time.perf_counter() - began, memory)


def megabytes_of_this() -> float:
    """Memory of the benchmark itself."""
    return float(psutil.Process().memory_info().rss) / 1e6


def _tesseract(image: Path) -> str:
    command = ["tesseract", str(image), "stdout", "-l", "vie", "--psm", "3"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def ocrmypdf(program: str, file: Path, folder: Path) -> Reading:
    """OCRmyPDF on all cores; its text is that of its sidecar."""
    sidecar = folder / "sidecar.txt"
    options = ["-l", "vie", "--force-ocr", "--output-type", "pdf", "--sidecar", str(sidecar), "--image-dpi", "200"]
    seconds, memory = _watched([program, *options, str(file), str(folder / "ocrmypdf.pdf")])
    return Reading(sidecar.read_text("utf-8") if sidecar.is_file() else "", seconds, memory)


def main() -> None:
    """Print the table for a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="*", help="pattern of file names")
    parser.add_argument("--ocrmypdf", default="ocrmypdf", help="the program, if it is not on PATH")
    parser.add_argument("--options", default="", help="more options of kehoach process")
    given = parser.parse_args()
    print(conditions())
    print(scans(given.folder, given.only, shutil.which(given.ocrmypdf), shlex.split(given.options)).markdown())


if __name__ == "__main__":
    main()
