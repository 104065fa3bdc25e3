"""report.html, as text and in the real Chromium."""

from __future__ import annotations

import io
import re
import shutil
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.export.markup import Span, marked, spans_of
from pipeline.export.report import write_report
from pipeline.model import Correction, Document, Line, Page, Word

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

EVIL = '<script>document.title="hit"</script><img src=x onerror="document.title=1">"\'&'


def jpeg(width: int = 600, height: int = 800) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def report(document: Document, tmp_path: Path) -> Path:
    """A report of two pages: a doubtful word, a correction, text that tries to be HTML."""
    words = (Word("I.", 0, 0.99), Word("NHIỆM", 3, 0.42, alternatives=("NHIỀM", EVIL)), Word("VỤ", 9, 0.9))
    lines = (
        Line(1, "KẾ HOẠCH", (), (60, 40, 300, 80), style="bold italic"),
        Line(2, "I. NHIỆM VỤ", words, (60, 100, 300, 130)),
        Line(3, EVIL),
    )
    pages = (Page(1, "scan", lines, 600, 800), Page(2, "scan", (Line(4, "1. Chung"),), 600, 800, error=None))
    write_report(replace(document, pages=pages), [jpeg(), jpeg()], 0.8, tmp_path / "report.html")
    return tmp_path / "report.html"


def shown(html: str) -> list[str]:
    """The text of every line, as a reader sees it."""
    found = re.findall(r'<span class="words">(.*?)</span>(?:<span class="raw">|</p>)', html)
    return [unescape(re.sub(r"<[^>]*>", "", line)).replace("‸", "") for line in found]


def test_every_line_is_there_as_it_is(report: Path) -> None:
    assert shown(report.read_text("utf-8")) == ["KẾ HOẠCH", "I. NHIỆM VỤ", EVIL, "1. Chung"]


def test_a_correction_tells_what_was_read(report: Path) -> None:
    assert '<ins title="Máy đọc: “KE HOACH” (99 %). Có thể là: +KE">KẾ HOẠCH</ins>' in report.read_text("utf-8")


def test_a_task_tells_who_does_it_by_when(report: Path) -> None:
    assert "<b>nhiệm vụ</b> · chủ trì: Sở Y tế, Sở Nội vụ · hạn: 30/9/2025" in report.read_text("utf-8")


def test_without_images_there_is_the_text(document: Document, tmp_path: Path) -> None:
    write_report(document, [], 0.8, tmp_path / "r.html")
    html = (tmp_path / "r.html").read_text("utf-8")
    assert shown(html) == ["KẾ HOẠCH", "I. NHIỆM VỤ", "1. Chung"]
    assert "<img" not in html


def test_a_report_needs_nothing_from_outside(report: Path) -> None:
    html = report.read_text("utf-8")
    assert not re.findall(r'(?:src|href)="(?!data:)', html.replace(unescape(EVIL), ""))
    assert "default-src 'none'" in html


@pytest.mark.parametrize(("size", "placed"), [((300, 400), True), ((400, 300), False)])
def test_no_place_is_shown_on_an_image_that_lies_otherwise(
    document: Document, tmp_path: Path, size: tuple[int, int], placed: bool
) -> None:
    page = Page(1, "scan", (Line(1, "KẾ HOẠCH", (), (60, 40, 300, 80)),), 600, 800)
    write_report(replace(document, pages=(page,)), [jpeg(*size)], 0.8, tmp_path / "r.html")
    assert ('data-box="10.00 5.00 40.00 5.00"' in (tmp_path / "r.html").read_text("utf-8")) == placed


def test_images_pass_one_at_a_time(document: Document, tmp_path: Path) -> None:
    pages = tuple(Page(n, "scan", (Line(n, "KẾ HOẠCH"),)) for n in range(1, 301))

    def images() -> Iterator[bytes]:
        for _ in pages:
            yield jpeg() + bytes(200_000)

    tracemalloc.start()
    write_report(replace(document, pages=pages, corrections=()), images(), 0.8, tmp_path / "r.html")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tmp_path / "r.html").stat().st_size > 300 * 200_000
    assert peak < 5_000_000


CASES = [
    ("thye hién", [("thye", "thực", 0), ("hién", "hiện", 5)], ["thực", "hiện"]),
    ("định!.", [("!", "^1", 4)], ["^1"]),
    ("a b", [(" ", "", 1)], ["‸"]),
    ("ab", [("", " ", 1)], [" "]),
]


@pytest.mark.parametrize(("observed", "changes", "inside"), CASES)
def test_corrections_stand_where_they_were_made(
    observed: str, changes: list[tuple[str, str, int]], inside: list[str]
) -> None:
    made = [
        Correction(page=1, line=1, start=start, observed=old, restored=new, confidence=0.9, rule="r")
        for old, new, start in changes
    ]
    restored = observed
    for old, new, start in reversed(changes):
        restored = restored[:start] + new + restored[start + len(old) :]
    html = marked(restored, spans_of(Line(1, restored), made, 0.8))
    assert re.findall(r"<ins[^>]*>(.*?)</ins>", html) == inside


@given(
    st.text(max_size=12).flatmap(
        lambda text: st.tuples(
            st.just(text),
            st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)), st.sampled_from(["ins", "mark"]))),
        )
    )
)
def test_marks_never_change_the_text(case: tuple[str, list[tuple[int, int, str]]]) -> None:
    text, places = case
    html = marked(text, [Span(min(a, b), max(a, b), tag, EVIL) for a, b, tag in places])
    assert unescape(re.sub(r'<(?:ins|mark) title="[^"]*">‸?|</(?:ins|mark)>', "", html)) == text


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    """Headless Chromium, without a network."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    webdriver = pytest.importorskip("selenium.webdriver")
    if not program or not driver:
        pytest.skip("needs Chromium and ChromeDriver (Debian: chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for flag in (
        "headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "no-first-run",
        "disable-component-update", "disable-background-networking", "disable-sync", "window-size=1400,900",
    ):  # fmt: skip
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield chrome
    chrome.quit()


def visible(browser: Chrome, selector: str) -> list[str]:
    return [e.text for e in browser.find_elements("css selector", selector) if e.is_displayed()]


def test_chromium_shows_it_and_runs_nothing_of_the_text(browser: Chrome, report: Path) -> None:
    browser.get(report.as_uri())
    assert browser.title == "KẾ HOẠCH 05/KH-UBND - đối chiếu"
    assert visible(browser, ".words")[2] == EVIL
    width = "return document.querySelector('#page-2 img').naturalWidth"
    assert browser.execute_script(width) == 600
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]


def test_bold_and_italic_lines_look_so(browser: Chrome, report: Path) -> None:
    browser.get(report.as_uri())
    words = browser.find_elements("css selector", ".line .words")
    looks = [(w.value_of_css_property("font-weight"), w.value_of_css_property("font-style")) for w in words]
    assert looks[:2] == [("600", "italic"), ("400", "normal")]


def test_filters(browser: Chrome, report: Path) -> None:
    browser.get(report.as_uri())
    assert visible(browser, ".raw") == []
    browser.find_element("css selector", "input[value=show-raw]").click()
    assert visible(browser, ".raw") == ["KE HOACH"]
    browser.find_element("css selector", "input[value=only-doubt]").click()
    assert visible(browser, ".words") == ["I. NHIỆM VỤ"]


def test_the_next_doubt_is_shown_on_the_image(browser: Chrome, report: Path) -> None:
    browser.get(report.as_uri())
    assert visible(browser, ".spot") == []
    browser.find_element("id", "next").click()
    assert [e.get_attribute("id") for e in browser.find_elements("class name", "now")] == ["line-2"]
    spot, image = (browser.find_element("css selector", f"#page-1 {name}") for name in (".spot", "img"))
    assert (spot.rect["y"] - image.rect["y"]) / image.rect["height"] == pytest.approx(100 / 800, abs=0.01)
    title = browser.find_element("tag name", "mark").get_attribute("title")
    assert title == f"Còn ngờ (42 %). Có thể là: NHIỀM, {EVIL}"


def test_a_link_leads_to_a_page(browser: Chrome, report: Path) -> None:
    browser.get(report.as_uri() + "#page-2")
    top = "return document.getElementById('page-2').getBoundingClientRect().top"
    assert 0 <= browser.execute_script(top) < 600


def test_every_page_is_printed(browser: Chrome, report: Path, tmp_path: Path) -> None:
    import base64

    from pypdf import PdfReader
    from selenium.webdriver.common.print_page_options import PrintOptions

    browser.get(report.as_uri())
    paper = PrintOptions()
    paper.orientation = "landscape"
    pdf = PdfReader(io.BytesIO(base64.b64decode(browser.print_page(paper))))
    text = [page.extract_text() for page in pdf.pages]
    assert len(text) == 2
    assert "Chỗ ngờ tiếp theo" not in text[0]
