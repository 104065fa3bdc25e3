"""report.html: every page of the scan beside its restored text, in one file that needs no network."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Final

from pipeline.corrections import undo
from pipeline.export.markup import marked, spans_of
from pipeline.export.words import WARNINGS, WORDS
from pipeline.model import Assignment, Correction, Document, Line, Node, Page

_SAME_SHAPE: Final = 0.05
_HERE: Final = Path(__file__).parent
_LEGEND: Final = {
    "section": "mục lớn", "subsection": "mục", "task": "nhiệm vụ", "item": "ý", "assignment": "phân công",
    "footnote": "chú thích",
}  # fmt: skip


@dataclass(slots=True)
class _Marks:
    """What is known of the lines, by line number."""

    kinds: dict[int, str] = field(default_factory=dict)
    tags: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    corrections: dict[int, list[Correction]] = field(default_factory=lambda: defaultdict(list))
    observed: list[str] = field(default_factory=list)


def write_report(document: Document, images: Iterable[bytes | None], doubt: float, path: Path) -> None:
    """Write the report page by page; one image is in memory at a time.

    Args:
        document: what `process` returned.
        images: a JPEG for every page in order, None where there is none.
        doubt: words whose confidence lies below are marked.
        path: of the file.
    """
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(_head(document))
        marks = _marks(document)
        for page, image in zip_longest(document.pages, images):
            if page is None:
                break
            out.writelines(_page(page, len(document.pages), image, marks, doubt))
        out.write(f"<script>{_asset('report.js')}</script>\n</body>\n</html>\n")


def _asset(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


def _head(document: Document) -> str:
    """Head and tool bar; only our own script may run, and nothing may be fetched."""
    meta, plan = document.plan.metadata, document.plan
    digest = base64.b64encode(hashlib.sha256(_asset("report.js").encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    name = " ".join(filter(None, [meta.doc_type, meta.number])) or plan.source.path
    fixes = len(document.corrections)
    keys = "".join(f'<span class="key {kind}">{word}</span>' for kind, word in _LEGEND.items())
    warnings = "".join(
        f'<p class="failed">{_place(w.page, w.line)}{escape(WARNINGS.get(w.code, w.message))}</p>'
        for w in plan.warnings
        if w.code == "page-failed"
    )
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(name)} - đối chiếu</title>
<style>
{_asset("report.css")}</style>
</head>
<body>
<header>
<h1>{escape(name)}</h1>
<p>{escape(" - ".join(filter(None, [meta.issuer, meta.title, plan.source.path])))}</p>
{warnings}<nav>{keys}
<label><input type="checkbox" value="only-doubt"> chỉ dòng còn ngờ ({len(plan.quality.doubtful)} từ)</label>
<label><input type="checkbox" value="no-fixes" data-off checked> gạch chân {fixes} chỗ đã sửa</label>
<label><input type="checkbox" value="show-raw"> hiện chữ máy đọc</label>
<button id="next" type="button" title="Phím n">Chỗ ngờ tiếp theo</button>
</nav>
</header>
"""


def _place(page: int | None, line: int | None) -> str:
    return f"Trang {page}: " if page else f"Dòng {line}: " if line else ""


def _marks(document: Document) -> _Marks:
    plan, marks = document.plan, _Marks()
    lines = [line for page in document.pages for line in page.lines]
    for c in document.corrections:
        marks.corrections[c.line].append(c)
    marks.observed = undo([line.text for line in lines], document.corrections)
    duties: dict[str, list[Assignment]] = defaultdict(list)
    for a in plan.assignments:
        marks.kinds |= dict.fromkeys(range(a.line_start, a.line_end + 1), "assignment")
        for task in a.task_ids:
            duties[task].append(a)
    for n in plan.nodes:
        marks.kinds |= dict.fromkeys(range(n.line_start, n.line_end + 1), n.kind)
        if n.kind == "task":
            marks.tags[n.line_start].append(_tag(n, duties[n.id]))
    for page in document.pages:
        numbers = [line.number for line in page.lines]
        notes = next((k for k, line in enumerate(page.lines) if line.text.startswith("^")), len(numbers))
        marks.kinds |= dict.fromkeys(numbers[notes:], "footnote")  # a page's notes are its last lines
    marks.kinds |= {f.line: "furniture" for f in plan.quality.furniture}
    return marks


def _tag(node: Node, duties: list[Assignment]) -> str:
    """What a node is, and of a task who does it by when."""
    parts = [f"<b>{WORDS['kind'][node.kind]}</b>"]
    for a in duties:
        due = a.deadline.text if a.deadline else ""
        for word, value in (("chủ trì", ", ".join(a.lead)), ("phối hợp", ", ".join(a.coordinate)), ("hạn", due)):
            if value:
                parts.append(f"{word}: {escape(value)}")
    return " · ".join(parts)


def _page(page: Page, total: int, image: bytes | None, marks: _Marks, doubt: float) -> Iterator[str]:
    yield f'<section id="page-{page.number}" class="{"" if image else "bare"}">\n<h2>Trang {page.number}/{total}</h2>\n'
    if image:
        source = "data:image/jpeg;base64," + base64.b64encode(image).decode()
        yield f'<div class="scan"><div class="sheet"><img alt="Trang {page.number}" src="{source}">'
        yield '<div class="spot"></div></div></div>\n'
    yield '<div class="text">\n'
    if page.error is not None:
        yield f'<p class="failed">{escape(WARNINGS["page-failed"])} {escape(page.error)}</p>\n'
    placed = image is not None and _fits(image, page)
    for line in page.lines:
        yield _line(line, _box(line, page) if placed else "", marks, doubt)
    yield "</div>\n</section>\n"


def _fits(image: bytes, page: Page) -> bool:
    """Whether places on the page as it was read are places on the image: not where it was turned for reading."""
    from PIL import Image

    with Image.open(BytesIO(image)) as shown:
        width, height = shown.size
    return bool(page.height) and abs(width / height - page.width / page.height) < _SAME_SHAPE * width / height


def _line(line: Line, box: str, marks: _Marks, doubt: float) -> str:
    spans = spans_of(line, marks.corrections.get(line.number, ()), doubt)
    kinds = [marks.kinds.get(line.number, "other")]
    kinds += line.style.split()
    kinds += ["doubtful"] * any(s.tag == "mark" for s in spans) + ["fixed"] * any(s.tag == "ins" for s in spans)
    tags = "".join(f'<span class="tag">{tag}</span>' for tag in marks.tags.get(line.number, ()))
    observed = marks.observed[line.number - 1]
    raw = f'<span class="raw">{escape(observed)}</span>' if observed != line.text else ""
    return (
        f'<p class="line {" ".join(kinds)}" id="line-{line.number}"{box}>'
        f'<span class="no">{line.number}</span>{tags}<span class="words">{marked(line.text, spans)}</span>{raw}</p>\n'
    )


def _box(line: Line, page: Page) -> str:
    """Where the line stands on the page image, in percent."""
    if line.bbox is None or not page.width or not page.height:
        return ""
    x0, y0, x1, y1 = line.bbox
    shares = (x0 / page.width, y0 / page.height, (x1 - x0) / page.width, (y1 - y0) / page.height)
    return ' data-box="' + " ".join(f"{100 * share:.2f}" for share in shares) + '"'
