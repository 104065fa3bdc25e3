"""The words of a sentence that say by when, or how often."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.structure.text import fold

Q_NUMBER = r"(?:[i1l|h]{1,3}|t[ih]{1,2}|[i1l]?v|[2-4])"
"""The number of a quarter, folded, as OCR reads it, too: "II1", "1V", "IH"."""

_OTHER = r"(?:sau|truoc|ke tiep|tiep theo|lien (?:ke|truoc|sau)|bao cao|ke hoach|cuoi|quyet toan|tai chinh|hien hanh)"
OTHER_YEAR = rf"(?:,? cua)? nam {_OTHER}(?![^\W_])|,? cua nam(?! ?\d)"
"""A year that is told by another one: "trước ngày 20/12 của năm trước"."""
_D = (
    r"(?:ngay )?\d{1,2}(?: thang (?:\d{1,2}(?: nam \d{4})?|gieng|chap)|[/.]\d{1,2}(?:/{1,2}\d{4})?)"
    rf"(?: (?:hang|moi) nam|{OTHER_YEAR})?"
)
_YEARLY = r"(?:hang|moi) nam"
_Q = (
    rf"quy {Q_NUMBER}(?:(?:, ?| va | ?- ?){Q_NUMBER}(?![^\W_]))*"
    rf"(?: ?/{{1,2}} ?\d{{4}}| nam \d{{4}}| {_YEARLY}(?! hoc))?"
)
_NO_DAY = r"(?<!ngay )(?<!ngay \d )(?<!ngay \d\d )"
_M = (
    rf"{_NO_DAY}thang \d{{1,2}}(?:(?: ?[-–] ?|, ?| va )\d{{1,2}})*"
    rf"(?: ?/{{1,2}} ?\d{{4}}| nam \d{{4}}| {_YEARLY}(?! hoc))"
)
_Y = r"nam 20\d{2}"
_MY = r"\d{1,2}/20\d\d(?!/)"
_WHEN = rf"(?:{_D}|{_Q}|{_M}|{_Y}|{_MY})"
_OFTEN = r"(?:hang |moi )?(?:ngay|tuan|thang|quy(?! (?:trinh|dinh|che|hoach|mo)\b)|nam|\d{1,2} (?:thang|nam))"
_OFTENS = rf"(?:(?:,? va |, ?)(?!moi ){_OFTEN}(?![^\W_])(?! ?\d| (?:dau|cuoi|hoc) | {Q_NUMBER}\b))*"
_ON = r"(?: va (?:cac|nhung|hang) nam(?: (?:tiep theo|sau))?)?"
_LATEST = (
    r"(?:(?:cham|muon) nhat(?: la| vao| den(?: het)?| trong)?|han (?:cuoi|chot)(?: la)?"
    r"|khong (?:muon hon|(?:cham|muon) qua))"
)
_HOUR = r"\d{1,2} ?(?:gio|h) ?(?:\d{2})?(?: ?phut)?(?: (?:sang|trua|chieu|toi|dem)(?=,? ngay))?"
_NTH_DAY = r"thu (?:hai|ba|tu|nam|sau|bay|[2-7])(?! lan)"
_ON_DAY = rf"(?:(?:sang |chieu |toi )?(?:{_NTH_DAY}|chu nhat),? (?=ngay))?"
_CLOCK = rf"(?:{_HOUR},? )?{_ON_DAY}"
_BY = r"(?:truoc|cham nhat(?: la| vao)?|vao)"
_WEEKDAY = rf"{_BY} (?:{_HOUR},? )?(?:(?:ngay|chieu|sang) )?{_NTH_DAY}"
_DAY_NAME = rf"(?:(?:buoi|ngay) )?(?:(?:sang|chieu|toi) )?(?:{_NTH_DAY}|chu nhat)"
_BY_THEN = r"\((?:(?:truoc|cham nhat(?: la)?|vao) )?ngay \d[^()]{0,40}\)"
_DIGIT = r"(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|lam)"
_COUNT = (
    rf"(?:\d{{1,3}}|{_DIGIT}(?: {_DIGIT}){{0,2}}(?= \(| ngay| tuan| thang| quy| nam| hoc ky))(?: ?\([^()]{{1,20}}\))?"
)
_EVENT = r"(?:khi|ngay|thoi diem|ky hop|phien hop|cuoc hop|hoi nghi|dai hoi|han|le|tet)"
_FROM = (
    rf",? (?:(?:ke|tinh) (?:tu|den)|sau(?: khi)?|truoc {_EVENT})(?![^\W_])"
    r"(?:(?! (?:phai|co trach nhiem|neu) )[^,.;:()\t]|\([^()]*\))*"
)
_WITHIN = (
    r"(?:(?:(?:cham|muon) nhat )?(?<!lan )trong (?:(?:vong|thoi (?:han|gian)) |(?!\d+ nam))(?:toi da |khong qua )?"
    r"|khong qua (?!\d+ nam)|(?:cham|muon) nhat (?:la |sau |truoc )?|khong muon hon )"
)
_PAST = r"(?! (?:gan (?:nhat|day)|lien (?:ke|tiep|tuc)|qua|truoc day|dau|cuoi)(?![^\W_]))(?! ?/)"
_TURN = r"(?:lan|dot|ky|buoi|phien|so)"
_OCCASION = (
    r"(?:(?:dip )?tet(?: nguyen dan| co truyen| trung thu| duong lich| am lich)?"
    r"(?: (?:giap|at|binh|dinh|mau|ky|canh|tan|nham|quy) (?:ty|suu|dan|mao|thin|ngo|mui|than|dau|tuat|hoi))?"
    r"|mua (?:mua|bao|lu|kho)(?:,? (?:bao|lu|lut))*"
    r"|(?:ngay|le|buoi|ky) (?:khai (?:giang|mac|truong)|be (?:giang|mac)|bau cu)"
    r"|(?:ky )?nghi (?:le|tet|he)(?: \d{1,2}/\d{1,2}(?:(?: ?[-–] ?| va )\d{1,2}/\d{1,2})?)?"
    r"|vu (?:dong xuan|he thu|thu dong)|(?:khi (?:buoc vao )?)?nam hoc(?: moi)?)"
    r"(?: nam hoc 20\d\d ?[-–] ?20\d\d|,?(?: nam)? 20\d\d(?: ?[-–] ?20\d\d)?)?"
)
"""A day that is known by what happens on it: "trước Tết Nguyên đán Bính Ngọ", "trước mùa mưa bão năm 2026"."""
_NTH_TIME = (
    r"(?:dot|lan) (?:\d|i{1,3})[:,]? (?:(?:hoan thanh|xong|truoc|trong|vao) )*"
    rf"(?:{_WHEN}|thang \d{{1,2}})(?![/\d])"
)
_FIND = (
    rf"{_NTH_TIME}(?:(?:,|;| va) {_NTH_TIME})+",
    rf"tu {_CLOCK}{_WHEN} (?:cho )?den khi [^,.;]{{3,60}}",
    rf"(?:ngay \d{{1,2}} )?(?:hang|moi) (?:tuan|thang|quy|nam), (?:bat dau |ke )?tu {_WHEN}",
    r"(?:truoc|sau) (?:gio|tiet|buoi|le|phien) [^.;]{1,30}? ngay \d{1,2}/\d{1,2}/\d{4}",
    rf"truoc {_D} \([^()]{{2,40}}\)(?:(?:,|;| va)(?: truoc)? {_D} \([^()]{{2,40}}\))+",
    rf"(?:dinh ky {_OFTEN}|(?:hang|moi) (?:nam|quy|thang|tuan)) {_BY_THEN}"
    rf"(?:(?:,? va |, )(?:dinh ky )?{_OFTEN} {_BY_THEN})+",
    rf"(?:dinh ky )?(?:hang|moi) nam,? "
    rf"(?:(?:truoc|cham nhat(?: la| vao)?|vao) (?:{_D}|thang \d{{1,2}}(?! ?[/\d])|{_Q})|tu (?:ngay )?\d\d? den {_D})",
    rf"tu {_CLOCK}{_WHEN} (?:den|-) (?:het )?{_CLOCK}{_WHEN}",
    rf"tu {_CLOCK}{_WHEN} \([^()]{{2,40}}\) den (?:het )?{_CLOCK}{_WHEN}(?: \([^()]{{2,40}}\))?",
    rf"(?:tu nay (?:cho )?den (?:truoc |het )?|trong (?=ky nghi)){_OCCASION}",
    rf"tu (?:ngay )?\d{{1,2}} ?[-–] ?(?:ngay )?{_D}",
    rf"khong qua (?=ngay \d|\d+[/.]\d+[/.]\d{{4}}){_D}",
    rf"truoc khi ket thuc (?:{_Q}|{_M}|{_Y}|nam hoc|hoc ky|quy|nam)(?! \d)",
    rf"tu (?:thang|quy|ngay) (?:\d{{1,2}}|{Q_NUMBER}) (?:den|-) (?:het )?(?:{_D}|{_M}|{_Q})",
    r"tu nam 20\d\d (?:den|-) (?:het )?(?:nam )?20\d\d",
    rf"(?:dinh ky )?(?:hang|moi) tuan,? {_WEEKDAY}",
    rf"(?:dinh ky )?(?:hang|moi) (?:thang|quy),? {_BY} ngay \d{{1,2}}(?!\d| ?[/.]\d| thang \d)",
    rf"(?:(?:sang|chieu|toi) )?(?:{_NTH_DAY}|chu nhat),? (?:cua )?tuan (?:thu (?:nhat|hai|ba|tu)|dau tien"
    r"|cuoi cung)(?: cua)? (?:hang|moi) (?:thang|quy)",
    r"trong \d{1,2} ngay (?:lam viec )?(?:dau|cuoi) (?:cua )?"
    rf"(?:(?:hang|moi) (?:thang|quy|nam|ky)|(?:thang|quy|nam|ky) {_OTHER}(?![^\W_]))",
    r"(?:dau|cuoi) (?:gio (?:cua )?)?(?:moi|hang) (?:ca(?: truc)?|buoi(?: sang| chieu| hoc)?|phien|tiet)",
    rf"tu {_NTH_DAY} den {_NTH_DAY} (?:hang|moi) tuan",
    rf"(?:{_WEEKDAY}|(?:(?:sang|chieu|toi) )?{_NTH_DAY})(?:(?:,? tuan)? (?:dau|cuoi))? (?:hang|moi) (?:tuan|thang)",
    rf"(?:truoc|den|(?:vao )?luc) {_HOUR},? {_ON_DAY}{_D}",
    rf"(?:truoc|cham nhat(?: la| vao)?) {_HOUR},? (?:(?:hang|moi) (?:ngay|tuan)|{_NTH_DAY}(?!,? ngay))",
    *(
        rf"{before} {_CLOCK}(?:{_D}(?:(?:, | va )(?:truoc )?{_D})*|{_M}|{_Q}|{_Y}|{_MY})"
        for before in (
            _LATEST,
            r"(?:truoc(?: thoi diem)?|tu nay (?:cho )?den(?: het| cuoi)?|den (?:het|cuoi)|het|den|sau|(?:ke )?tu|vao)",
        )
    ),
    r"(?:(?:truoc|cham nhat(?: la| vao)?|dinh ky(?: vao)?) )?ngay \d{1,2} "
    rf"(?:(?:hang|moi) (?:thang|quy)|(?:cua )?(?:thang|quy) {_OTHER}(?! (?:cua )?(?:hang |moi )?(?:quy|nam|ky))"
    r"|(?:cua )?thang (?:cuoi|dau)(?: cua)?(?: (?:hang|moi))? (?:quy|nam|ky)"
    rf"(?: hang nam| {_OTHER}(?![^\W_]))?|cua (?:thang|quy)(?=$|[.,;)])"
    rf"|cua thang thu (?:nhat|hai|ba)(?: (?:cua )?(?:(?:hang|moi) quy|quy(?: {_OTHER})?))?)",
    r"(?:tu nay (?:cho )?den (?:truoc |het |cuoi )?|den (?:het|cuoi) )(?:nam hoc|nhiem ky|nam|quy|thang)(?! [\divx])",
    r"ngay (?:lam viec )?(?:cuoi cung|dau tien) (?:cua )?(?:(?:hang|moi) )?(?:thang|quy|nam|tuan)(?! \d)",
    r"(?:ngay )?tu (?:dau|cuoi) (?:nam|quy|thang)(?: nay)?(?! \d| hoc|,? den)",
    rf"(?:(?:cham nhat|muon nhat)(?: la| vao)? |truoc )ngay thu \d{{1,3}}{_FROM}",
    rf"(?:quy {Q_NUMBER}|thang \d{{1,2}})(?:(?:, ?| va )(?:quy |thang )?(?:{Q_NUMBER}|\d{{1,2}}))* (?:hang|moi) nam",
    r"(?<!tu )(?:cac )?ngay \d{1,2}(?:/\d{1,2})?(?:(?:, | va | ?[-–] ?)(?:ngay )?\d{1,2}(?:/\d{1,2})?)+"
    r"(?: thang \d{1,2} nam \d{4}|/\d{4})",
    rf"{_HOUR},? (?:{_NTH_DAY},? )?ngay \d{{1,2}}(?: thang \d{{1,2}} nam \d{{4}}|/\d{{1,2}}/\d{{4}})",
    r"(?:sang|chieu|toi|dem) ngay \d{1,2}(?: thang \d{1,2}(?: nam \d{4})?|/\d{1,2}(?:/\d{4})?)",
    r"(?:ngay|dip) \d{1,2}(?:/| thang )\d{1,2} (?:hang|moi) nam",
    r"^ngay \d{1,2}(?:/\d{1,2}/\d{4}| thang \d{1,2} nam \d{4})(?=[:,])",
    r"(?:\d{1,2} thang|nua) (?:dau|cuoi) nam(?: 20\d{2})?",
    rf"(?<!tuan )(?:(?:cac|moi) )?{_DAY_NAME}(?:(?:, | va ){_DAY_NAME})*"
    rf" (?:(?:hang|moi) tuan|(?:cua |trong )?(?:thang \d{{1,2}}(?: ?/ ?\d{{4}})?|{_Q}))",
    r"tuan (?:dau(?: tien)?|cuoi(?: cung)?|thu (?:nhat|hai|ba|tu)|(?:thu )?[1-4](?= (?:cua )?thang \d)) (?:cua )?"
    r"(?:(?<=tuan dau )cac thang \d{1,2}(?:(?:, | va )\d{1,2})*"
    r"|thang(?:(?! \d)| \d{1,2}(?! ?[-–])(?:(?:, | va )thang \d{1,2})*(?: ?/ ?\d{4}| nam \d{4})?))",
    r"(?:truoc )?ky hop (?:thuong le )?(?:dau|giua|cuoi) nam(?: 20\d\d)?(?! hoc)",
    r"(?:(?:tuan )?(?:dau|giua|cuoi)|tuan (?:le )?(?:thu (?:nhat|hai|ba|tu)|(?:thu )?[1-4])|(?:thuong|trung|ha) tuan)"
    rf" (?:{_M}|{_Q}|{_Y})",
    rf"{_M}(?:(?:, | va | - ){_Q})+{_ON}",
    rf"{_Q}(?:(?:, | va | - )(?:{_Q}|{_M}))*{_ON}",
    rf"(?:thang \d{{1,2}}(?:, | va ))*{_M}(?:(?:, | va | - )(?:{_M}|{_Q}))*{_ON}",
    r"giai doan 20\d{2} ?(?:[-–]|den(?: nam)?) ?20\d{2}",
    rf"(?:cham nhat )?sau {_COUNT} (?:ngay|tuan|thang)(?: lam viec)?{_FROM}",
    rf"(?:(?:dinh ky|moi) )?(?:{_COUNT} )?(?:tuan|thang|quy|nam)(?: ?/ ?(?:mot |0?1 )?| (?:mot|0?1) ){_TURN}"
    r"(?! thu| nua)",
    rf"(?:(?:dinh ky|moi) )?{_COUNT} (?:gio|ngay) (?:mot|0?1) lan(?: cho den khi [^,.;]{{3,60}})?",
    rf"(?:moi (?:ca(?: truc)?|buoi|phien) (?:mot|\d{{1,2}}) lan"
    rf"|(?:\d{{1,2}}|{_DIGIT}) lan (?:mot|moi) (?:ngay|tuan|thang|quy|nam))",
    rf"(?:dinh ky )?(?:hang|moi) (?:ngay|tuan|thang|quy|nam|hoc ky) "
    rf"(?:it nhat |toi thieu )?(?:\d{{1,2}}|{_DIGIT}) {_TURN}"
    r"(?: vao (?:tuan|ngay|thu|cac|sang|chieu|toi|dau|cuoi) [^,.;]{2,45})?",
    r"(?:dau|giua|cuoi) (?:moi|hang|cac) (?:nam hoc|hoc ky|quy|thang|tuan|nam|ngay)(?! \d)",
    rf"dinh ky {_OFTEN}(?:,? va |, ?)?(?:{_OFTEN}(?:,? va |, ?)?)*(?:dot xuat)?(?<![, ])",
    rf"dinh ky {_COUNT} (?:ngay|tuan|thang|nam)(?: (?:mot|0?1) lan)?",
    rf"trong {_Y}(?:(?:, | va | ?[-–] ?)(?:nam )?20\d{{2}})*",
    r"(?:(?<=trong )|(?<=vao ))thang \d{1,2}(?:(?:, | va )thang \d{1,2})*(?! ?[-–/]? ?\d)",
    rf"(?<=hoan thanh ){_Y}",
    rf"{_WITHIN}(?:toi da )?{_COUNT} (?:gio|ngay|tuan|thang|nam)(?: lam viec)?{_PAST}(?:{_FROM})?",
    rf"(?:trong (?:vong|thoi (?:han|gian))|(?:cham|muon) nhat) \d{{1,3}} phut(?:{_FROM})?",
    r"thuong xuyen(?:,? lien tuc)?(?:,? (?:hang nam|(?:trong |ca |suot ){1,2}nam(?: hoc| 20\d{2})?))?(?! cua )",
    rf"(?:(?:hang|moi) (?:nam|quy(?! (?:dinh|che|mo|trinh|hoach))|thang|tuan)"
    rf"(?:, giai doan 20\d{{2}} ?[-–] ?20\d{{2}}|{_OFTENS})"
    r"|\d{1,2} thang(?:,? va |, ?)(?:hang |moi )?nam)(?! (?:\d|dau|cuoi|cua|cap))"
    r"(?!(?<=moi nam) hoc)(?!(?<=moi tuan) hoc)",
    rf"truoc {_EVENT} [^,.;:()\t\d]{{3,60}}? (?:it nhat |toi thieu )?{_COUNT} (?:gio|ngay|tuan|thang)(?: lam viec)?"
    rf"(?! [\d/])(?:,? ke tu[^,.;:()\t]+)?",
    rf"truoc (?:ky hop|phien hop|cuoc hop|hoi nghi|dai hoi) {_COUNT} (?:gio|ngay|tuan|thang)(?: lam viec)?",
    r"truoc (?:(?:dip|ngay|le) )?ky niem [^,.;:()\t]{3,60}",
    r"(?:trong|truoc|sau|het|dau|cuoi) (?:dau |cuoi )?hoc ky (?:i{1,2}|[12])"
    r"(?:,?(?: cua)? nam hoc 20\d\d ?[-–] ?20\d\d)?",
    r"(?:dau|cuoi) nam hoc 20\d\d ?[-–] ?20\d\d",
    rf"(?:it nhat|toi thieu|som nhat) (?:la )?{_COUNT} (?:gio|ngay|tuan|thang)(?: lam viec)?(?=,? truoc){_FROM}",
    r"sau (?:\d|mot|hai) hoc ky(?: thuc hien)?",
    rf"toi da (?:la )?{_COUNT} (?:gio|ngay|tuan|thang)(?: lam viec)?{_FROM}",
    r"(?:tu|trong|suot|truoc|het|vao(?= dau| cuoi)) (?:dau |cuoi )?nam hoc(?: moi)?(?: 20\d\d ?[-–] ?20\d\d)?(?! \w)",
    r"(?:hang|moi) (?:hoc ky|ky hoc)(?: \d{1,2} lan)?",
    rf"hang ngay(?:,? (?:truoc|vao|luc) {_HOUR})?(?! cua )",
    r"(?:dinh ky )?(?:it nhat |toi thieu )?\d{1,2} (?:lan|dot|buoi|ky|phien) ?/ ?(?:tuan|thang|quy|nam(?: hoc)?)",
    r"ngay sau khi [^,.;]{3,90}(?=[,.;]|$)",
    r"(?:dinh ky(?:,| va| hoac|, hoac) )?dot xuat (?:khi co|theo) (?:yeu cau|chi dao)(?: cua [^,.;:()\t]{3,60})?",
    r"(?<=bao cao )khi co yeu cau(?: cua [^,.;:()\t]{3,60})?",
    rf"(?:truoc|sau|(?:(?:trong|vao|nhan) )?dip|truoc,? (?:va )?trong(?: va sau)?|trong va sau) {_OCCASION}(?: {_D})?",
    rf"(?:(?:trong|vao|nhan) )?dip (?:ngay )?(?:{_D}|(?:dau|cuoi) nam(?: hoc)?(?! \d)|(?:nghi )?he(?: nam)? 20\d\d)",
    r"(?:(?<=hoan thanh )|(?<=xong ))truoc (?:ky hop|phien hop|dai hoi|hoi nghi)(?: [^,.;:()\t]{1,60})?",
)


DEADLINE_START = re.compile(
    r"(?<![^\W_])(?:(?:hoan thanh )?(?:truoc|cham nhat|den het|het|den)\s(?:ngay|thang|nam|quy)\b|(?:ngay|thang) \d|"
    r"quy (?:i{1,3}|iv)\b|(?:trong )?nam 20\d\d|\d{1,2}/\d{1,2}/\d{4}|thuong xuyen|"
    r"(?:hang|moi)\s(?:nam|quy|thang|tuan)|giai doan 20|20\d\d ?-)"
)
"""Where the deadline begins in a row of a table."""


@cache
def _finders() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<![^\W_]){p}(?![^\W_])") for p in _FIND)


_OF_PLAN = re.compile(
    r"\b(?:ngan sach|nha nuoc|du toan|ke hoach|kinh phi|nguon von|trung han(?: va|,)?|nhiem ky(?: va|,)?"
    r"|tro cap|phu cap|tien luong|huu tri|mat suc lao dong|thue dat|tien tuat|tro cap tuat|nguon thu)"
    r"(?:,? (?!(?:gui|trinh|bao|to|thuc|trien|lap|ra|cong|phoi|theo|kiem tra viec)\b)[a-z]+){0,4} ?$|#(?:,| va) ?$"
)
"""Before "hằng năm": what is planned or paid year by year does not say when ("trong dự toán ngân sách hằng năm")."""
_LASTING = re.compile(
    r"\b(?:giao duc|dao tao|chi|von|kinh phi(?: hoat dong)?|ngan sach|bao duong|tinh chat|cong dan|khach hang"
    r"|nhiem vu|cong viec|ngach, bac) $"
)
"""Before "thường xuyên": kinds of money, schools and work ("nguồn chi thường xuyên")."""


def fold_quarters(text: str) -> str:
    """The folded text, of the same length, with "quý" where "quí" is printed before a numeral."""
    return re.sub(rf"\bqui (?={Q_NUMBER}\b)", "quy ", fold(text))


def find_deadline(text: str) -> str | None:
    """The words of a sentence that say when, as printed; None where none do.

    Citations must be masked beforehand: the date of a decree is no deadline.
    """
    return next((text[start:end] for start, end in deadline_spans(text)), None)


def deadline_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where words of a sentence say when, [start, end), the surest first; they may overlap."""
    folded = fold_quarters(text)
    if not _ANY_TIME.search(folded):
        return
    for finder in _finders():
        for match in finder.finditer(folded):
            if not _describes(folded[: match.start()], match[0]) and not _HOLDS.search(text, 0, match.start()):
                yield match.start(), match.end()


_ANY_TIME = re.compile(
    r"\d|(?<![^\W_])(?:thuong xuyen|hang|moi|tet|dip|hoc|le|mua|dau|cuoi|giua|het|ngay|thang|quy|tuan|nam|gio|dot xuat"
    r"|khi|ky|phien|lan|buoi|dot|dai hoi|hoi nghi)(?![^\W_])"
)
"""Without one of these no words say when: a third of all sentences need not be searched for each kind of time."""


def _describes(before: str, words: str) -> bool:
    """Whether words that sound like a time tell what kind of plan, money or work is meant."""
    if words.startswith("thuong xuyen"):
        return _LASTING.search(before) is not None
    return (
        words.startswith(("hang", "moi")) and not re.search(r"\d", words) and _OF_PLAN.search(before[-60:]) is not None
    )


_HOLDS = re.compile(r"\b(?:(?:hiệu lực|giá trị)(?: thi hành| sử dụng| pháp lý)?(?: kể)?|tính) $", re.IGNORECASE)
"""Before "từ ngày", "đến ngày": how long a law or a licence holds, and up to when something is counted."""
