"""Deadlines, read into start, end and recurrence (timewords.py finds them in a sentence)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from pipeline.model import Deadline
from pipeline.resources import table
from pipeline.structure.numerals import in_figures
from pipeline.structure.text import fold
from pipeline.structure.timewords import OTHER_YEAR, Q_NUMBER, fold_quarters

_DAY = r"(?:ngay )?(?P<d>\d{1,2})(?: ?thang ?|[/.\-])(?P<m>\d{1,2})(?:(?: ?nam ?|[/.\-]{1,2})(?P<y>\d{4}))?"
_DATE = re.compile(rf"(?<![\d/])(?<!thang )(?<!thang){_DAY}(?![\d/]|(?<=1/2) ngay)")
_AND = r"(?:, ?| va | ?[-–] ?)"
_DAYS = re.compile(
    rf"(?<![\d/])(?<!thang )(?P<first>\d{{1,2}})(?:{_AND}\d{{1,2}})*(?:{_AND}|,? den (?:het )?(?:ngay )?)"
    r"(?P<d>\d{1,2})(?: thang |/)(?P<m>\d{1,2})(?:(?: nam |/)(?P<y>\d{4}))?(?![\d/])"
)
_SOME_MONTHS = re.compile(r"(?<!\d)(?:(?P<n>\d{1,2}) thang|nua) (?P<half>dau|cuoi) nam(?: (?P<y>20\d{2}))?")
_PART = re.compile(
    r"(?:tuan (?:le )?(?:thu )?(?P<week>dau|cuoi|(?<=thu )(?:nhat|hai|ba|tu)|[1-4])(?: tien| cung)?"
    r"|(?P<third>thuong|trung|ha) tuan|nua (?P<half>dau|cuoi)|(?P<n>\d{1,2}) ngay dau)"
    r"(?: cua)? thang (?P<m>\d{1,2})(?: ?/ ?| nam )?(?P<y>20\d{2})?(?![/\d])"
)
_WEEKS = {
    week: (d, d + 6)
    for d, names in ((1, "dau nhat 1"), (8, "hai 2"), (15, "ba 3"), (22, "tu 4"))
    for week in names.split()
}
_THIRDS = {"thuong": (1, 10), "trung": (11, 20), "ha": (21, 31), "dau": (1, 15), "cuoi": (16, 31)}
# "j2" and "ngày Í 7" may be any number: part of it was not read
_WHOLE = r"(?<!\d)(?<![\W_][^\W\d_])(?<!^[^\W\d_])(?<![†‡*{}|\\])(?<!ngay \S )"
_FULL = re.compile(_WHOLE + r"(\d{1,2}) ?(?:thang|[/.\-]{1,2}) ?(\d{1,2}) ?(?:nam|[/.\-]{1,2}) ?(\d{4})(?!\d)")
_QUARTER = re.compile(rf"quy ?({Q_NUMBER})(?![^\W_])(?:(?: ?/{{1,2}} ?| nam )(\d{{4}}))?")
_MONTH = re.compile(r"thang ?(\d{1,2})(?! lan)(?: ?[-–] ?(\d{1,2}))?(?:(?: ?/{1,2} ?| nam )(\d{4}))?(?!\d)")
_BARE_MONTH = re.compile(r"(?<![\d/.\-])(\d{1,2})()/(20\d{2})(?![\d/])")
_YEARS = re.compile(r"(?<![\d/])(20\d{2}) ?[-–] ?(20\d{2})(?!\d)")
_YEAR = re.compile(r"(?:nam )?(?<![\d/])(20\d{2})(?![\d/])")
_CENTURIES = range(1900, 2100)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 4, "2": 2, "3": 3, "4": 4}


@cache
def _recurrences() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """The folded phrases, how often each is, and where it stands in a folded text."""
    phrases = ((fold(row["phrase"]), row["recurrence"]) for row in table("deadline_phrases"))
    return tuple(
        (phrase, name, re.compile(rf"(?<![^\W_]){re.escape(phrase)}(?![^\W_])(?! (?:dau|cuoi) nam)"))
        for phrase, name in phrases
    )


def read_date(text: str) -> str | None:
    """The first full date in the text as ISO 8601; None where there is none or the calendar knows none such."""
    match = _FULL.search(fold(text))
    return _iso(int(match[3]), int(match[2]), int(match[1])) if match else None


def _iso(year: int, month: int, day: int) -> str | None:
    if year not in _CENTURIES:  # "15/8/5014" was misread
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


_SHORT_QUARTER = re.compile(r"(?<![^\W_])q\.? ?(?=[1-4] ?[/.-])")  # "Q4/2025"
_SHORT_MONTH = re.compile(r"(?<![^\W_])t\.?(?=\d{1,2} ?[-–/])")  # "T9/2026", "T3 - T5/2026"


_VISION = re.compile(r",? (?:tam nhin|dinh huong)(?: den)?(?: nam)? 20\d{2}")
"""Behind the years of a plan: how far it looks."""


def read_deadline(text: str, year: int | None = None) -> Deadline:
    """Start, end and recurrence of a printed deadline; what it does not say is None.

    Args:
        text: as printed, with or without "trước", "hoàn thành" ...
        year: of the plan, for dates without one ("chậm nhất ngày 16/12").
    """
    folded = _VISION.sub("", _SHORT_MONTH.sub("thang ", _SHORT_QUARTER.sub("quy ", fold_quarters(in_figures(text)))))
    recurrence = _recurrence(folded)
    floating = recurrence in ("yearly", "half-yearly", "quarterly", "monthly") or _OTHER_YEAR.search(folded)
    spans = _spans(folded, None if floating else year)
    start, end = _limits(spans, folded)
    return Deadline(text=_clear_quarter(text), start=start, end=end, recurrence=recurrence)


_OTHER_YEAR = re.compile(rf"\d(?:{OTHER_YEAR})")


def _limits(spans: Sequence[Stretch], folded: str) -> Stretch:
    """First and last day of the stretches that a deadline names, as its words bound them."""
    start, end = (spans[0][0], spans[-1][1]) if spans else (None, None)
    if _apart(spans, folded):
        return None, end
    if start and end and start > end:  # "Quý III, Quý II"; "từ 01/12 đến 15/01/2026" does not say when it begins
        listed = re.search(r"\bden\b", folded) is None
        start, end = (min(s for s, _ in spans if s), max(e for _, e in spans if e)) if listed else (None, end)
    if re.match(r"(?:truoc |den |vao |het )?cuoi (?:nam|quy|thang)", folded):
        start = None
    elif re.match(r"tu dau .*\bden\b", folded):
        return None, end
    elif folded.startswith(("dau ", "tu dau ")):
        end = None
    if re.search(r"\b(?:cac|nhung) nam (?:tiep theo|sau)\b", folded):
        return (None, end) if folded.startswith(("den ", "truoc ")) else (start, None)
    return _bounded(start, end, folded) if len(spans) == 1 else (start, end)


def _bounded(start: str | None, end: str | None, folded: str) -> Stretch:
    """A single stretch, as "trước", "sau", "từ" bound it."""
    if start and re.match(r"(?:hoan thanh |xong )?truoc (?:(?:thang|quy|nam)\b|\d{1,2}/20\d\d$)", folded):
        return None, (date.fromisoformat(start) - timedelta(days=1)).isoformat()
    if " den khi " in folded and folded.startswith("tu "):
        return start, None
    if end and folded.startswith("sau ") and not folded.startswith(("sau gio", "sau buoi", "sau le", "sau tiet")):
        return (date.fromisoformat(end) + timedelta(days=1)).isoformat(), None
    if start != end and re.search(r"\btu (?:ngay |thang )?\d{1,2} ?(?:den|-)", folded):
        return start, end
    if re.search(
        r"\b(?:truoc|(?:cham|muon) (?:nhat|qua)|khong (?:muon hon|qua)|den(?! khi)|het|han (?:cuoi|chot))\b",
        folded,
    ):
        return None, end
    if re.search(r"(?<!\bthu )\b(?:tu|sau)\b", folded):
        return start, None
    if _DATE.search(folded) and start == end and not re.search(r"\bngay\b", folded):
        return None, end
    return start, end


def _apart(spans: Sequence[Stretch], folded: str) -> bool:
    """Whether a list names stretches with time between them, which no single stretch tells: "Quý II và Quý IV/2026"."""
    if re.search(r"\b(?:den|tu|sau)\b|[-–]", folded):
        return False
    return any(
        a and b and (date.fromisoformat(b) - date.fromisoformat(a)).days > 1
        for (_, a), (b, _) in pairwise(sorted(spans, key=str))
    )


def behind(deadline: Deadline, year: int | None) -> bool:
    """Whether a time lay before the year of the plan (2000 where that is unknown): what was, not what shall be done.

    What began in the year before may still go on.
    """
    last = int((deadline.end or deadline.start or "9999")[:4])
    return deadline.recurrence is None and last < (year or 2000) - (deadline.end is None)


def undated(deadline: Deadline) -> Deadline:
    """The deadline as printed, without the days that its doubtful figures would give."""
    return deadline.model_copy(update={"start": None, "end": None})


def _clear_quarter(text: str) -> str:
    """The text with the numeral of a quarter as it was printed: "Quý II1//2025" is "Quý III/2025"."""
    return re.sub(
        r"(?<=[Qq]uý )(T?[IVHl1|]{1,3})(?: ?[/⁄]{1,2} ?(?=\d{4})|(?![^\W_]))",
        lambda m: (_numeral(m[1]) if _numeral(m[1]) in _QUARTERS else m[1]) + ("/" if m[0] != m[1] else ""),
        text,
    )


def _numeral(read: str) -> str:
    """A numeral by the strokes that were read: "II1" and "IH" are III."""
    return re.sub(r"[L1|T]", "I", read.upper()).replace("H", "II")


Stretch = tuple[str | None, str | None]


def _spans(folded: str, year: int | None) -> list[Stretch]:
    """The stretches of time that the text names, in its order; what one reader took the next ones do not see."""
    years = [int(y) for y in re.findall(r"(?<!\d)(20\d{2})(?!\d)", folded)]
    fallback = years[-1] if years else year
    found: list[tuple[int, Stretch]] = []
    rest = _NO_YEARS.sub(lambda m: "#" * len(m[0]), _each_month(_each_quarter(folded)))
    for pattern, read in _READERS:
        if pattern is _YEAR and found and not re.search(r"\bden (?:het )?nam\b", rest):
            continue
        for match in pattern.finditer(rest):
            if stretch := read(match, fallback):
                found.append((match.start(), stretch))
                rest = rest[: match.start()] + "#" * (match.end() - match.start()) + rest[match.end() :]
    return [stretch for _, stretch in sorted(found)]


_NO_YEARS = re.compile(
    r"\d{1,2} (?:tuan|thang|nam) (?:mot|0?1) (?:lan|ky|so|dot|buoi)"
    r"|(?:thang (?:gieng|chap)(?: nam)?|nam hoc|nien khoa|ky hop (?:thuong le )?(?:dau|giua|cuoi) nam"
    r"|he(?: nam)?|tet(?: [a-z]+){0,5}|mua (?:mua|bao|lu|kho)[a-z, ]{0,15}|vu [a-z ]{3,12})"
    r" 20\d{2}(?: ?[-–] ?20\d{2})?"
)
"""Months of the lunar year, school years, New Year and crops: their days stand in no calendar that we have."""


def _each_quarter(folded: str) -> str:
    """The text with "quy" before every quarter: "quy i, ii/2025" is quy i, quy ii/2025."""
    return re.sub(
        rf"quy {Q_NUMBER}(?:(?:, ?| va | ?- ?){Q_NUMBER}(?![^\W_]))+",
        lambda m: re.sub(rf"(?<=[, -])({Q_NUMBER})(?![^\W_])", r"quy \1", m[0][4:]).join(("quy ", "")),
        folded,
    )


def _each_month(folded: str) -> str:
    """The text with "thang" before every month: "thang 3, 6 va 9/2026" is thang 3, thang 6 va thang 9/2026."""
    return re.sub(
        r"thang \d{1,2}(?:(?:, ?| va )\d{1,2})+(?= ?/ ?20\d{2}| nam 20\d{2}|$)",
        lambda m: re.sub(r"(?<=[, ])(?=\d)", "thang ", m[0][6:]).join(("thang ", "")),
        folded,
    )


def _recurrence(folded: str) -> str | None:
    """How often, by the first phrase of deadline_phrases.tsv in the text; "định kỳ" alone says least."""
    hits = [
        (name in ("periodic", "on demand"), match.start(), -len(phrase), name)
        for phrase, name, pattern in _recurrences()
        if (match := pattern.search(folded))
        and not _of_several(phrase, folded[: match.start()])
        and not (phrase[0].isdigit() and _DAY_AND_MONTH.match(folded, match.end()))
    ]
    return min(hits)[3] if hits else None


def _of_several(phrase: str, before: str) -> bool:
    """Whether a phrase is part of another one: "05 năm một lần", or of how long it takes: "trong 06 tháng"."""
    if phrase[0].isdigit():
        return _LASTS.search(before) is not None
    return phrase.endswith("lan") and _SEVERAL.search(before) is not None


_DAY_AND_MONTH = re.compile(r" \d{1,2}(?! lan)(?!\d)")  # "ngày 03 tháng 10": no "03 tháng"
_LASTS = re.compile(r"(?<!\w)(?:trong|vong|han|gian|qua|toi da|nhat|sau|hon|tu|den|duoi|tren|la) $")
_SEVERAL = re.compile(r"(?<!\w)(?:0?[2-9]|[1-9]\d|hai|ba|bon|sau|muoi) $")


def _read_days(match: re.Match[str], year: int | None) -> Stretch | None:
    """From the first to the last of several days of one month: "24, 25 và 26 tháng 8 năm 2026"."""
    named = int(match["y"]) if match["y"] else year
    if named is None:
        return None
    first = _iso(named, int(match["m"]), int(match["first"]))
    last = _iso(named, int(match["m"]), int(match["d"]))
    return (first, last) if first and last and first < last else None


def _read_some_months(match: re.Match[str], year: int | None) -> Stretch | None:
    named, many = int(match["y"]) if match["y"] else year, int(match["n"] or 6)
    if not named or not 1 <= many <= 12:
        return None
    return _months(named, *((1, many) if match["half"] == "dau" else (13 - many, 12)))


def _read_part(match: re.Match[str], year: int | None) -> Stretch | None:
    """A week, a third, a half or the first days of a month."""
    named, month = int(match["y"]) if match["y"] else year, int(match["m"])
    if not named or not 1 <= month <= 12:
        return None
    last = monthrange(named, month)[1]
    if match["n"]:
        first, end = 1, int(match["n"])
    elif match["week"]:
        first, end = _WEEKS.get(match["week"], (last - 6, last))
    else:
        first, end = _THIRDS[match["third"] or match["half"]]
    start, stop = _iso(named, month, first), _iso(named, month, min(end, last))
    return (start, stop) if start and stop else None


def _read_day(match: re.Match[str], year: int | None) -> Stretch | None:
    when = _day(match, year)
    return (when, when) if when else None


def _read_quarter(match: re.Match[str], year: int | None) -> Stretch | None:
    named = int(match[2]) if match[2] else year
    quarter = _QUARTERS.get(_numeral(match[1]), 0)
    if not quarter:
        return None
    return _months(named, quarter * 3 - 2, quarter * 3) if named else None


def _read_months(match: re.Match[str], year: int | None) -> Stretch | None:
    named = int(match[3]) if match[3] else year
    first, last = int(match[1]), int(match[2] or match[1])
    return _months(named, first, last) if named and 1 <= first <= last <= 12 else None


def _read_years(match: re.Match[str], year: int | None) -> Stretch | None:
    return f"{match[1]}-01-01", f"{match[match.lastindex or 1]}-12-31"


def _day(match: re.Match[str], year: int | None) -> str | None:
    named = int(match["y"]) if match["y"] else year
    return _iso(named, int(match["m"]), int(match["d"])) if named else None


def _months(year: int, first: int, last: int) -> tuple[str, str]:
    return f"{year}-{first:02}-01", f"{year}-{last:02}-{monthrange(year, last)[1]}"


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int | None], Stretch | None]], ...] = (
    (_DAYS, _read_days),
    (_PART, _read_part),
    (_SOME_MONTHS, _read_some_months),
    (_DATE, _read_day),
    (_QUARTER, _read_quarter),
    (_MONTH, _read_months),
    (_BARE_MONTH, _read_months),
    (_YEARS, _read_years),
    (_YEAR, _read_years),
)
