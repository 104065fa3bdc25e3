# ruff: noqa: E501 - one case a line
from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.corrections import apply
from pipeline.model import Line, Page, Plan, Word
from pipeline.structure import mark_footnotes
from pipeline.structure.notes import clean
from pipeline.structure.text import width

AsPages = Callable[..., list[Page]]
AsPlan = Callable[..., Plan]

BODY = "- Thực hiện đồng bộ các chính sách thu hút, đãi ngộ{} đối với bác sĩ, dược sĩ về\ncông tác tại vùng sâu, vùng xa.\n"
NOTE = "{} Nghị quyết số 12/2021/NQ-HĐND ngày 15/12/2021 của Hội đồng nhân dân tỉnh quy định chính sách thu hút bác sĩ, dược sĩ\nvề công tác tại các đơn vị sự nghiệp y tế công lập.\n"
FILLER = (
    "Một dòng chữ đầy đủ của thân bài để biết cột chữ rộng bao nhiêu, dài đến tận lề\nphải, rồi mới xuống dòng.\n" * 6
)


def marked(text: str, as_pages: AsPages) -> list[str]:
    pages = as_pages(text)
    new, changes = mark_footnotes(pages)
    lines = [line.text for page in new for line in page.lines]
    assert apply([line.text for page in pages for line in page.lines], changes) == lines
    assert all(change.rule == "footnote-marker" for change in changes)
    return lines


@pytest.mark.parametrize("sign", ["!", "'", "®", "°", "¹", "1", "*", "†", "^"])
@pytest.mark.parametrize("opening", ["!", "1", "'", "¹"])
def test_a_sign_and_its_note(sign: str, opening: str, as_pages: AsPages) -> None:
    lines = marked(FILLER + BODY.format(sign) + NOTE.format(opening), as_pages)
    assert sum("đãi ngộ^1 đối" in line for line in lines) == 1
    assert sum(line.startswith("^1 Nghị quyết") for line in lines) == 1


@pytest.mark.parametrize(
    "text",
    [
        FILLER + BODY.format("!"),  # no note
        FILLER + BODY.format("") + "1. Nghị quyết số 12/2021/NQ-HĐND được thực hiện.\n",  # a heading, not a note
        FILLER + "- Phát động phong trào “Hãy nói không với rác thải nhựa!” trong trường học.\n",
        FILLER + "- Bảo đảm nồng độ PM2.5, khí CO2 và tiêu chuẩn A4 theo quy định.\n",
        "* Thực hiện: Sở Y tế.\n- Đoàn viên 'ba sẵn sàng' tham gia.\n",
        FILLER + BODY.format("^1") + NOTE.format("^1"),  # marked already
        "",
    ],
)
def test_what_is_left_alone(text: str, as_pages: AsPages) -> None:
    assert "\n".join(marked(text, as_pages)) == text.removesuffix("\n")


def test_notes_are_counted_through_the_document(as_pages: AsPages) -> None:
    page = FILLER + BODY.format("!") + NOTE.format("!")
    lines = marked(page + "\f" + page, as_pages)
    assert [line[:2] for line in lines if line.startswith("^")] == ["^1", "^2"]


def test_a_note_that_went_over_to_the_next_page(as_pages: AsPages) -> None:
    lines = marked(FILLER + BODY.format("!") + "\f" + FILLER + NOTE.format("1"), as_pages)
    assert sum("đãi ngộ^1 đối" in line for line in lines) == 1
    assert sum(line.startswith("^1 Nghị quyết") for line in lines) == 1


@pytest.mark.parametrize("between", ["", "\f" + FILLER])
def test_a_note_that_is_marked_already_finds_its_sign(between: str, as_pages: AsPages) -> None:
    text = "\n".join(marked(FILLER + BODY.format("!") + between + NOTE.format("^1"), as_pages))
    assert "đãi ngộ^1 đối" in text
    assert text.count("^1 Nghị quyết") == 1


def test_a_note_above_one_that_is_marked_already(as_pages: AsPages) -> None:
    body = BODY.format("!") + BODY.format("^2")
    text = "\n".join(marked(FILLER + body + NOTE.format("1") + NOTE.format("^2"), as_pages))
    assert "đãi ngộ^1 đối" in text
    assert (text.count("^1 Nghị quyết"), text.count("^2 Nghị quyết")) == (1, 1)


def test_a_number_behind_a_quotation_answers_its_note_on_the_next_page(as_pages: AsPages) -> None:
    quoted = "- Thực hiện Đề án “Một triệu căn hộ nhà ở xã hội giai đoạn 2021 - 2030”1.\n"
    after = BODY.format("^2") + NOTE.format("^1") + NOTE.format("^2")
    text = "\n".join(marked(FILLER + quoted + "\f" + FILLER + after, as_pages))
    assert "2030”^1." in text


def test_the_one_sign_on_the_page_before_answers_beside_a_note_that_has_its_marker(as_pages: AsPages) -> None:
    first = FILLER + BODY.format("!")
    second = FILLER + BODY.format("^2") + NOTE.format("^1") + NOTE.format("^2")
    assert "đãi ngộ^1 đối" in "\n".join(marked(first + "\f" + second, as_pages))
    second = FILLER + BODY.format("^1") + NOTE.format("^1") + NOTE.format("^2")  # its marker comes behind that of 1
    assert "đãi ngộ^2 đối" not in "\n".join(marked(first + "\f" + second, as_pages))


def test_of_two_signs_neither_answers_a_note_that_is_marked_already(as_pages: AsPages) -> None:
    text = "\n".join(marked(FILLER + BODY.format("!") + BODY.format("!") + NOTE.format("^1"), as_pages))
    assert text.count("^1") == 1


def test_a_page_with_notes_of_its_own_gives_no_marker_to_the_next(as_pages: AsPages) -> None:
    page = FILLER + BODY.format("!") + "- Tuyên truyền “Nói không với ma túy”! và rượu bia.\n" + NOTE.format("!")
    lines = marked(page + "\f" + FILLER + NOTE.format("2"), as_pages)
    assert sum("^2" in line and not line.startswith("^2") for line in lines) == 0


def test_words_follow_the_line() -> None:
    texts = [
        *FILLER.strip().split("\n"),
        "các chính sách, chương trình! về trẻ em.",
        "! Chương trình hành động quốc gia vì trẻ em " + "và những chương trình khác " * 3,
    ]
    lines = []
    for number, text in enumerate(texts, 1):
        words, at = [], 0
        for word in text.split():
            at = text.index(word, at)
            words.append(Word(word, at))
            at += len(word)
        lines.append(Line(number, text, tuple(words)))

    new, changes = mark_footnotes([Page(1, "text_layer", tuple(lines))])

    assert len(changes) == 2
    for line in new[0].lines:
        for made in line.words:
            assert line.text[made.start : made.start + len(made.text)] == made.text
    assert "trình^1" in [w.text for w in new[0].lines[-2].words]
    assert new[0].lines[-1].words[0].text == "^1"


def test_a_raised_number_of_a_text_layer() -> None:
    def word(text: str, start: int, x: int, y: int, high: int) -> Word:
        return Word(text, start, bbox=(x, y, x + 20 * len(text), y + high))

    line = Line(
        1,
        "y tế xã 1 ; 100%",
        (
            word("y", 0, 0, 0, 60),
            word("tế", 2, 40, 0, 60),
            word("xã", 5, 100, 0, 60),
            word("1", 8, 141, 3, 38),
            word(";", 10, 162, 0, 60),
            word("100%", 12, 190, 0, 60),
        ),
    )
    note = Line(2, "1", (word("1", 0, 0, 100, 32),), (0, 100, 20, 132))
    text = Line(3, "Ban hành kèm theo Quyết định", (word("Ban", 0, 26, 104, 46),), (26, 104, 900, 150))

    new, _ = mark_footnotes([Page(1, "text_layer", (line, note, text), 2480, 3508)])

    assert [made.text for made in new[0].lines] == ["y tế xã^1; 100%", "^1", "Ban hành kèm theo Quyết định"]


def test_a_note_between_two_halves_of_a_paragraph(as_plan: AsPlan) -> None:
    text = (
        "II. NHIỆM VỤ\n- Quan tâm bố trí nhà ở công vụ^1, hỗ trợ tiền thuê nhà, chi phí đi lại cho viên\n"
        "^1 Theo Nghị định số 05/2023/NĐ-CP.\n2\fchức được điều động, luân phiên.\n- Việc khác."
    )
    plan = as_plan(text)
    assert plan.nodes[1].text.endswith("cho viên chức được điều động, luân phiên.")
    assert (plan.nodes[1].page, plan.nodes[1].page_end) == (1, 2)
    note = plan.footnotes[0]
    assert (note.node_id, note.anchor_word) == (plan.nodes[1].id, "vụ")
    assert plan.nodes[1].text[: note.anchor_offset or 0].endswith("công vụ")
    assert plan.citations[0].node_id == note.id


def test_marker_without_note_is_a_warning(as_plan: AsPlan) -> None:
    assert {w.code for w in as_plan("I. NHIỆM VỤ\n- Một việc^3 khác.").warnings} >= {"marker-without-note"}
    assert {w.code for w in as_plan("I. NHIỆM VỤ\n- Một việc khác.\n^1 Ghi chú.").warnings} >= {"note-without-marker"}


def test_clean() -> None:
    assert clean("trình^1 về^12; hết") == ("trình về; hết", [("1", 5), ("12", 8)])


def printed(*rows: tuple[str, int, float]) -> list[Page]:
    """A page of (text, top, pixels an em)."""
    lines = []
    for number, (text, top, em) in enumerate(rows, 1):
        box = (300, top, 300 + int(em * width(text)), top + int(em * 1.2))
        lines.append(Line(number, text, (Word(text, 0, 0.9, box),), box))
    return [Page(1, "scan", tuple(lines), 2500, 3500)]


FULL = "Một dòng chữ đầy đủ của thân bài để biết cột chữ rộng bao nhiêu và đến đâu"
BODY_ROWS = [
    (FULL if i % 2 == 0 else "rồi mới xuống dòng, dài gần bằng dòng trên nhưng hết.", 200 + 80 * i, 55.0)
    for i in range(12)
]
MARKED = ("- Mỗi xã có ít nhất 01 tổ công nghệ số cộng đồng! hoạt động hiệu quả", 1200, 55.0)
LOST = "Thành lập theo Công văn số 793/BTTTT-THH ngày 05/3/2022 của Bộ Thông tin."


def test_a_note_without_its_marker_is_told_by_its_place_and_print() -> None:
    pages = printed(*BODY_ROWS, MARKED, (LOST, 1700, 38.0))
    new, changes = mark_footnotes(pages)
    assert [line.text for line in new[0].lines[-2:]] == [MARKED[0].replace("!", "^1"), f"^1 {LOST}"]
    assert apply([line.text for line in pages[0].lines], changes) == [line.text for line in new[0].lines]


def test_a_note_whose_marker_was_read_as_part_of_its_first_word() -> None:
    lost = LOST.replace("Thành", "thợ", 1)
    new, _ = mark_footnotes(printed(*BODY_ROWS, MARKED, (lost, 1700, 38.0)))
    assert new[0].lines[-1].text == f"^1 {lost}"


@pytest.mark.parametrize(
    "note",
    [
        (LOST, 1700, 55.0),  # as large as the text
        (LOST, 1290, 38.0),  # the next line of the text
        (LOST.lower(), 1330, 38.0),  # goes on
    ],
    ids=["large", "near", "lower"],
)
def test_what_is_no_note_without_a_marker(note: tuple[str, int, float]) -> None:
    _, changes = mark_footnotes(printed(*BODY_ROWS, MARKED, note))
    assert changes == []


def test_no_sign_in_the_text_no_marker() -> None:
    _, changes = mark_footnotes(printed(*BODY_ROWS, (MARKED[0].replace("!", ""), 1200, 55.0), (LOST, 1700, 38.0)))
    assert changes == []
