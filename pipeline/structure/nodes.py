"""Blocks to a tree: which heading or item holds which, and what each of them is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from pipeline.structure.addressees import (
    acts,
    address_off,
    answers_for,
    assigns,
    carries_out,
    done_by,
    given_inside,
    last_sentence,
    names_agency,
    names_and_time,
    people_behind,
    points_back,
    requests,
    told_what,
)
from pipeline.structure.agencies import starts_agency
from pipeline.structure.citations import mask
from pipeline.structure.deadlines import read_deadline
from pipeline.structure.fields import Field, read_fields, states_circumstance
from pipeline.structure.items import Item, annex_title
from pipeline.structure.namelists import read_lists, read_times
from pipeline.structure.nesting import place, ranks_of
from pipeline.structure.notes import clean
from pipeline.structure.numbering import BULLETS, OUTER
from pipeline.structure.openers import closes
from pipeline.structure.paragraphs import Block
from pipeline.structure.persons import lists_member
from pipeline.structure.predicates import begins_action
from pipeline.structure.purposes import announce
from pipeline.structure.sections import kind_of, run_in_title, title_like
from pipeline.structure.styles import STYLE as BOLD
from pipeline.structure.text import terminal
from pipeline.structure.timewords import find_deadline

_TELLS = frozenset({"lead", "coordinate", "deadline", "who", "product"})
ASSIGNING = frozenset({"lead", "coordinate", "deadline", "who"})


def build_items(blocks: Sequence[Block], tables: Sequence[int] = ()) -> list[Item]:
    """The blocks as a tree with kinds; lines of assignments have `fields` and no kind.

    Args:
        blocks: in reading order.
        tables: numbers of the lines that tables begin with.
    """
    items: list[Item] = []
    stack: list[Item] = []
    ranks = ranks_of(blocks)
    for index, block in enumerate(blocks):
        text, anchors = clean(block.text)
        item = Item(index, block, text, anchors)
        place(item, stack, ranks)
        items.append(item)
    for top in tables:
        above = [item for item in items if item.rows[-1].number < top]
        if above:
            above[-1].over_table = True
    announce(items)
    _settle_fields(items)
    for item in items:
        if not item.fields:
            _decide(item, items)
    return items


def _settle_fields(items: Sequence[Item]) -> None:
    """Which lines with a lead-in belong to assignments.

    A lone "Kinh phí:" or "Sản phẩm:" does only beside a line that assigns; "Thời gian:" only where tasks are.
    """
    read = [read_fields(_printed(i)) if not i.style or i.style in BULLETS else _lettered(i) for i in items]
    for k in range(1, len(items)):  # beside a line of an assignment, a garbled lead-in is enough
        if (
            not read[k]
            and any(f.role in ASSIGNING for f in read[k - 1])
            and (not items[k].style or items[k].style in BULLETS)
        ):
            read[k] = read_fields(_printed(items[k]), garbled=True)
    read_lists(items, read)
    read_times(items, read)
    for item in items:
        if not read[item.index] and _governs_above(item, items):
            who, when = names_and_time(item.text) or (address_off(item.text), "")
            item.fields = [Field("giao", "who", "", who), *([Field("thoi gian", "deadline", "", when)] if when else [])]
    for item, fields in zip(items, read, strict=True):
        roles = {f.role for f in fields}
        lettered = bool(item.style) and item.style not in BULLETS
        purpose = item.parent.purpose if lettered and item.parent else item.purpose  # "d) Thời gian:" has its own
        if (
            "detail" in roles
            or not roles
            or (purpose in ("aim", "funding", "other") and not roles & {"lead", "coordinate"})
        ):
            continue
        near = [read[k] for k in (item.index - 1, item.index + 1) if 0 <= k < len(items)]
        if (
            roles & ASSIGNING
            or any(f.role in ASSIGNING for fs in near for f in fs)
            or (item.index > 0 and bool(items[item.index - 1].fields))
        ):
            item.fields = fields
    _bridge_details(items, read)
    _drop_circumstances(items, read)


def _drop_circumstances(items: Sequence[Item], read: Sequence[list[Field]]) -> None:
    """When and where, right below a title, assign nothing where nobody is named beside them: "- Thời gian: ..."."""
    for _, run in groupby(items, key=lambda item: bool(read[item.index])):
        lines = list(run)
        roles = {f.role for item in lines for f in read[item.index]}
        title = lines[0].parent
        below = title is not None and title.index == lines[0].index - 1 and not title.text.endswith(".")
        if below and "detail" in roles and not roles & (ASSIGNING - {"deadline"}):
            for item in lines:
                item.fields = []


def _bridge_details(items: Sequence[Item], read: Sequence[list[Field]]) -> None:
    """Where and with whom, between the lines that say when and who: all of them are one assignment.

    "- Thời gian: ..." / "- Địa điểm: ..." / "- Đơn vị thực hiện: ...".
    """
    above: Item | None = None  # the line of an assignment that a bridge would begin at
    for item in items:
        roles = {f.role for f in item.fields}
        if not roles and "detail" not in {f.role for f in read[item.index]}:
            above = None
        elif roles:
            if above and not roles & {f.role for f in above.fields}:
                for detail in items[above.index + 1 : item.index]:
                    detail.fields = read[detail.index]
            above = item


def _lettered(item: Item) -> list[Field]:
    """The lead-ins of a line with a letter that says who carries out the point above: "b) Cơ quan chủ trì: ..."."""
    fields = read_fields(item.text) if item.style in ("letter", "enclosed") else []
    return fields if any(f.role in _TELLS and f.value for f in fields) and not item.children else []


def _governs_above(item: Item, items: Sequence[Item]) -> bool:
    """Whether a line with a star of its own, below items of another style, assigns those: "* Giao Sở X chủ trì ...".

    So does a line without any label below items, if it alone is italic or speaks of them: "Các nội dung trên giao ...".
    """
    if not item.acts or item.children or item.index == 0:
        return False
    said = assigns(item.text) or carries_out(item.text) or answers_for(item.text) or names_and_time(item.text)
    if not said and not (item.style == "star" and starts_agency(item.text) and acts(item.text)):
        return False
    if not item.style:
        before = items[item.index - 1]
        if not before.style:
            return False
        return points_back(item.text) or (item.block.italic and not before.block.italic)
    if item.style not in ("star", "bullet"):
        return False
    above = items[item.index - 1]
    following = items[item.index + 1].style if item.index + 1 < len(items) else ""
    return above.style not in ("", item.style) and following != item.style and not above.text.endswith(":")


def _printed(item: Item) -> str:
    """The text with its bullet in front."""
    return f"{item.block.label.printed} {item.text}" if item.block.label else item.text


def _decide(item: Item, items: Sequence[Item]) -> None:
    """Kind of a heading, item or paragraph, and whether it names who acts."""
    if not item.style and not annex_title(item.block):
        _decide_paragraph(item, items)
    elif item.parent is None and (item.style in OUTER or item.style == "upper" or not item.style):
        item.kind, item.rule = "section", "top-level label"
        item.agency = item.acts and names_agency(item.text, strict=True)
    elif item.style in OUTER or item.style == "upper":
        item.kind, item.rule = "subsection", "outer label"
        item.agency = item.acts and names_agency(item.text, strict=True)
    elif item.style in BULLETS:
        _decide_bullet(item)
    elif item.style == BOLD:
        item.kind = "subsection" if item.parent else "section"
        item.rule = "bold line"
        item.agency = item.acts and names_agency(item.text, strict=True)
    else:
        _decide_numbered(item, items)


def _decide_bullet(item: Item) -> None:
    head = run_in_title(item.text)
    if assigns(item.text) or people_behind(item.text):
        item.kind, item.rule = "task", "sentence that assigns"
    elif not item.acts:
        item.kind, item.rule = "item", "bullet outside task sections"
    elif (
        item.style == "plus"
        or any(f.role in ("detail", "deadline") for f in read_fields(item.text))
        or states_circumstance(item.text)
    ):
        item.kind, item.rule = "item", "detail of a task"
    elif lists_member(item.text):
        item.kind, item.rule = "item", "circumstance"
    elif item.style in ("star", "bullet") and item.children and title_like(item.text):
        item.kind, item.rule = "subsection", "bullet over bullets"
        item.agency = names_agency(item.text, strict=True)
    else:
        item.kind, item.rule = "task", "bullet in a task section"
        item.agency = head is not None and names_agency(head, strict=True)


def _decide_numbered(item: Item, items: Sequence[Item]) -> None:
    head = run_in_title(item.text)
    following = items[item.index + 1] if item.index + 1 < len(items) else None
    plain = head is not None and (item.acts or kind_of(head) in (None, "other")) and _plain(item, items)
    prose = following is not None and following.parent is item and not following.style and not following.fields
    step = prose and _STEP.match(item.text) is not None and _single(item.text)
    heading = (title_like(item.text) and not plain) or step
    points = item.style in ("letter", "enclosed") and item.text.rstrip().endswith(":")
    says = points or _long_sentence(item.text) or begins_action(item.text)
    holds = [c for c in item.children if not _detail(c) and not (c.style == "plus" and says)]
    if heading and following and following.parent is item and kind_of(item.text) == "org":
        holds = [following]  # "Chế độ báo cáo" is a heading whatever it holds
    prose = prose or item.over_table
    if item.parent is None and (holds or (heading and prose)):
        item.kind, item.rule = "section", "top-level number"
        item.agency = item.acts and names_agency(item.text, strict=True)
    elif (assigns(item.text) or given_inside(item.text)) and not holds and not heading:
        item.kind, item.rule = "task", "sentence that assigns"
    elif not item.acts:
        lettered = item.style in ("letter", "enclosed")
        clause = lettered or (item.parent is not None and item.parent.style == "article")
        titled = heading or holds or (head is not None and len(head.split()) <= 8 and not clause and not plain)
        item.kind, item.rule = ("subsection", "number") if titled else ("item", "sentence outside task sections")
    elif (
        (holds and (heading or _single(item.text)))
        or step
        or (heading and prose)
        or (prose and head is None and item.purpose == "org" and names_agency(item.text, strict=True))
    ):
        item.kind, item.rule = "subsection", "number over text"
        org = item.purpose == "org"
        item.agency = names_agency(item.text, strict=not org) and (org or names_agency(item.text, strict=True))
    elif lists_member(item.text) or (
        head is not None and kind_of(head) in ("other", "funding") and len(head.split()) <= 8
    ):
        item.kind, item.rule = "item", "circumstance"
    elif _HINDERED.match(item.text):
        item.kind, item.rule = "item", "closing words"
    else:
        item.kind, item.rule = "task", "number in a task section"
        item.agency = head is not None and (names_agency(head, strict=True) or told_what(item.text))


_STEP = re.compile(r"(?:Bước|Giai đoạn|Đợt|Vòng) (?:\d+|[IVX]+)\b")
"""A number over a paragraph is a heading, whatever it ends in: "2.4. Bước 4: Lập Đề án hỗ trợ."."""
_HINDERED = re.compile(
    r"(?:Trong q|Q)uá trình (?:tổ chức |triển khai )?(?:thực hiện|triển khai)\b"
    r"|(?:Quyết định|Nghị quyết|Chỉ thị|Kế hoạch|Chương trình|Quy chế|Quy định) này (?:có|hết) hiệu lực\b"
    r"|Bãi bỏ (?:Quyết định|Nghị quyết|Chỉ thị) "
)


def _plain(item: Item, items: Sequence[Item]) -> bool:
    """Whether it does not even open in bold, as headings with a number of this kind do."""
    rows = item.block.rows
    return not rows[0].opens_bold and any(other.block.bold and other.style == item.style for other in items)


def _single(text: str) -> bool:
    """Whether it is one sentence and not a long one."""
    return not re.search(r"[.!?] +[A-ZĐÀ-Ỹ]", text) and len(text.split()) <= 60


def _long_sentence(text: str) -> bool:
    """Whether a text says what to do rather than names it; "+" lines below are its details."""
    return terminal(text) and len(text.split()) > 12


def _detail(item: Item) -> bool:
    return bool(item.fields) or any(f.role == "detail" for f in read_fields(item.text))


def _decide_paragraph(item: Item, items: Sequence[Item]) -> None:
    """A paragraph is a task under a heading that names who acts, or where it assigns in its own words."""
    item.kind, item.rule = "paragraph", "no label"
    parent = item.parent
    heads = parent is not None and parent.kind in ("section", "subsection")
    only = heads and items[item.index - 1] is parent  # a heading is not left without its text
    ends = item.text.rstrip(' ”"').endswith("./.") and (requests(item.text) or bool(_OF_ITSELF.search(item.text)))
    if not only and (ends or closes(item.text) or _closes_inside(item, items)) and _last(item, items):
        item.rule = "closing words"
    elif assigns(item.text):
        item.kind, item.rule = "task", "sentence that assigns"
    elif item.acts and (head := run_in_title(item.text)) is not None and names_agency(head, strict=True):
        item.kind, item.rule = "task", "paragraph that begins with an agency"
        item.agency = True
    elif item.acts and (last_sentence(item.text) or done_by(item.text)):
        item.kind, item.rule = "task", "sentence that assigns"
    elif item.acts and _assigned_next(item, items):
        item.kind, item.rule = "task", "paragraph over an assignment"
    elif item.acts and parent is not None and _says_who(item, items):
        item.kind, item.rule = "task", "sentence that begins with who acts"
    elif (
        parent is not None
        and parent.agency
        and parent.kind in ("section", "subsection")
        and not item.text.startswith("(")
        and not item.text.rstrip().endswith(":")
    ):
        item.kind, item.rule = "task", "paragraph under an agency"


_OF_ITSELF = re.compile(r"(?:kế hoạch|chương trình|đề án|phương án|văn bản) này|phụ lục", re.IGNORECASE)
"""What the last words of a document speak of; what an agency shall do may come last, too."""


def _closes_inside(item: Item, items: Sequence[Item]) -> bool:
    """Whether a paragraph right above closing words asks everybody in a later sentence: "... Sở X yêu cầu các ..."."""
    following = items[item.index + 1] if item.index + 1 < len(items) else None
    if following is None or following.style or not closes(following.text):
        return False
    return any(_ASKS_ALL.search(sentence) and starts_agency(sentence) for sentence in item.text.split(". ")[1:])


_ASKS_ALL = re.compile(r"^[^,;:]{5,90} (?:yêu cầu|đề nghị) (?:[Cc]ác|[Tt]hủ trưởng|[Ll]ãnh đạo|[Tt]oàn thể)\b")


def _says_who(item: Item, items: Sequence[Item]) -> bool:
    """Whether a sentence among tasks asks somebody, or says what somebody answers for: "Yêu cầu Chủ tịch xã ...".

    By a date, and beside a sentence that assigns, whatever an agency does is a task.
    """
    if not terminal(item.text) or item.text.rstrip().endswith(":"):
        return False
    if requests(item.text) or answers_for(item.text):
        return True
    if acts(item.text) is None:
        return False
    up = item.parent
    ends = item.text.rstrip().endswith("./.")
    if not ends and up and up.kind == "task" and up.purpose == "org" and up.style == "number" and acts(up.text):
        return True  # "1. Chính phủ tiếp tục ...", and below it "Bộ Tư pháp tăng cường ..."
    return _due(item.text) or any(i.parent is item.parent and not i.style and assigns(i.text) for i in items)


def _due(text: str) -> bool:
    """Whether a sentence says by when something shall be done; what was done is told with "đã"."""
    words = find_deadline(mask(text))
    return words is not None and " đã " not in text and read_deadline(words, 2000).end is not None


def _assigned_next(item: Item, items: Sequence[Item]) -> bool:
    """Whether a whole sentence stands right above the lines that assign it: a task whose dash was lost, or has none."""
    following = items[item.index + 1] if item.index + 1 < len(items) else None
    telling = ASSIGNING if acts(item.text) else ASSIGNING - {"deadline"}
    if following is None or not any(f.role in telling for f in following.fields):
        return False
    return item.text[:1].isupper() and item.text.rstrip().endswith((".", ";"))


def _last(item: Item, items: Sequence[Item]) -> bool:
    """Whether nothing but paragraphs stands between here and the end, or an annex."""
    for other in items[item.index + 1 :]:
        if annex_title(other.block) or other.style in ("annex", "part"):
            return True
        if other.style or other.fields:
            return False
    return True
