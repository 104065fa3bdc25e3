"""Invisible words as PDF content: a font without shapes, each word stretched over its box (ISO 32000-1, 9.3 and 9.6.5).

The font is of type 3: its glyphs are empty procedures, so that no font file is needed, and its ToUnicode map says which
character each code is. A code has eight bits; a document with more than 255 different characters has several fonts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import mean, median
from typing import TYPE_CHECKING

from pipeline.export.searchable.places import Placed

if TYPE_CHECKING:
    import pikepdf

_WIDTH = 500
"""Of each glyph, in thousandths of the size."""
_DESCENT = 0.2
"""Share of a font's height below the baseline."""
_PER_FONT = 255
_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
{maps}
endcmap CMapName currentdict /CMap defineresource pop end end"""


class Alphabet:
    """The characters of a document, each with its font and code; grows as words are written."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {" ": 0}

    def runs(self, text: str) -> Iterable[tuple[str, str]]:
        """Text as (font, codes in hexadecimal digits), a run for each change of font."""
        font, codes = -1, ""
        for char in text:
            number = self._codes.setdefault(char, len(self._codes))
            if number // _PER_FONT != font and codes:
                yield f"/L{font}", codes
                codes = ""
            font = number // _PER_FONT
            codes += f"{number % _PER_FONT + 1:02x}"
        if codes:
            yield f"/L{font}", codes

    def fonts(self, pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
        """The fonts, by the names that `runs` gives them."""
        chars = list(self._codes)
        parts = [chars[at : at + _PER_FONT] for at in range(0, len(chars), _PER_FONT)]
        return {f"/L{n}": _font(pdf, part) for n, part in enumerate(parts)}


def _font(pdf: pikepdf.Pdf, chars: Sequence[str]) -> pikepdf.Object:
    from pikepdf import Array, Dictionary, Name

    maps = [f"<{code:02x}> <{char.encode('utf-16-be').hex()}>" for code, char in enumerate(chars, 1)]
    blocks = (maps[at : at + 100] for at in range(0, len(maps), 100))  # the most that a block may hold
    cmap = _CMAP.format(maps="\n".join("\n".join((f"{len(b)} beginbfchar", *b, "endbfchar")) for b in blocks))
    names = [Name(f"/c{code}") for code in range(1, len(chars) + 1)]
    box = Array([0, -1000 * _DESCENT, _WIDTH, 1000 * (1 - _DESCENT)])
    empty = pdf.make_stream(f"{_WIDTH} 0 d0".encode())
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            Name=Name.Invisible,
            FontBBox=box,
            FontDescriptor=Dictionary(
                Type=Name.FontDescriptor,
                FontName=Name.Invisible,
                Flags=4,
                FontBBox=box,
                ItalicAngle=0,
                Ascent=1000 * (1 - _DESCENT),
                Descent=-1000 * _DESCENT,
                CapHeight=700,
                StemV=0,
            ),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=Dictionary({str(name): empty for name in names}),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([1, *names])),
            FirstChar=1,
            LastChar=len(chars),
            Widths=Array([_WIDTH] * len(chars)),
            Resources=Dictionary(),
            ToUnicode=pdf.make_stream(cmap.encode()),
        )
    )


def content(lines: Iterable[Sequence[Placed]], height: float, matrix: Sequence[float], alphabet: Alphabet) -> bytes:
    """Content that writes lines of words, invisible.

    Args:
        lines: words with boxes in pixels of the page image, from its top left corner.
        height: of the page image in pixels.
        matrix: from pixels, counted from the bottom left corner, to the page.
        alphabet: gives the codes.
    """
    text = [row for line in lines if line for row in _line(line, height, alphabet)]
    place = " ".join(f"{value:.5f}" for value in matrix)
    return f"q {place} cm BT 3 Tr\n{chr(10).join(text)}\nET Q\n".encode()


def _line(words: Sequence[Placed], height: float, alphabet: Alphabet) -> Iterable[str]:
    """Operators for a line, whose words stand on one (perhaps leaning) base line; spaces fill the gaps between them."""
    size = max(1.0, median(y1 - y0 for _, _, y0, _, y1 in words))
    middle, lean = _middle_line(words)
    for n, (word, x0, _, x1, _) in enumerate(words):
        base = height - (middle + lean * (x0 + x1) / 2) - size / 2 + _DESCENT * size
        yield f"1 0 0 1 {x0:.2f} {base:.2f} Tm"
        yield from _stretched(word, max(1.0, x1 - x0), size, alphabet)
        gap = words[n + 1][1] - x1 if n + 1 < len(words) else 0.0
        if gap > 0:
            yield from _stretched(" ", gap, size, alphabet)


def _stretched(text: str, width: float, size: float, alphabet: Alphabet) -> Iterable[str]:
    yield f"{width * 100_000 / (_WIDTH * size * len(text)):.3f} Tz"
    for font, codes in alphabet.runs(text):
        yield f"{font} {size:.2f} Tf <{codes}> Tj"


def _middle_line(words: Sequence[Placed]) -> tuple[float, float]:
    """The line through the middles of the words (least squares), y at x = 0 and slope; level for short lines."""
    points = [((x0 + x1) / 2, (y0 + y1) / 2) for _, x0, y0, x1, y1 in words]
    x_mean, y_mean = mean(x for x, _ in points), mean(y for _, y in points)
    spread = sum((x - x_mean) ** 2 for x, _ in points)
    if len(points) < 4 or not spread:
        return y_mean, 0.0
    lean = sum((x - x_mean) * (y - y_mean) for x, y in points) / spread
    return y_mean - lean * x_mean, lean
