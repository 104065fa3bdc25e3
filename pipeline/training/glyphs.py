"""Drawn print that looks scanned: single digits, and what may stand in their place, in many fonts and sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pipeline.ocr.digits import NONE, darkness, parted, seen

Grey = NDArray[np.uint8]
Ink = NDArray[np.float32]

_SERIF = ("Tinos", "LiberationSerif-", "NimbusRoman", "C059", "P052", "DejaVuSerif", "URWBookman", "Gelasio", "Caladea")
_SANS = ("Arimo", "LiberationSans-", "NimbusSans-", "DejaVuSans-", "DejaVuSans.", "Carlito")
_UNLIKE = "ExtraLight"
_LETTERS = "abcdefghjkmnopqrstuvwxyzABCEFGHJKLMNOPQRTUVWXYZđĐăâêôơưÂÊÔƠƯếộầệốớữảỡí"
_SIGNS = "!?&%$@#*+=~^/\\(){}<>«»°º®©§:;-–_.,…"
_QUOTES = "\"'“”’‘′″`"
"""What is no digit. `l`, `I`, `i`, `|` and brackets are left out: in some fonts and at some sizes 1 looks like them."""
_DIGITS, _SERIFS = 0.6, 0.8
"""Shares of digits, and of fonts with serifs."""
_HEIGHTS = 8.0, 32.0
"""Pixels from the top of a digit to its foot."""
_FINER, _CAPITAL = 4, 0.67
"""Glyphs are drawn so many times larger than they are seen; a digit is so many ems high."""
_MARGIN = 8
_LEAST = 5
"""Rows of the smallest glyph that is learned."""
_OFF = 0.2
_MAIN = 0.85
"""A digit may come out smaller or larger by the first share of its height, and has the second of its ink in one part:
else it fell to pieces, or specks hang on to it."""


@dataclass
class Press:
    """Draws glyphs by chance; the same seed and fonts give the same ones."""

    serif: Sequence[Path]
    sans: Sequence[Path]
    chance: np.random.Generator
    _fonts: dict[tuple[Path, int], ImageFont.FreeTypeFont] = field(default_factory=dict)

    def sample(self) -> tuple[Ink, int] | None:
        """A glyph as the network sees it, and its class; None where too little is left of it."""
        digit = self._happens(_DIGITS)
        pair = not digit and self._happens(0.08)
        number = int(self.chance.integers(10)) if digit else NONE
        text = str(number) if digit else "".join(map(str, self.chance.integers(10, size=2))) if pair else self._other()
        drawn = self._drawn(text, glued=pair)
        dark = self._inked(self._scanned(drawn))
        if not digit and not pair and self._happens(0.25):
            dark = self._piece(dark)
        if digit and self._happens(0.1):
            dark = self._blotted(dark)
        glyphs = parted(dark)
        if not glyphs or (pair and len(glyphs) > 1):
            return None
        glyph = max(glyphs, key=lambda g: float(g.sum()))
        whole = abs(len(glyph) - _high(drawn)) <= max(2, _OFF * _high(drawn)) and glyph.sum() > _MAIN * dark.sum()
        return (seen(self._boxed(glyph)), number) if len(glyph) >= _LEAST and (whole or not digit) else None

    def _happens(self, share: float) -> bool:
        return bool(self.chance.random() < share)

    def _of(self, signs: str) -> str:
        return signs[int(self.chance.integers(len(signs)))]

    def _other(self) -> str:
        """One or two characters that are no digit."""
        if self._happens(0.35):
            return self._of(_QUOTES) * (2 if self._happens(0.3) else 1)
        signs = _LETTERS if self._happens(0.6) else _SIGNS
        return self._of(signs) + (self._of(_LETTERS + _SIGNS) if self._happens(0.15) else "")

    def _font(self, pixels: float) -> ImageFont.FreeTypeFont:
        paths = self.serif if self._happens(_SERIFS) or not self.sans else self.sans
        key = paths[int(self.chance.integers(len(paths)))], round(pixels * _FINER / _CAPITAL)
        if key not in self._fonts:
            self._fonts[key] = ImageFont.truetype(key[0], key[1])
        return self._fonts[key]

    def _drawn(self, text: str, *, glued: bool) -> Grey:
        """Characters on paper (0 is paper here), finer than they are seen, bold or thin, aslant, stretched."""
        chance = self.chance
        pixels = chance.uniform(*_HEIGHTS)
        font = self._font(pixels)
        margin = _MARGIN * _FINER
        left, top, right, bottom = (round(side) for side in font.getbbox(text))
        image = Image.new("L", (max(1, right - left) + 2 * margin, max(1, bottom - top) + 2 * margin), 0)
        x = margin - left
        for character in text if glued else [text]:
            ImageDraw.Draw(image).text((x, margin - top), character, fill=255, font=font)
            x += round(font.getlength(character) - chance.uniform(0.04, 0.12) * font.size)
        drawn = np.asarray(image)
        weight = int(chance.integers(-2, 4))
        side = np.ones((abs(weight) + 1, abs(weight) + 1), np.uint8)
        if weight > 0:
            drawn = np.asarray(cv2.dilate(drawn, side), np.uint8)
        elif weight < 0 and pixels > 12:
            drawn = np.asarray(cv2.erode(drawn, side), np.uint8)
        high, wide = drawn.shape
        angle, scale = chance.normal(0, 1.5), chance.uniform(0.92, 1.08)
        lean = np.asarray(cv2.getRotationMatrix2D((wide / 2, high / 2), angle, scale), np.float64)
        lean[0, 1] += chance.normal(0, 0.05)
        lean[:, 2] += chance.uniform(-2, 2, 2)
        return np.asarray(cv2.warpAffine(drawn, lean, (wide, high)), np.uint8)

    def _scanned(self, drawn: Grey) -> Grey:
        """As a scanner sees it: blurred, in its pixels, in two tones or with noise, set level."""
        chance = self.chance
        blurred = cv2.GaussianBlur(drawn, (0, 0), _FINER * chance.uniform(0.25, 0.95))
        size = max(1, drawn.shape[1] // _FINER), max(1, drawn.shape[0] // _FINER)
        coverage = np.asarray(cv2.resize(blurred, size, interpolation=cv2.INTER_AREA), np.float32)
        grey = 255 - coverage * np.float32(chance.uniform(0.6, 1))
        if self._happens(0.5):
            grey = self._two_toned(coverage)
        else:
            grey = grey + chance.normal(0, chance.uniform(0, 14), grey.shape).astype(np.float32)
        if self._happens(0.5):
            turn = np.array([[1, chance.normal(0, 0.02), 0], [chance.normal(0, 0.02), 1, 0]]) + chance.uniform(
                -0.5, 0.5, 2
            )[:, None] * np.array([0, 0, 1])
            grey = np.asarray(cv2.warpAffine(grey, turn, size, borderValue=(255,)), np.float32)
        return grey.clip(0, 255).astype(np.uint8)

    def _two_toned(self, coverage: Ink) -> Ink:
        """Black and white, with rough rims now and then, and with specks."""
        chance = self.chance
        black = coverage > chance.uniform(0.3, 0.7) * coverage.max()
        if self._happens(0.4):
            rims = cv2.morphologyEx(black.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
            black ^= rims & (chance.random(black.shape) < chance.uniform(0.02, 0.12))
        if self._happens(0.2):
            black ^= chance.random(black.shape) < 0.01
        return np.where(black, 0, 255).astype(np.float32)

    def _inked(self, grey: Grey) -> Ink:
        return darkness(grey, float(np.percentile(grey, 90)))

    def _piece(self, dark: Ink) -> Ink:
        """The head or the foot of a sign. Its sides are left out: strokes of letters look like a 1."""
        cut = round(self.chance.uniform(0.35, 0.65) * len(dark))
        return dark[:cut] if self._happens(0.5) else dark[cut:]

    def _blotted(self, dark: Ink) -> Ink:
        """With a bit of a neighbour at a corner, as letters below a raised figure leave it in its box."""
        rows, columns = (np.flatnonzero((dark > 0.4).any(axis=axis)) for axis in (1, 0))
        if not rows.size:
            return dark
        out = dark.copy()
        size = max(1, round((rows[-1] - rows[0]) * self.chance.uniform(0.05, 0.2)))
        y = rows[-1] + 1 - size if self._happens(0.7) else rows[0]
        x = max(0, columns[0] - size // 2) if self._happens(0.7) else columns[-1] + 1 - size // 2
        out[y : y + size, x : x + size] = 1
        return out

    def _boxed(self, glyph: Ink) -> Ink:
        """A box that is not quite right, as where ink was told from paper by another limit."""
        if min(glyph.shape) < 4 or not self._happens(0.4):
            return glyph
        limit = self.chance.uniform(0.4, 0.6) * glyph.max()
        rows, columns = (np.flatnonzero((glyph > limit).any(axis=axis)) for axis in (1, 0))
        return glyph[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _high(drawn: Grey) -> float:
    """How high a drawn glyph is when it is seen, in pixels."""
    rows = np.flatnonzero((drawn > 127).any(axis=1))
    return float(rows[-1] + 1 - rows[0]) / _FINER if rows.size else 0.0


def fonts(folder: Path) -> tuple[list[Path], list[Path]]:
    """The fonts of a folder that offices use or that look alike, with serifs and without, by name."""
    known = sorted((p for p in folder.rglob("*") if p.suffix in (".ttf", ".otf") and _UNLIKE not in p.name), key=str)
    serif, sans = ([p for p in known if p.name.startswith(names)] for names in (_SERIF, _SANS))
    return serif, sans
