"""Who leads, who coordinates and who else is named in a sentence that assigns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.structure.agencies import mentioned, starts_agency
from pipeline.structure.agencylists import small_name, split_agencies
from pipeline.structure.predicates import predicate_at
from pipeline.structure.text import fold

LEAD = re.compile(r"(?<![^\W_])chu tri(?:,? (?:va )?(?:tham muu|thuc hien|theo doi))?(?![^\W_])")
WITH = re.compile(
    r"(?<=chu tri),? cung(?: voi)? (?!phoi hop)"
    r"|(?<![^\W_])phoi hop(?: (?:chat che|thuc hien|dong bo))?(?:,? (?:voi|cung voi|cung))?(?![^\W_])"
    r"(?: gom:?| la:?(?= ))?"
)


@dataclass(slots=True)
class Who:
    """The names in a sentence, verbatim."""

    lead: list[str] = field(default_factory=list)
    coordinate: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def read_who(text: str) -> Who:
    """Lead, coordinate and others of a sentence that names its agencies first."""
    return _told_in_brackets(text) or _read_who(_EACH.sub("", _ROLE_HELD.sub("", _ROLE_TOLD.sub("", text))))


def _read_who(text: str) -> Who:
    text, above = _taken_out(part_clauses(text), _UNDER)
    text, helpers = _taken_out(text, _HELP)
    text, partners, overseeing = _partners(text)
    who = Who(coordinate=[*partners, *helpers], others=[*above, *overseeing])
    folded = fold(text)
    lead = _leads(text, folded)
    if lead and (other := _second_lead(text, lead.end())):
        first, second = read_who(text[: other - 1]), read_who(text[other:].strip())
        return Who(first.lead + second.lead, first.coordinate + second.coordinate, first.others + second.others)
    after = lead.end() if lead else 0
    with_ = WITH.search(folded, after)
    if lead:
        led, above = _led(text, lead.start())
        who.lead += led
        who.others += above
        rest = text[with_.end() :] if with_ else text[after:]
        joined = text[after : with_.start()].strip(" ,;") if with_ else ""
        if with_ and starts_agency(joined) and not starts_agency(rest.strip()):
            who.coordinate += split_agencies(joined)  # "Sở A chủ trì; Sở B phối hợp"
            return who
        if with_ and not (_only_marks(folded[after : with_.start()]) or _in_turn(text, with_)):
            with_, rest = None, text[after:]
    elif with_ and _FIRST_WITH.fullmatch(folded[predicate_at(text) : with_.start()]):
        who.lead += split_agencies(text[: min(predicate_at(text), with_.start())], cut=False)
        rest = text[with_.end() :]
    else:
        said = [clause.strip() for clause in text.split(";")]
        for clause in clauses(text) if any(predicate_at(c) < len(c) for c in said[:-1]) else [text]:
            who.lead += split_agencies(clause)
        rest = text[predicate_at(text) :]
        with_ = None
    if with_:
        who.coordinate += split_agencies(rest)
    for clause in rest.split(";")[1:]:  # "...; phối hợp với Sở B kiểm tra"
        if also := _ALSO_WITH.match(fold(clause)):
            who.coordinate += split_agencies(clause[also.end() :])
    who.others += _others(rest[predicate_at(rest) :] if with_ else rest, [*who.lead, *who.coordinate])
    return who


def _others(text: str, known: list[str]) -> list[str]:
    """Who else is named in a text; "Văn phòng UBND tỉnh" that is known does not name "UBND tỉnh"."""
    for name in sorted(known, key=len, reverse=True):
        text = text.replace(name, "#" * len(name), 1)
    return [name for name in mentioned(text) if name not in known]


def _told_in_brackets(text: str) -> Who | None:
    """Who does what where brackets behind the names say so: "Sở A (chủ trì), Sở B, Sở C (phối hợp)"; else None.

    Brackets speak of all names before them, back to the ones before or a semicolon. Names without any join in where
    others lead, and lead where others join in.
    """
    if "(" not in text:
        return None
    groups: list[tuple[str, str]] = []
    begin = 0
    for told in _ROLE_TOLD.finditer(text):
        *others, last = text[begin : told.start()].lstrip(" ,;").split(";")
        groups += [("", names) for names in others] + [("lead" if told["leads"] else "coordinate", last)]
        begin = told.end()
    rest = re.split(r"\. |\.$", text[begin:].lstrip(" ,;"))[0]
    groups += [("", names) for names in rest[: predicate_at(rest)].split(";") if starts_agency(names.strip())]
    named = (names.strip().removeprefix("và ") for _, names in groups)
    if begin == 0 or len(groups) < 2 or not all(starts_agency(n) and predicate_at(n) == len(n) for n in named):
        return None
    who = Who()
    led = any(role == "lead" for role, _ in groups)
    for role, names in groups:
        joins = role == "coordinate" or (not role and led)
        (who.coordinate if joins else who.lead).extend(split_agencies(names, cut=False))
    return who


_ROLE_TOLD = re.compile(
    r" ?\((?:là )?(?:(?:cơ quan|đơn vị|bộ phận|lực lượng) )?"
    r"(?:(?P<leads>đồng chủ trì|chủ trì|chủ công|đầu mối|(?:chịu trách nhiệm |phụ trách |chủ trì |thực hiện )?chính)"
    r"|phối hợp(?: thực hiện)?|hiệp đồng|phối thuộc|hỗ trợ|tham gia)\)",
    re.IGNORECASE,
)


def part_clauses(text: str) -> str:
    """The text with a semicolon where a comma stands before another agency and what that one does.

    "Sở A hướng dẫn kỹ thuật, Sở B giám sát" has two clauses; "phối hợp với Sở A, Sở B kiểm tra" has one.
    """
    out, begin = text, 0
    for comma in re.finditer(r"[,;.] (?=\S)", text):
        left, right = text[begin : comma.start()], text[comma.end() :]
        if comma[0] != ", ":
            begin = comma.end()
            continue
        at = predicate_at(left)
        if (
            at == len(left)
            or not right[0].isupper()
            or not starts_agency(right)
            or _NAMED_LAST.search(left[at:])
            or mentioned(left[at:])
        ):
            continue
        behind = re.split(r"[;.]", right)[0]
        if starts_agency(left) and 0 < predicate_at(behind) < len(behind):
            out, begin = f"{out[: comma.start()]};{out[comma.start() + 1 :]}", comma.end()
    return out


_NAMED_LAST = re.compile(
    r"\b(?:phối hợp|cùng|với|giao|các|của|báo cáo|gửi|trình|trả lời|thông báo|đề nghị|kiến nghị|yêu cầu|ý kiến|mời"
    r"|vận động|cho)\b"
)
"""Behind these a list of names may go on."""


def _taken_out(text: str, pattern: re.Pattern[str]) -> tuple[str, list[str]]:
    """A sentence without what begins like the pattern and names agencies, and these."""
    found = pattern.search(fold(text))
    behind = text[found.end() :] if found else ""
    if not found or not starts_agency(behind):
        return text, []
    names = re.split(r"[;.]", behind)[0]
    names = names[: predicate_at(names)]
    return f"{text[: found.start()]} {behind[len(names) :]}".strip(), split_agencies(names, cut=False)


_HELP = re.compile(
    r",? ?(?:(?:cung )?voi|co|cung|tranh thu|huy dong)(?: su)? "
    r"(?:(?:phoi hop|phoi ket hop|tham gia|ho tro|cong tac|dong hanh|giup suc)"
    r"(?:,? (?:va )?(?:phoi hop|tham gia|ho tro|chat che|tich cuc|truc tiep))*) cua "
)
"""Who helps: "..., với sự tham gia của Sở B, Sở C"."""
_UNDER = re.compile(
    r",? ?duoi su (?:(?:lanh dao|chi dao|huong dan|giam sat|dieu hanh|dieu phoi|quan ly|chu tri|kiem tra|theo doi"
    r"|truc tiep)"
    r"(?:,| va)? ?)+cua "
)
"""Who stands above: "..., dưới sự hướng dẫn của Ban A"."""


def _leads(text: str, folded: str) -> re.Match[str] | None:
    """Where a sentence tells somebody to lead; a body that is told by its leading ("cho đơn vị chủ trì") is not.

    Nor is anybody in another clause or sentence, or below one who directs: "Chính phủ chỉ đạo, đôn đốc ... chủ trì".
    """
    lead, at = LEAD.search(folded), predicate_at(text)
    if lead is None or at >= lead.start():
        return lead
    elsewhere = _ELSEWHERE.search(text, at, lead.start())
    if _TOLD_BY.search(folded, 0, lead.start()):
        return None
    if elsewhere:
        return lead if _IS.match(folded, at) and elsewhere.end() == lead.start() else None
    if directs := _DIRECTS.match(folded, at):
        return lead if starts_agency(text[directs.end() :]) else None
    short = len(text[at : lead.start()].split()) <= _VERB_IN_NAME
    return lead if short or _BESIDES.match(folded, at) or text[: lead.start()].endswith((", ", " và ")) else None


_TOLD_BY = re.compile(r"(?<![^\W_])(?:co quan|don vi|to chuc|duoc giao|duoc phan cong) $")
_IS = re.compile(r"la (?:co quan|don vi|bo phan|dau moi)\b")  # "Ban A là cơ quan tham mưu; chủ trì, phối hợp với ..."
_ELSEWHERE = re.compile(r"; |[^\W\d]{2}\. ")
_VERB_IN_NAME = 3
"""Words up to which a verb before "chủ trì" may be of a name that no table knows: "Trung tâm Kiểm định xây dựng"."""
_BESIDES = re.compile(
    r"(?:theo|can cu|tren co so|trong|truoc|sau|ngay|khi|dinh ky|hang|cham nhat|tu|den"
    r"|(?:co|chiu) (?:trach nhiem|nhiem vu)"
    r"|chu dong|tich cuc|kip thoi|khan truong|thuong xuyen|tiep tuc|tap trung|truc tiep|la|tham muu"
    r"|phoi hop|giao|phan cong|yeu cau|phu trach)(?![^\W_])"
)
"""What an agency may be told before "chủ trì": when, on what grounds, how."""
_DIRECTS = re.compile(r"(?:lanh dao|chi dao)(?:(?:, | va )(?:lanh dao|chi dao|giao))*(?![^\W_]) ?")


def _led(text: str, end: int) -> tuple[list[str], list[str]]:
    """Who leads, of the words before "chủ trì" at `end`, and who only tells them to: "Đảng ủy A chỉ đạo Sở B"."""
    before, at = _DUTY_BOUND.sub("", text[:end]), predicate_at(text)
    orders = _ORDERS.search(fold(before))
    if orders and orders.start() == predicate_at(before) and starts_agency(before[orders.end() :]):
        return split_agencies(before[orders.end() :], cut=False), split_agencies(before[: orders.start()], cut=False)
    return split_agencies(before, cut=len(text[at:end].split()) > _VERB_IN_NAME), []


_ORDERS = re.compile(r"(?<![^\W_])(?:lanh dao|chi dao|giao|yeu cau)(?:(?:, | va )(?:chi dao|giao))* ")


def _second_lead(text: str, after: int) -> int:
    """Where a clause begins whose agency leads, too: "Cục X chủ trì ở trung ương; Sở Y chủ trì ở ..."; else 0."""
    for mark in re.finditer(";", text[after:]):
        at = after + mark.end()
        clause = text[at:].split(";")[0].strip()
        if starts_agency(clause) and _TAKESLEAD.match(fold(clause[predicate_at(clause) :])):
            return at
    return 0


_TAKESLEAD = re.compile(r"chu tri\b(?! ho)")
_READILY = r"(?:(?:(?:co|chiu) trach nhiem|chu dong|tich cuc|tang cuong|thuong xuyen|kip thoi|chat che)[, ]*)*"
_FIRST_WITH = re.compile(
    rf"(?:(?:trong pham vi|theo|can cu|tren co so)\b[^;.]*?, |"
    rf"(?:la|lam) (?:luc luong |don vi |co quan )?(?:nong cot|dau moi|thuong truc),? )?{_READILY}"
)
"""Between a name and "phối hợp" where that is the first thing it does: "..., căn cứ nhiệm vụ được giao, chủ động"."""
_ALSO_WITH = re.compile(rf" ?{_READILY}phoi hop(?: chat che)?,? (?:cung voi|voi|cung) ")


def clauses(text: str) -> list[str]:
    """The clauses of a sentence that each begin with who acts: "Sở A chỉ đạo; Sở B tham mưu thực hiện"."""
    out: list[str] = []
    said = False  # whether one of them says what to do, as all behind it must
    for clause in map(str.strip, text.split(";")):
        says = predicate_at(clause) < len(clause)
        named = starts_agency(clause) or small_name(clause)
        if out and _PASSIVE.match(clause, predicate_at(clause)):  # "...; bộ đội xuất ngũ phải được bàn giao hồ sơ"
            break
        if out and (not named or (said and not says)):
            break
        out.append(clause)
        said = said or says
    return out


_PASSIVE = re.compile(r"(?:phải |sẽ )?được ")
_ROLE_HELD = re.compile(r",? là (?:cơ quan|đơn vị|bộ phận|đầu mối)[^,.;:]{0,30}(?=,? (?:phối hợp|chủ trì)\b)")
"""What an agency is said to be, before it is told with whom it works."""


_EACH = re.compile(
    r",? (?:mỗi|từng) (?:cơ quan|đơn vị|địa phương|ngành|bên|bộ phận|cá nhân)"
    r"(?= (?:chủ trì|thực hiện|phụ trách|chịu|tổ chức|xây dựng|lập|bố trí|cử)\b)"
)
"""What is said of each of the agencies before it."""


def _partners(text: str) -> tuple[str, list[str], list[str]]:
    """A text without later clauses and sentences that say who only joins in or oversees, and both of these.

    "...; Sở B phối hợp.", "... . Ban Thư ký theo dõi, nhắc tiến độ."
    """
    said, joining, overseeing = "", list[str](), list[str]()
    for clause in re.split(r"(?<=;) |(?<=[^\W\d][^\W\d]\.) |(?<=[^\W\d]\)\.) ", text):
        at = predicate_at(clause)
        joins = _JOINS.match(fold(clause[at:])) or clause[:at].endswith(" cùng ")
        if said and joins and starts_agency(clause):
            joining += split_agencies(clause[:at], cut=False)
        elif said.endswith(".") and _OVERSEES.match(fold(clause[at:])) and starts_agency(clause):
            overseeing += split_agencies(clause[:at], cut=False)
        else:
            said += f" {clause}"
    return said.strip(), joining, overseeing


_OVERSEES = re.compile(r"(?:theo doi|giam sat|kiem tra|don doc|nhac|tham dinh|dieu phoi)(?![^\W_])")


_JOINS = re.compile(
    r"(?:(?:co|chiu) trach nhiem )?phoi hop(?: chat che)?(?![^\W_])(?!,? (?:voi\b|gom\b|la\b|cung (?!cap|ung))|:)"
    r"|(?:(?:tich cuc|truc tiep|kip thoi|san sang) )?(?:ho tro|giup (?:do|suc)|chi vien|tiep suc|yem tro"
    r"|cung (?:tham gia|thuc hien|phoi hop|trien khai|lam))(?![^\W_])"
)


_DUTY_BOUND = re.compile(r",? (?:có trách nhiệm|chịu trách nhiệm)\s*$|,? là (?:cơ quan|đơn vị|bộ phận|đầu mối)\b.*$")


def _in_turn(text: str, with_: re.Match[str]) -> bool:
    """Whether "phối hợp với" begins what an agency that leads does next: "..., phối hợp với Sở B"."""
    return text[: with_.start()].endswith(", ") and starts_agency(text[with_.end() :].strip())


def _only_marks(between: str) -> bool:
    """Whether "chủ trì" and "phối hợp" stand side by side, or with a few words between."""
    return len(between.split()) <= 6
