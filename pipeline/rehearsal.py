"""What the later stages need is loaded while the first page is being read: half a second that nobody waits for."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Literal

from pipeline.model import Line, Page, PageImage, Source
from pipeline.options import Options
from pipeline.restore import restore
from pipeline.structure import mark_footnotes, structure

_PLAN = (
    "ỦY BAN NHÂN DÂN", "TỈNH AN GIANG", "Số: 12/KH-UBND", "KẾ HOẠCH", "Căn cứ Luật Trẻ em năm 2016;", "I. NHIỆM VỤ",
    "- Rà soát văn bản trước ngày 15/12/2025.", "* Thực hiện: Sở Y tế chủ trì, phối hợp với Sơ Nội vu.", "Nơi nhận:",
)  # fmt: skip
"""A plan in which every large table of the later stages is asked."""


def rehearsing(items: Iterator[PageImage | Page], options: Options) -> Iterator[PageImage | Page]:
    """The pages as they come; once the first is being read, the later stages load what they need.

    After the last page that is done: two threads must not import the same modules at a time.
    """
    beside, complete = ThreadPoolExecutor(1), False
    try:
        for number, item in enumerate(items):
            yield item
            if number == 0 and isinstance(item, PageImage):
                beside.submit(_rehearse, "vie" if options.noise == "auto" else options.noise)
        complete = True
    finally:  # an interrupt does not wait for it
        beside.shutdown(wait=complete)


@cache
def _rehearse(noise: Literal["eng", "vie", "stripped", "none"]) -> None:
    """Read a small plan, once in a process."""
    plan = Page(1, "scan", tuple(Line(n, text) for n, text in enumerate(_PLAN, 1)))
    restored, _ = restore([plan], Options(noise=noise))
    structure(mark_footnotes(restored)[0], Source(path="", sha256="", kind="scan", pages=1))
