import os
from pathlib import Path

import pytest

from pipeline.errors import (
    DamagedInputError,
    EncryptedPdfError,
    ImageTooLargeError,
    KehoachError,
    NoPagesError,
    NotFoundError,
    NotReadableError,
    UnsupportedTypeError,
)
from pipeline.options import Options
from pipeline.scan import open_scan
from pipeline.scan.source import digest_and_kind

RESOURCES = Path(__file__).parents[1] / "resources"


@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        ("good-text-layer.pdf", "pdf", 1),
        ("layers/signature-only-over-scan.pdf", "pdf", 2),
        ("owner-password-only.pdf", "pdf", 1),
        ("multipage.tiff", "image", 3),
        ("rotated-exif.jpg", "image", 1),
        ("transparent.png", "image", 1),
        ("utf8-bom.txt", "text", 1),
        ("utf16-le-bom.txt", "text", 1),
        ("form-feeds.txt", "text", 4),
    ],
)
def test_kind_and_pages_by_content(name: str, kind: str, count: int) -> None:
    scan = open_scan(RESOURCES / name, Options())
    assert (scan.kind, scan.page_count, len(scan.sha256)) == (kind, count, 64)


@pytest.mark.parametrize(
    ("name", "error", "says"),
    [
        ("not-there.pdf", NotFoundError, "no such file"),
        (".", NotReadableError, "folder"),
        ("word-document.pdf", UnsupportedTypeError, "PDF, TIFF"),
        ("encrypted.pdf", EncryptedPdfError, "qpdf --decrypt"),
        ("damaged-truncated.pdf", DamagedInputError, "repair"),
        ("no-pages.pdf", NoPagesError, "no pages"),
        ("empty.pdf", NoPagesError, "empty"),
        ("blank.txt", NoPagesError, "no text"),
        ("huge-page.pdf", ImageTooLargeError, "max_pixels"),
        ("decompression-bomb.png", ImageTooLargeError, "bomb"),
        ("unknown-encoding.txt", DamagedInputError, "iconv"),
    ],
)
def test_errors_name_the_remedy(name: str, error: type[KehoachError], says: str) -> None:
    with pytest.raises(error, match=says):
        open_scan(RESOURCES / name, Options())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "closed.txt"
    path.write_text("một")
    path.chmod(0)
    with pytest.raises(NotReadableError, match="permissions"):
        digest_and_kind(path)


def test_name_does_not_decide(tmp_path: Path) -> None:
    path = tmp_path / "scan.txt"
    path.write_bytes((RESOURCES / "good-text-layer.pdf").read_bytes())
    assert digest_and_kind(path)[1] == "pdf"


def test_text_cut_within_a_character_by_the_look_at_its_head(tmp_path: Path) -> None:
    path = tmp_path / "long"
    path.write_text("a" + "ế" * 3000, encoding="utf-8")
    assert digest_and_kind(path)[1] == "text"


def test_a_larger_limit_lets_a_large_page_pass() -> None:
    assert open_scan(RESOURCES / "huge-page.pdf", Options(max_pixels=10**10)).page_count == 1
