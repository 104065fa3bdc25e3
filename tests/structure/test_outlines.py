"""Random outlines, printed and misread: the same tree comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.model import Line, Page, Plan, Source
from pipeline.resources import table
from pipeline.structure import structure
from pipeline.structure.numbering import ALPHABET, roman, to_roman

TITLES = ("MỤC ĐÍCH, YÊU CẦU", "NHIỆM VỤ VÀ GIẢI PHÁP", "KINH PHÍ THỰC HIỆN", "TỔ CHỨC THỰC HIỆN", "CHẾ ĐỘ BÁO CÁO")
HEADINGS = ("Công tác tuyên truyền", "Rà soát thể chế", "Đào tạo nhân lực", "Ứng dụng công nghệ", "Kiểm tra, giám sát",
            "Hợp tác quốc tế", "Huy động nguồn lực")  # fmt: skip
POINT = "Tổ chức rà soát, đánh giá kết quả thực hiện."


def inverted(name: str, value: Callable[[str], int]) -> dict[int, list[str]]:
    """Printed number -> what OCR makes of it, where it makes nothing else of it."""
    out: dict[int, list[str]] = {}
    for row in table(name):
        for printed in row["printed"].split():
            out.setdefault(value(printed), []).append(row["read"])
    return out


ROMAN, NUMBER = inverted("ocr_labels", roman), inverted("ocr_numbers", int)


@dataclass(frozen=True)
class Outline:
    """Sections, each with headings, each with a number of points; and which printed labels are misread."""

    sections: tuple[tuple[int, ...], ...]
    lettered: bool
    misread: tuple[int, ...]


outlines = st.builds(
    Outline,
    st.lists(st.lists(st.integers(0, 8), min_size=1, max_size=6).map(tuple), min_size=2, max_size=5).map(tuple),
    st.booleans(),
    st.lists(st.integers(0, 60), max_size=8, unique=True).map(tuple),
)


def printed(outline: Outline) -> tuple[list[str], list[tuple[str, str]]]:
    """The lines as OCR reads them, and the true (label, parent's label) of each."""
    lines: list[str] = []
    truth: list[tuple[str, str]] = []

    def add(label: str, read: Sequence[str], text: str, parent: str) -> None:
        wrong = len(lines) in outline.misread and read
        lines.append(f"{read[len(lines) % len(read)] if wrong else label} {text}")
        truth.append((label, parent))

    for s, headings in enumerate(outline.sections, 1):
        section = f"{to_roman(s)}."
        add(section, [f"{r}." for r in ROMAN.get(s, [])], TITLES[s - 1], "")
        for h, points in enumerate(headings, 1):
            heading = f"{h}."
            add(heading, [f"{r}." for r in NUMBER.get(h, [])], HEADINGS[h - 1], section)
            for p in range(points):
                label = f"{ALPHABET[p]})" if outline.lettered else "-"
                add(label, ["d)"] if label == "đ)" else [], POINT, heading)
    return lines, truth


def read(lines: Sequence[str]) -> Plan:
    page = Page(1, "ocr_text", tuple(Line(n, text) for n, text in enumerate(lines, 1)))
    return structure([page], Source(path="x", sha256="", kind="ocr_text", pages=1))


@settings(max_examples=60, deadline=None)
@example(Outline(((0, 4, 8, 8, 8, 0), (0,)), False, (34,)))  # "6." read as "b."
@given(outlines)
def test_the_same_tree(outline: Outline) -> None:
    lines, truth = printed(outline)
    plan = read(lines)
    labels = {n.id: n.label for n in plan.nodes}
    assert [(n.label, labels.get(n.parent_id or "", "")) for n in plan.nodes] == truth, lines
