"""The plain types that flow from stage to stage, and the Plan that comes out.

Two families. `Word`, `Line` and `Page` are light frozen dataclasses: a document has ten thousands of words.
`Plan` and its parts are pydantic models: they are the output contract, and the JSON Schema is made from them.

Line numbers are those of the file text.txt: 1-based and counted through the whole document, so that "line 57"
in any table is what an editor shows as line 57. Pages are counted from 1. Spans are character offsets, [start, end).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

SCHEMA_VERSION: Final = "1.0"

Bbox = tuple[int, int, int, int]
"""x0, y0, x1, y1 in pixels of the page image, origin top left (as in hOCR)."""

Cell = tuple[int, int, int]
"""Table of the page, row, column, counted from 0."""

Style = Literal["", "bold", "italic", "bold italic"]
"""How words are set; "" for upright regular print, for mixed words, and where nobody knows."""

SourceKind = Literal["scan", "text_layer", "ocr_text"]
NodeKind = Literal["section", "subsection", "task", "item", "paragraph"]
Confidence = Annotated[float, Field(ge=0, le=1)]


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space, as read or as restored.

    Attributes:
        text: the characters.
        start: offset in the text of its line.
        confidence: probability that `text` is what is printed, 0 to 1; None where nobody knows.
        bbox: where it stands on the page image; None for text without geometry.
        alternatives: other readings, best first.
        odds: how likely each alternative is against `text`, 0 to 1, as the engine that read it tells; empty where
            nobody knows.
    """

    text: str
    start: int
    confidence: float | None = None
    bbox: Bbox | None = None
    alternatives: tuple[str, ...] = ()
    odds: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line. `text` is verbatim (NFC); `words` may be empty where only text is known.

    `cell` tells where in a ruled table it stands: which table of its page, row and column, all from 0.
    `style` tells how it is set as a whole, `opening` how its first words are.
    """

    number: int
    text: str
    words: tuple[Word, ...] = ()
    bbox: Bbox | None = None
    cell: Cell | None = None
    style: Style = ""
    opening: Style = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page in reading order.

    Attributes:
        number: counted from 1.
        kind: where the lines come from.
        lines: in reading order; empty for a page that could not be read.
        width, height: of the page image in pixels; 0 without one.
        error: why the page could not be read, or None.
        turn: degrees counter-clockwise by which the page was turned for reading; boxes are of the turned page.
        decoded: its text layer was in an encoding of before Unicode.
        typed: its text layer is the print itself, not an OCR engine's reading of a picture: nothing is to be restored.
        lean: how it leaned before it was straightened (`layout.as_scanned`); boxes are of the straight page.
    """

    number: int
    kind: SourceKind
    lines: tuple[Line, ...]
    width: int = 0
    height: int = 0
    error: str | None = None
    turn: int = 0
    decoded: bool = False
    typed: bool = False
    lean: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class PageImage:
    """A page that must be read by an OCR engine.

    Attributes:
        number: counted from 1.
        pixels: (height, width), grey, upright as far as the file tells.
        dpi: its resolution in pixels an inch, known or guessed.
    """

    number: int
    pixels: NDArray[np.uint8]
    dpi: int

    @property
    def image(self) -> Image.Image:
        """The same pixels as a picture of Pillow, not copied."""
        from PIL import Image

        return Image.fromarray(self.pixels)


class Part(BaseModel):
    """Base of everything in a Plan: unknown fields are errors."""

    model_config = ConfigDict(extra="forbid")


class Source(Part):
    """The input document."""

    path: str = Field(description="File name as given, without its folders.")
    sha256: str = Field(description="Of the file's bytes, hexadecimal.")
    kind: SourceKind
    pages: int


class Metadata(Part):
    """What stands in the head and at the end of the document. Null: not found, never guessed."""

    doc_type: str | None = Field(None, description="Printed type, e.g. Kế hoạch.")
    doc_type_code: str | None = Field(None, description="Code of the type in Decree 30/2020/NĐ-CP, Annex III, e.g. KH.")
    number: str | None = Field(None, description="Number and code, e.g. 1583/KH-UBND.")
    issuer: str | None = None
    issuer_parent: str | None = None
    place: str | None = None
    date: str | None = Field(None, description="ISO 8601 date of issue.")
    date_text: str | None = Field(None, description="The date as printed.")
    title: str | None = None
    authority: str | None = Field(None, description="TM., KT., Q., TL., TUQ. and whom it names.")
    position: str | None = None
    signer: str | None = None
    recipients: list[str] = []


class Node(Part):
    """A heading, task, item or paragraph; flat, in reading order."""

    id: str
    parent_id: str | None = None
    kind: NodeKind
    label: str = Field("", description='What is printed before the text: "II.", "1.", "a)", "-".')
    text: str = Field(description="Joined over line and page breaks, without label and footnote markers.")
    page: int
    page_end: int
    line_start: int
    line_end: int
    confidence: Confidence | None = None
    footnote_ids: list[str] = []
    citation_ids: list[str] = []
    table_id: str | None = None


class Deadline(Part):
    """When something is due."""

    text: str = Field(description="As printed.")
    start: str | None = Field(None, description="ISO 8601 date.")
    end: str | None = Field(None, description="ISO 8601 date.")
    recurrence: str | None = Field(None, description="e.g. yearly, quarterly, monthly, continuous.")


class Assignment(Part):
    """Who carries out which tasks by when."""

    id: str
    task_ids: list[str] = []
    text: str
    lead: list[str] = Field([], description='Who "chủ trì"; where nobody is said to lead, all who carry it out.')
    coordinate: list[str] = Field([], description='Who "phối hợp".')
    others: list[str] = []
    lead_keys: list[str] = Field([], description="Canonical agencies of `lead`, in its order.")
    coordinate_keys: list[str] = []
    deadline: Deadline | None = None
    implied: bool = Field(False, description="True where an agency heading, not a sentence, assigns.")
    page: int
    line_start: int
    line_end: int
    table_id: str | None = None


class Footnote(Part):
    """A note and the word that its marker stands at."""

    id: str
    marker: str
    text: str
    node_id: str | None = None
    anchor_word: str | None = None
    anchor_offset: int | None = Field(None, description="Offset in the node's text just behind the anchor word.")
    page: int


class Citation(Part):
    """A numbered document or named law that the text refers to."""

    id: str
    text: str
    doc_type: str | None = None
    number: str | None = None
    date: str | None = Field(None, description="ISO 8601 date.")
    issuer: str | None = None
    node_id: str | None = Field(None, description="Node, or footnote, or null for the title.")
    start: int = Field(description="Span in that text.")
    end: int


class Table(Part):
    """A ruled table, row by row; the first row is its header."""

    id: str
    caption: str | None = None
    page: int
    rows: list[list[str]]


class DoubtfulWord(Part):
    """A restored word whose confidence lies below the threshold."""

    page: int
    line: int
    start: int
    text: str
    confidence: Confidence


class Furniture(Part):
    """A printed line that belongs to no part of the plan: page number, running mark, stamp, scribble."""

    page: int
    line: int
    text: str
    reason: str


class Quality(Part):
    """How far the text can be trusted."""

    words: int = 0
    corrected: int = Field(0, description="Corrections made, see corrections.csv.")
    mean_confidence: Confidence | None = None
    doubtful: list[DoubtfulWord] = []
    furniture: list[Furniture] = []


class PlanWarning(Part):
    """Something the rules doubt, or a page that could not be read."""

    code: str
    message: str
    page: int | None = None
    line: int | None = None


class Plan(Part):
    """A structured plan: the whole of plan.json."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    source: Source
    metadata: Metadata
    nodes: list[Node] = []
    assignments: list[Assignment] = []
    footnotes: list[Footnote] = []
    citations: list[Citation] = []
    tables: list[Table] = []
    quality: Quality = Quality()
    warnings: list[PlanWarning] = []


class Correction(Part):
    """One change of the text: at `start` of line `line` the `observed` characters became the `restored` ones."""

    page: int
    line: int
    start: int = Field(description="Offset in the observed line.")
    observed: str
    restored: str
    confidence: Confidence
    alternatives: list[str] = []
    rule: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Which rule made a part of a Plan.

    Attributes:
        id: of the node or assignment.
        part: node or assignment.
        kind: of the node; implied or printed for an assignment.
        rule: as docs/rules.md names it.
        basis: the line of a rule table that it rests on, or empty.
        page, line_start, line_end: where the part stands.
        text: its first words.
    """

    id: str
    part: Literal["node", "assignment"]
    kind: str
    rule: str
    basis: str
    page: int
    line_start: int
    line_end: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """All that is known of one document when its processing ends.

    Attributes:
        plan: the structured plan.
        pages: the restored lines, as in text.txt.
        corrections: what was changed against the lines as read.
        reasons: which rule made each node and assignment; empty unless asked for (`Options.explain`).
    """

    plan: Plan
    pages: tuple[Page, ...]
    corrections: tuple[Correction, ...]
    reasons: tuple[Reason, ...] = ()
