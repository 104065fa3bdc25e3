"""Make tests/resources/layers: PDFs whose text layers are difficult to judge, each named after its difficulty.

Run from the root of the repository: python -m tests.resources.make_layers (needs the font DejaVu Serif)
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

from pipeline.resources import table

FOLDER = Path(__file__).parent / "layers"
WIDTH, HEIGHT = 595, 842
DPI = 100
SIZE = 12
LEADING = 20
TEXT = [
    "ỦY BAN NHÂN DÂN HUYỆN",
    "KẾ HOẠCH",
    "Triển khai thực hiện công tác phòng, chống thiên tai và tìm kiếm cứu nạn",
    "Căn cứ Luật Phòng, chống thiên tai ngày 19 tháng 6 năm 2013;",
    "Ủy ban nhân dân huyện ban hành Kế hoạch với các nội dung như sau:",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Nâng cao nhận thức của cán bộ, công chức và nhân dân về phòng ngừa.",
    "2. Việc tổ chức thực hiện phải thường xuyên, kịp thời và có hiệu quả.",
    "II. NHIỆM VỤ, GIẢI PHÁP",
    "- Chủ động phòng ngừa, ứng phó kịp thời, khắc phục khẩn trương.",
    "- Rà soát, bổ sung các phương án sơ tán dân ở những vùng nguy hiểm.",
    "- Kiểm tra các công trình đê điều, hồ chứa nước trước mùa mưa lũ.",
    "Đơn vị chủ trì: Phòng Nông nghiệp và Phát triển nông thôn.",
    "Đơn vị phối hợp: Ủy ban nhân dân các xã, thị trấn.",
    "III. TỔ CHỨC THỰC HIỆN",
    "Các phòng, ban căn cứ chức năng, nhiệm vụ được giao tổ chức thực hiện.",
]
GARBLED = [
    "iIY BAN NHAN DAN HUYEN",
    "KE HOACH",
    "Trien khai thye hién céng tac phong, chéng thién tai va tim kiém cttu nan",
    "Can ctr Luat Phong, chéng thién tai ngay 19 thang 6 nim 2013;",
    "Uy ban nhan dan huyén ban hanh Ké hoach voi cac néi dung nhu sau:",
    "I. MUC DICH, YEU CAU",
    "1. Nang cao nhan thirc cita can b6, cong chitc va nhan dan vé phong ngtra.",
    "2. Viéc t6 chitc thuc hién phai thudng xuyén, kip thoi va c6 hiéu qua.",
    "Il. NHIEM VU, GIAI PHAP",
    "- Cht dong phong ngtra, tmg pho kip thoi, khic phuc khan truong.",
    "- Ra soat, bé sung cac phuong an so tan dan 6 nhitng ving nguy hiém.",
    "- Kiém tra cac cong trinh dé diéu, hé chita nudc truéc mia mua li.",
    "Don vi chi tri: Phong Nong nghiép va Phat trién nong thén.",
    "Don vi phéi hop: Uy ban nhan dan cac x4, thi tran.",
    "III. TO CHUC THUC HIEN",
    "Cac phong, ban can ctr chirc nang, nhiém vu dugc giao t6 chirc thuc hién.",
]
CAPITALS = [TEXT[0].lower(), TEXT[1]]
"""As typed with a font that draws small letters as capitals."""
STRIPPED = ["".join(c for c in unicodedata.normalize("NFD", line) if c < "\u0300").replace("đ", "d").replace("Đ", "D")
            for line in TEXT]  # fmt: skip
SIGNATURE = [
    "Người ký: ỦY BAN NHÂN DÂN HUYỆN",
    "Email: ubnd@example.gov.vn",
    "Cơ quan: ỦY BAN NHÂN DÂN HUYỆN",
    "Thời gian ký: 11.04.2024 11:03:31 +07:00",
]
OTHER = [f"{word} biểu mẫu chưa điền, xóa dòng này trước khi in và lưu" for word in ("Một", "Hai", "Ba") * 5]
FIGURES = [f"{n:02d}   {n * 1250}   {n * 31},{n}%   {2020 + n}" for n in range(1, 13)]


@dataclass(frozen=True)
class Text:
    """Lines of text at a place of the page, in points from the top left.

    Attributes:
        mode: 0 visible, 3 invisible (ISO 32000-1, 9.3.6).
        font: its name; for a legacy one, the encoding in which its codes are written.
        unicode: whether the font says which character each code is; if not, codes are Windows-1252.
    """

    lines: Sequence[str]
    x: float = 60
    y: float = 70
    mode: int = 0
    font: str = "Helvetica"
    encoding: str = ""
    unicode: bool = True
    size: float = SIZE
    turn: tuple[int, int, int, int] = (1, 0, 0, 1)


@dataclass(frozen=True)
class Sheet:
    """A page: text, and printed lines that are only seen, in an image over the whole page."""

    texts: Sequence[Text] = ()
    printed: Sequence[tuple[float, float, str]] = ()
    strips: int = 1
    rotate: int = 0
    logo: bool = False


def rows(lines: Sequence[str], x: float = 60, y: float = 70) -> list[tuple[float, float, str]]:
    """Lines below one another, as they are printed."""
    return [(x, y + LEADING * n, line) for n, line in enumerate(lines)]


def to_bytes(text: str, encoding: str) -> bytes:
    """Text in a legacy encoding; TCVN3 has no capitals with tones."""
    codes: dict[str, bytes] = {}
    for row in table("legacy_encodings"):
        if row["encoding"] == encoding:
            codes.setdefault(row["character"], bytes.fromhex(row["bytes"]))
    return b"".join(codes.get(c) or codes.get(c.lower()) or c.encode("cp1252") for c in text)


def _image(pdf: pikepdf.Pdf, printed: Sequence[tuple[float, float, str]], top: float, bottom: float) -> pikepdf.Object:
    scale = DPI / 72
    image = Image.new("1", (round(WIDTH * scale), round((bottom - top) * scale)), 1)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype("DejaVuSerif.ttf", round(SIZE * scale * 0.9))
    for x, y, line in printed:
        draw.text((x * scale, (y - top) * scale), line, font=font, fill=0, anchor="ls")
    packed = bytes(255 - b for b in image.tobytes())
    return pdf.make_stream(
        packed, Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height,
        ColorSpace=Name.DeviceGray, BitsPerComponent=1, Decode=Array([1, 0]),
    )  # fmt: skip


def _font(pdf: pikepdf.Pdf, text: Text) -> tuple[pikepdf.Object, Callable[[str], bytes]]:
    """A font, and how its codes are written."""
    if not text.unicode:
        described = Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/" + text.font), Encoding=Name.WinAnsiEncoding,
            FirstChar=32, LastChar=255, Widths=Array([500] * 224),
            FontDescriptor=Dictionary(
                Type=Name.FontDescriptor, FontName=Name("/" + text.font), Flags=32,
                FontBBox=Array([0, -200, 1000, 900]), ItalicAngle=0, Ascent=900, Descent=-200, CapHeight=700, StemV=80,
            ),
        )  # fmt: skip
        return pdf.make_indirect(described), lambda line: to_bytes(line, text.encoding)
    letters = sorted({" "} | {c for line in text.lines for c in line})
    codes = {c: n for n, c in enumerate(letters, 32)}
    entries = "\n".join(f"<{n:02x}> <{ord(c):04x}>" for c, n in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(codes)} beginbfchar\n{entries}\nendbfchar\n"
        "endcmap end end"
    )
    described = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name("/" + text.font),
        ToUnicode=pdf.make_stream(cmap.encode()),
        FirstChar=32,
        LastChar=31 + len(codes),
        Widths=Array([0 if unicodedata.combining(c) else 500 for c in codes]),
    )
    return pdf.make_indirect(described), lambda line: bytes(codes[c] for c in line)


def add(pdf: pikepdf.Pdf, sheet: Sheet) -> None:
    """Add a page."""
    page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
    content: list[str] = []
    images, fonts = Dictionary(), Dictionary()
    if sheet.printed or sheet.strips > 1:
        step = HEIGHT / sheet.strips
        for n in range(sheet.strips):
            images[f"/I{n}"] = _image(pdf, sheet.printed, n * step, (n + 1) * step)
            content.append(f"q {WIDTH} 0 0 {step} 0 {HEIGHT - (n + 1) * step} cm /I{n} Do Q")
    if sheet.logo:
        content.append(f"0.2 0.2 0.6 rg 60 {HEIGHT - 60} 200 40 re f 300 {HEIGHT - 60} 40 40 re S")
    for n, text in enumerate(sheet.texts):
        fonts[f"/F{n}"], encode = _font(pdf, text)
        for row, line in enumerate(text.lines):
            x, y = text.x, HEIGHT - text.y - LEADING * row
            if text.turn != (1, 0, 0, 1):
                x, y = text.x + LEADING * row, text.y
            place = " ".join(map(str, (*text.turn, x, y)))
            codes = encode(line).hex()
            content.append(f"BT /F{n} {text.size} Tf {text.mode} Tr 0 g {place} Tm <{codes}> Tj ET")
    page.Resources = Dictionary(XObject=images, Font=fonts)
    page.Contents = pdf.make_stream("\n".join(content).encode())
    if sheet.rotate:
        page.Rotate = sheet.rotate


def invisible(lines: Sequence[str], **more: float) -> Text:
    """A layer as OCR engines write it."""
    return Text(lines, mode=3, **more)  # type: ignore[arg-type]


def legacy(encoding: str, font: str, lines: Sequence[str] = TEXT, y: float = 70) -> Text:
    """Visible text in a font of an old encoding."""
    return Text(lines, font=font, encoding=encoding, unicode=False, y=y)


SCANNED = rows(TEXT)
FILES: dict[str, list[Sheet]] = {
    "good-digital": [Sheet([Text(TEXT)])],
    "good-over-scan": [Sheet([invisible(TEXT)], SCANNED)],
    "good-digital-with-logo": [Sheet([Text(TEXT)], logo=True)],
    "short-last-page": [Sheet([Text(TEXT)]), Sheet([Text(["Nơi nhận:", "- Như trên;", "- Lưu: VT."])])],
    "thin-over-scan": [Sheet([invisible(TEXT[:3])], SCANNED)],
    "half-a-page-over-scan": [Sheet([invisible(TEXT)], SCANNED + rows(TEXT, y=70 + LEADING * 18))],
    "half-a-page-digital": [Sheet([Text(TEXT[:8])], [*rows(TEXT[8:], y=300)])],
    "engine-without-vietnamese-over-scan": [Sheet([invisible(GARBLED)], SCANNED)],
    "engine-without-vietnamese-digital": [Sheet([Text(GARBLED)])],
    "accents-lost-over-scan": [Sheet([invisible(STRIPPED)], SCANNED)],
    "signature-only-over-scan": [Sheet([Text(SIGNATURE, x=330, y=40, size=8)], SCANNED), Sheet([], SCANNED)],
    "page-number-only-over-scan": [Sheet([Text(["1"], x=300, y=30)], SCANNED)],
    "watermark-only-over-scan": [Sheet([Text(["BẢN SAO"], x=150, y=450, size=60)], SCANNED)],
    "junk-invisible": [Sheet([invisible(OTHER, y=500)], rows(TEXT[:10]))],
    "layer-out-of-place": [Sheet([invisible(TEXT, x=200, y=440)], SCANNED)],
    "blank-layer": [Sheet([invisible(["   ", "  "])], SCANNED)],
    "scan-in-strips": [Sheet([invisible(TEXT[:3])], SCANNED, strips=8)],
    "no-layer": [Sheet([], SCANNED)],
    "codes-without-tounicode": [Sheet([legacy("", "ABCDEF+Subset", ["\x33\x58\x59\x4a\x48 \x56\x5c\x4c\x53"] * 16)])],
    "codes-shifted": [Sheet([Text(["".join(chr(ord(c) + 3 * (c != " ")) for c in t) for t in TEXT])])],
    "tcvn3": [Sheet([legacy("TCVN3", ".VnTimeH", CAPITALS), legacy("TCVN3", "ABCDEF+.VnTime", TEXT[2:], 110)])],
    "tcvn3-fonts-without-name": [Sheet([legacy("TCVN3", "ABCDEF+F1", [t.lower() for t in TEXT])])],
    "tcvn3-beside-unicode": [Sheet([Text(TEXT[:8]), legacy("TCVN3", ".VnTime", TEXT[8:], 70 + 8 * LEADING)])],
    "vni": [Sheet([legacy("VNI", "VNI-Times")])],
    "viscii": [Sheet([legacy("VISCII", "HoangYen", [t.replace("Ẵ", "ẵ") for t in TEXT])])],
    "decomposed": [Sheet([Text([unicodedata.normalize("NFD", t) for t in TEXT])])],
    "figures-digital": [Sheet([Text(FIGURES)])],
    "figures-over-scan": [Sheet([invisible(FIGURES)], rows(FIGURES))],
    "rotated": [Sheet([Text(TEXT, turn=(0, 1, -1, 0), y=40)], rotate=90)],
    "sideways": [Sheet([Text(TEXT, turn=(0, 1, -1, 0), y=40)])],
    "columns": [Sheet([Text(TEXT[:2]), Text([TEXT[0], "Độc lập - Tự do"], x=330), Text(TEXT[2:], y=130)])],
    "mixed-pages": [Sheet([Text(TEXT)]), Sheet([], SCANNED), Sheet([invisible(GARBLED)], SCANNED), Sheet([Text(TEXT)])],
}  # fmt: skip


def main() -> None:
    """Write all of them."""
    FOLDER.mkdir(exist_ok=True)
    for name, sheets in FILES.items():
        with pikepdf.new() as pdf:
            for sheet in sheets:
                add(pdf, sheet)
            pdf.save(
                FOLDER / f"{name}.pdf", compress_streams=True, deterministic_id=True, recompress_flate=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )  # fmt: skip


if __name__ == "__main__":
    main()
