"""Damaged inputs, made from sound ones with a fixed seed: what is done to each, and which exit codes are right."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ExitCode

ROOT = Path(__file__).parent.parent
SEED = 20
READ = frozenset({ExitCode.OK, ExitCode.PARTIAL})
REFUSED = frozenset(
    {ExitCode.DAMAGED, ExitCode.NO_PAGES, ExitCode.UNSUPPORTED_TYPE, ExitCode.ENCRYPTED, ExitCode.IMAGE_TOO_LARGE}
)
ANY = READ | REFUSED


@dataclass(frozen=True, slots=True)
class Case:
    """A damaged input.

    Attributes:
        name: of its file.
        kind: what was done to it, for the table.
        data: its bytes.
        right: exit codes that are right for it.
    """

    name: str
    kind: str
    data: bytes
    right: frozenset[ExitCode] = ANY


def cases(count: int = 200) -> list[Case]:
    """The same cases at every call: all special ones, and as many damaged copies as `count` leaves."""
    special = [*_special_pdfs(), *_special_images(), *_special_texts()]
    return [*special, *_damaged(count - len(special))]


def _damaged(count: int) -> Iterator[Case]:
    draw = random.Random(SEED)
    sources = _sources()
    for n in range(count):
        name, data = sources[n % len(sources)]
        kind, damage = _DAMAGES[n // len(sources) % len(_DAMAGES)]
        stem, suffix = name.rsplit(".", 1)
        yield Case(f"{n:03d}-{kind}-{stem}.{suffix}", kind, damage(data, draw))


def _sources() -> list[tuple[str, bytes]]:
    """Sound PDFs, TIFFs, JPEGs and a PNG: whole scans, and small files that fail quickly."""
    from PIL import Image

    names = ["samples/scan-fax.pdf", "samples/photo-phone.jpg", "samples/scan-stamped-table.pdf"]
    names += [f"tests/resources/layers/{n}.pdf" for n in ("good-digital", "good-over-scan", "no-layer", "tcvn3")]
    names += [f"tests/resources/{n}" for n in ("multipage.tiff", "rotated-exif.jpg", "red-stamp.png")]
    found = [(Path(name).name, (ROOT / name).read_bytes()) for name in names]
    photo = Image.open(ROOT / "samples/photo-phone.jpg").convert("L").resize((827, 1169))
    for compression in ("group4", "tiff_lzw", "jpeg"):
        out = io.BytesIO()
        (photo.convert("1") if compression == "group4" else photo).save(
            out, "TIFF", compression=compression, dpi=(100, 100)
        )
        found.append((f"{compression}.tiff", out.getvalue()))
    return found


def _flipped(times: int) -> Callable[[bytes, random.Random], bytes]:
    def damage(data: bytes, draw: random.Random) -> bytes:
        out = bytearray(data)
        for _ in range(times):
            out[draw.randrange(len(out))] ^= 1 << draw.randrange(8)
        return bytes(out)

    return damage


def _cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(8, len(data))]


def _hole(data: bytes, draw: random.Random) -> bytes:
    at, size = draw.randrange(len(data)), draw.randrange(1, max(2, len(data) // 4))
    return data[:at] + data[at + size :]


def _zeros(data: bytes, draw: random.Random) -> bytes:
    at, size = draw.randrange(len(data)), draw.randrange(1, max(2, len(data) // 4))
    return (data[:at] + bytes(size) + data[at + size :])[: len(data)]


def _inserted(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + draw.randbytes(500) + data[at:]


_DAMAGES: list[tuple[str, Callable[[bytes, random.Random], bytes]]] = [
    ("flip-1", _flipped(1)),
    ("flip-10", _flipped(10)),
    ("flip-100", _flipped(100)),
    ("flip-1000", _flipped(1000)),
    ("cut", _cut),
    ("cut-again", _cut),
    ("hole", _hole),
    ("zeros", _zeros),
    ("inserted", _inserted),
    ("flip-30", _flipped(30)),
    ("hole-again", _hole),
]


def _pdf(objects: list[str | bytes], trailer: str = "") -> bytes:
    """A PDF of these objects, the first of them its catalogue."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.5\n")
    for n, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{n} 0 obj\n".encode() + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.writelines(f"{place:010d} 00000 n \n".encode() for place in places)
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def _one_page(
    page: str, content: bytes = b"", extra: tuple[str | bytes, ...] = (), kids: str = "3 0 R", contents: int = 4
) -> bytes:
    stream = f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"
    return _pdf(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /Contents {contents} 0 R {page} >>",
            stream,
            *extra,
        ]
    )


def _special_pdfs() -> Iterator[Case]:
    def case(name: str, data: bytes, *right: ExitCode) -> Case:
        return Case(f"{name}.pdf", "odd PDF", data, frozenset(right) or ANY)

    a4 = "/MediaBox [0 0 595 842]"
    image = (
        "<< /Type /XObject /Subtype /Image /Width {w} /Height {h} /ColorSpace /DeviceGray /BitsPerComponent 1 {f} >>"
    )
    drawn = a4 + " /Resources << /XObject << /I 5 0 R >> >>"
    yield case("empty", b"", ExitCode.NO_PAGES)
    yield case("header-only", b"%PDF-1.4\n", ExitCode.DAMAGED)
    yield case("page-tree-loop", _one_page(a4, kids="2 0 R 3 0 R"))
    yield case("page-is-its-parent", _one_page(a4, kids="2 0 R"))
    yield case("count-lies", _one_page(a4).replace(b"/Count 1", b"/Count 1000000"))
    yield case("count-negative", _one_page(a4).replace(b"/Count 1", b"/Count -1"))
    yield case("no-kids", _one_page(a4, kids=""), *READ, ExitCode.NO_PAGES, ExitCode.DAMAGED)
    yield case("catalogue-loop", _pdf(["1 0 R"]), ExitCode.DAMAGED)
    yield case("previous-xref-loop", _pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Kids [] /Count 0 >>"], "/Prev 9"))
    for name, box in {
        "zero": "0 0 0 0", "negative": "0 0 -595 -842", "backwards": "595 842 0 0", "tiny": "0 0 1 1",
        "far-away": "100000 100000 100595 100842", "no-number": "0 0 a b", "short": "0 0 595", "thin": "0 0 14400 1",
    }.items():  # fmt: skip
        yield case(f"box-{name}", _one_page(f"/MediaBox [{box}]"))
    yield case("box-missing", _one_page(""))
    yield case("box-huge", _one_page("/MediaBox [0 0 140000 140000]"), ExitCode.IMAGE_TOO_LARGE, ExitCode.DAMAGED)
    yield case("crop-outside", _one_page(f"{a4} /CropBox [1000 1000 2000 2000]"))
    yield case("user-unit", _one_page(f"{a4} /UserUnit 1000"))
    yield case("rotated-by-45", _one_page(f"{a4} /Rotate 45"), *READ)
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /I 5 0 R >> >> /Length 5 >>\n"
    yield case("form-loop", _one_page(drawn, b"/I Do", (form + b"stream\n/I Do\nendstream",)), *READ)
    yield case("deep-nesting", _one_page(a4, b"q " * 200_000), *READ)
    yield case("endless-dashes", _one_page(a4, b"[0.0001] 0 d 0 0 m 595 842 l S " * 50))
    bomb = zlib.compress(b"q 1 0 0 1 0 0 cm Q\n" * 5_000_000, 9)
    packed = f"<< /Filter /FlateDecode /Length {len(bomb)} >>\nstream\n".encode() + bomb + b"\nendstream"
    yield case("content-bomb", _one_page(a4, extra=(packed,), contents=5))
    rows = zlib.compress(bytes(40_000 * 5_000), 9)
    for name, w, h, f, data in (
        ("image-40000", 40_000, 40_000, f"/Filter /FlateDecode /Length {len(rows)}", rows),
        ("image-jbig2", 1000, 1000, "/Filter /JBIG2Decode /Length 50", bytes(range(50))),
        ("image-jpx", 1000, 1000, "/Filter /JPXDecode /Length 50", bytes(range(50))),
        ("image-fax", 2000, 2000, "/Filter /CCITTFaxDecode /Length 50", bytes(range(50))),
        ("image-negative", -5, -5, "/Length 50", bytes(range(50))),
    ):
        body = image.format(w=w, h=h, f=f).encode() + b"\nstream\n" + data + b"\nendstream"
        yield case(name, _one_page(drawn, b"q 595 0 0 842 0 0 cm /I Do Q", (body,)))
    for name, right in {"encrypted": ExitCode.ENCRYPTED, "owner-password-only": ExitCode.OK}.items():
        yield case(name, (ROOT / f"tests/resources/{name}.pdf").read_bytes(), right)
    crypt = "/Encrypt << /Filter /Standard /V 9 /R 9 /O (x) /U (x) /P 0 >> /ID [(a) (b)]"
    yield case("encryption-unknown", _pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Kids [] /Count 0 >>"], crypt))


def _special_images() -> Iterator[Case]:
    from PIL import Image

    def case(name: str, data: bytes, *right: ExitCode) -> Case:
        return Case(name, "odd image", data, frozenset(right) or ANY)

    def saved(image: Image.Image, form: str) -> bytes:
        out = io.BytesIO()
        image.save(out, form)
        return out.getvalue()

    for suffix in ("tiff", "jpg", "png"):
        yield case(f"empty.{suffix}", b"", ExitCode.NO_PAGES)
    wide = Image.new("1", (40_000, 3_000), 1)
    yield case("40000-wide.png", saved(wide, "PNG"), *READ, ExitCode.IMAGE_TOO_LARGE)
    yield case("40000-wide.tiff", saved(wide, "TIFF"), *READ, ExitCode.IMAGE_TOO_LARGE)
    yield case("40000-line.png", saved(Image.new("L", (40_000, 1)), "PNG"))
    yield case("40000-column.png", saved(Image.new("L", (1, 40_000)), "PNG"))
    yield case("one-pixel.png", saved(Image.new("L", (1, 1)), "PNG"), *READ)
    bomb = (ROOT / "tests/resources/decompression-bomb.png").read_bytes()
    yield case("40000-square.png", bomb, ExitCode.IMAGE_TOO_LARGE)
    jpeg = saved(Image.new("L", (16, 16)), "JPEG")
    at = jpeg.index(b"\xff\xc0") + 5
    yield case("40000-claimed.jpg", jpeg[:at] + b"\x9c\x40\x9c\x40" + jpeg[at + 4 :], ExitCode.IMAGE_TOO_LARGE)
    yield case("cmyk.jpg", saved(Image.new("CMYK", (300, 400)), "JPEG"), *READ)
    yield case("palette.png", saved(Image.new("P", (300, 400)), "PNG"), *READ)
    tiff = bytearray(saved(Image.new("L", (300, 400), 255), "TIFF"))
    first = int.from_bytes(tiff[4:8], "little")
    entries = int.from_bytes(tiff[first : first + 2], "little")
    tiff[first + 2 + 12 * entries :][:4] = b""
    looped = (
        bytes(tiff[: first + 2 + 12 * entries]) + first.to_bytes(4, "little") + bytes(tiff[first + 6 + 12 * entries :])
    )
    yield case("frames-in-a-loop.tiff", looped)
    yield case("gif-by-another-name.jpg", saved(Image.new("P", (30, 40)), "GIF"), ExitCode.UNSUPPORTED_TYPE)
    yield case("tiff-header-only.tiff", b"II*\0\x08\0\0\0", ExitCode.DAMAGED)


def _special_texts() -> Iterator[Case]:
    draw = random.Random(SEED)

    def case(name: str, data: bytes, *right: ExitCode) -> Case:
        return Case(f"{name}.txt", "odd text", data, frozenset(right) or ANY)

    yield case("empty", b"", ExitCode.NO_PAGES)
    yield case("mark-only", b"\xef\xbb\xbf", ExitCode.NO_PAGES)
    yield case("random", draw.randbytes(3000), ExitCode.DAMAGED)
    yield case("zeros", bytes(3000), ExitCode.DAMAGED)
    yield case("utf16-cut", "Kế hoạch".encode("utf-16")[:-1], ExitCode.DAMAGED)
    yield case("one-endless-line", "kế hoạch triển khai ".encode() * 5000, *READ)
    yield case("form-feeds", b"\f" * 2000 + "Kế hoạch\n".encode(), *READ)
    yield case("cut-within-a-character", "Kế hoạ".encode()[:-1])
