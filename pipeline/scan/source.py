"""What the input is: judged by its content, checked cheaply before any page is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.errors import NoPagesError, NotFoundError, NotReadableError, UnsupportedTypeError

Kind = Literal["pdf", "image", "text"]

SUPPORTED = (
    "PDF, TIFF (also of many pages), PNG, JPEG, and OCR text (.txt; UTF-8, UTF-16 with a byte order mark, TCVN3, VNI, "
    "VISCII)"
)
_HEAD = 4096
_IMAGES = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_OTHERS = (  # the start of what users try most, and its name
    (b"PK\x03\x04", "a Word, Excel or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"RIFF", "a WebP image"),
    (b"AT&TFORM", "a DjVu file"),
)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")


@dataclass(frozen=True, slots=True)
class Scan:
    """An input that exists, is of a type we read, and has pages.

    Attributes:
        path: as given.
        sha256: of the file's bytes, hexadecimal.
        kind: what it is.
        page_count: pages of a PDF, frames of an image, parts between form feeds of a text.
        sizes: width and height of the pages of a PDF as they are shown, in points; else empty.
    """

    path: Path
    sha256: str
    kind: Kind
    page_count: int
    sizes: tuple[tuple[float, float], ...] = ()


def digest_and_kind(path: Path) -> tuple[str, Kind]:
    """SHA-256 and type of a file, both from its content; the file's name only decides for undecodable bytes.

    Raises:
        NotFoundError: there is no such file.
        NotReadableError: it is a folder or a device, or may not be read.
        NoPagesError: it is empty.
        UnsupportedTypeError: it is none of the types we read.
    """
    if not path.exists():
        raise NotFoundError(f"{path}: no such file.")
    if not path.is_file():
        raise NotReadableError(f"{path}: is a folder or device, not a file.")
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise NotReadableError(f"{path}: cannot be read ({error.strerror}). Check its permissions.") from error
    if not head:
        raise NoPagesError(f"{path}: the file is empty.")
    return digest, _kind(path, head)


def _kind(path: Path, head: bytes) -> Kind:
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_IMAGES):
        return "image"
    if head.startswith(_BOMS) or (_is_text(head) or path.suffix.lower() == ".txt"):
        return "text"
    what = next((name for magic, name in _OTHERS if head.startswith(magic)), "of a type we do not know")
    raise UnsupportedTypeError(f"{path}: is {what}. We read {SUPPORTED}.")


def _is_text(head: bytes) -> bool:
    """Whether bytes are UTF-8 (perhaps cut within a character) without control characters."""
    if head.translate(None, _CONTROLS) != head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(head) == _HEAD and error.start > _HEAD - 4
    return True
