"""What is installed, which versions, and what to do about what is missing."""

from __future__ import annotations

import platform
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from pipeline.errors import install_hint
from pipeline.resources import dictionaries

_PACKAGES = (
    "pytesseract",
    "pdf2image",
    "pillow",
    "regex",
    "unidecode",
    "symspellpy",
    "spacy",
    "pandas",
    "numpy",
    "pydantic",
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at.

    Attributes:
        name: what was looked for.
        found: its version or place.
        remedy: what to do where it is missing; empty where all is well.
    """

    name: str
    found: str
    remedy: str = ""


def checks(language: str = "vie") -> Iterator[Check]:
    """Look at everything that a run needs.

    Args:
        language: the Tesseract languages to look for, e.g. "vie" or "vie+eng".
    """
    yield Check("kehoach", metadata.version("kehoach"))
    yield Check("python", f"{platform.python_version()} on {platform.platform()}")
    yield _program("tesseract", ["tesseract", "--version"])
    if shutil.which("tesseract"):
        installed = _run(["tesseract", "--list-langs"]).split()
        for code in language.split("+"):
            there = code in installed
            yield Check(
                f"language {code}", "installed" if there else "", "" if there else install_hint(f"tesseract-{code}")
            )
    yield _program("poppler (pdftoppm)", ["pdftoppm", "-v"])
    for package in _PACKAGES:
        yield Check(package, metadata.version(package))
    yield from _dictionaries()


def _program(name: str, command: list[str]) -> Check:
    if not shutil.which(command[0]):
        return Check(name, "", install_hint(command[0]))
    return Check(name, next(iter(_run(command).splitlines()), "installed"))


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    return done.stdout or done.stderr


def _dictionaries() -> Iterator[Check]:
    folder = dictionaries()
    files = [f for f in sorted(folder.glob("*")) if f.is_file() and f.suffix != ".md"]
    if not files:
        yield Check("dictionaries", "", f"{folder} is empty: install the package again, or run `make dictionaries`.")
        return
    yield Check("dictionaries", f"{len(files)} files, {sum(f.stat().st_size for f in files) / 1e6:.1f} MB in {folder}")
