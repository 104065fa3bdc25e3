"""Document codes: Đ is put back where the engine knew only D (`830/QD-TTg` -> `830/QĐ-TTg`)."""

from __future__ import annotations

import re

from pipeline.restore.tokens import bare_letters

_PARTS = re.compile(r"[^\W\d_]+\d*")
JOINED = re.compile(r"[A-ZĐ]{1,4}(?:&[A-ZĐ]{1,4})+")
"""Abbreviations joined by an ampersand: `KH&CN`, `VH&TT`."""
_ORGANS = "SBPTCVHU"
"""Letters that stand before an agency's abbreviation (Sở, Bộ, Phòng, ...)."""


def part(text: str, known: dict[str, str]) -> str | None:
    """The usual spelling of a part of a code; None where it is unknown."""
    if text in known.values():
        return text
    bare = bare_letters(text)
    if bare in known:
        return known[bare]
    if "b" in text and (crossed := known.get(bare.replace("b", "D"), "")).count("Đ"):
        return crossed  # a stroke read as the stem of a b: `Qb` for `QĐ`
    if text[:1] in _ORGANS and bare[1:] in known and len(bare) > 3:
        return text[0] + known[bare[1:]]
    return None


def repaired(code: str, known: dict[str, str]) -> str:
    """The code with the usual spelling of its parts; characters are never added or taken away."""
    if "Đ" in code:
        return code
    return _PARTS.sub(lambda m: part(m[0], known) or m[0], code)


def is_code(text: str, known: dict[str, str]) -> bool:
    """Whether capitals joined by hyphens or strokes are a code, not words (`GIÁO DỤC-ĐÀO TẠO`)."""
    if text[:1].isdigit():
        return True
    return any(part(piece, known) for piece in re.split("[-/]", text))
