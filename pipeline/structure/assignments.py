"""Who carries out which tasks by when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Deadline
from pipeline.structure.addressees import (
    acts,
    acts_later,
    address,
    address_off,
    answers_for,
    assigns,
    carries_out,
    certain,
    done_by,
    given_inside,
    given_to,
    last_sentence,
    passive_by,
    people_behind,
    requests,
)
from pipeline.structure.agencies import starts_agency
from pipeline.structure.agencylists import split_agencies
from pipeline.structure.duties import (
    Duty,
    deadline_in,
    doubt,
    labels,
    read_field,
    read_lines,
    read_sentence,
)
from pipeline.structure.fields import inner_fields, read_fields
from pipeline.structure.items import Item, below
from pipeline.structure.numbering import BULLETS
from pipeline.structure.predicates import predicate_at
from pipeline.structure.purposes import ASKED, GIVEN_OUT, stands_aside
from pipeline.structure.sections import run_in_title
from pipeline.structure.text import fold
from pipeline.structure.who import LEAD, WITH, read_who


def read_duties(items: Sequence[Item], year: int | None) -> list[Duty]:
    """The assignments of a document, in reading order, with the tasks that they govern.

    Args:
        items: from `build_items`.
        year: of the plan, for deadlines without one.
    """
    duties: list[Duty] = []
    pending: list[Item] = []
    told: list[Item] = []  # the task just above, which assigns itself
    open_: Duty | None = None  # lines of one assignment are neighbours
    for item in items:
        if item.fields:
            if open_ is None:
                open_ = Duty("", [], _governed(pending, year) or told)
                duties.append(open_)
                pending = []
            open_.items.append(item)
            continue
        open_, told = None, []
        if item.kind in ("section", "subsection"):
            pending = []
            if item.agency and (tasks := _tasks_under(item, items)) is not None:
                duties.append(implied(item, tasks))
        elif item.kind == "task":
            duty = _own(item, year)
            if duty is None:
                pending.append(item)
            else:
                duties.append(duty)
                pending, told = [], [item]
    return _complete(duties, items, year)


def _governed(pending: list[Item], year: int | None) -> list[Item]:
    """The tasks that a lead-in below them governs: all but those further up that say themselves who acts by when."""
    return [*(task for task in pending[:-1] if _subject(task, year) is None), *pending[-1:]]


def _complete(duties: list[Duty], items: Sequence[Item], year: int | None) -> list[Duty]:
    """The assignments with what their lines say, and those of tasks that these give to nobody, in reading order."""
    for duty in duties:
        if not duty.text:
            read_lines(duty, year)
    duties = [*duties, *_subjects(items, duties, year)]
    duties += _asked_for(items, duties)
    for duty in duties:
        doubt(duty)
    return sorted(duties, key=lambda duty: duty.items[0].index)


def _subjects(items: Sequence[Item], duties: Sequence[Duty], year: int | None) -> list[Duty]:
    """The assignments of tasks that are still given to nobody, read from their own words."""
    given = {task.index for duty in duties if duty.lead or duty.coordinate for task in duty.tasks}
    timed = {task.index for duty in duties for task in duty.tasks} - given
    free = [item for item in items if item.kind == "task" and item.index not in given]
    return [duty for item in free if (duty := _subject(item, year, item.index in timed))]


def _asked_for(items: Sequence[Item], duties: Sequence[Duty]) -> list[Duty]:
    """The assignments of those whom a paragraph asks for all that the items below say: "Sở X đề nghị các đơn vị:"."""
    given = {task.index for duty in duties if duty.lead for task in duty.tasks}
    out: list[Duty] = []
    open_: Duty | None = None
    for item in items:
        if not item.style and item.parent is None:
            text, lead = item.text.rstrip(" :"), split_agencies(item.asked)
            open_ = Duty(text, [item], [], lead, implied=True, rule=_HEADING, basis=ASKED) if item.asked else None
            out += [open_] if open_ else []
        elif open_ and item.kind == "task" and item.index not in given:
            open_.tasks.append(item)
    return [duty for duty in out if duty.tasks]


def _tasks_under(heading: Item, items: Sequence[Item]) -> list[Item] | None:
    """The tasks of a heading that names agencies, less those of such headings below; None where it gives none out."""
    branch = below(heading, items)
    inner = [i for i in branch if i.agency and i.kind in ("section", "subsection")]
    taken = {task.index for i in inner for task in below(i, items)}
    tasks = [i for i in branch if i.kind == "task" and not i.fields and i.index not in taken]
    members = bool(branch) and all(i.rule == "circumstance" for i in branch)  # "BAN TỔ CHỨC" / "1. Ông A - Trưởng ban"
    return tasks if tasks or not (inner or members) else None


def implied(item: Item, tasks: list[Item]) -> Duty:
    """The assignment of a heading that names agencies."""
    text = _RUNS_ON.split(item.text)[0].strip().rstrip(":").strip()  # "Các sở: Y tế, Nội vụ" is a list of names
    duty = Duty(text, [item], tasks, _named(text), implied=True, rule=_HEADING, basis=item.basis)
    if with_ := WITH.search(fold(text)):  # "Sở Y tế chủ trì, phối hợp với các sở, ngành:"
        duty.coordinate = split_agencies(text[with_.end() :])
    return duty


_HEADING = "heading that names agencies"
_RUNS_ON = re.compile(r":\s+(?=(?:Khi|Trong|Sau|Trước|Căn cứ|Trên cơ sở|Theo|Chủ trì|Phối hợp|Tham mưu)\b)")


def _named(heading: str) -> list[str]:
    """The agencies that a heading names."""
    return split_agencies(_GROUNDS.sub("", _HELD_TO.sub("", address(heading))), cut=_CLAUSE.search(heading) is not None)


_CLAUSE = re.compile(r" sau(?: đây)?[: ]*$|^(?!Trách nhiệm )(?:\S+ ){20}")
"""A heading that says what somebody does, in which names end at the verb: "Sở X thực hiện các hoạt động sau đây"."""
_GROUNDS = re.compile(r",? (?:theo|căn cứ|trong phạm vi) (?:chức năng|nhiệm vụ|thẩm quyền|quyền hạn)[^:;]*$")
"""On what grounds they act: "Giám đốc các Sở, theo chức năng, nhiệm vụ được giao"."""


_HELD_TO = re.compile(
    r"(?<!được giao)(?<!được phân công)(?:,? là (?:cơ quan|đơn vị) [^,:;]{2,30})?,? "
    r"(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|chủ trì|phối hợp(?: chặt chẽ)? với)(?:[ ,].*)?$"
)


def _own(item: Item, year: int | None) -> Duty | None:
    """The assignment that a task makes in its own words; None where it makes none."""
    head = run_in_title(item.text)
    if item.agency and head is not None:
        lead = _named(head)
        return Duty(head, [item], [item], lead=lead, implied=True, rule="agency before a colon", basis=item.basis)
    if found := inner_fields(item.text):
        duty = Duty(item.text, [item], [item], rule="lead-in inside a task", basis=labels(found))
        for f in found:
            read_field(duty, f, year)
        return duty
    if not assigns(item.text):
        last = _said(item, last_sentence(item.text), "sentence that assigns", year)
        return _in_brackets(item, year) or last or _said(item, _done_by(item), "sentence that assigns", year)
    bare = address_off(item.text)
    duty = Duty(item.text, [item], [item], rule="sentence that assigns")
    if _ROLE.match(fold(bare[predicate_at(bare) :])):
        duty.text = item.text[: len(item.text) - len(bare) + predicate_at(bare)].strip()
        duty.implied = True
        duty.lead = split_agencies(bare)
        duty.deadline = deadline_in(bare, year)
        return duty
    read_sentence(duty, bare, year)
    return duty


_ROLE = re.compile(r"la (?:dau moi|co quan|don vi)(?!.{0,50}\bphoi hop voi )")
"""What an agency is said to be; "là cơ quan đầu mối, phối hợp với Sở Y ..." is a sentence that assigns."""


def _done_by(item: Item) -> str | None:
    """By whom a task says that it is done: "... do Sở X phụ trách", "Hồ sơ phải được Sở X thẩm định"."""
    if stands_aside(item):
        return None
    return done_by(item.text) or passive_by(item.text)


def _said(item: Item, said: str | None, rule: str, year: int | None) -> Duty | None:
    """The assignment in a part of a task, if it has that part.

    Such are its last sentence ("... . Phòng Nội vụ tham mưu, trong Quý I/2026.") and the people that it ends in ("Đọc
    diễn văn (Đ/c Diễn)", "Trang trí khánh tiết: Đ/c Tuấn.").
    """
    if said is None:
        return None
    duty = Duty(item.text, [item], [item], rule=rule)
    read_sentence(duty, said, year)
    duty.deadline = duty.deadline or deadline_in(item.text, year)
    return duty


def _subject(item: Item, year: int | None, timed: bool = False) -> Duty | None:
    """The assignment of a task that nothing else assigns, where a sentence begins with who answers for it or gives it.

    With a number, in a request ("4. Đề nghị Sở X ...", "Yêu cầu Chủ tịch xã ..."), below a title that shares work out
    ("TỔ CHỨC THỰC HIỆN"), and by a date, whatever they shall do; else a bullet may say what the agency above asks for.

    Args:
        item: the task.
        year: of the plan.
        timed: lines below it say by when, but not who.
    """
    given = given_inside(item.text)
    acting = acts(item.text) if given is None else given
    if acting is None:
        return None if stands_aside(item) else _later(item, year)
    shared_out = not stands_aside(item)
    numbered = item.style not in ("", *BULLETS) and (shared_out or item.basis == GIVEN_OUT)
    one = item.purpose == "org" or (item.text.endswith(acting) and not requests(item.text) and certain(acting))
    organised = shared_out and item.basis.startswith("section_kinds") and one
    asked = requests(item.text) and (item.style in ("number", "") or item.text.startswith(("Yêu cầu", "Phân công")))
    deadline = (deadline_in(acting, year) if given else None) or deadline_in(item.text, year)
    due = deadline is not None and (_limits(deadline) or _opens_with(item, acting, deadline))
    dated = timed or (shared_out and due)
    if given is None and not (numbered or asked or dated or answers_for(item.text) or organised):
        return None
    duty = Duty(item.text, [item], [item], rule="sentence that begins with who acts")
    duty.name(read_who(acting))
    duty.deadline = deadline
    return duty


def _later(item: Item, year: int | None) -> Duty | None:
    """The assignment in a later sentence or clause of a task: "Lập Ban Thư ký. Phòng Tổ chức soạn thảo quyết định."."""
    acting = acts_later(item.text)
    if acting is None:
        return None
    duty = Duty(item.text, [item], [item], rule="later sentence that begins with who acts")
    duty.name(read_who(acting))
    duty.deadline = deadline_in(acting, year) or deadline_in(item.text, year)
    return duty


def _limits(deadline: Deadline) -> bool:
    """Whether a deadline says by when, be it in days from an event: "trong 03 ngày sau khi nhận hồ sơ"."""
    return deadline.end is not None or (deadline.recurrence is None and re.search(r"\d", deadline.text) is not None)


def _opens_with(item: Item, acting: str, deadline: Deadline) -> bool:
    """Whether a sentence says first, or behind its names, how often something is due: "Hằng tuần, Sở A gửi ...".

    Or in the end, several times a year: "Các đơn vị gửi báo cáo vào thứ Năm hằng tuần."
    """
    at = predicate_at(acting)
    opens = item.text.startswith(deadline.text) or acting.startswith(deadline.text, at)
    ends = item.text.rstrip(" .;").endswith(deadline.text) and not acting[:at].endswith(" được ")
    ends = ends and deadline.recurrence in _OFTEN
    return deadline.recurrence not in (None, "continuous") and (opens or ends)


_OFTEN = ("daily", "weekly", "biweekly", "monthly", "quarterly")


def _in_brackets(item: Item, year: int | None) -> Duty | None:
    """The assignment in a remark at the end of a task: "(Sở Tư pháp chủ trì, hoàn thành trong Quý I/2025)".

    The remark may give the task ("Giao Sở A chủ trì; thời gian: Quý II/2026") or have lead-ins ("Thực hiện: Sở A").
    """
    remark = re.search(r"\(([^()]{8,})\)?\W*$", item.text)  # OCR may lose the closing bracket
    if remark is None:
        return _said(item, people_behind(item.text), "people behind a task", year)
    duty = Duty(item.text, [item], [item], rule="remark in brackets")
    found = read_fields(remark[1])
    if found and found[0].role in ("lead", "who") and starts_agency(found[0].value):
        for f in found:
            read_field(duty, f, year)
        return duty
    given = given_to(remark[1])
    said = remark[1] if given is None else given
    if given is None and not (carries_out(said) or (starts_agency(said) and LEAD.search(fold(said)))):
        return _said(item, people_behind(item.text), "people behind a task", year)
    read_sentence(duty, said, year)
    if before := _TIME_BEFORE.match(item.text):  # "Trước ngày 20/5/2026: Hoàn thiện báo cáo (Ban A chủ trì)."
        duty.deadline = duty.deadline or deadline_in(before[0], year)
    duty.deadline = duty.deadline or deadline_in(item.text[: remark.start()], year)
    return duty


_TIME_BEFORE = re.compile(r"(?:Trước|Từ|Chậm nhất|Trong|Đến|Ngày|Tháng|Quý)\b[^:;.]{0,60}(?=: [^\W\d_a-z])")
