"""The tables of the output contract: their columns, what they are called, and what fills them.

docs/tables.md, datapackage.json and the headings of plan.xlsx are made from the words here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from pipeline.export import rows
from pipeline.export.rows import Row
from pipeline.model import Document


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type is one of Frictionless Table Schema; a "list" is a string whose values are joined by "; ".

    Attributes:
        name: in CSV, Parquet and data frames.
        type: of its values.
        title: Vietnamese heading, for people.
        description: what it means.
    """

    name: str
    type: Literal["string", "integer", "number", "boolean", "date", "list"]
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table: `rows` yields one mapping of column name to value a row."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[[Document], Iterable[Row]]


_PAGE = Column("page", "integer", "Trang", "Page on which it begins, counted from 1.")
_LINES = (
    Column("line_start", "integer", "Từ dòng", "First line of it in text.txt, counted from 1."),
    Column("line_end", "integer", "Đến dòng", "Last line of it in text.txt."),
)
_CONFIDENCE = Column("confidence", "number", "Độ tin cậy", "How sure the text is, 0 to 1.")
_CITED = Column("citation_ids", "list", "Viện dẫn", "The documents it refers to.")
_IN_TABLE = Column("table_id", "string", "Mã bảng", "The table whose row it is.")
_WHEN = (
    Column("deadline", "string", "Thời hạn (nguyên văn)", "When it is due, as printed."),
    Column("deadline_start", "date", "Từ ngày", "First day, where the text tells one."),
    Column("deadline_end", "date", "Đến ngày", "Last day, where the text tells one."),
    Column(
        "recurrence",
        "string",
        "Định kỳ",
        "How often: continuous, daily, weekly, monthly, quarterly, yearly and the like.",
    ),
)
_WHO_WHEN = (
    Column(
        "lead",
        "list",
        "Cơ quan chủ trì",
        'Agencies that lead ("chủ trì"); where none is said to lead, all that carry it out. Verbatim.',
    ),
    Column("lead_keys", "list", "Mã cơ quan chủ trì", "Their canonical keys, in the same order."),
    Column("coordinate", "list", "Cơ quan phối hợp", 'Agencies that coordinate ("phối hợp"). Verbatim.'),
    Column("coordinate_keys", "list", "Mã cơ quan phối hợp", "Their canonical keys, in the same order."),
    Column("others", "list", "Cơ quan khác", "Other agencies named."),
    *_WHEN,
)

NODES = TableSpec(
    "nodes",
    "Toàn văn",
    "Headings, tasks, items and paragraphs in reading order.",
    (
        Column("id", "string", "Mã", "Identifier of the node."),
        Column("parent_id", "string", "Thuộc mục", "The node that it stands under."),
        Column("kind", "string", "Loại", "section, subsection, task, item or paragraph."),
        Column("label", "string", "Ký hiệu", 'What is printed before the text: "II.", "1.", "a)", "-".'),
        Column("text", "string", "Nội dung", "Joined over line and page breaks, without label and footnote markers."),
        _PAGE,
        Column("page_end", "integer", "Đến trang", "Page on which it ends."),
        *_LINES,
        _CONFIDENCE,
        Column("footnote_ids", "list", "Chú thích", "Its footnotes."),
        _CITED,
        _IN_TABLE,
    ),
    rows.node_rows,
)
TASKS = TableSpec(
    "tasks",
    "Nhiệm vụ",
    "Who must do what by when: every task, once for every assignment that governs it.",
    (
        Column("id", "string", "Mã nhiệm vụ", "Node of the task."),
        Column("section", "string", "Mục lớn", "Heading of the section it stands in."),
        Column("subsection", "string", "Mục", "Nearest subheading above it."),
        Column("label", "string", "Ký hiệu", "What is printed before the text."),
        Column("text", "string", "Nội dung nhiệm vụ", "What is to be done."),
        *_WHO_WHEN,
        Column("assignment_id", "string", "Mã phân công", "The assignment; empty where nobody is named."),
        _CITED,
        _PAGE,
        *_LINES,
        _CONFIDENCE,
    ),
    rows.task_rows,
)
ASSIGNMENTS = TableSpec(
    "assignments",
    "Phân công",
    "Who carries out which tasks by when.",
    (
        Column("id", "string", "Mã phân công", "Identifier of the assignment."),
        Column("task_ids", "list", "Mã nhiệm vụ", "Nodes of the tasks it governs."),
        *_WHO_WHEN,
        Column("implied", "boolean", "Ngầm định", "True where an agency heading, not a sentence, assigns."),
        Column("text", "string", "Nguyên văn", "As printed, with its lead-in."),
        _PAGE,
        *_LINES,
        _IN_TABLE,
    ),
    rows.assignment_rows,
)
FOOTNOTES = TableSpec(
    "footnotes",
    "Chú thích",
    "Footnotes and the words they stand at.",
    (
        Column("id", "string", "Mã chú thích", "Identifier of the footnote."),
        Column("marker", "string", "Số", "The printed mark."),
        Column("text", "string", "Nội dung", "The note."),
        Column("node_id", "string", "Tại mục", "Node or assignment that holds the mark."),
        Column("anchor_word", "string", "Sau từ", "The word before the mark."),
        Column("anchor_offset", "integer", "Vị trí", "Offset in the node's text just behind that word."),
        Column("page", "integer", "Trang", "Page of the note."),
    ),
    rows.footnote_rows,
)
CITATIONS = TableSpec(
    "citations",
    "Văn bản viện dẫn",
    "Numbered documents and named laws that the text refers to.",
    (
        Column("id", "string", "Mã viện dẫn", "Identifier of the citation."),
        Column("text", "string", "Nguyên văn", "As printed."),
        Column("doc_type", "string", "Loại văn bản", "Type of the document cited."),
        Column("number", "string", "Số, ký hiệu", "Its number and code."),
        Column("date", "date", "Ngày ban hành", "Its date."),
        Column("issuer", "string", "Cơ quan ban hành", "Who issued it."),
        Column("key", "string", "Khóa", "The same for one document, in whatever words it is cited."),
        Column("node_id", "string", "Tại mục", "Node or footnote it stands in; empty: the title."),
        Column("start", "integer", "Từ vị trí", "Offset of its first character there."),
        Column("end", "integer", "Đến vị trí", "Offset behind its last character."),
    ),
    rows.citation_rows,
)
METADATA = TableSpec(
    "metadata",
    "Thông tin chung",
    "The document itself: one row.",
    (
        Column("source", "string", "Tệp nguồn", "Name of the input file."),
        Column("sha256", "string", "SHA-256", "Its SHA-256."),
        Column("kind", "string", "Nguồn văn bản", "Where the text comes from: scan, text_layer or ocr_text."),
        Column("pages", "integer", "Số trang", "Number of its pages."),
        Column("doc_type", "string", "Loại văn bản", "Type as printed."),
        Column("doc_type_code", "string", "Mã loại", "Code of the type, Decree 30/2020/NĐ-CP, Annex III."),
        Column("number", "string", "Số, ký hiệu", "Number and code."),
        Column("issuer", "string", "Cơ quan ban hành", "Issuing body."),
        Column("issuer_parent", "string", "Cơ quan chủ quản", "Body it belongs to, where printed."),
        Column("place", "string", "Nơi ban hành", "Place of issue."),
        Column("date", "date", "Ngày ban hành", "Date of issue."),
        Column("date_text", "string", "Ngày (nguyên văn)", "The same as printed."),
        Column("title", "string", "Trích yếu", "What it is about."),
        Column("authority", "string", "Thẩm quyền ký", "On whose behalf it is signed."),
        Column("position", "string", "Chức vụ", "Position of the signer."),
        Column("signer", "string", "Người ký", "Name of the signer."),
        Column("recipients", "list", "Nơi nhận", "Whom it is sent to."),
    ),
    rows.metadata_rows,
)
CORRECTIONS = TableSpec(
    "corrections",
    "Chỗ đã sửa",
    "Every change of the text as read; made in order they give text.txt, undone they give the text as read.",
    (
        Column("page", "integer", "Trang", "Page, counted from 1."),
        Column("line", "integer", "Dòng", "Line of text.txt, counted from 1."),
        Column("start", "integer", "Vị trí", "Offset in the line as read."),
        Column("observed", "string", "Máy đọc", "The characters as read."),
        Column("restored", "string", "Sửa thành", "What they became."),
        Column("confidence", "number", "Độ tin cậy", "How sure the change is, 0 to 1."),
        Column("alternatives", "list", "Khả năng khác", "Other restorations, best first."),
        Column("rule", "string", "Quy tắc", "What made the change."),
    ),
    rows.correction_rows,
)
CELLS = TableSpec(
    "tables",
    "Bảng biểu",
    "Ruled tables, one row a cell.",
    (
        Column("table_id", "string", "Mã bảng", "Identifier of the table."),
        Column("caption", "string", "Tên bảng", "Its caption."),
        Column("page", "integer", "Trang", "Page on which it begins."),
        Column("row", "integer", "Hàng", "Row, counted from 0 (the header)."),
        Column("column", "integer", "Cột", "Column, counted from 0."),
        Column("header", "string", "Tiêu đề cột", "Text of the column's header cell."),
        Column("text", "string", "Nội dung ô", "Text of the cell."),
    ),
    rows.cell_rows,
)
EXPLAIN = TableSpec(
    "explain",
    "Giải thích",
    "Which rule of docs/rules.md made each node and assignment; written with `--explain` only.",
    (
        Column("id", "string", "Mã", "The node or assignment."),
        Column("part", "string", "Phần", "node or assignment."),
        Column("kind", "string", "Loại", "Kind of the node; implied or printed for an assignment."),
        Column("rule", "string", "Quy tắc", "Name of the rule in docs/rules.md."),
        Column("basis", "string", "Căn cứ", "The line of a rule table that it rests on, where it rests on one."),
        Column("page", "integer", "Trang", "Page on which it begins, counted from 1."),
        Column("line_start", "integer", "Từ dòng", "First line of it in text.txt, counted from 1."),
        Column("line_end", "integer", "Đến dòng", "Last line of it in text.txt."),
        Column("text", "string", "Nội dung", "Its first words."),
    ),
    rows.reason_rows,
)
TABLES = (NODES, TASKS, ASSIGNMENTS, FOOTNOTES, CITATIONS, METADATA, CORRECTIONS, CELLS)
"""What a result folder holds."""

AGENCIES = TableSpec(
    "agencies",
    "Cơ quan - nhiệm vụ",
    "One row for every agency in every task, for pivot tables.",
    (
        Column("agency", "string", "Cơ quan", "The agency, written alike in all its rows."),
        Column(
            "agency_key",
            "string",
            "Mã cơ quan",
            "Its canonical key; empty for agencies neither leading nor coordinating.",
        ),
        Column("role", "string", "Vai trò", "lead, coordinate or other."),
        Column("task_id", "string", "Mã nhiệm vụ", "Node of the task; empty where an assignment governs none."),
        Column("text", "string", "Nội dung nhiệm vụ", "What is to be done."),
        *_WHEN,
        Column("section", "string", "Mục lớn", "Heading of the section it stands in."),
        Column("name", "string", "Tên trong văn bản", "The agency as printed there."),
        Column("assignment_id", "string", "Mã phân công", "The assignment."),
        _PAGE,
    ),
    rows.agency_rows,
)
DOCUMENTS = TableSpec(
    "documents",
    "Văn bản",
    "One row a document: what it is, what was found in it, how far it can be trusted.",
    (
        *(c for c in METADATA.columns if c.name not in ("doc_type_code", "date_text", "authority", "recipients")),
        Column("tasks", "integer", "Số nhiệm vụ", "Tasks found."),
        Column("tasks_unassigned", "integer", "Nhiệm vụ chưa rõ cơ quan", "Tasks for which nobody is named."),
        Column("assignments", "integer", "Số phân công", "Assignments found."),
        Column("footnotes", "integer", "Số chú thích", "Footnotes found."),
        Column("citations", "integer", "Số viện dẫn", "Citations found."),
        Column("tables", "integer", "Số bảng", "Ruled tables found."),
        Column("words", "integer", "Số từ", "Words of the text."),
        Column("corrected", "integer", "Số chỗ sửa", "Corrections made."),
        Column("doubtful_words", "integer", "Số từ còn ngờ", "Words whose confidence is low."),
        Column("mean_confidence", "number", "Độ tin cậy", "Mean confidence of the words, 0 to 1."),
        Column("warnings", "integer", "Số cảnh báo", "What the rules doubt; see plan.json."),
        Column("pages_failed", "integer", "Số trang hỏng", "Pages that could not be read."),
    ),
    rows.document_rows,
)
