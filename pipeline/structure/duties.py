"""What assignments say: who, and by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.model import Deadline
from pipeline.structure.agencylists import split_agencies
from pipeline.structure.citations import mask
from pipeline.structure.deadlines import behind, read_deadline, undated
from pipeline.structure.fields import Field, part_fields, strip_bullet
from pipeline.structure.items import Item
from pipeline.structure.notes import clean
from pipeline.structure.predicates import predicate_at
from pipeline.structure.rows import doubts
from pipeline.structure.text import fold
from pipeline.structure.timewords import deadline_spans
from pipeline.structure.who import Who, clauses, part_clauses, read_who


@dataclass(slots=True)
class Duty:
    """An assignment on its way into the Plan.

    Attributes:
        items: its own lines.
        tasks: what it governs.
        rule, basis: which rule made it, and the line of a table that it rests on, as in `Item`.
        doubtful: the engine doubts the figures of its deadline, which therefore has no dates.
    """

    text: str
    items: list[Item]
    tasks: list[Item] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)
    coordinate: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    deadline: Deadline | None = None
    implied: bool = False
    rule: str = ""
    basis: str = ""
    doubtful: bool = False

    def name(self, who: Who) -> None:
        """Add who is named."""
        self.lead += who.lead
        self.coordinate += who.coordinate
        self.others += who.others


def doubt(duty: Duty) -> None:
    """Take the dates from a deadline whose figures the engine doubts."""
    rows = [row for item in duty.items for row in item.rows]
    if duty.deadline and doubts(re.findall(r"\d+", duty.deadline.text), rows):
        duty.deadline, duty.doubtful = undated(duty.deadline), True


def read_sentence(duty: Duty, text: str, year: int | None) -> None:
    """Read a sentence that names its agencies first, and perhaps has lead-ins behind: "...; thời gian: Quý II/2026"."""
    sentence, found = part_fields(text)
    for f in found:
        read_field(duty, f, year)
    read_names(duty, sentence, year)


def read_names(duty: Duty, text: str, year: int | None) -> None:
    """Read who, and by when: within the sentence, or as nothing but a time behind the names ("...; Quý II/2025")."""
    names = _off_time(duty, text, year)
    duty.name(read_who(names))
    duty.deadline = duty.deadline or deadline_in(names, year)


def _off_time(duty: Duty, text: str, year: int | None) -> str:
    """The text before a clause at its end that is nothing but a time, which becomes the deadline where none is known.

    "Các chi bộ; thời gian hoàn thành trước ngày 30/11/2025", "Sở A, Sở B; Quý II/2025".
    """
    told = _TIME_TOLD.search(text)
    when = deadline_in(text[told.end() :], year) if told else None
    if told and when and text.find(when.text, told.end()) <= told.end() + _BEFORE_TIME:
        duty.deadline = duty.deadline or when
        return text[: told.start()]
    time = _TIME_BEHIND.search(mask(text))
    if time and deadline_in(text[: time.start()], year) is None:
        duty.deadline = duty.deadline or read_deadline(time["when"], year)
        return text[: time.start()]
    return text


_TIME_TOLD = re.compile(r"[;,.] (?:thời gian|thời hạn|tiến độ)(?: thực hiện| hoàn thành)?(?=,? \w)", re.IGNORECASE)
_BEFORE_TIME = len(" là hoàn thành xong trong ")
_MOMENT = (
    r"(?:(?:cả|hết|đầu|cuối|giữa) )?(?:(?:tháng|năm|ngày) (?:\d{1,2}(?:/[\d/]+)?|20\d\d)|\d{1,2}/[\d/]+"
    r"|quý [IV]{1,3}(?:/20\d\d)?(?: năm 20\d\d)?|(?:giai đoạn )?20\d\d ?[-–] ?20\d\d)"
)
_TIME_BEHIND = re.compile(
    r"[;,] ?(?:(?:thời gian|thời hạn|tiến độ|lộ trình)(?: thực hiện| hoàn thành)?:? )?"
    rf"(?P<when>{_MOMENT}(?:(?:,| và| đến| -| –)? {_MOMENT})*)[ .;)]*$",
    re.IGNORECASE,
)


def read_lines(duty: Duty, year: int | None) -> None:
    """Read the lines of an assignment: "Đơn vị chủ trì: ...", "Thực hiện: ...", "Thời gian hoàn thành: ..."."""
    duty.rule, duty.basis = "lead-in", labels([f for item in duty.items for f in item.fields])
    duty.text = " ".join(strip_bullet(clean(item.text)[0]) for item in duty.items)
    found = [f for item in duty.items for f in item.fields]
    for f in found:
        read_field(duty, f, year)
    for f in found:  # "Phối hợp: Sở B; hoàn thành trước ngày 10/01/2026"
        if f.role in ("lead", "coordinate") and duty.deadline is None:
            duty.deadline = deadline_in(f.value[predicate_at(f.value) :], year)


def labels(fields: Sequence[Field]) -> str:
    """The lines of assignment_labels.tsv that some lead-ins are."""
    return "assignment_labels.tsv: " + "; ".join(f.label for f in fields)


def read_field(duty: Duty, f: Field, year: int | None) -> None:
    """Add what a lead-in says."""
    value = f.value.strip().rstrip(".;,").strip()
    value = value if "(" in value else value.rstrip(" )")
    if f.role in ("lead", "coordinate"):
        value = _off_time(duty, _WHAT_ELSE.split(value)[0], year)
    if not value:
        return
    if f.role == "lead":
        first, *further = clauses(part_clauses(value))
        helping = [clause for clause in further if 0 < predicate_at(clause) < len(clause)]
        if predicate_at(first) == len(first) and helping == further:  # "Đầu mối: Phòng A; Phòng B lo thủ tục"
            duty.lead += split_agencies(first)
            duty.coordinate += [name for clause in helping for name in split_agencies(clause)]
        else:
            duty.name(read_who(value))
    elif f.role == "coordinate":
        duty.coordinate += split_agencies(_WITH_PRINTED.sub("", value))
    elif f.role == "deadline":
        duty.deadline = duty.deadline or read_deadline(value, year)
    elif f.role == "who":
        read_names(duty, f.value, year)


_WHAT_ELSE = re.compile(
    r"(?<=[^\W\d_A-Z]{2})\. "
    r"(?=(?:Báo cáo|Hoàn thành|Thời gian|Thời hạn|Tiến độ|Định kỳ|Trước|Chậm nhất|Kinh phí|Sản phẩm)\b)"
)
"""Where another sentence begins behind the names: "Đơn vị chủ trì: Sở A. Báo cáo hằng quý."."""
_WITH_PRINTED = re.compile(r"^(?:phối hợp\s+)?(?:với|cùng)\s+", re.IGNORECASE)


_NAMED_YEARS = re.compile(
    r"(?:kế hoạch|chương trình|chiến lược|quy hoạch|đề án|dự án)[^,;.:]{0,90}? giai đoạn 20\d\d"
    r" ?(?:[-–]|đến(?: năm)?) ?20\d\d|(?:chiến lược|mục tiêu quốc gia)[^;.:]{0,90}? đến năm 20\d\d"
    r"|(?:tầm nhìn|mục tiêu)(?: phấn đấu)?(?: đến)?(?: năm)? 20\d\d",
    re.IGNORECASE,
)
"""The years of a plan that a sentence speaks of: "trong Kế hoạch đầu tư công trung hạn giai đoạn 2026 - 2030"."""


def deadline_in(text: str, year: int | None) -> Deadline | None:
    """By when a sentence says something shall be done; neither a cited document's date nor the years of a plan."""
    masked = _NAMED_YEARS.sub(lambda m: "#" * len(m[0]), mask(text))
    for start, end in deadline_spans(masked):
        if fold(masked[start:end]) == "thuong xuyen" and predicate_at(masked[end:].strip() or ".") == 0:
            continue  # "thường xuyên kiểm tra" says how, not when
        found = read_deadline(masked[start:end], year)
        if not behind(found, year):
            return found.model_copy(update={"text": text[start:end]}) if "#" in found.text else found
    return None
