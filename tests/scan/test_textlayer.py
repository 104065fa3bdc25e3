"""One table: a PDF page, what is judged of its text layer, and the first line where the layer is taken."""

import os
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

from pipeline.model import Page, Word
from pipeline.options import Options
from pipeline.scan import open_scan, pages
from pipeline.scan.layer import Layer, read_layer
from pipeline.scan.pdf import page_sizes
from pipeline.scan.textlayer import judge, layer_page, may_hold_table
from pipeline.scan.verdict import Verdict, judge_places, judge_text

LAYERS = Path(__file__).parents[1] / "resources" / "layers"
SCANS = Path(os.environ.get("SCANS", Path(__file__).parents[3] / "shared" / "scans"))
GOOD, NO_TEXT, THIN = Verdict.GOOD, Verdict.NO_TEXT, Verdict.TOO_LITTLE
OTHER, SIGNED, HALF, JUNK = Verdict.NOT_VIETNAMESE, Verdict.SIGNATURE, Verdict.INCOMPLETE, Verdict.JUNK
EXPECTED: dict[str, list[Verdict]] = {
    "accents-lost-over-scan": [OTHER],
    "blank-layer": [NO_TEXT],
    "codes-shifted": [OTHER],
    "codes-without-tounicode": [OTHER],
    "columns": [GOOD],
    "decomposed": [GOOD],
    "engine-without-vietnamese-digital": [OTHER],
    "engine-without-vietnamese-over-scan": [OTHER],
    "figures-digital": [GOOD],
    "figures-over-scan": [THIN],
    "good-digital": [GOOD],
    "good-digital-with-logo": [GOOD],
    "good-over-scan": [GOOD],
    "half-a-page-digital": [HALF],
    "half-a-page-over-scan": [HALF],
    "junk-invisible": [JUNK],
    "layer-out-of-place": [JUNK],
    "mixed-pages": [GOOD, NO_TEXT, OTHER, GOOD],
    "no-layer": [NO_TEXT],
    "page-number-only-over-scan": [THIN],
    "rotated": [GOOD],
    "scan-in-strips": [THIN],
    "short-last-page": [GOOD, GOOD],
    "sideways": [GOOD],
    "signature-only-over-scan": [SIGNED, NO_TEXT],
    "tcvn3": [GOOD],
    "tcvn3-beside-unicode": [GOOD],
    "tcvn3-fonts-without-name": [GOOD],
    "thin-over-scan": [THIN],
    "viscii": [GOOD],
    "vni": [GOOD],
    "watermark-only-over-scan": [THIN],
}
REAL: dict[str, list[Verdict]] = {
    "11_ND-71_2019_ND-CP_p1-10": [NO_TEXT] * 10,
    "13_QD-299_QD-TTg_2024_table_assignments": [SIGNED, NO_TEXT, NO_TEXT, NO_TEXT],
    "20_QD-3588_BGDDT_2025_bad_text_layer": [OTHER, *[GOOD] * 17],  # the annexes, from page 2 on, are no scans
}


def verdicts(path: Path) -> list[Verdict]:
    options = Options()
    found = []
    for number, size in enumerate(page_sizes(path), 1):
        layer = read_layer(path, number, size, options.dpi) or Layer([], 0, 0, options.dpi)
        found.append(judge(layer, path, number, options)[0])
    return found


def first_page(path: Path) -> Page:
    page = layer_page(path, 1, page_sizes(path)[0], Options())
    assert page is not None
    return page


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_judged_of_each_page(name: str) -> None:
    assert verdicts(LAYERS / f"{name}.pdf") == EXPECTED[name]


@pytest.mark.parametrize("name", REAL)
def test_what_is_judged_of_real_scans(name: str) -> None:
    path = SCANS / f"{name}.pdf"
    if not path.is_file():
        pytest.skip("the real scans are not here")
    assert verdicts(path) == REAL[name]


def test_every_file_has_its_case() -> None:
    assert {path.stem for path in LAYERS.glob("*.pdf")} == set(EXPECTED)


@pytest.mark.parametrize("name", [n for n, v in EXPECTED.items() if v[0] is GOOD and n != "figures-digital"])
def test_a_good_layer_gives_its_text_in_order(name: str) -> None:
    page = first_page(LAYERS / f"{name}.pdf")
    lines = [line.text.lower() for line in page.lines]
    assert lines[0] == "ủy ban nhân dân huyện"
    assert lines[-1] == "các phòng, ban căn cứ chức năng, nhiệm vụ được giao tổ chức thực hiện."
    assert lines.index("đơn vị phối hợp: ủy ban nhân dân các xã, thị trấn.") == len(lines) - 3


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("good-digital", True),
        ("good-digital-with-logo", True),
        ("good-over-scan", False),
        ("tcvn3", False),  # letters of before Unicode may have been taken for others
    ],
)
def test_what_is_the_print_itself(name: str, typed: bool) -> None:
    assert first_page(LAYERS / f"{name}.pdf").typed is typed


def test_fonts_of_capitals() -> None:
    page = first_page(LAYERS / "tcvn3.pdf")
    assert [line.text for line in page.lines][:3] == [
        "ỦY BAN NHÂN DÂN HUYỆN",
        "KẾ HOẠCH",
        "Triển khai thực hiện công tác phòng, chống thiên tai và tìm kiếm cứu nạn",
    ]


@pytest.mark.parametrize(("name", "width", "height"), [("rotated", 2339, 1653), ("sideways", 2339, 1653)])
def test_places_of_a_page_that_lies_on_its_side(name: str, width: int, height: int) -> None:
    page = first_page(LAYERS / f"{name}.pdf")
    assert (page.width, page.height) == (width, height)
    boxes = [word.bbox for line in page.lines for word in line.words if len(word.text) > 2]
    assert all(b is not None and 0 <= b[0] < b[2] <= width and 0 <= b[1] < b[3] <= height for b in boxes)
    assert all(b is not None and b[2] - b[0] > b[3] - b[1] - 10 for b in boxes)


def test_places_of_a_page_that_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    with pikepdf.open(LAYERS / "tcvn3.pdf") as pdf:
        pdf.pages[0].CropBox = pikepdf.Array([50, 100, 550, 820])
        pdf.pages[0].Rotate = 90
        pdf.save(path)
    page = first_page(path)
    assert (page.width, page.height) == (1389, 2000)  # as read: turned upright again
    assert page.lines[2].text == "Triển khai thực hiện công tác phòng, chống thiên tai và tìm kiếm cứu nạn"
    assert page.lines[0].bbox is not None
    assert page.lines[0].bbox[:2] == pytest.approx((28, 109), abs=8)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [("auto", [True, False, False, True]), ("never", [False] * 4), ("always", [True, False, True, True])],
)
def test_the_user_may_decide(choice: str, expected: list[bool]) -> None:
    options = Options.model_validate({"text_layer": choice, "dpi": 72})
    found = pages(open_scan(LAYERS / "mixed-pages.pdf", options), options)
    assert [isinstance(page, Page) for page in found] == expected


@pytest.mark.parametrize(
    ("lines", "over_scan", "verdict"),
    [
        ([], False, NO_TEXT),
        (["   "], False, SIGNED),
        (["Digitally signed by Nguyễn Văn A"], False, SIGNED),
        (["1", "2"], False, GOOD),
        (["1", "2"], True, THIN),
        (["XYZ WVT QRS BCD FGH KLM 12"], False, OTHER),
    ],
)
def test_spelling(lines: list[str], over_scan: bool, verdict: Verdict) -> None:
    assert judge_text(lines, over_scan) is verdict


def table_page(missed: bool) -> tuple[Image.Image, list[tuple[int, int, int, int]]]:
    """A page of a table with six columns and little print, and the boxes of the words of its layer."""
    image = Image.new("L", (827, 1169), 255)
    draw = ImageDraw.Draw(image)
    for x in range(100, 760, 110):
        draw.line((x, 100, x, 1000), fill=0, width=1)
    boxes = []
    for y in range(120, 1000, 60):
        draw.text((110, y), "Ban hanh ke hoach", fill=0)
        boxes.append((110, y, 205, y + 12))
        if missed:
            draw.text((330, y), "So Tai chinh, So Noi vu", fill=0)
    return image, boxes


@pytest.mark.parametrize(("missed", "verdict"), [(False, Verdict.GOOD), (True, Verdict.INCOMPLETE)])
def test_rules_of_a_table_are_no_missed_print(missed: bool, verdict: Verdict) -> None:
    assert judge_places(*table_page(missed)) == verdict


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([(200, 1500), (200, 1500)], False),
        ([(770, 920), (200, 1500)], True),  # the end of a row of the page before
        ([(300, 1500), (200, 900)], False),  # a first line with its indent
    ],
)
def test_where_rules_of_tables_are_looked_for(places: list[tuple[int, int]], expected: bool) -> None:
    number = [Word("2", 0, bbox=(850, 20, 870, 50))]
    lines = [
        [
            Word("Văn", 0, bbox=(x0, 100 * k, x0 + 60, 100 * k + 40)),
            Word("xã", 4, bbox=(x1 - 60, 100 * k, x1, 100 * k + 40)),
        ]
        for k, (x0, x1) in enumerate(places, 1)
    ]
    assert may_hold_table([number, *lines]) is expected


@pytest.mark.parametrize(("pairs", "expected"), [(4, True), (1, False)])
def test_many_lines_two_abreast_may_be_a_table(pairs: int, expected: bool) -> None:
    """Where the number of a tall row stands between its lines, no three are abreast; a head has few pairs."""
    left, right, wide = (200, 500), (900, 1500), (200, 1500)
    rows = [(left, right)] * pairs + [(wide,)] * 6
    lines = [[Word("từ", 0, bbox=(x0, 100 * k, x1, 100 * k + 40))] for k, row in enumerate(rows, 1) for x0, x1 in row]
    assert may_hold_table(lines) is expected


def test_figures_three_abreast_may_be_a_table() -> None:
    assert may_hold_table(
        [[Word(figure, 0, bbox=(x, 100, x + 40, 140))] for figure, x in (("4", 200), ("70", 900), ("100", 1200))]
    )
