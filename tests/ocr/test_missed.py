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
