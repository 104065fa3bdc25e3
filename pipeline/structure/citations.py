"""Citations of numbered documents and named laws."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz.distance import Levenshtein

from pipeline.resources import table
from pipeline.structure.agencies import known_spans
from pipeline.structure.deadlines import read_date
from pipeline.structure.text import fold, mostly_upper, small_words

_CAPS = "A-ZĐƠƯÂÊÔĂÁÀẢÃẠÍÌÝÚÙÓÒÉÈỦỤỌẸ"
_CODE = rf"[{_CAPS}][\wĐđ]{{0,9}}(?:(?:[-–/](?: [-–])? ?|[&.+])[{_CAPS}][\wĐđ]{{0,11}})*\d{{0,2}}"
_APART = rf"[{_CAPS}]{{2,4}} [-–] [{_CAPS}]{{2,7}}(?:-[{_CAPS}]{{2,7}})*(?![\w/])"
"""A code typed with spaces about its hyphen: "4725/QĐ - BGDĐT"."""
_NUMBER = rf"\d{{1,6}}(?:\.\d{{1,2}}(?=/))?[a-z]?(?:/\d{{4}})? ?[-–/] ?(?:{_APART}|{_CODE})"
_DAY = r"(?:\d{1,2} tháng \d{1,2} năm \d{4}|\d{1,2}[/.\-]{1,2}\d{1,2}[/.\-]{1,2}\d{4})"
_DATE = rf"(?:,? ?(?:ban hành )?(?:ký )?ngày[.,]? {_DAY})"
# what may stand between type and "số": "Công điện khẩn số 12/CĐ-UBND"
_URGENT = r"(?:(?:thượng |hỏa |tối )?(?:khẩn|tốc|mật)|hoả tốc)"
_WHOLE = re.compile(r"((?:Thủ tướng )?Chính phủ|Quốc hội|Bộ Chính trị) (.)")
_KEEP_ABOUT = re.compile(r"^(?:Ban Chỉ đạo|Ủy ban Quốc gia|Hội đồng quốc gia|Ban Chỉ huy)\b")


@cache
def _after_issuer() -> re.Pattern[str]:
    words = "|".join(map(re.escape, small_words("issuer-end")))
    types = "|".join(re.escape(row["name"]) for row in table("document_types"))
    return re.compile(rf"\s(?:{words})(?=[\s,.;:)])|\s(?:và|[-–]) (?:{types}|Luật|Bộ luật)(?![^\W_])|[,;:.()“”\"]|$")


@dataclass(frozen=True, slots=True)
class Found:
    """A citation in a text; the span is [start, end)."""

    start: int
    end: int
    text: str
    doc_type: str | None
    number: str | None
    date: str | None
    issuer: str | None


@cache
def _types() -> dict[str, str]:
    return {fold(row["name"]): row["name"] for row in table("document_types")}


@cache
def _codes() -> dict[str, str]:
    out: dict[str, str] = {}
    for row in table("document_types"):
        if row["code"]:
            out.setdefault(fold(row["code"]), row["name"])
    return out


@cache
def _numbered() -> re.Pattern[str]:
    names = sorted({row["name"] for row in table("document_types")}, key=len, reverse=True)
    types = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in names)
    printed = "|".join(f"[{n[0]}{n[0].lower()}]" + re.escape(n[1:]).replace(r"\ ", r"\s+") for n in names)
    name = rf"(?:(?!\b(?:{types})\b)[^;.()\d]){{2,140}}?"
    body = rf"(?:(?!\b(?:{types})\b)[^,;.()\d]){{3,60}}?"
    law = rf"(?P<law>(?:Bộ luật|Luật|Pháp lệnh)\b{name})(?=\s+(?:số\s*:?\s*)?\d+/\d{{4}}/\S*QH)"
    return re.compile(
        rf"(?:(?:{law}|(?P<type>{printed})(?:\s+(?:(?:của (?P<by>{body})|liên tịch\b{body})|[Kk]ết luận|{_URGENT}))?)"
        r"\s+(?:số\s*:?\s*|(?=\d+[-/])))?"
        rf"(?<![\w/$%#.,\-])(?P<number>{_NUMBER}|(?(type)\d{{1,5}}(?={_DATE})|(?!)))(?P<date>{_DATE})?",
    )


@cache
def _laws() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = sorted((row["name"] for row in table("laws")), key=len, reverse=True)
    known = "|".join(re.escape(fold(n)).replace(r"\ ", r"\s+") for n in names)
    ends = "|".join(map(re.escape, small_words("law-end")))
    generic = re.compile(
        rf"(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp) [{_CAPS}][^\W\d]*(?: (?!(?:{ends})(?![^\W_]))[^\W\d_]+){{0,9}}"
    )
    return re.compile(rf"(?<![^\W_])(?:{known})(?![^\W_])"), generic


def find_citations(text: str) -> list[Found]:
    """All citations of a text, in its order; spans do not overlap."""
    if mostly_upper(text):
        return [replace(f, text=text[f.start : f.end]) for f in _find(_calm(text))]
    return _find(text)


@cache
def _small() -> re.Pattern[str]:
    words = {"số", "ngày", "tháng", "năm", "của", *small_words("issuer-end"), *small_words("law-end")}
    types = {row["name"] for row in table("document_types")} | {"Bộ luật", "Luật", "Pháp lệnh", "Hiến pháp"}
    forms = sorted({w.upper() for w in words} | {t.upper() for t in types}, key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, forms))})(?![^\W_])")


def _calm(text: str) -> str:
    """A title in capitals with its small words and types of documents as in running text, of the same length."""
    types = {fold(row["name"]) for row in table("document_types")} | {"bo luat", "luat", "phap lenh", "hien phap"}
    return _small().sub(lambda m: m[0].capitalize() if fold(m[0]) in types else m[0].lower(), text)


_ANY_NUMBER = re.compile(rf"\d[a-z]? ?[-–/] ?[{_CAPS}]|\d{_DATE}")
_LAWS = "luat", "phap lenh", "hien phap"
"""No number and no law is cited without these, and most texts are without them."""


def _find(text: str) -> list[Found]:
    numbered = _numbered().finditer(text) if _ANY_NUMBER.search(text) else ()
    found = [_read(text, match) for match in numbered if _plausible(match) and not _form(text, match)]
    taken = [(f.start, f.end) for f in found]
    folded = fold(text)
    if not any(kind in folded for kind in _LAWS):
        return found
    known, generic = _laws()
    spans = [m.span() for m in known.finditer(folded) if _names_law(text[m.start() : m.end()], text[m.end() :])]
    spans += [m.span() for m in generic.finditer(text) if not any(a < m.end() and m.start() < b for a, b in spans)]
    for start, end in spans:
        if not any(a < end and start < b for a, b in taken):
            found.append(_law(text, start, end))
    return sorted(found, key=lambda f: f.start)


def _names_law(words: str, after: str) -> bool:
    """Whether words that sound like a law are one: "Luật Giá" is, "Luật gia" is none, nor is "Hiến pháp" of no year."""
    if words == "Hiến pháp":
        return after.startswith(" năm ")
    return words[0].isupper() and (words.count(" ") != 1 or words.split()[1][0].isupper() or words.lower() in _titles())


@cache
def _titles() -> frozenset[str]:
    return frozenset(row["name"].lower() for row in table("laws"))


def _plausible(match: re.Match[str]) -> bool:
    """Whether a number without a type is a document's: "24/24 giờ" and "1/2 ngày" are not."""
    code = match["number"]
    if code.isdecimal():  # "Công điện số 7 ngày 02/11/2025"
        return True
    letters = re.sub(r"^\d+[a-z]?(?:/\d{4})? ?[-–/] ?", "", code)
    if match["type"] or match["law"]:
        return len(re.sub(r"[^\w]", "", letters)) >= 2
    return bool(re.match(r"[A-ZĐ][\wĐđ]{0,6}[-–/]", letters)) or letters.startswith("QH")


def _form(text: str, match: re.Match[str]) -> bool:
    """Whether a number without a type is that of a form: "mẫu số 01-ĐK-TCT"."""
    return not (match["type"] or match["law"]) and _FORM.search(text, 0, match.start()) is not None


_FORM = re.compile(r"\b(?:mẫu|biểu|phiếu|tờ khai)(?: mẫu)?(?: số)?:? $", re.IGNORECASE)


def _read(text: str, match: re.Match[str]) -> Found:
    number = re.sub(r"-+", "-", re.sub(r"\s+", "", match["number"]).replace("–", "-")).rstrip("-/.")
    start, end = match.span()
    date = read_date(match["date"]) if match["date"] else None
    law = match["law"]
    kind = "Bộ luật" if law and law.startswith("Bộ") else law.split()[0] if law else match["type"]
    if kind == "Pháp":
        kind = "Pháp lệnh"
    if kind is None:
        code = re.search(r"[-/]([^\W\d_]+)", re.sub(r"^\d+[a-z]?(?:/\d{4})?", "", number))
        kind = _codes().get(fold(code[1])) if code else None
    number = agreed(number, kind)
    issuer, end = _issuer(text, end, number)
    if issuer is None and match["by"] and match["by"][0].isupper():  # "Kế hoạch của Tỉnh ủy số 135-KH/TU"
        issuer = match["by"].strip()
    return Found(start, end, text[start:end], _types().get(fold(" ".join(kind.split())), kind) if kind else None,
                 number, date, issuer)  # fmt: skip


_LETTERS = re.compile(r"[^\W\d_][^\W_]*")
_SESSION = re.compile(r"((?:UBTV)?QH)[Il1]{1,2}([0-6])")
"""The National Assembly's term, its first figure read as a letter, perhaps twice: "QHI15"."""


def agreed(number: str, kind: str | None) -> str:
    """The number with letters that fit the type named before it, or a known office: "Chỉ thị 25-C1/TW" is 25-CT/TW.

    One letter of the type's code may be misread, added or lost; elsewhere only a letter read three times, or a Đ twice,
    is taken back ("69/CĐ-TTTg"; but "793/BTTTT-THH"). Figures are never touched.
    """
    code = next((c for c, name in _printed_codes() if kind and fold(name) == fold(" ".join(kind.split()))), None)

    def mend(match: re.Match[str]) -> str:
        part = match[0]
        if session := _SESSION.fullmatch(part):
            return f"{session[1]}1{session[2]}"
        if part in _known_parts() or (match.start() > 0 and number[match.start() - 1].isdigit()):
            return part
        if code and len(code) > 1 and match.start() == first and Levenshtein.distance(part, code) == 1:
            return code
        single = (part[: run.end() - 1] + part[run.end() :] for run in re.finditer(r"(.)\1\1|ĐĐ", part))
        return next((s for s in single if s in _known_parts()), part)

    found = _LETTERS.search(number, re.match(r"\d+[a-z]?(?:/\d{4})?[-/]?", number).end() if number[:1].isdigit() else 0)  # type: ignore[union-attr]
    first = found.start() if found else -1
    return _LETTERS.sub(mend, number)


@cache
def _printed_codes() -> tuple[tuple[str, str], ...]:
    return tuple((row["code"], row["name"]) for row in table("document_types") if row["code"])


@cache
def _known_parts() -> frozenset[str]:
    """Parts of codes that official texts use, and the codes of the types."""
    return frozenset({row["form"] for row in table("code_parts")} | {code for code, _ in _printed_codes()})


def _issuer(text: str, end: int, number: str) -> tuple[str | None, int]:
    """The issuer behind "của", and where the citation ends then."""
    match = re.match(r",? của (?=[A-ZĐỦÔ]|(?:sở|bộ|phòng|ban) [A-ZĐ])", text[end:])
    if not match:
        return None, end
    begin = end + match.end()
    rest = text[begin:]
    office = held.end() if (held := _OFFICE.match(rest)) else 0
    known = next((stop for first, stop in known_spans(rest[:_NAME_FITS]) if first in (0, office)), 0)
    stop = _after_issuer().search(rest, known)  # "Bộ Văn hóa, Thể thao và Du lịch" has a comma inside
    name = rest[: stop.start()] if stop else rest
    joint = re.match(r"Bộ trưởng, Chủ nhiệm [^,;.()]*", rest)
    if joint:
        name = joint[0][: _after_issuer().search(joint[0], 12).start()]  # type: ignore[union-attr]
    if _KEEP_ABOUT.match(name) and rest[len(name) :].startswith(" về ") and "BCĐ" in number:
        name = re.match(r"[^;.()]*", rest)[0]  # type: ignore[index]
    if (whole := _WHOLE.match(name)) and whole[2].islower():  # nothing in small letters belongs to these names
        name = whole[1]
    if (first := next(iter(known_spans(name)), None)) and first[0] == 0 and _OTHER_THING.match(name, first[1]):
        name = name[: first[1]]
    name = name.strip().removesuffix(" và")
    while "TTLT" in number and (other := _AND_OTHER.match(rest, len(name))):
        known = next((last for first, last in known_spans(rest[other.end() :][:_NAME_FITS]) if first == 0), 0)
        if not known:
            break
        name = rest[: other.end() + known]
    return (name, begin + len(name)) if name else (None, end)


_OFFICE = re.compile(
    r"(?:Bộ trưởng|Thứ trưởng|Tổng Giám đốc|Giám đốc|Chủ tịch|Chủ nhiệm|Thống đốc|Chánh|Trưởng) (?=[A-ZĐỦ])"
)
"""Who heads the body that is named behind: "của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch"."""
_AND_OTHER = re.compile(r"(?:,| và|, và| -| –) (?=[A-ZĐ])")
"""Between those that issue a joint circular together: "của Bộ Tư pháp, Bộ Ngoại giao và Tòa án nhân dân tối cao"."""
_NAME_FITS = 90
"""Characters in which the name of an agency of the gazetteer stands."""
_OTHER_THING = re.compile(r" và [a-zà-ỹđ]+ (?!ngành|cơ quan)")
"""What follows an issuer, and is none: "của Bộ Kế hoạch và Đầu tư và mục tiêu thiên niên kỷ"."""


def _law(text: str, start: int, end: int) -> Found:
    """A law cited by its name, perhaps with its date."""
    kind = next(k for k in ("Bộ luật", "Luật", "Pháp lệnh", "Hiến pháp") if fold(text[start:end]).startswith(fold(k)))
    match = re.match(rf"{_DATE}| (?:năm )?(?:19|20)\d{{2}}(?![\w/]|[-–]\d)", text[end:])
    date = read_date(match[0]) if match else None
    if match:
        end += match.end()
    return Found(start, end, text[start:end], kind, None, date, None)


def mask(text: str) -> str:
    """The text with its citations blanked out, of the same length: dates of decrees are no deadlines."""
    for cited in find_citations(text):
        text = text[: cited.start] + "#" * (cited.end - cited.start) + text[cited.end :]
    return text
