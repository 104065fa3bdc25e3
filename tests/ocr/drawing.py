"""Print drawn for tests."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

from pipeline.model import Bbox

_FONT = ImageFont.load_default(30)


def with_serifs(printed: str, shade: int = 255) -> tuple[Image.Image, Bbox]:
    """A word whose capital I's have serifs, which touch those of their neighbours, on paper of a shade; and its box."""
    image = Image.new("L", (400, 100), shade)
    draw = ImageDraw.Draw(image)
    x = 50
    for letter in printed:
        draw.text((x, 40), letter, font=_FONT, fill=0)
        left, top, right, bottom = map(int, draw.textbbox((x, 40), letter, _FONT))
        if letter == "I":
            for y in (top, bottom - 1):
                draw.line((left - 2, y, right + 2, y), fill=0)
        x = right + (4 if letter == "I" else 2)
    _, top, _, bottom = map(int, draw.textbbox((50, 40), "I", _FONT))
    return image, (48, top, x, bottom)
