"""Every error a user can meet: its class, its exit code, and a message that names the remedy.

The table in docs/errors.md is checked against this module by the tests.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """What the command `kehoach` returns to the shell."""

    OK = 0
    OTHER = 1
    USAGE = 2
    NOT_FOUND = 3
    NOT_READABLE = 4
    UNSUPPORTED_TYPE = 5
    ENCRYPTED = 6
    DAMAGED = 7
    NO_PAGES = 8
    IMAGE_TOO_LARGE = 9
    MISSING_DEPENDENCY = 10
    OUTPUT_NOT_WRITABLE = 11
    DISK_FULL = 12
    PARTIAL = 13
    INVALID_CONFIG = 14
    SOME_FAILED = 15
    OUTPUT_BUSY = 16
    OVER_TIME = 17
    WORKER_DIED = 18
    CLUSTER = 19
    UNFINISHED = 20
    INTERRUPTED = 130


class KehoachError(Exception):
    """Base of all errors below; `str(error)` is the one message for the user."""

    exit_code: ClassVar[ExitCode] = ExitCode.OTHER


class NotFoundError(KehoachError):
    """The input does not exist."""

    exit_code = ExitCode.NOT_FOUND


class NotReadableError(KehoachError):
    """The input exists, but may not be read or is no regular file."""

    exit_code = ExitCode.NOT_READABLE


class UnsupportedTypeError(KehoachError):
    """The content of the input is none of the types we read."""

    exit_code = ExitCode.UNSUPPORTED_TYPE


class EncryptedPdfError(KehoachError):
    """The PDF asks for a password."""

    exit_code = ExitCode.ENCRYPTED


class DamagedInputError(KehoachError):
    """The input claims a type, but cannot be read as such."""

    exit_code = ExitCode.DAMAGED


class NoPagesError(KehoachError):
    """The input is sound, but holds nothing to read."""

    exit_code = ExitCode.NO_PAGES


class ImageTooLargeError(KehoachError):
    """A page would need more pixels than a sane scan has (a decompression bomb)."""

    exit_code = ExitCode.IMAGE_TOO_LARGE


class MissingDependencyError(KehoachError):
    """A program or a language file that we call is not installed."""

    exit_code = ExitCode.MISSING_DEPENDENCY


class OutputNotWritableError(KehoachError):
    """The output folder cannot be made or written."""

    exit_code = ExitCode.OUTPUT_NOT_WRITABLE


class DiskFullError(KehoachError):
    """The disk (or quota) ran out while results were written."""

    exit_code = ExitCode.DISK_FULL


class InvalidConfigError(KehoachError):
    """An option, an environment variable or kehoach.toml holds a value that makes no sense."""

    exit_code = ExitCode.INVALID_CONFIG


class OutputBusyError(KehoachError):
    """Another batch is writing into the same output folder."""

    exit_code = ExitCode.OUTPUT_BUSY


class OverTimeError(KehoachError):
    """A document of a batch took longer than its time limit. Recorded in the ledger."""

    exit_code = ExitCode.OVER_TIME


class WorkerDiedError(KehoachError):
    """The process that worked on a document of a batch was killed or crashed. Recorded in the ledger."""

    exit_code = ExitCode.WORKER_DIED


class ClusterError(KehoachError):
    """The Dask cluster cannot be reached, or its workers cannot do the work."""

    exit_code = ExitCode.CLUSTER


class PageError(KehoachError):
    """One page could not be read; the others go on. Recorded in the Plan's warnings."""

    exit_code = ExitCode.PARTIAL


_PACKAGES = {  # program or language: its package for Debian, Fedora, Homebrew; where Windows finds it
    "tesseract": ("tesseract-ocr", "tesseract", "tesseract", "https://github.com/UB-Mannheim/tesseract/wiki"),
    "poppler": (
        "poppler-utils",
        "poppler-utils",
        "poppler",
        "https://github.com/oschwartz10612/poppler-windows/releases",
    ),
}
_PART_OF = {
    "pdfinfo": "poppler",
    "pdftoppm": "poppler",
    "pdftocairo": "poppler",
    "pdftotext": "poppler",
    "pdfimages": "poppler",
}


def install_hint(program: str) -> str:
    """How to install a program that we call, on the common systems.

    Args:
        program: its command, e.g. "tesseract" or "pdftoppm"; "tesseract-vie" for the language file vie of Tesseract.
    """
    program = _PART_OF.get(program, program)
    if program.startswith("tesseract-"):
        code = program.removeprefix("tesseract-")
        debian, fedora, brew, windows = (
            f"tesseract-ocr-{code.replace('_', '-')}",
            f"tesseract-langpack-{code}",
            "tesseract-lang",
            f"tick the language {code} in the installer of {_PACKAGES['tesseract'][3]}",
        )
    else:
        debian, fedora, brew, windows = _PACKAGES.get(program, (program,) * 4)
    return (
        f"Debian/Ubuntu: sudo apt-get install {debian} - Fedora: sudo dnf install {fedora} - "
        f"macOS: brew install {brew} - Windows: {windows} (and put it on PATH)."
    )
