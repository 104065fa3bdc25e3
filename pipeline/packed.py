"""Pages as compressed JSON: to be kept in files, and to wait in memory in a fiftieth of the room."""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING

from pipeline.model import Page

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter() -> TypeAdapter[Page]:
    from pydantic import TypeAdapter

    return TypeAdapter(Page)


def pack(page: Page) -> bytes:
    """A page, some 8 KB."""
    return zlib.compress(_adapter().dump_json(page))


def unpack(packed: bytes) -> Page:
    """The page that was packed.

    Raises:
        ValueError: the bytes are damaged.
    """
    try:
        return _adapter().validate_json(zlib.decompress(packed))
    except zlib.error as error:
        raise ValueError(f"damaged: {error}") from error
