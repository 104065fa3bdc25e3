import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.layout import box
from pipeline.model import Word
from pipeline.ocr.missed import missed_rows, with_missed

FONT = ImageFont.load_default(34)


def page() -> tuple[Image.Image, list[list[Word]]]:
    """A line that was read, a name below it that was not, and dirt."""
    image = Image.new("L", (1200, 800), 255)
    draw = ImageDraw.Draw(image)
    draw.text((100, 100), "Ban hanh ke hoach", font=FONT, fill=0)
    x0, y0, x1, y1 = map(int, draw.textbbox((100, 100), "Ban hanh ke hoach", FONT))
    read = [[Word("Ban hành kế hoạch", 0, 0.95, (x0, y0, x1, y1))]]
    draw.text((700, 400), "Le Hoang Anh", font=FONT, fill=0)
    draw.line((500, 380, 1100, 330), fill=0, width=3)  # the signature
    for x in range(50, 1150, 90):
        draw.point((x, 600), fill=0)
    return image, read


def test_a_row_that_no_word_covers_is_found() -> None:
    image, read = page()
    ((x0, y0, x1, y1),) = missed_rows(read, image, 26)
    assert 690 <= x0 <= 710 < 850 <= x1
    assert 395 <= y0 < y1 <= 445


def test_what_a_seal_holds_is_left_out() -> None:
    image, read = page()
    ImageDraw.Draw(image).ellipse((640, 300, 960, 540), outline=0, width=5)
    assert missed_rows(read, image, 26) == []


def test_a_page_read_whole_asks_for_nothing() -> None:
    image, read = page()
    ImageDraw.Draw(image).rectangle((400, 300, 1150, 460), fill=255)

    def fail(picture: Image.Image) -> list[list[Word]]:
        raise AssertionError("nothing is to be read")

    assert with_missed(read, image, fail) == read
    assert with_missed([], image, fail) == []


def said(*words: tuple[str, float]) -> list[list[Word]]:
    return [[Word(text, 0, sure, (40 + 60 * n, 20, 90 + 60 * n, 50)) for n, (text, sure) in enumerate(words)]]


def test_only_what_is_sure_is_added() -> None:
    image, read = page()
    sure = said(("Lê", 0.9), ("Hoàng", 0.96), ("Anh", 0.96))
    *_, name = with_missed(read, image, lambda _: sure)
    assert [word.text for word in name] == ["Lê", "Hoàng", "Anh"]
    assert 680 <= box(name[0])[0] - 40 <= 710  # back in the place on the page
    assert [w.text for w in with_missed(read, image, lambda _: said(("3", 0.96)))[-1]] == ["3"]
    for doubtful in (
        said(("J\\NH", 0.4), ("TRA", 0.8)),
        said(("Sở", 0.95)),
        said(("|", 0.9), ("~", 0.9)),
        said(("3", 0.5)),
    ):
        assert with_missed(read, image, lambda _, reply=doubtful: reply) == read  # type: ignore[misc]


def test_a_name_stamped_aslant_is_found() -> None:
    image, read = page()
    ImageDraw.Draw(image).rectangle((400, 300, 1150, 460), fill=255)
    name = Image.new("L", (460, 120), 255)
    ImageDraw.Draw(name).text((40, 40), "LE HOANG ANH, GIAM DOC", font=FONT, fill=0)
    image.paste(name.rotate(5, fillcolor=255), (640, 380))
    ((_, y0, _, y1),) = missed_rows(read, image, 26)
    assert y1 - y0 > 1.7 * 26


def parted() -> tuple[Image.Image, list[list[Word]]]:
    """A page with a name that a stroke of the pen parts."""
    image, read = page()
    draw = ImageDraw.Draw(image)
    draw.rectangle((400, 300, 1150, 460), fill=255)
    for x, text in ((700, "Le H"), (840, "Anh")):
        draw.text((x, 400), text, font=FONT, fill=0)
    draw.line((810, 350, 830, 460), fill=0, width=3)
    return image, read


def test_the_parts_of_a_name_are_read_as_one_where_none_is_sure() -> None:
    image, read = parted()

    def whole(picture: Image.Image) -> list[list[Word]]:
        return said(("Lê", 0.9), ("Hoàng", 0.9), ("Anh", 0.96)) if picture.width > 180 else said(("Anh", 0.96))

    *_, name = with_missed(read, image, whole)
    assert [word.text for word in name] == ["Lê", "Hoàng", "Anh"]
    assert with_missed(read, image, lambda _: said(("Le", 0.4), ("l1", 0.3))) == read
    parts = with_missed(read, image, lambda _: said(("Lê", 0.9), ("Hoàng", 0.9)))
    assert len(parts) == len(read) + 2  # each part is sure, and stays as it is


@pytest.mark.parametrize(
    ("left", "sure", "found"),
    [(60, 0.96, True), (60, 0.8, False), (0, 0.96, False)],
    ids=["beside", "unsure", "apart"],
)
def test_a_single_word_belongs_to_the_line_beside_it(left: int, sure: float, found: bool) -> None:
    image = Image.new("L", (1200, 300), 255)
    ImageDraw.Draw(image).text((left, 100), "Te", font=FONT, fill=0)
    line = [Word(text, 0, 0.96, (x, 100, x + 60, 130)) for text, x in (("tham", 110), ("mưu", 180), ("Ban", 250))]

    def read(picture: Image.Image) -> list[list[Word]]:
        return [[Word("tế", 0, sure, (16, 16, 16 + 30, 16 + 26))]]

    texts = [[word.text for word in row] for row in with_missed([line], image, read)]
    assert texts == [["tham", "mưu", "Ban"], *([["tế"]] if found else [])]


@pytest.mark.parametrize(("lines", "found"), [(3, True), (1, False)], ids=["where lines begin", "somewhere"])
def test_a_single_word_ends_the_long_line_above_it(lines: int, found: bool) -> None:
    image = Image.new("L", (1200, 600), 255)
    ImageDraw.Draw(image).text((100, 146), "Te", font=FONT, fill=0)

    def long(left: int, top: int) -> list[Word]:
        return [Word("quỹ", 0, 0.96, (left + 80 * n, top, left + 80 * n + 60, top + 30)) for n in range(9)]

    read = [long(160, 100), *(long(100, 200 + 50 * n) for n in range(lines))]
    rows = with_missed(read, image, lambda _: [[Word("tế", 0, 0.96, (16, 16, 16 + 30, 16 + 26))]])
    assert [[word.text for word in row] for row in rows[len(read) :]] == ([["tế"]] if found else [])


def test_a_letter_that_a_word_leaves_out_is_no_word() -> None:
    """The U of "KH/TU", with words of its line on both sides."""
    image = Image.new("L", (1200, 600), 255)
    ImageDraw.Draw(image).text((100, 146), "U", font=FONT, fill=0)

    def long(left: int, top: int, first: int = 0) -> list[Word]:
        return [Word("quỹ", 0, 0.96, (left + 80 * n, top, left + 80 * n + 60, top + 30)) for n in range(first, 9)]

    read = [long(160, 100), [Word("KH/T", 0, 0.96, (20, 150, 90, 180)), *long(100, 150, 1)]]
    read += [long(100, 200 + 50 * n) for n in range(3)]
    assert with_missed(read, image, lambda _: [[Word("U", 0, 0.96, (16, 16, 16 + 30, 16 + 26))]]) == read


def seal_beside_two_rows() -> Image.Image:
    """Two rows of letters that a piece of a seal's ring joins."""
    image = Image.new("L", (1200, 800), 255)
    draw = ImageDraw.Draw(image)
    draw.text((100, 100), "Ban hanh ke hoach", font=FONT, fill=0)
    draw.text((300, 400), "PHAN CONG CO QUAN CHU TRI SOAN", font=FONT, fill=0)
    draw.text((300, 460), "LUAT CAC", font=FONT, fill=0)
    for angle in range(-70, 70, 14):  # words beside it were cut out of it
        draw.arc((-80, 260, 320, 660), angle, angle + 12.5, fill=0, width=6)
    return image


def test_what_is_left_of_a_seal_does_not_join_rows() -> None:
    _, read = page()
    tops = [y0 for _, y0, x1, _ in missed_rows(read, seal_beside_two_rows(), 26) if x1 > 400]
    assert len(tops) == 2
    assert 390 <= tops[0] <= 415
    assert 450 <= tops[1] <= 475


@pytest.mark.parametrize(("confidence", "stays"), [(0.1, False), (0.9, True)])
def test_a_doubted_word_as_high_as_two_lines_gives_way(confidence: float, stays: bool) -> None:
    image, read = page()
    high = Word("bƯ", 0, confidence, (690, 390, 760, 450))
    below = [Word("Nơi nhận:", 0, 0.95, (100, 160, 250, 190))]
    lines = with_missed([*read, below, [high]], image, lambda _: said(("Lê", 0.9), ("Hoàng", 0.96), ("Anh", 0.96)))
    assert ("bƯ" in [word.text for line in lines for word in line]) == stays


def test_a_high_word_stays_where_nothing_better_is_read() -> None:
    image, read = page()
    lines = [*read, [Word("bƯ", 0, 0.1, (690, 390, 760, 450))]]
    assert with_missed(lines, image, lambda _: []) == lines


@pytest.mark.parametrize(
    ("text", "left", "found"),
    [("KHOA:", 100, True), ("KHOA", 100, False), ("KHOA:", 400, False)],
    ids=["a line of a form", "no colon", "elsewhere"],
)
def test_a_word_with_a_colon_below_the_beginning_of_a_line(text: str, left: int, found: bool) -> None:
    image = Image.new("L", (1200, 600), 255)
    ImageDraw.Draw(image).text((left, 146), "Te", font=FONT, fill=0)
    read = [[Word("ĐƠN", 0, 0.96, (100, 100, 160, 130)), Word("VỊ:", 0, 0.96, (180, 100, 220, 130))]]
    rows = with_missed(read, image, lambda _: [[Word(text, 0, 0.96, (16, 16, 16 + 60, 16 + 26))]])
    assert [[word.text for word in row] for row in rows[1:]] == ([[text]] if found else [])
