"""The text that a page has already, taken out where it is invisible."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf

_SHOW = frozenset({"Tj", "TJ", "'", '"'})
_INVISIBLE = frozenset({3, 7})
_DEEPEST = 8
_LARGEST = 5_000_000
"""Bytes of content that are looked through; a scan has a few thousand, and more is a bomb or a map."""


def without_text(pdf: pikepdf.Pdf, page: pikepdf.Page) -> bool:
    """Take the invisible text out of a page; False where visible text is left, or its content cannot be understood."""
    import pikepdf

    try:
        content, clean = _stripped(page.obj, page.obj.get("/Resources"), 0)
        if clean and content is not None:
            page.Contents = pdf.make_stream(content)
    except (pikepdf.PdfError, pikepdf.PdfParsingError, ValueError, TypeError, AttributeError, RecursionError):
        return False
    return clean


def _stripped(holder: pikepdf.Object, resources: pikepdf.Object | None, depth: int) -> tuple[bytes | None, bool]:
    """The content of a page or form without its invisible text (None: it has none), and whether no text is left."""
    import pikepdf

    if _bytes(holder) > _LARGEST:
        return None, False
    kept: list[object] = []
    modes, removed = [0], False
    for step in pikepdf.parse_content_stream(holder):
        name = str(step.operator)
        if name == "q":
            modes.append(modes[-1])
        elif name == "Q" and len(modes) > 1:
            modes.pop()
        elif name == "Tr":
            modes[-1] = int(step.operands[0])
        elif name in _SHOW and modes[-1] in _INVISIBLE:
            removed = True
            continue
        elif name in _SHOW or (name == "Do" and not _form_is_clean(step.operands[0], resources, depth)):
            return None, False
        kept.append(step)
    return (pikepdf.unparse_content_stream(kept) if removed else None), True  # type: ignore[arg-type]


def _bytes(holder: pikepdf.Object) -> int:
    """Length of the content of a page or form."""
    import pikepdf

    content = holder if isinstance(holder, pikepdf.Stream) else holder.get("/Contents")
    parts = content if isinstance(content, pikepdf.Array) else [content]
    return sum(len(part.read_bytes()) for part in parts if isinstance(part, pikepdf.Stream))


def _form_is_clean(name: pikepdf.Object, resources: pikepdf.Object | None, depth: int) -> bool:
    """Strip a form that a page draws, in place; whether no text is left in it."""
    forms = resources.get("/XObject") if resources is not None else None
    drawn = forms.get(str(name)) if forms is not None else None
    if drawn is None or drawn.get("/Subtype") != "/Form":
        return True
    if depth >= _DEEPEST:
        return False
    content, clean = _stripped(drawn, drawn.get("/Resources", resources), depth + 1)
    if clean and content is not None:
        drawn.write(content)
    return clean
