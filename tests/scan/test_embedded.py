"""A page that is one picture is read as it lies in the file; every other page is left to poppler."""

import io
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw

from pipeline.model import PageImage
from pipeline.options import Options
from pipeline.scan import open_scan, pages
from pipeline.scan.embedded import embedded, is_wordless
from pipeline.scan.pdf import render

Change = Callable[[pikepdf.Pdf, pikepdf.Page], None]
MOST = 10**9
DPI = 100
WIDTH, HEIGHT = 300, 400  # pixels, at 100 dpi 216 by 288 points
FILLED = b"q 216 0 0 288 0 0 cm /Im0 Do Q"


def drawn(mode: str) -> Image.Image:
    """Something that looks otherwise when it is turned or mirrored."""
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, 150, 60), fill=0)
    draw.ellipse((180, 250, 280, 380), fill=0)
    return image.convert(mode)


def coded(image: Image.Image) -> tuple[bytes, dict[str, object]]:
    """The bytes of an image as a scanner codes it, and its dictionary."""
    out = io.BytesIO()
    facts: dict[str, object] = {"/Width": image.width, "/Height": image.height}
    if image.mode == "1":
        image.save(out, "TIFF", compression="group4")
        tiff = Image.open(out)
        at, size = tiff.tag_v2[273][0], tiff.tag_v2[279][0]  # type: ignore[attr-defined]
        white_is_zero = tiff.tag_v2[262] == 0  # type: ignore[attr-defined]
        parms = pikepdf.Dictionary(K=-1, Columns=image.width, Rows=image.height, BlackIs1=not white_is_zero)
        facts |= {"/Filter": pikepdf.Name.CCITTFaxDecode, "/DecodeParms": parms, "/BitsPerComponent": 1}
        return out.getvalue()[at : at + size], facts | {"/ColorSpace": pikepdf.Name.DeviceGray}
    image.save(out, "JPEG", quality=90)
    colours = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}[image.mode]
    facts |= {"/Filter": pikepdf.Name.DCTDecode, "/BitsPerComponent": 8, "/ColorSpace": pikepdf.Name(colours)}
    return out.getvalue(), facts


def scan(path: Path, mode: str = "L", content: bytes = FILLED, change: Change | None = None) -> Path:
    """A PDF of one page with a picture in it."""
    data, facts = coded(drawn(mode))
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(216, 288))
        picture = pdf.make_stream(data, {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, **facts})
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
        page.obj.Contents = pdf.make_stream(content)
        if change:
            change(pdf, page)
        pdf.save(path)
    return path


def turned(degrees: int) -> Change:
    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.obj.Rotate = degrees

    return change


def picture_has(**facts: object) -> Change:
    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        for key, value in facts.items():
            page.obj.Resources.XObject.Im0[f"/{key}"] = value

    return change


def page_has(**facts: object) -> Change:
    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        for key, value in facts.items():
            page.obj[f"/{key}"] = value

    return change


def annotated(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    look = pdf.make_stream(b"0 0 50 50 re f", {"/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 50, 50]})
    stamp = pikepdf.Dictionary(Subtype=pikepdf.Name.Stamp, Rect=[0, 0, 50, 50], AP=pikepdf.Dictionary(N=look))
    page.obj.Annots = pikepdf.Array([pdf.make_indirect(stamp)])


def signed_invisibly(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    annotated(pdf, page)
    page.obj.Annots[0].Rect = pikepdf.Array([0, 0, 0, 0])


def with_form(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.obj.Resources.XObject.Im0 = pdf.make_stream(
        b"0 0 1 1 re f", {"/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 1, 1]}
    )


@pytest.mark.parametrize(
    ("mode", "content", "change"),
    [
        pytest.param("L", FILLED, None, id="grey JPEG"),
        pytest.param("RGB", FILLED, None, id="colour JPEG"),
        pytest.param("1", FILLED, None, id="fax"),
        pytest.param("L", FILLED, turned(90), id="turned by 90"),
        pytest.param("L", FILLED, turned(180), id="turned by 180"),
        pytest.param("1", FILLED, turned(270), id="turned by 270"),
        pytest.param("L", b"q 2 0 0 2 0 0 cm q 108 0 0 144 0 0 cm /Im0 Do Q Q", None, id="placed in two steps"),
        pytest.param("L", FILLED + b" BT /F 9 Tf 3 Tr (abc) Tj ET", None, id="invisible text over it"),
        pytest.param("L", FILLED, signed_invisibly, id="invisible signature"),
    ],
)
def test_looks_as_poppler_draws_it(tmp_path: Path, mode: str, content: bytes, change: Change | None) -> None:
    path = scan(tmp_path / "a.pdf", mode, content, change)
    found = embedded(path, 1, DPI, MOST)
    assert found is not None
    picture, across, down = found
    assert (across, down) == (100, 100)
    theirs = render(path, 1, DPI)
    assert picture.shape[:2] == theirs.size[::-1]
    assert np.abs(np.asarray(Image.fromarray(picture).convert("L"), float) - np.asarray(theirs, float)).mean() < 2


@pytest.mark.parametrize(
    ("content", "change"),
    [
        pytest.param(FILLED + b" BT /F 9 Tf (abc) Tj ET", None, id="visible text over it"),
        pytest.param(FILLED + b" q 3 Tr Q BT (abc) Tj ET", None, id="visible again behind Q"),
        pytest.param(FILLED + b" " + FILLED, None, id="two pictures"),
        pytest.param(b"q 190 0 0 288 0 0 cm /Im0 Do Q", None, id="a margin beside it"),
        pytest.param(b"q -216 0 0 288 216 0 cm /Im0 Do Q", None, id="mirrored"),
        pytest.param(b"q 0 288 -216 0 216 0 cm /Im0 Do Q", None, id="turned by its matrix"),
        pytest.param(FILLED + b" 0 0 50 50 re f", None, id="a rectangle over it"),
        pytest.param(b"0 0 50 50 re W n " + FILLED, None, id="clipped"),
        pytest.param(b"/GS gs " + FILLED, None, id="perhaps transparent"),
        pytest.param(FILLED + b" BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI", None, id="an inline image over it"),
        pytest.param(b"q 216 0 0 288 0 0 cm /Im1 Do Q", None, id="a picture that is not there"),
        pytest.param(b"Q", None, id="restores what it did not save"),
        pytest.param(b"", None, id="empty"),
        pytest.param(FILLED, annotated, id="a stamp over it"),
        pytest.param(FILLED, with_form, id="a drawing"),
        pytest.param(FILLED, page_has(CropBox=[0, 0, 100, 100]), id="cropped"),
        pytest.param(FILLED, page_has(UserUnit=2), id="other units"),
        pytest.param(FILLED, picture_has(Decode=[1, 0]), id="inverted"),
        pytest.param(FILLED, picture_has(ImageMask=True), id="a stencil"),
        pytest.param(FILLED, picture_has(ColorSpace=pikepdf.Name.DeviceCMYK), id="printing colours"),
        pytest.param(FILLED, picture_has(Filter=pikepdf.Name.JPXDecode), id="JPEG 2000"),
        pytest.param(FILLED, picture_has(Width=301), id="another width than said"),
    ],
)
def test_left_to_poppler(tmp_path: Path, content: bytes, change: Change | None) -> None:
    assert embedded(scan(tmp_path / "a.pdf", content=content, change=change), 1, DPI, MOST) is None


@pytest.mark.parametrize(
    ("content", "change", "wordless"),
    [
        pytest.param(FILLED, None, True, id="a picture"),
        pytest.param(FILLED, picture_has(Filter=pikepdf.Name.JBIG2Decode), True, id="however it is coded"),
        pytest.param(FILLED + b" BT /F 9 Tf 3 Tr (abc) Tj ET", None, False, id="unseen text"),
        pytest.param(FILLED + b" BT /F 9 Tf (abc) Tj ET", None, False, id="text"),
        pytest.param(FILLED, with_form, False, id="a drawing, which may hold text"),
        pytest.param(FILLED, annotated, False, id="a stamp, which may hold text"),
        pytest.param(b"", None, False, id="nothing"),
    ],
)
def test_pages_without_text(tmp_path: Path, content: bytes, change: Change | None, wordless: bool) -> None:
    assert is_wordless(scan(tmp_path / "a.pdf", content=content, change=change), 1) is wordless


def test_a_cut_picture_is_left_to_poppler(tmp_path: Path) -> None:
    def cut(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        data = page.obj.Resources.XObject.Im0.read_raw_bytes()
        page.obj.Resources.XObject.Im0.write(data[: len(data) // 2], filter=pikepdf.Name.DCTDecode)

    assert embedded(scan(tmp_path / "a.pdf", change=cut), 1, DPI, MOST) is None


def test_a_content_bomb_is_not_unpacked(tmp_path: Path) -> None:
    def bomb(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.obj.Contents = pdf.make_stream(FILLED)
        page.obj.Contents.write(zlib.compress(FILLED + b" q Q" * 3_000_000), filter=pikepdf.Name.FlateDecode)

    began = time.process_time()
    assert embedded(scan(tmp_path / "a.pdf", change=bomb), 1, DPI, MOST) is None
    assert time.process_time() - began < 3


def test_too_many_pixels_are_left_to_poppler(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.pdf")
    assert embedded(path, 1, DPI, WIDTH * HEIGHT) is not None
    assert embedded(path, 1, DPI, WIDTH * HEIGHT - 1) is None


def test_many_more_pixels_than_wanted_come_fewer(tmp_path: Path) -> None:
    half = page_has(MediaBox=[0, 0, 108, 144])  # 200 dpi
    found = embedded(scan(tmp_path / "a.pdf", content=b"108 0 0 144 0 0 cm /Im0 Do", change=half), 1, DPI, MOST)
    assert found is not None
    assert (found[0].shape, *found[1:]) == ((HEIGHT // 2, WIDTH // 2), 100, 100)


def test_pages_of_a_scan_keep_their_pixels(tmp_path: Path) -> None:
    """A scan at 180 dpi is not drawn anew at 200."""
    image = Image.new("L", (1488, 2105), 255)
    ImageDraw.Draw(image).rectangle((100, 100, 900, 110), fill=0)
    data, facts = coded(image)
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595.2, 842))
        picture = pdf.make_stream(data, {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, **facts})
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
        page.obj.Contents = pdf.make_stream(b"595.2 0 0 842 0 0 cm /Im0 Do")
        pdf.save(tmp_path / "a.pdf")
    options = Options()
    (read,) = pages(open_scan(tmp_path / "a.pdf", options), options)
    assert isinstance(read, PageImage)
    assert (read.image.size, read.dpi) == ((1488, 2105), 180)


def test_an_unlikely_size_of_the_page_is_taken_for_a4(tmp_path: Path) -> None:
    """Programs for phones often write a pixel as a point."""
    found = embedded(
        scan(tmp_path / "a.pdf", content=b"q 300 0 0 400 0 0 cm /Im0 Do Q", change=page_has(MediaBox=[0, 0, 300, 400])),
        1,
        DPI,
        MOST,
    )
    assert found is not None
    assert found[1:] == (72, 72)  # 400 pixels of A4's 11.69 inches are fewer than the least that counts


@pytest.mark.parametrize(("ink", "coloured"), [((60, 60, 60), False), ((200, 30, 30), True), ((40, 60, 190), True)])
def test_a_page_without_colour_is_unpacked_grey(tmp_path: Path, ink: tuple[int, int, int], coloured: bool) -> None:
    picture = Image.new("RGB", (WIDTH, HEIGHT), (255, 250, 245))
    draw = ImageDraw.Draw(picture)
    for y in range(100, 160, 20):  # handwriting, three pixels thick
        draw.line((100, y, 180, y + 9), fill=ink, width=3)
    data, facts = coded(picture)
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(216, 288))
        stream = pdf.make_stream(data, {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, **facts})
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream))
        page.obj.Contents = pdf.make_stream(FILLED)
        pdf.save(tmp_path / "a.pdf")
    found = embedded(tmp_path / "a.pdf", 1, DPI, MOST)
    assert found is not None
    assert found[0].ndim == (3 if coloured else 2)
    if coloured:
        darkest = found[0].reshape(-1, 3)[found[0].sum(axis=2).argmin()]
        assert np.argmax(darkest) == np.argmax(ink)  # red, green, blue in this order
