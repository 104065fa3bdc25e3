"""Reading order on drawn pages: each piece of text is placed by column (x) and row (y)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout import Grid, arrange, make_line, renumber, slope
from pipeline.model import Page, Word

WIDTH, HEIGHT = 1654, 2339


def line(text: str, x: int, y: int, lean: float = 0.0) -> list[Word]:
    """A line of words of 17 pixels a letter, 30 high, that begins at x, y."""
    words = []
    for word in text.split():
        end = x + 17 * len(word)
        top = round(y + lean * (x + end) / 2)
        words.append(Word(word, 0, 0.9, (x, top, end, top + 30)))
        x = end + 12
    return words


def texts(lines: list[list[Word]], grids: tuple[Grid, ...] = ()) -> list[str]:
    return [n.text for n in arrange(lines, WIDTH, HEIGHT, grids)]


@pytest.mark.parametrize("lean", [-0.02, 0.0, 0.02])
def test_header_read_across_becomes_two_columns(lean: float) -> None:
    lines = [
        line("ỦY BAN NHÂN DÂN", 250, 150, lean) + line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 800, 150, lean),
        line("TỈNH TUYÊN QUANG", 250, 200, lean) + line("Độc lập - Tự do - Hạnh phúc", 900, 200, lean),
        line("Số: 12/KH-UBND", 270, 290, lean) + line("Tuyên Quang, ngày 08 tháng 01 năm 2025", 840, 290, lean),
        line("KẾ HOẠCH", 760, 400, lean),
        line("Thực hiện Kế hoạch số 135-KH/TU ngày 11 tháng 9 năm 2024 của Ban Thường vụ", 300, 500, lean),
    ]
    assert texts(lines) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH TUYÊN QUANG",
        "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Tuyên Quang, ngày 08 tháng 01 năm 2025",
        "KẾ HOẠCH",
        "Thực hiện Kế hoạch số 135-KH/TU ngày 11 tháng 9 năm 2024 của Ban Thường vụ",
    ]


def test_a_short_title_ends_the_header_though_it_stands_beside_the_gap() -> None:
    lines = [
        line("SỞ Y TẾ", 330, 150) + line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 800, 150),
        line("Số: 2/KH-SYT", 310, 200) + line("Độc lập - Tự do - Hạnh phúc", 900, 200),
        line("KẾ HOẠCH", 740, 400),
        line("I. NHIỆM VỤ", 300, 480),
        line("1. Mở lớp tập huấn.", 300, 540),
    ]
    assert texts(lines) == [
        "SỞ Y TẾ",
        "Số: 2/KH-SYT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "KẾ HOẠCH",
        "I. NHIỆM VỤ",
        "1. Mở lớp tập huấn.",
    ]


def test_a_number_alone_below_the_date_belongs_to_the_left_column() -> None:
    lines = [
        line("TỔNG LIÊN ĐOÀN LAO ĐỘNG", 170, 150) + line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 800, 150),
        line("LIÊN ĐOÀN LAO ĐỘNG TỈNH", 210, 200) + line("Độc lập - Tự do - Hạnh phúc", 900, 200),
        line("THANH HÓA", 350, 250) + line("Thanh Hóa, ngày 05 tháng 3 năm 2025", 840, 250),
        line("Số: 31/KH-LĐLĐ", 330, 450),
        line("KẾ HOẠCH", 780, 550),
    ]
    assert texts(lines)[:4] == [
        "TỔNG LIÊN ĐOÀN LAO ĐỘNG",
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH",
        "THANH HÓA",
        "Số: 31/KH-LĐLĐ",
    ]


def test_a_speck_between_the_columns_of_a_header_parts_nothing() -> None:
    lines = [
        line("ỦY BAN NHÂN DÂN", 250, 150) + line("-", 620, 150) + line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 800, 150),
        line("PHƯỜNG ĐÔNG KINH", 250, 200) + line("Độc lập - Tự do - Hạnh phúc", 900, 200),
        line("KẾ HOẠCH", 760, 400),
    ]
    found = [text for text in texts(lines) if text != "-"]
    assert found[:3] == ["ỦY BAN NHÂN DÂN", "PHƯỜNG ĐÔNG KINH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def test_motto_begins_a_column_however_near_the_left_one_comes() -> None:
    lines = [
        line("BỘ GIÁO DỤC VÀ ĐÀO TẠO", 250, 150) + line("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", 690, 150),
        line("Số: 3588/QĐ-BGDĐT", 280, 200) + line("Độc lập - Tự do - Hạnh phúc", 800, 200),
        line("Căn cứ Nghị định số 37/2025/NĐ-CP ngày 26 tháng 02 năm 2025 của Chính phủ;", 300, 400),
    ]
    assert texts(lines)[:3] == ["BỘ GIÁO DỤC VÀ ĐÀO TẠO", "Số: 3588/QĐ-BGDĐT", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def test_a_line_of_text_with_a_hole_is_no_column() -> None:
    """A stamp took a word of it, and the line below is short."""
    lines = [
        line("Cơ quan chủ trì: Vụ Pháp chế.", 340, 1000),
        line("Cơ quan phối hợp: Cục Viễn thông, Cục Sở", 340, 1067) + line("trí tuệ, Văn phòng Bộ và", 1134, 1067),
        line("các đơn vị có liên quan.", 237, 1120),
        line("Sản phẩm: Hồ sơ dự án luật; dự thảo nghị định, thông tư.", 340, 1180),
    ]
    assert texts(lines) == [
        "Cơ quan chủ trì: Vụ Pháp chế.",
        "Cơ quan phối hợp: Cục Viễn thông, Cục Sở",
        "trí tuệ, Văn phòng Bộ và",
        "các đơn vị có liên quan.",
        "Sản phẩm: Hồ sơ dự án luật; dự thảo nghị định, thông tư.",
    ]


def test_lines_of_text_with_holes_below_one_another_are_no_columns() -> None:
    """A black seal took words of two lines, and the engine a letter of a third."""
    lines = [
        line("Phát động phong trào", 340, 1000) + line("“án bộ, hội viên, nữ công chức,", 1134, 1000),
        line("viên chức từ ngày", 237, 1067) + line("đến ngày 08/3/2026 tại cơ quan và", 1134, 1067),
        line("các đơn vị có liên quan.", 237, 1120),
    ]
    assert texts(lines) == [segment for pair in lines for segment in texts([pair])]


def test_recipients_before_signature() -> None:
    lines = [
        line("Trong quá trình thực hiện, nếu có vướng mắc, báo cáo Ủy ban nhân dân tỉnh để", 300, 1000),
        line("xem xét, quyết định./.", 250, 1050),
        line("Nơi nhận:", 250, 1120) + line("TM. ỦY BAN NHÂN DÂN", 950, 1110),
        line("- Bộ Y tế (b/c);", 250, 1160) + line("CHỦ TỊCH", 1040, 1160),
        line("- Các sở, ban, ngành;", 250, 1200),
        line("- Lưu: VT.", 250, 1240) + line("Nguyễn Văn A", 1020, 1240),
    ]
    assert texts(lines)[1:] == [
        "xem xét, quyết định./.",
        "Nơi nhận:",
        "- Bộ Y tế (b/c);",
        "- Các sở, ban, ngành;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Văn A",
    ]


def test_a_footnote_below_the_end_block_comes_after_it() -> None:
    lines = [
        line("Nơi nhận:", 250, 1120) + line("TM. ỦY BAN NHÂN DÂN", 950, 1110),
        line("- Lưu: VT.", 250, 1160) + line("CHỦ TỊCH", 1040, 1160),
        line("Nguyễn Văn A", 1020, 1400),
        line("1 Luật số 57/2020/QH14.", 250, 1500),
    ]
    assert texts(lines)[-3:] == ["CHỦ TỊCH", "Nguyễn Văn A", "1 Luật số 57/2020/QH14."]


def test_two_signatures_stand_above_the_recipients() -> None:
    lines = [
        line("CHỦ TỊCH", 340, 660) + line("GIÁM ĐỐC", 1100, 660),
        line("Hà Văn B", 340, 1040) + line("Lê Văn A", 1100, 1040),
        line("Nơi nhận:", 235, 1120),
        line("- Sở Y tế;", 235, 1200),
    ]
    assert texts(lines) == ["CHỦ TỊCH", "Hà Văn B", "GIÁM ĐỐC", "Lê Văn A", "Nơi nhận:", "- Sở Y tế;"]


def test_addressees_follow_the_whole_header() -> None:
    lines = [
        line("SỞ Y TẾ", 300, 150) + line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 800, 150),
        line("Số: 18/SYT", 300, 200) + line("Độc lập - Tự do - Hạnh phúc", 900, 200),
        line("Kính gửi:", 400, 400),
        line("- Các bệnh viện.", 560, 450),
    ]
    assert texts(lines)[-3:] == ["Độc lập - Tự do - Hạnh phúc", "Kính gửi:", "- Các bệnh viện."]


@pytest.mark.parametrize("y", [100, 2250])
def test_page_number_comes_last(y: int) -> None:
    lines = [
        line("2", 820, y),
        line("- Nguồn thu giá dịch vụ thu gom, vận chuyển rác thải theo Quyết định", 300, 300),
        line("2020;", 250, 400),
    ]
    assert texts(lines) == [lines[1][0].text + " " + " ".join(w.text for w in lines[1][1:]), "2020;", "2"]


def test_a_number_in_the_text_stays() -> None:
    lines = [line("một hai ba", 250, 1000), line("2", 820, 1100), line("bốn năm sáu", 250, 1200)]
    assert texts(lines)[1] == "2"


def test_table_is_read_cell_by_cell() -> None:
    grid = Grid((200, 300, 800, 1400), (500, 600, 800))
    lines = [
        line("PHỤ LỤC", 700, 400),
        line("TT", 220, 530) + line("Nội dung nhiệm vụ", 320, 530) + line("Chủ trì", 820, 530),
        line("1", 230, 620) + line("Ban hành kế hoạch, kiện", 320, 620) + line("Phòng Kinh", 810, 620),
        line("toàn Ban Chỉ đạo", 320, 670) + line("tế", 810, 670),
        line("Nơi nhận:", 250, 900),
    ]
    assert texts(lines, (grid,)) == [
        "PHỤ LỤC",
        "TT",
        "Nội dung nhiệm vụ",
        "Chủ trì",
        "1",
        "Ban hành kế hoạch, kiện",
        "toàn Ban Chỉ đạo",
        "Phòng Kinh",
        "tế",
        "Nơi nhận:",
    ]


boxes = st.tuples(st.integers(0, 1600), st.integers(0, 2300), st.integers(1, 300), st.integers(1, 60))
words = st.builds(
    lambda text, b: Word(text, 0, 0.5, (b[0], b[1], b[0] + b[2], b[1] + b[3])),
    st.text("abế1-", min_size=1, max_size=5),
    boxes,
)
drawn = st.lists(st.lists(words, max_size=6), max_size=12)


@given(drawn, st.booleans())
def test_no_word_is_lost_or_doubled(lines: list[list[Word]], ruled: bool) -> None:
    grids = (Grid((100, 700, 1500), (300, 900, 1200, 2000)),) if ruled else ()
    before = sorted((w.text, w.bbox) for n in lines for w in n if w.bbox)
    found = arrange(lines, WIDTH, HEIGHT, grids)
    assert sorted((w.text, w.bbox) for n in found for w in n.words if w.bbox) == before
    assert [n.number for n in found] == list(range(1, len(found) + 1))


@given(st.lists(st.text("abế", min_size=1, max_size=4), max_size=5))
def test_words_know_their_place_in_the_line(parts: list[str]) -> None:
    made = make_line(7, [Word(part, 99) for part in parts])
    assert made.text == " ".join(parts)
    assert all(made.text[w.start :].startswith(w.text) for w in made.words)


def test_slope_of_a_leaning_page() -> None:
    lines = [line("một hai ba bốn năm sáu bảy tám", 250, y, 0.02) for y in (100, 200, 300)]
    assert abs(slope(lines) - 0.02) < 0.002
    assert slope([line("hai từ", 10, 10)]) == 0


def test_a_straight_page_of_few_words_is_not_put_askew() -> None:
    """The words of one short line tell a lean that the page has not: its header is read by columns all the same."""
    form = [Word(c, 0, 0.9, (900 + 60 * n, 500 + 12 * n, 930 + 60 * n, 530 + 12 * n)) for n, c in enumerate("ABCDE")]
    lines = [line("KHOA: Nội", 80, 150), line("Phụ lục II", 1300, 152), form]
    assert arrange(lines, WIDTH, HEIGHT)[0].text == "Phụ lục II"
    assert [n.text for n in arrange(lines, WIDTH, HEIGHT, lean=0.0)][:2] == ["KHOA: Nội", "Phụ lục II"]


def test_lines_are_renumbered() -> None:
    page = Page(2, "scan", arrange([line("một", 10, 500), line("hai", 10, 600)], WIDTH, HEIGHT))
    assert [n.number for n in renumber(page, 41).lines] == [41, 42]
