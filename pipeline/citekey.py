"""One key for one document, in whatever words a plan cites it.

A numbered document is its number, the year, and for the numbers that every province, district or office gives anew also
its issuer. What one citation leaves out ("Kế hoạch số 135-KH/TU") the others of the same plan tell. A law cited by name
is its number (dictionaries/law_numbers.tsv), by the year in the text, or as it stood when the plan was issued.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from unidecode import unidecode

from pipeline.model import Citation
from pipeline.resources import table

_LOCAL = re.compile(r"[-/](?:[^-/]*-)?(?:ubnd|hdnd|tu|hu|du|qu|th?u|bcd|bch|mttq|s[a-z]{2,}|[a-z]*ubnd[a-z]*)\b")
"""Codes of bodies of which there are many: committees of a place, departments, Party committees."""
_NATIONAL = ("-ttg", "-cp", "-tw", "/tw", "qh1", "-bt", "ubtvqh")
_YEAR_INSIDE = re.compile(r"\d+[a-z]?/(\d{4})/")
_LAWS = re.compile(r"(?:bo luat|luat|phap lenh|hien phap)\b")


def citation_keys(citations: Sequence[Citation], issued: str | None = None) -> list[str]:
    """The keys of a plan's citations, in their order.

    Args:
        citations: all of one plan, for what one of them leaves out.
        issued: ISO date of the plan; a law cited without its year is the last one passed before it.

    Returns:
        "831/qd-byt@2017", "135-kh/tu@2024@ban-thuong-vu-tinh-uy", "102/2016/qh13"; the folded words where nothing
        better is known.
    """
    bare = [_bare(c, issued) for c in citations]
    facts: dict[str, tuple[set[str], set[str]]] = {}
    for cited, key in zip(citations, bare, strict=True):
        years, issuers = facts.setdefault(key, (set(), set()))
        years |= {y for y in (_year(key, cited),) if y}
        issuers |= {i for i in (_issuer(key, cited),) if i}
    return [_whole(c, key, *facts[key]) for c, key in zip(citations, bare, strict=True)]


def _bare(cited: Citation, issued: str | None) -> str:
    """The number alone, or the name of the law."""
    if cited.number:
        return re.sub(r"^0+(?=\d)", "", _folded(cited.number).replace(" ", ""))
    words = " ".join(re.findall(r"\w+", _folded(cited.text)))
    name = re.sub(r" (?:so|ngay|nam) \d.*$", "", words)
    return _law(name, words, cited.date, issued) or words


def _law(name: str, words: str, date: str | None, issued: str | None) -> str | None:
    """The number of a law: of the year that the text tells, else the last one passed by then."""
    if not _LAWS.match(name):
        return None
    known = _law_numbers().get(name, ())
    told = re.search(r" nam (\d{4})$", words)
    year = told[1] if told else date[:4] if date else None
    if year:
        fits = [number for number in known if f"/{year}/" in number]
        return fits[0] if len(fits) == 1 else f"{name}@{year}" if not fits else None
    until = issued[:4] if issued else "9999"
    past = sorted((n for n in known if _passed(n) <= until), key=_passed)
    if not past or (len(past) > 1 and _passed(past[-1]) == _passed(past[-2])):
        return name
    return past[-1]


def _passed(number: str) -> str:
    return number.split("/")[1]


@cache
def _law_numbers() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for row in table("law_numbers"):
        name = " ".join(re.findall(r"\w+", _folded(row["name"])))
        out[name] = (*out.get(name, ()), re.sub(r"^0+(?=\d)", "", _folded(row["number"])))
    return out


def _year(key: str, cited: Citation) -> str | None:
    """The year of a numbered document, where its number does not tell it already."""
    return cited.date[:4] if cited.number and cited.date and not _YEAR_INSIDE.match(key) else None


def _issuer(key: str, cited: Citation) -> str | None:
    if not cited.number or not cited.issuer or not _LOCAL.search(key) or any(n in key for n in _NATIONAL):
        return None
    return "-".join(re.findall(r"\w+", _folded(cited.issuer).replace("ubnd", "uy ban nhan dan")))


def _whole(cited: Citation, key: str, years: set[str], issuers: set[str]) -> str:
    """The number with year and issuer; of the other citations of that number only what is beyond doubt."""
    year = _year(key, cited) or (next(iter(years)) if len(years) == 1 else None)
    issuer = _issuer(key, cited) or (next(iter(issuers)) if len(issuers) == 1 else None)
    return "@".join(filter(None, (key, year, issuer)))


def _folded(text: str) -> str:
    return unidecode(text.replace("–", "-")).lower()
