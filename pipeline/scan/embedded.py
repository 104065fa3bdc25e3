"""The one picture that a scanned page consists of, as it lies in the file: drawing it anew blurs it and takes time."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pipeline.scan.clean import likely, pixels
from pipeline.scan.ink import is_colourless

if TYPE_CHECKING:
    import pikepdf

    from pipeline.scan.ink import Colour, Grey

_Found = TypeVar("_Found")
_POINTS = 72
_SMALL, _FAINT = 8, 20
"""In a picture this much smaller, thin strokes are blurred: what has this little colour there may be a pen's."""
_READ = {1: 0, 2: 16, 4: 32, 8: 64}
"""How OpenCV is told to read a picture in grey, so many times smaller."""
_SLACK = 0.01
"""Share of the page's sides by which its picture may miss the page's edge."""
_CODINGS = (("/DCTDecode",), ("/FlateDecode", "/DCTDecode"), ("/CCITTFaxDecode",))
"""How scanners code pages: JPEG, JPEG packed once more, fax."""
_COLOURS = frozenset(("/DeviceGray", "/DeviceRGB", "/CalGray", "/CalRGB"))
_PLAIN = frozenset(("/Decode", "/ImageMask", "/Mask", "/SMask"))
"""A picture with one of these looks otherwise on the page than it lies in the file."""
_WITHOUT_INK = frozenset(
    (
        *("q", "Q", "cm", "w", "J", "j", "M", "d", "i", "ri", "BMC", "EMC"),
        *("BT", "ET", "Tm", "Tf", "Td", "TD", "T*", "Tc", "Tw", "Tz", "TL", "Ts", "Tr"),
        *("rg", "RG", "g", "G", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN"),
    )
)
"""Operators of a page's content that draw nothing (ISO 32000-1, annex A)."""
_TEXT = frozenset(("Tj", "TJ", "'", '"'))
_MOST_CONTENT = 1_000_000
"""Bytes of operators; the words that an OCR program lays over a page take a tenth."""
_INVISIBLE = 3
"""The text rendering mode of what OCR programs lay over a scan (ISO 32000-1, 9.3.6)."""


def embedded(path: Path, number: int, wanted: int, max_pixels: int) -> tuple[Grey | Colour, float, float] | None:
    """The picture of page `number` (from 1), turned as the page is, and its pixels an inch across and down.

    Where those would be unlikely for a scan, they are as if the page were A4.

    Args:
        path: a PDF.
        number: of the page.
        wanted: pixels an inch that are needed; a picture with twice as many or more may come smaller.
        max_pixels: a picture with more is left to those who draw pages piece by piece.

    Returns:
        None where the page is anything else than one picture that fills it: then it must be drawn.
    """

    def decoded(pdf: pikepdf.Pdf, page: pikepdf.Page) -> tuple[Grey | Colour, float, float] | None:
        shown = _only_picture(pdf, page, _TEXT)
        plain = shown is not None and _is_plain(shown) and shown.Width * shown.Height <= max_pixels
        return _decoded(shown, page, wanted) if shown is not None and plain else None

    return _looked_at(path, number, decoded)


def is_wordless(path: Path, number: int) -> bool:
    """Whether page `number` (from 1) is one picture and no text, seen or unseen: then no text layer is asked for."""
    found = _looked_at(path, number, lambda pdf, page: _only_picture(pdf, page, frozenset()))
    return found is not None


def _looked_at(path: Path, number: int, look: Callable[[pikepdf.Pdf, pikepdf.Page], _Found | None]) -> _Found | None:
    """What is found on a page; None where it is damaged or odd: poppler makes the best of that."""
    import pikepdf
    from pikepdf.models.image import UnsupportedImageTypeError

    try:
        with pikepdf.open(path) as pdf:
            return look(pdf, pdf.pages[number - 1])
    except (
        pikepdf.PdfError,
        zlib.error,
        UnsupportedImageTypeError,
        OSError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
    ):
        return None


def _only_picture(pdf: pikepdf.Pdf, page: pikepdf.Page, unseen: frozenset[str]) -> pikepdf.Object | None:
    """The image of a page that shows nothing else; operators of text named `unseen` may write invisibly over it."""
    import pikepdf

    if "/UserUnit" in page.obj or not _alike(page.cropbox, page.mediabox) or any(map(_is_drawn, _annotations(page))):
        return None
    found: pikepdf.Object | None = None
    matrix, mode = pikepdf.Matrix(), 0
    saved: list[tuple[pikepdf.Matrix, int]] = []
    for operands, operator in _instructions(pdf, page):
        match operator:
            case "q":
                saved.append((matrix, mode))
            case "Q":
                matrix, mode = saved.pop()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "Tr":
                mode = int(operands[0])
            case "Do" if found is None and _fills(matrix, page.mediabox):
                found = page.resources.XObject[operands[0]]
            case _ if operator not in _WITHOUT_INK and not (operator in unseen and mode == _INVISIBLE):
                return None
    return found if found is not None and found.get("/Subtype") == "/Image" else None


def _instructions(pdf: pikepdf.Pdf, page: pikepdf.Page) -> Iterable[tuple[Any, str]]:
    import pikepdf

    for instruction in pikepdf.parse_content_stream(pikepdf.Stream(pdf, _content(page))):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            yield (), "BI"
        else:
            yield instruction.operands, str(instruction.operator)


def _content(page: pikepdf.Page) -> bytes:
    """The operators of a page; at most `_MOST_CONTENT` bytes are unpacked.

    Raises:
        ValueError: there are more, or they are packed as scanners do not.
    """
    import pikepdf

    contents = page.obj.Contents
    parts: list[bytes] = []
    for stream in contents.as_list() if isinstance(contents, pikepdf.Array) else [contents]:
        raw, packed = stream.read_raw_bytes(), stream.get("/Filter")
        if packed is not None and (packed != "/FlateDecode" or "/DecodeParms" in stream):
            raise ValueError("packed otherwise")
        parts.append(raw if packed is None else zlib.decompressobj().decompress(raw, _MOST_CONTENT + 1))
        if sum(map(len, parts)) > _MOST_CONTENT:
            raise ValueError("more than a scan has")
    return b"\n".join(parts)


def _alike(one: Iterable[Any], other: Iterable[Any]) -> bool:
    return all(abs(float(a) - float(b)) < 1 for a, b in zip(one, other, strict=True))


def _annotations(page: pikepdf.Page) -> Iterable[pikepdf.Object]:
    annotations = page.obj.get("/Annots")
    return () if annotations is None else annotations.as_list()


def _is_drawn(annotation: pikepdf.Object) -> bool:
    """Whether an annotation shows: an invisible signature has an area of nothing."""
    x0, y0, x1, y1 = (float(side) for side in annotation.Rect.as_list())
    return "/AP" in annotation and abs(x1 - x0) > 1 and abs(y1 - y0) > 1


def _fills(matrix: pikepdf.Matrix, box: Iterable[Any]) -> bool:
    """Whether the unit square, so placed, is the whole page, neither turned nor mirrored."""
    x0, y0, x1, y1 = map(float, box)
    width, height = x1 - x0, y1 - y0
    skew = abs(matrix.b) + abs(matrix.c)
    sides = (matrix.e - x0, matrix.e + matrix.a - x1), (matrix.f - y0, matrix.f + matrix.d - y1)
    across, down = (max(map(abs, ends)) for ends in sides)
    return skew < _SLACK and across < _SLACK * width and down < _SLACK * height


def _is_plain(image: pikepdf.Object) -> bool:
    """Whether an image shows just the pixels that it holds, and is coded as scanners do."""
    import pikepdf

    if any(key in image for key in _PLAIN):
        return False
    filters = image.get("/Filter")
    coding = tuple(map(str, filters.as_list() if isinstance(filters, pikepdf.Array) else (filters,)))
    colours = image.get("/ColorSpace")
    if isinstance(colours, pikepdf.Array):
        known = colours[0] == "/ICCBased" and int(colours[1].N) in (1, 3)
    else:
        known = str(colours) in _COLOURS
    return coding in _CODINGS and known


def _decoded(shown: pikepdf.Object, page: pikepdf.Page, wanted: int) -> tuple[Grey | Colour, float, float]:
    """The pixels of an image that fills a page.

    Raises:
        ValueError: they cannot be unpacked, or are not as many as the file says.
    """
    import numpy as np
    import pikepdf

    x0, y0, x1, y1 = map(float, page.mediabox)
    width, height = abs(x1 - x0) / _POINTS, abs(y1 - y0) / _POINTS
    found = pikepdf.PdfImage(cast("pikepdf.Stream", shown))
    image = found.as_pil_image()
    if image.size != (int(shown.Width), int(shown.Height)):
        raise ValueError("the picture has another size than the file says")
    if image.format == "JPEG" and image.mode in ("L", "RGB"):
        coded = io.BytesIO()
        found.extract_to(stream=coded)
        spare = min(image.width / width, image.height / height) / wanted
        picture = _unpacked(coded.getvalue(), image.mode == "RGB", spare)
    else:
        picture = pixels(image)
    across, down = picture.shape[1] / width, picture.shape[0] / height
    turn = int(page.rotation) % 360
    if turn in (90, 270):
        across, down = down, across
    turned = np.ascontiguousarray(np.rot90(picture, -turn // 90))
    return turned, *likely((turned.shape[1], turned.shape[0]), across, down)


def _unpacked(coded: bytes, colours: bool, spare: float) -> Grey | Colour:
    """The pixels of a JPEG, grey where it shows no colour; by OpenCV, straight into the array.

    Args:
        coded: the JPEG.
        colours: whether it is one in colours.
        spare: how many times the pixels an inch that are needed it has; from 2 on it comes smaller.

    Raises:
        ValueError: it is damaged.
    """
    import cv2
    import numpy as np

    data = np.frombuffer(coded, np.uint8)

    def read(shrink: int, coloured: bool) -> Grey | Colour:
        colour = cv2.IMREAD_COLOR_RGB if coloured else 0
        picture = cv2.imdecode(data, _READ[shrink] | colour | cv2.IMREAD_IGNORE_ORIENTATION)
        if picture is None:
            raise ValueError("damaged")
        return np.asarray(picture, np.uint8)

    shrink = max(n for n in _READ if n <= max(1.0, spare))
    if colours and not is_colourless(read(_SMALL, True), _FAINT):
        return read(shrink, True)
    return read(shrink, False)
