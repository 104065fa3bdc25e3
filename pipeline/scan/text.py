"""OCR text files: exactly one line for every input line; a form feed begins a new page."""

from __future__ import annotations

import codecs
import logging
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import DamagedInputError, NoPagesError
from pipeline.model import Line, Page
from pipeline.scan import legacy

_log = logging.getLogger(__name__)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(path: Path) -> str:
    r"""A text file as NFC text with "\n" as the only line end.

    Raises:
        DamagedInputError: see `decode`.
        NoPagesError: it holds nothing but white space.
    """
    text = decode(path.read_bytes(), str(path))
    if not text.strip():
        raise NoPagesError(f"{path}: holds no text.")
    return text


def decode(data: bytes, name: str) -> str:
    r"""Bytes as NFC text with "\n" as the only line end.

    Args:
        data: UTF-8 with or without a byte order mark, UTF-16 with one, or Vietnamese in TCVN3, VNI, VISCII or
            Windows-1258, also where such text was saved as UTF-8.
        name: where the bytes come from, for the message.

    Raises:
        DamagedInputError: they are nothing of these.
    """
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode("latin-1")
        if b"\0" in data or (legacy.detect(text) is None and not _is_windows(data)):
            raise DamagedInputError(
                f"{name}: is not valid {encoding.removesuffix('-sig').upper()} (at byte {error.start}), nor Vietnamese "
                f"in TCVN3, VNI, VISCII or Windows-1258. Convert it first: iconv -f UTF-16LE -t UTF-8 {name}"
            ) from error
        if legacy.detect(text) is None:
            text = data.decode("cp1258", "replace")
    if "\0" in text:
        raise DamagedInputError(f"{name}: holds NUL characters; UTF-16 needs a byte order mark.")
    if (old := legacy.detect(text)) is not None:
        _log.info("%s is in the old encoding %s", name, old)
        text = "\n".join(legacy.decode(line, old) for line in text.split("\n"))
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def _is_windows(data: bytes) -> bool:
    """Whether bytes are Vietnamese in Windows-1258."""
    count, share = legacy.plausibility(unicodedata.normalize("NFC", data.decode("cp1258", "replace")))
    return count > 0 and share >= legacy.PLAUSIBLE


def split_pages(text: str) -> list[list[str]]:
    r"""The lines of each page. A form feed within a line begins a page with that line, so that no line is added.

    As many lines come out as `text.count("\n")`, and one more for characters behind the last "\n".
    """
    lines = text.split("\n")
    closing = lines[-1].count("\f") if not lines[-1].strip("\f") else 0
    if not lines[-1].strip("\f"):
        lines.pop()
    pages: list[list[str]] = [[]]
    for line in lines:
        pages += [[] for _ in range(line.count("\f"))]
        pages[-1].append(line.replace("\f", ""))
    if closing > 1:  # as many programs end every page with a form feed, the last one begins no page
        pages += [[] for _ in range(closing - 1)]
    return pages[1:] if len(pages) > 1 and not pages[0] else pages


def text_pages(text: str) -> Iterator[Page]:
    """The pages of a text; line numbers are those of the input."""
    number = 1
    for count, lines in enumerate(split_pages(text), 1):
        yield Page(count, "ocr_text", tuple(Line(n, line) for n, line in enumerate(lines, number)))
        number += len(lines)
