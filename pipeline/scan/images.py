"""TIFF, PNG and JPEG: frames are read one at a time."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import DamagedInputError, ImageTooLargeError
from pipeline.model import Page, PageImage
from pipeline.scan.clean import as_a4, cleaned, may_be_photo, pixels, resolution, scaled, square, to_grey, upright
from pipeline.scan.sheet import straight_on

if TYPE_CHECKING:
    from PIL import Image

    from pipeline.scan.ink import Colour, Grey

_FORMATS = ("TIFF", "PNG", "JPEG")
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError, IndexError, OverflowError, MemoryError)
"""What Pillow raises for damaged files."""


@contextmanager
def own_limit() -> Iterator[None]:
    """Switch Pillow's limit of pixels off: ours is asked before any pixel is decoded. It stands again afterwards."""
    from PIL import Image

    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = before


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Pillow's remarks on senseless tags off the terminal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        yield


def frame_count(path: Path, max_pixels: int) -> int:
    """Number of frames of an image file, by its headers.

    Raises:
        ImageTooLargeError: the first frame has more pixels than allowed.
        DamagedInputError: the file cannot be opened as an image.
    """
    with opened(path, 0, max_pixels) as image:
        return int(getattr(image, "n_frames", 1))


@contextmanager
def opened(path: Path, frame: int, max_pixels: int) -> Iterator[Image.Image]:
    """A frame (from 0) of an image file, its pixels not yet decoded."""
    from PIL import Image

    try:
        with own_limit(), _quiet(), Image.open(path, formats=_FORMATS) as image:
            image.seek(frame)
            if image.width * image.height > max_pixels:
                raise ImageTooLargeError(
                    f"{path}: {image.width} x {image.height} pixels are more than the {max_pixels:,} allowed. "
                    "If it is no decompression bomb, allow more (max_pixels)."
                )
            yield image
    except _BROKEN as error:
        raise DamagedInputError(f"{path}: is a damaged image ({error}).") from error


def image_pages(path: Path, count: int, dpi: int, max_pixels: int) -> Iterator[PageImage | Page]:
    """The frames of an image file, at about `dpi`; one that cannot be read becomes a page with an error."""
    for index in range(count):
        try:
            with opened(path, index, max_pixels) as image:
                page: PageImage | Page = _page(image, index + 1, dpi)
        except (DamagedInputError, ImageTooLargeError) as error:
            page = Page(index + 1, "scan", (), error=str(error))
        yield page


def _page(image: Image.Image, number: int, wanted: int) -> PageImage:
    across, down = resolution(image)
    image.load()
    turned = upright(image)
    if (turned.width > turned.height) != (image.width > image.height):
        across, down = down, across
    picture = pixels(turned)
    flat = straight_on(picture) if may_be_photo(turned) else picture
    if flat is not picture:  # a photograph: the sheet found in it tells more than the camera
        across = down = as_a4((flat.shape[1], flat.shape[0]))
    return page_image(flat, number, across, down, wanted)


def page_image(picture: Grey | Colour, number: int, across: float, down: float, wanted: int) -> PageImage:
    """A picture of a page made ready for reading: square pixels, about as many an inch as wanted, grey, clean.

    Args:
        picture: of the whole page, upright.
        number: of the page.
        across: its pixels an inch from left to right.
        down: the same from top to bottom.
        wanted: pixels an inch at which it is to be read.
    """
    page, dpi = scaled(*square(picture, across, down), wanted)
    return PageImage(number, cleaned(to_grey(page, dpi), dpi), dpi)
