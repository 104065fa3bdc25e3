"""Images made ready for reading: upright, square pixels, grey without stamps, light evened, dirt taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.scan.folds import without_folds
from pipeline.scan.ink import lifted
from pipeline.scan.light import evened, without_edges
from pipeline.scan.sheet import straight_on
from pipeline.scan.specks import without_specks
from pipeline.scan.streaks import without_streaks

if TYPE_CHECKING:
    from PIL import Image

    from pipeline.scan.ink import Colour, Grey

STEPS = (without_edges, evened, without_folds, without_streaks, without_specks)
"""In this order; each gives back the same array where there is nothing for it to do."""

ORIENTATION = 0x0112
"""The tag of EXIF and TIFF."""
_A4_INCHES = 11.69
_LIKELY_DPI = (90, 700)
_MOST_INCHES = 18
"""The longer side of what offices scan: A3 and a margin. Cameras and screens write 96 dpi into everything."""


def cleaned(page: Grey, dpi: int) -> Grey:
    """A grey page after every step that it needs; benchmarks/bench_clean.py measures each of them."""
    if min(page.shape) < dpi:  # less than an inch: no page
        return page
    for step in STEPS:
        page = step(page, dpi)
    return page


def sheet(photo: Image.Image) -> Image.Image:
    """The sheet of paper in a photograph, straight on; a scan as it is."""
    import numpy as np
    from PIL import Image

    if not may_be_photo(photo):
        return photo
    before = np.asarray(photo)
    after = straight_on(before)
    return photo if after is before else Image.fromarray(after)


def may_be_photo(image: Image.Image) -> bool:
    """Whether an image is of a mode that cameras write."""
    return image.mode in ("L", "RGB")


def pixels(image: Image.Image) -> Grey | Colour:
    """The pixels of an image of any mode, in grey or colour; what is transparent shows white paper."""
    import numpy as np

    if image.mode == "1":
        return np.frombuffer(image.tobytes("raw", "L"), np.uint8).reshape(image.height, image.width)
    return np.asarray(_plain(image), np.uint8)


def _plain(image: Image.Image) -> Image.Image:
    from PIL import Image

    if image.mode in ("L", "RGB") and "transparency" not in image.info:
        return image
    if image.mode.startswith("I"):  # 16 or 32 bits a pixel
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info:
        colours = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(colours, mask=colours.getchannel("A"))
        return paper
    return image.convert("RGB")


def to_grey(picture: Grey | Colour, dpi: int) -> Grey:
    """A plain picture in grey, without coloured stamps and pen strokes, see `ink.lifted`."""
    return picture if picture.ndim == 2 else lifted(picture, dpi)


def upright(image: Image.Image) -> Image.Image:
    """Turned as its EXIF or TIFF orientation says; the same image where that is upright."""
    from PIL import ImageOps

    return ImageOps.exif_transpose(image) if image.getexif().get(ORIENTATION, 1) != 1 else image


def resolution(image: Image.Image) -> tuple[float, float]:
    """Pixels an inch across and down: as the file says if that is likely, see `likely`."""
    across, down = image.info.get("dpi", (0, 0))[:2]
    return likely(image.size, float(across), float(down))


def likely(size: tuple[int, int], across: float, down: float) -> tuple[float, float]:
    """Pixels an inch across and down as said if that is likely for a scan of this size, else as if it were A4."""
    low, high = _LIKELY_DPI
    if low <= min(across, down) and max(across, down) <= high:
        inches = max(size[0] / across, size[1] / down)
        more = inches / _A4_INCHES if inches > _MOST_INCHES else 1.0
        return across * more, down * more
    guess = as_a4(size)
    return guess, guess


def as_a4(size: tuple[int, int]) -> float:
    """Pixels an inch of a picture of this width and height, if it shows a whole sheet of A4."""
    return min(_LIKELY_DPI[1], max(72.0, max(size) / _A4_INCHES))


def scaled(picture: Grey | Colour, dpi: int, wanted: int) -> tuple[Grey | Colour, int]:
    """The picture at about the resolution wanted, and its resolution; at most twice as many pixels a side."""
    import cv2
    import numpy as np
    from PIL import Image

    factor = min(2.0, wanted / dpi)
    if 0.8 < factor < 1.25:
        return picture, dpi
    height, width = picture.shape[:2]
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    if 0.5 <= factor < 1:  # engines read what this gives as well as finer scaling, which takes nine times as long
        smaller = cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR)
    else:
        smaller = np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.HAMMING, reducing_gap=3.0))
    return np.asarray(smaller, np.uint8), round(dpi * factor)


def square(picture: Grey | Colour, across: float, down: float) -> tuple[Grey | Colour, int]:
    """The picture with square pixels (a fax has more across than down), and its resolution."""
    import numpy as np
    from PIL import Image

    dpi = max(across, down)
    if dpi < 1.1 * min(across, down):
        return picture, round(dpi)
    height, width = picture.shape[:2]
    size = round(width * dpi / across), round(height * dpi / down)
    return np.asarray(Image.fromarray(picture).resize(size), np.uint8), round(dpi)
