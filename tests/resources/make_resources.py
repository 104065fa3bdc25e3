"""Make the test inputs of this folder, each named after what is difficult about it.

Run from the root of the repository: python -m tests.resources.make_resources
"""

from __future__ import annotations

import io
import struct
import unicodedata
import zlib
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter

from tests.resources.make_layers import to_bytes

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "samples"

GOOD_TEXT = [
    "ỦY BAN NHÂN DÂN",
    "KẾ HOẠCH",
    "Triển khai thực hiện công tác phòng, chống thiên tai và tìm kiếm cứu nạn năm 2024",
    "Căn cứ Luật Phòng, chống thiên tai ngày 19 tháng 6 năm 2013;",
    "Ủy ban nhân dân huyện ban hành Kế hoạch với các nội dung như sau:",
    "- Chủ động phòng ngừa, ứng phó kịp thời, khắc phục khẩn trương và có hiệu quả.",
]


def pdf(pages: Sequence[Sequence[str]], box: tuple[float, float] = (595, 842)) -> bytes:
    """A PDF whose text layer holds these lines; its one font maps any character (to the eye it draws nonsense)."""
    letters = sorted({c for page in pages for line in page for c in line})
    codes = {c: n for n, c in enumerate(letters, 33)}
    entries = "\n".join(f"<{n:02x}> <{ord(c):04x}>" for c, n in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{entries}\nendbfchar\nendcmap end end"
    )
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 4 0 R >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    for n, page in enumerate(pages):
        content = "".join(
            f"BT /F 12 Tf 60 {780 - 20 * row} Td <{''.join(f'{codes[c]:02x}' for c in line)}> Tj ET\n"
            for row, line in enumerate(page)
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {box[0]} {box[1]}] /Contents {6 + 2 * n} 0 R "
            f"/Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return _file(objects)


def _file(objects: Sequence[str]) -> bytes:
    out, places = io.BytesIO(b""), []
    out.write(b"%PDF-1.4\n")
    for n, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{n} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.writelines(f"{place:010d} 00000 n \n".encode() for place in places)
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def encrypted(source: bytes, user: str, owner: str) -> bytes:
    """The PDF with passwords."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(source)))
    writer.encrypt(user, owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that claims to be very large; all of it is white."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = zlib.compress(b"\0" + b"\xff" * (width // 8), 9)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


def picture(size: tuple[int, int], mark: str, mode: str = "L") -> Image.Image:
    """A small picture with a black bar at its top, and a word."""
    image = Image.new(mode, size, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0], size[1] // 8), fill="black")
    draw.text((size[0] // 4, size[1] // 2), mark, fill="black")
    return image


def images() -> None:
    """TIFF and JPEG files."""
    frames = [picture((160, 220), f"{n}").convert("1") for n in (1, 2, 3)]
    frames[0].save(
        HERE / "multipage.tiff", save_all=True, append_images=frames[1:], compression="group4", dpi=(200, 200)
    )
    fax = picture((1728 // 4, 1100 // 4), "fax").convert("1")
    fax.save(HERE / "fax-oblong-pixels.tiff", compression="group4", dpi=(204, 98))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: to be turned by 90 degrees
    lying = picture((160, 220), "up").transpose(Image.Transpose.ROTATE_90)
    lying.save(HERE / "rotated-exif.jpg", exif=exif, quality=80)
    stamp = picture((160, 220), "red", "RGB")
    ImageDraw.Draw(stamp).ellipse((40, 80, 120, 160), outline=(200, 30, 40), width=6)
    stamp.save(HERE / "red-stamp.png")
    clear = Image.new("RGBA", (160, 220), (0, 0, 0, 0))
    ImageDraw.Draw(clear).rectangle((20, 20, 60, 60), fill=(0, 0, 0, 255))
    clear.save(HERE / "transparent.png")
    whole = (HERE / "rotated-exif.jpg").read_bytes()
    (HERE / "damaged-cut.jpg").write_bytes(whole[: len(whole) // 2])
    (HERE / "decompression-bomb.png").write_bytes(bomb(40_000, 40_000))


def pdfs() -> None:
    """PDF files."""
    good = pdf([GOOD_TEXT])
    files = {
        "good-text-layer.pdf": good,
        "no-pages.pdf": pdf([]),
        "huge-page.pdf": pdf([["x"]], (14_400, 14_400)),
        "damaged-truncated.pdf": good[:60],
        "encrypted.pdf": encrypted(good, "secret", "owner"),
        "owner-password-only.pdf": encrypted(good, "", "owner"),
    }
    for name, data in files.items():
        (HERE / name).write_bytes(data)


def windows_1258(text: str) -> bytes:
    """Text as Windows-1258 has it: tones stand behind the letter that they belong to."""
    out = b""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
        out += (unicodedata.normalize("NFC", "".join(c for c in parts if c not in tone)) + tone).encode("cp1258")
    return out


def texts() -> None:
    """Text files."""
    text = "\n".join(GOOD_TEXT) + "\n"
    small = text.lower()  # TCVN3 has no capitals with tones
    files = {
        "utf8-bom.txt": text.encode("utf-8-sig"),
        "utf16-le-bom.txt": b"\xff\xfe" + text.encode("utf-16-le"),
        "utf16-be-bom.txt": b"\xfe\xff" + text.encode("utf-16-be"),
        "nfd.txt": unicodedata.normalize("NFD", text).encode(),
        "crlf.txt": text.replace("\n", "\r\n").encode(),
        "form-feeds.txt": "một\nhai\n\fba\nbốn\n\f\fnăm\n\f".encode(),
        "tcvn3.txt": to_bytes(small, "TCVN3"),
        "tcvn3-saved-as-utf8.txt": to_bytes(small, "TCVN3").decode("cp1252").encode(),
        "vni.txt": to_bytes(text, "VNI"),
        "viscii.txt": to_bytes(text, "VISCII"),
        "windows-1258.txt": windows_1258(text),
        "unknown-encoding.txt": "Größere Bögen über fünf Äcker, où êtes-vous né\n".encode("cp850"),
        "blank.txt": b" \n\n\t\n",
        "empty.pdf": b"",
        "word-document.pdf": b"PK\x03\x04" + bytes(200),
    }
    for name, data in files.items():
        (HERE / name).write_bytes(data)


if __name__ == "__main__":
    texts()
    pdfs()
    images()
