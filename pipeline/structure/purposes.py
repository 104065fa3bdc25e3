"""What the branches of a document are for: tasks, organisation, aims, funding or something else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.structure.addressees import ADDRESS, address, answers_for, given_inside, names_agency
from pipeline.structure.agencies import starts_agency
from pipeline.structure.fields import inner_fields, read_fields
from pipeline.structure.items import Item, annex_title, below
from pipeline.structure.numbering import BULLETS, OUTER
from pipeline.structure.openers import opens
from pipeline.structure.predicates import begins_action
from pipeline.structure.sections import SectionKind, announced, kind_of
from pipeline.structure.text import fold, terminal
from pipeline.structure.verbs import begins_verb

_TITLE = 8
"""Words of an article's title."""
GIVEN_OUT = "numbers that name agencies"  # the basis in a directive


def announce(items: Sequence[Item]) -> None:
    """Purposes: a section has that of its title, what is below inherits, a short title of its own goes first."""
    for item in items:
        inherited = item.parent.purpose if item.parent else None
        own = None
        head = item.text.split(":")[0]
        if (item.style and item.style not in BULLETS) or annex_title(item.block):
            if item.style in OUTER or item.style == "upper" or (item.parent is None and not _addresses(item)):
                own = kind_of(item.text)
            elif len(head.split()) <= 6 and not starts_agency(ADDRESS.sub("", item.text)):
                own = _own_purpose(head, inherited)
                if own == "task" and inherited == "other" and head != item.text and not item.children:
                    own = None  # "ĐỐI TƯỢNG VÀ NỘI DUNG KIỂM TRA" / "2. Nội dung: Việc thực hiện quy chế."
        if item.style == "article" and _decides(item.text):
            own = None  # "Điều 1. Giải thể và chấm dứt hoạt động của Quỹ X." is what is decided
        own = _by_what_is_below(own, inherited, item, items)
        item.purpose = own or inherited
        item.basis = _basis(item.text if own == kind_of(item.text) else head) if own else _inherited_basis(item)
    _give_out(items)
    for item in items:
        if item.style == "article":
            item.purpose = item.purpose or "other"
        elif item.parent is None and item.purpose is None and item.style:
            _guess(item, items)


def _decides(text: str) -> bool:
    """Whether an article is a sentence that neither gives a task nor says who answers for it."""
    return terminal(text) and len(text.split()) > _TITLE and not (starts_agency(address(text)) or answers_for(text))


def _addresses(item: Item) -> bool:
    """Whether a number says who shall act, mostly first, and so tells nothing of what its section is for."""
    return item.style == "number" and (starts_agency(address(item.text)) or given_inside(item.text) is not None)


def _give_out(items: Sequence[Item]) -> None:
    """Numbers of a directive, or of an article, most of which say who shall act: tasks are given out so.

    So they are below an article that is nothing but who shall act: "Điều 2. Giao Giám đốc Sở X".
    """
    articles = [i for i in items if i.style == "article"]
    groups = [[i for i in items if i.parent is None and i.style == "number"]]
    groups += [[i for i in article.children if i.style == "number"] for article in articles]
    heads = [i for i in articles if (i.children and names_agency(i.text, strict=True)) or answers_for(i.text)]
    for group in groups:
        if sum(map(_addresses, group)) >= max(2, (len(group) + 1) // 2):
            heads += group
        else:  # "3. Chánh Văn phòng chịu trách nhiệm thi hành"
            heads += [item for item in group if answers_for(item.text)]
    for head in heads:
        for item in (head, *below(head, items)):
            if item.purpose is None:
                item.purpose, item.basis = "org", GIVEN_OUT
    _asked(items)


_BOUND = re.compile(r",? (?:có|chịu) (?:trách nhiệm|nhiệm vụ)[^;]*:$")
ASKED = "who is asked above them"
_ASKS = re.compile(r"(?:yeu cau|de nghi|chi thi|(?:^|(?<=[.,;] ))giao)(?![^\W_])")


def _asked(items: Sequence[Item]) -> None:
    """Items right below "Thủ tướng yêu cầu Chủ tịch các tỉnh:", where no sections stand, are what is asked for."""
    roots = [i for i in items if i.parent is None and i.style]
    if any(i.style not in ("number", *BULLETS) for i in roots):
        return
    above: Item | None = None
    for item in items:
        if not item.style and item.parent is None:
            item.asked = _asked_in(item.text)
            above = item if item.asked else None
        elif above and item.purpose is None:
            item.purpose, item.basis = "task", ASKED


def _asked_in(text: str) -> str:
    """Who is asked, and what for, in a paragraph that ends so in a colon: "Sở X đề nghị các đơn vị báo cáo:".

    It may say no more than who answers for it: "Giám đốc Sở X có trách nhiệm:".
    """
    if text.endswith(":") and answers_for(text) and names_agency(text, strict=True):
        return _BOUND.sub("", text)
    behind = (text[ask.end() :].strip() for ask in _ASKS.finditer(fold(text)))
    return next((said for said in behind if text.endswith(":") and starts_agency(said)), "").rstrip(" :")


def stands_aside(item: Item) -> bool:
    """Whether an item stands where what an agency does assigns nothing: in an article of law, or among reports."""
    up = item.parent
    while up is not None:
        if (up.style == "article" and kind_of(up.text) != "org") or (not terminal(up.text) and _of_reports(up.text)):
            return True
        up = up.parent
    return False


def _of_reports(title: str) -> bool:
    """Whether a title is one of reports or rewards: "CHẾ ĐỘ THÔNG TIN, BÁO CÁO", also where a word of it is misread."""
    found, kind = _REPORTS.search(fold(title)), announced(title)[0]
    return found is not None and (kind == "org" or (kind is None and found[0] != "thong tin"))


_REPORTS = re.compile(
    r"\b(?:(?<!viet )(?<!lap )(?<!xay dung )(?<!hoan thien )bao cao"
    r"(?= ?$|[ ,;:.]+(?:va|ket qua|dinh ky|dot xuat|tinh hinh|tien do|thuc hien|so ket|tong ket|so lieu"
    r"|thong ke|giam sat|theo doi|danh gia|hang|nam|quy|thang|khen|\d)\b)|khen thuong|thong tin(?!.*bao cao))(?![^\W_])"
)


def _basis(title: str) -> str:
    return f"section_kinds.tsv: {announced(title)[1]}"


def _inherited_basis(item: Item) -> str:
    return item.parent.basis if item.parent else ""


def _own_purpose(head: str, inherited: SectionKind | None) -> SectionKind | None:
    """What a short subsection title changes: aims and funding inside tasks, tasks inside anything but aims."""
    own = kind_of(head)
    if own == "org" and inherited in ("task", "org"):
        return inherited
    if own == "task" and inherited == "aim":
        return own if fold(head).startswith(("nhiem vu", "giai phap", "cac nhiem vu", "nhung nhiem vu")) else None
    return own


def _assigned_below(item: Item, items: Sequence[Item]) -> bool:
    """Whether the branch of an item holds lines or sentences that say who carries out what."""
    return any(
        any(f.role in ("lead", "who", "coordinate") for f in read_fields(i.block.text) or inner_fields(i.text))
        or opens(i.text, "giao")
        for i in below(item, items)
    )


def _by_what_is_below(
    own: SectionKind | None, inherited: SectionKind | None, item: Item, items: Sequence[Item]
) -> SectionKind | None:
    """The purpose that a title names, unless what stands below tells better."""
    if own in ("funding", "other") and inherited == "task" and _assigned_below(item, items):
        return None  # "2. Nguồn vốn, tín dụng" among the tasks is a field of work
    if own in ("other", "aim") and inherited is None and _shared_out(item, items):
        return "task"  # "II. NỘI DUNG KIỂM TRA", "II. CHỈ TIÊU" / "1. Trồng 100 ha rừng." / "Đơn vị chủ trì: Sở A"
    return own


def _shared_out(item: Item, items: Sequence[Item]) -> bool:
    """Whether most of what is right below a title says who carries it out, inside or in the line below.

    "1. Kiểm tra hồ sơ. Người thực hiện: Thầy A."; "1. Trồng 100 ha rừng." / "Đơn vị chủ trì: Sở A"
    """
    points = [child for child in item.children if child.style]
    told = sum(bool(inner_fields(point.text)) or _led(items[point.index + 1 : point.index + 2]) for point in points)
    return told >= 2 and told * 2 >= len(points)


def _led(following: Sequence[Item]) -> bool:
    """Whether the line that follows has no label and says who leads."""
    return any(not i.style and f.role == "lead" for i in following for f in read_fields(i.block.text))


def _more_to_do(section: Item, items: Sequence[Item]) -> bool:
    """Whether most points below a title begin with what to do, and tasks stand before: "4. PHÒNG, CHỐNG THIÊN TAI"."""
    before = next((i for i in reversed(items[: section.index]) if i.style == section.style and i.parent is None), None)
    points = [child.text for child in section.children if child.style in BULLETS]
    told = sum(begins_action(text) or begins_verb(text) for text in points)
    return before is not None and before.purpose == "task" and told >= 2 and told * 2 > len(points)


def _guess(section: Item, items: Sequence[Item]) -> None:
    """A section whose title says nothing: tasks where it holds assignments, or more to do behind the tasks."""
    branch = below(section, items)
    assigned = _assigned_below(section, items) or _more_to_do(section, items)
    agencies = sum(i.style not in BULLETS and starts_agency(ADDRESS.sub("", i.text)) for i in branch if i.style)
    purpose: SectionKind = "task" if assigned else "org" if agencies >= 2 else "other"
    for item in (section, *branch):
        if item.purpose is None:
            item.purpose, item.basis = purpose, "what stands below the title"
