from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.model import Page, PageImage
from pipeline.options import Options
from pipeline.scan import open_scan, pages
from pipeline.scan.clean import pixels, resolution, scaled, square, to_grey

RESOURCES = Path(__file__).parents[1] / "resources"


def read(name: str, dpi: int = 72) -> list[PageImage | Page]:
    options = Options(dpi=dpi)
    return list(pages(open_scan(RESOURCES / name, options), options))


def top_is_black(image: Image.Image) -> bool:
    return image.getpixel((image.width // 2, 3)) < 60  # type: ignore[operator]


def test_frames_of_a_tiff_in_order() -> None:
    found = read("multipage.tiff", dpi=200)
    assert [(p.number, p.dpi, p.image.mode) for p in found if isinstance(p, PageImage)] == [
        (1, 200, "L"),
        (2, 200, "L"),
        (3, 200, "L"),
    ]


def test_exif_orientation_is_obeyed() -> None:
    (page,) = read("rotated-exif.jpg")
    assert isinstance(page, PageImage)
    assert page.image.size == (160, 220)
    assert top_is_black(page.image)


def test_fax_pixels_become_square() -> None:
    (page,) = read("fax-oblong-pixels.tiff", dpi=200)
    assert isinstance(page, PageImage)
    assert (page.image.size, page.dpi) == ((432, 572), 204)


def test_red_ink_vanishes_and_black_stays() -> None:
    (page,) = read("red-stamp.png")
    assert isinstance(page, PageImage)
    assert page.image.getpixel((42, 120)) > 180  # type: ignore[operator]
    assert top_is_black(page.image)


def test_transparent_is_paper() -> None:
    (page,) = read("transparent.png")
    assert isinstance(page, PageImage)
    assert page.image.getpixel((100, 100)) == 255
    assert page.image.getpixel((30, 30)) == 0


def test_cut_jpeg_is_a_page_with_an_error() -> None:
    (page,) = read("damaged-cut.jpg")
    assert isinstance(page, Page)
    assert "damaged" in (page.error or "")


def test_frame_too_large_is_a_page_with_an_error(tmp_path: Path) -> None:
    frames = [Image.new("L", (50, 50)), Image.new("L", (500, 500))]
    path = tmp_path / "two.tiff"
    frames[0].save(path, save_all=True, append_images=frames[1:])
    options = Options(max_pixels=10_000, dpi=100)
    first, second = pages(open_scan(path, options), options)
    assert isinstance(first, PageImage)
    assert isinstance(second, Page)
    assert "pixels" in (second.error or "")


@pytest.mark.parametrize(
    ("mode", "colour", "grey"),
    [
        ("1", 1, 255),
        ("L", 7, 7),
        ("RGB", (200, 10, 10), 255),
        ("RGBA", (200, 10, 10, 255), 255),
        ("I;16", 65535, 255),
        ("I", 256 * 100, 100),
        ("CMYK", (0, 0, 0, 255), 0),
        ("P", 0, 0),
        ("LA", (0, 255), 0),
    ],
)
def test_every_mode_becomes_grey(mode: str, colour: int | tuple[int, ...], grey: int) -> None:
    picture = to_grey(pixels(Image.new(mode, (9, 4), colour)), 200)
    assert picture.shape == (4, 9)
    assert picture[1, 1] == grey


def test_two_tones_come_pixel_by_pixel() -> None:
    tones = np.tile(np.array([0, 255, 255], np.uint8), (2, 5))[:, :13]  # a row that fills no whole byte
    image = Image.fromarray(tones).convert("1", dither=Image.Dither.NONE)
    assert np.array_equal(pixels(image), tones)


@pytest.mark.parametrize(
    ("dpi", "size", "expected"),
    [
        ((300, 300), (2480, 3508), (300, 300)),
        (None, (2480, 3508), (300, 300)),
        ((72, 72), (3000, 4000), (342, 342)),
        ((1, 1), (100, 100), (72, 72)),
        ((204, 98), (1728, 1100), (204, 98)),
        ((96, 96), (2480, 3508), (300, 300)),  # 36 inches: no paper, but the 96 that cameras and screens write
        ((150, 150), (1754, 2480), (150, 150)),  # A3
    ],
)
def test_resolution_is_believed_where_likely(
    dpi: tuple[int, int] | None, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    image = Image.new("1", size)
    if dpi:
        image.info["dpi"] = dpi
    assert tuple(round(x) for x in resolution(image)) == expected


def test_square_leaves_square_pixels_alone() -> None:
    picture = np.zeros((10, 10), np.uint8)
    assert square(picture, 200, 200) == (picture, 200)


@pytest.mark.parametrize(
    ("size", "dpi", "wanted", "expected"),
    [
        ((1000, 2000), 300, 200, ((667, 1333), 200)),
        ((1000, 2000), 100, 200, ((2000, 4000), 200)),
        ((1000, 2000), 72, 200, ((2000, 4000), 144)),
        ((1000, 2000), 220, 200, ((1000, 2000), 220)),
    ],
)
def test_resolution_is_brought_near_the_one_wanted(
    size: tuple[int, int], dpi: int, wanted: int, expected: tuple[tuple[int, int], int]
) -> None:
    picture, found = scaled(np.zeros(size[::-1], np.uint8), dpi, wanted)
    assert (picture.shape[::-1], found) == expected
