"""Images made ready for reading: upright, square pixels, grey without stamps, light evened, dirt taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.scan.ink import is_colourless, lifted
from pipeline.scan.light import evened, without_edges
from pipeline.scan.sheet import straight_on
from pipeline.scan.specks import without_specks
from pipeline.scan.streaks import without_streaks

if TYPE_CHECKING:
    from PIL import Image

STEPS = (without_edges, evened, without_streaks, without_specks)
"""In this order; each gives back the same array where there is nothing for it to do."""

_A4_INCHES = 11.69
_LIKELY_DPI = (90, 700)
_MOST_INCHES = 18
"""The longer side of what offices scan: A3 and a margin. Cameras and screens write 96 dpi into everything."""


def cleaned(image: Image.Image, dpi: int) -> Image.Image:
    """A grey page after every step that it needs; benchmarks/bench_clean.py measures each of them."""
    import numpy as np
    from PIL import Image

    if min(image.size) < dpi:  # less than an inch: no page
        return image
    before = np.asarray(image)
    page = before
    for step in STEPS:
        page = step(page, dpi)
    return image if page is before else Image.fromarray(page)


def sheet(photo: Image.Image) -> Image.Image:
    """The sheet of paper in a photograph, straight on; a scan as it is."""
    import numpy as np
    from PIL import Image

    if photo.mode not in ("L", "RGB"):
        return photo
    before = np.asarray(photo)
    after = straight_on(before)
    return photo if after is before else Image.fromarray(after)


def plain(image: Image.Image) -> Image.Image:
    """An image of any mode in grey, or RGB where it has colours; what is transparent shows white paper."""
    import numpy as np
    from PIL import Image

    if image.mode == "RGB" and "transparency" not in image.info:
        sample = image.resize((-(-image.width // 2), -(-image.height // 2)), Image.Resampling.NEAREST)
        return image.convert("L") if is_colourless(np.asarray(sample)) else image  # JPEG stores colour no finer
    if image.mode == "L" and "transparency" not in image.info:
        return image
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith("I"):  # 16 or 32 bits a pixel
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info:
        colours = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(colours, mask=colours.getchannel("A"))
        return paper
    return image.convert("RGB")


def to_grey(image: Image.Image, dpi: int) -> Image.Image:
    """A plain image in grey, without coloured stamps and pen strokes, see `ink.lifted`."""
    import numpy as np
    from PIL import Image

    return image if image.mode == "L" else Image.fromarray(lifted(np.asarray(image), dpi))


def upright(image: Image.Image) -> Image.Image:
    """Turned as its EXIF or TIFF orientation says."""
    from PIL import ImageOps

    return ImageOps.exif_transpose(image)


def resolution(image: Image.Image) -> tuple[float, float]:
    """Pixels an inch across and down: as the file says if that is likely, see `likely`."""
    across, down = image.info.get("dpi", (0, 0))[:2]
    return likely(image, float(across), float(down))


def likely(image: Image.Image, across: float, down: float) -> tuple[float, float]:
    """Pixels an inch across and down as said if that is likely for a scan, else as if the page were A4."""
    low, high = _LIKELY_DPI
    if low <= min(across, down) and max(across, down) <= high:
        inches = max(image.width / across, image.height / down)
        more = inches / _A4_INCHES if inches > _MOST_INCHES else 1.0
        return across * more, down * more
    guess = as_a4(image)
    return guess, guess


def as_a4(image: Image.Image) -> float:
    """Pixels an inch of a picture of a whole sheet of A4."""
    return min(_LIKELY_DPI[1], max(72.0, max(image.size) / _A4_INCHES))


def scaled(image: Image.Image, dpi: int, wanted: int) -> tuple[Image.Image, int]:
    """The plain image at about the resolution wanted, and its resolution; at most twice as many pixels a side."""
    import cv2
    import numpy as np
    from PIL import Image

    factor = min(2.0, wanted / dpi)
    if 0.8 < factor < 1.25:
        return image, dpi
    width, height = image.size
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    if 0.5 <= factor < 1:  # engines read what this gives as well as finer scaling, which takes nine times as long
        return Image.fromarray(cv2.resize(np.asarray(image), size, interpolation=cv2.INTER_LINEAR)), round(dpi * factor)
    return image.resize(size, Image.Resampling.HAMMING, reducing_gap=3.0), round(dpi * factor)


def square(image: Image.Image, across: float, down: float) -> tuple[Image.Image, int]:
    """The image with square pixels (a fax has more across than down), and its resolution."""
    if max(across, down) < 1.1 * min(across, down):
        return image, round(max(across, down))
    dpi = max(across, down)
    width, height = image.size
    return image.resize((round(width * dpi / across), round(height * dpi / down))), round(dpi)
