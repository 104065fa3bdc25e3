"""plan.xlsx: the tables of a document for people who work in Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

from pipeline.export import tables
from pipeline.export.rows import Row
from pipeline.export.sheets import Sheet, text_of_cell, workbook
from pipeline.export.summary import Duties, duties_of
from pipeline.export.tables import Column, TableSpec
from pipeline.export.words import DOUBTFUL, WARNINGS
from pipeline.model import Document, Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook

SUMMARY: Final = "Ai làm gì, khi nào"
_CHECK: Final = "Cần kiểm tra"
MOST_FIXES: Final = 1000
_FIRST: Final = 2  # the number of the first row under a header
_NOBODY: Final = "(Chưa nêu cơ quan)"
_DUTIES: Final = tuple(
    replace(next(c for c in tables.AGENCIES.columns if c.name == name), title=title)
    for name, title in (
        ("agency", "Cơ quan"), ("role", "Vai trò"), ("text", "Nhiệm vụ"), ("deadline", "Thời hạn"),
        ("deadline_end", "Đến ngày"), ("recurrence", "Định kỳ"), ("task_id", "Mã nhiệm vụ"), ("page", "Trang"),
    )
)  # fmt: skip
_CHECKS: Final = (
    Column("section", "string", "Vấn đề", ""),
    Column("page", "integer", "Trang", ""),
    Column("line", "integer", "Dòng", ""),
    Column("text", "string", "Chỗ ấy", ""),
    Column("confidence", "number", "Độ tin cậy", ""),
)
_FACTS: Final = (Column("section", "string", "Thông tin", ""), Column("text", "string", "Nội dung", ""))


def plan_xlsx(document: Document, report: bool) -> bytes:
    """The workbook: a summary by agency, the tables, and what should be checked.

    Args:
        document: what `process` returned.
        report: whether report.html is written beside it, for links to its pages.
    """
    out = BytesIO()
    with workbook(out, document.plan.metadata.title or document.plan.source.path) as book:
        links = _Links(document, report)
        _summary(book, document, links)
        for table in (tables.TASKS, tables.AGENCIES, tables.ASSIGNMENTS, tables.NODES):
            _table(book, table, document, links)
        for table in (tables.FOOTNOTES, tables.CITATIONS):
            if any(True for _ in table.rows(document)):
                _table(book, table, document, links)
        if document.plan.tables:
            _ruled(book, document.plan.tables)
        _facts(book, document)
        _checks(book, document, links)
        if document.corrections:
            _fixes(book, document, links)
    return out.getvalue()


def _summary(book: Workbook, document: Document, links: _Links) -> None:
    """Under the name of every agency what it does and by when."""
    meta, plan = document.plan.metadata, document.plan
    name = " ".join(filter(None, [meta.doc_type, "số" if meta.number else None, meta.number]))
    dated = f"ngày {'/'.join(reversed(meta.date.split('-')))}" if meta.date else meta.date_text
    above = [
        " ".join(filter(None, [name or plan.source.path, dated])),
        " - ".join(filter(None, [meta.issuer, meta.title])),
        f"{sum(n.kind == 'task' for n in plan.nodes)} nhiệm vụ, {len(plan.assignments)} phân công. "
        f"{len(plan.quality.doubtful)} từ còn ngờ, {len(plan.warnings)} cảnh báo (xem trang “{_CHECK}”).",
    ]
    sheet = Sheet(book, SUMMARY, _DUTIES, above)
    for agency in duties_of(document):
        sheet.add(_group(agency), style="group")
        for row in agency.rows:
            shown = {**row, "agency": agency.agency or _NOBODY}
            sheet.add({c.name: shown.get(c.name) for c in _DUTIES}, links(row), style="member")
    sheet.finish()


def _group(agency: Duties) -> Row:
    """The line above the duties of an agency."""
    counts = agency.counts
    words = {"lead": "chủ trì", "coordinate": "phối hợp", "other": "liên quan", "task": "nhiệm vụ"}
    total = ", ".join(f"{words[role]} {counts[role]}" for role in words if counts[role])
    row = dict.fromkeys((c.name for c in _DUTIES), None)
    return {**row, "agency": agency.agency or _NOBODY, "text": total.capitalize(), "deadline_end": agency.last_due}


def _table(book: Workbook, table: TableSpec, document: Document, links: _Links) -> None:
    sheet = Sheet(book, table.title, table.columns)
    for row in table.rows(document):
        sheet.add(row, links(row))
    sheet.finish()


def _ruled(book: Workbook, ruled: Sequence[Table]) -> None:
    """The tables as they are printed, one under another."""
    width = max(len(row) for table in ruled for row in table.rows)
    columns = [Column(f"cell {n}", "list", f"Cột {n + 1}", "") for n in range(width)]
    place = Column("section", "string", "Bảng", "")
    sheet = Sheet(book, tables.CELLS.title, [place, *columns])
    for table in ruled:
        for cells in table.rows:
            row: dict[str, object] = {c.name: None for c in columns}
            row |= {f"cell {n}": cell for n, cell in enumerate(cells)}
            sheet.add({**row, "section": f"{table.id} (trang {table.page})"})
    sheet.finish()


def _facts(book: Workbook, document: Document) -> None:
    """The document itself, one fact a row."""
    row = next(iter(tables.DOCUMENTS.rows(document)))
    known = {c.name: c for c in (*tables.METADATA.columns, *tables.DOCUMENTS.columns)}
    sheet = Sheet(book, tables.METADATA.title, _FACTS)
    for column in known.values():
        sheet.add({"section": column.title, "text": text_of_cell(column, row[column.name])})
    sheet.finish()


def _checks(book: Workbook, document: Document, links: _Links) -> None:
    """What a person should look at: warnings, then doubtful words."""
    lines = {line.number: line.text for page in document.pages for line in page.lines}
    sheet = Sheet(book, _CHECK, _CHECKS)
    for w in document.plan.warnings:
        text = lines.get(w.line or 0) or w.message
        row: Row = {"section": WARNINGS.get(w.code, w.message), "page": w.page, "line": w.line, "text": text}
        sheet.add({**row, "confidence": None}, links(row))
    for d in document.plan.quality.doubtful:
        row = {"section": DOUBTFUL, "page": d.page, "line": d.line, "text": d.text, "confidence": d.confidence}
        sheet.add(row, links(row))
    sheet.finish()


def _fixes(book: Workbook, document: Document, links: _Links) -> None:
    """The corrections; of very many only those that are least sure, for nobody looks through more."""
    rows = list(tables.CORRECTIONS.rows(document))
    above = []
    if len(rows) > MOST_FIXES:
        above = [f"{MOST_FIXES} chỗ kém chắc chắn nhất trong {len(rows)} chỗ đã sửa; đủ cả trong corrections.csv"]
        least = sorted(range(len(rows)), key=lambda at: document.corrections[at].confidence)[:MOST_FIXES]
        rows = [rows[at] for at in sorted(least)]
    sheet = Sheet(book, tables.CORRECTIONS.title, tables.CORRECTIONS.columns, above)
    for row in rows:
        sheet.add(row, links(row))
    sheet.finish()


class _Links:
    """Addresses for the cells of a row: from a task to its section, from a page to its image."""

    def __init__(self, document: Document, report: bool) -> None:
        self._report = report
        self._nodes = {n.id: n for n in document.plan.nodes}
        self._at_node = {n.id: at for at, n in enumerate(document.plan.nodes, _FIRST)}
        self._at_task: dict[object, int] = {}
        for at, row in enumerate(tables.TASKS.rows(document), _FIRST):
            self._at_task.setdefault(row["id"], at)

    def __call__(self, row: Row) -> dict[str, str]:
        links = {"page": f"external:report.html#page-{row['page']}"} if self._report and row.get("page") else {}
        if (task := row.get("task_id")) in self._at_task:
            links["task_id"] = _address(tables.TASKS, self._at_task[task])
        if (node := row.get("node_id")) in self._at_node:
            links["node_id"] = _address(tables.NODES, self._at_node[str(node)])
        if "subsection" in row:
            links |= self._headings(str(row["id"]))
        return links

    def _headings(self, task: str) -> dict[str, str]:
        """From a task to where it, its heading and its section stand in the text."""
        links = {"id": _address(tables.NODES, self._at_node[task])}
        up = self._nodes.get(self._nodes[task].parent_id or "")
        while up is not None:
            links.setdefault(up.kind, _address(tables.NODES, self._at_node[up.id]))
            up = self._nodes.get(up.parent_id or "")
        return links


def _address(table: TableSpec, row: int) -> str:
    return f"internal:'{table.title}'!A{row}"
