from __future__ import annotations

import re

import pytest

from pipeline.model import Line, Page, Source, Word
from pipeline.structure import structure
from pipeline.structure.citations import mask
from pipeline.structure.deadlines import read_date, read_deadline
from pipeline.structure.timewords import find_deadline

READ = [
    ("Trước ngày 15/4/2024", None, "2024-04-15", None),
    ("trước ngày 30 tháng 6 năm 2025", None, "2025-06-30", None),
    ("Quý III/2025", "2025-07-01", "2025-09-30", None),
    ("Quý II, Quý III năm 2024", "2024-04-01", "2024-09-30", None),
    ("Quý IV/2025 - Quý II/2026", "2025-10-01", "2026-06-30", None),
    ("Hoàn thành trong tháng 4/2024", "2024-04-01", "2024-04-30", None),
    ("Từ ngày 01/4/2024 đến ngày 31/5/2024", "2024-04-01", "2024-05-31", None),
    ("Quý III, Quý II năm 2025", "2025-04-01", "2025-09-30", None),
    ("Từ ngày 01/12 đến ngày 15/01/2026", None, "2026-01-15", None),
    ("trong quí 2 năm 2010", "2010-04-01", "2010-06-30", None),
    ("trước ngày 20 tháng cuối quý", None, None, "quarterly"),
    ("3 tháng một lần", None, None, "quarterly"),
    ("từ tháng 9/2025", "2025-09-01", None, None),
    ("Tháng 9 - 10/2025", "2025-09-01", "2025-10-31", None),
    ("cuối năm 2025", None, "2025-12-31", None),
    ("cuối quý II/2026", None, "2026-06-30", None),
    ("đầu năm 2026", "2026-01-01", None, None),
    ("đến hết năm 2026", None, "2026-12-31", None),
    ("Hằng năm, giai đoạn 2021-2030", "2021-01-01", "2030-12-31", "yearly"),
    ("giai đoạn 2021 - 2030", "2021-01-01", "2030-12-31", None),
    ("Thường xuyên", None, None, "continuous"),
    ("trước ngày 05/11 hàng năm", None, None, "yearly"),
    ("Ngày 15 hằng tháng", None, None, "monthly"),
    ("trước ngày 25 của tháng cuối quý", None, None, "quarterly"),
    ("trong Quý II và Quý III năm 2026", "2026-04-01", "2026-09-30", None),
    ("Quý I, II, III năm 2025", "2025-01-01", "2025-09-30", None),
    ("Quý III hằng năm", None, None, "yearly"),
    ("từ ngày 01/6 đến hết 30/9/2026", "2026-06-01", "2026-09-30", None),
    ("Tháng 9-10/2025", "2025-09-01", "2025-10-31", None),
    ("tháng 9, tháng 10 năm 2025", "2025-09-01", "2025-10-31", None),
    ("Tháng 12/2025 đến tháng 3/2026", "2025-12-01", "2026-03-31", None),
    ("24, 25 và 26 tháng 8 năm 2026", "2026-08-24", "2026-08-26", None),
    ("24-26/8/2026", "2026-08-24", "2026-08-26", None),
    ("6 tháng đầu năm 2025", "2025-01-01", "2025-06-30", None),
    ("06 tháng cuối năm 2025", "2025-07-01", "2025-12-31", None),
    ("Năm 2025 và những năm tiếp theo", "2025-01-01", None, "yearly"),
    ("sau năm 2025", "2026-01-01", None, None),
    ("hạn cuối ngày 15/6/2025", None, "2025-06-15", None),
    ("Trước 15 giờ 00 ngày 20/5/2025", None, "2025-05-20", None),
    ("định kỳ 6 tháng, hằng năm", None, None, "half-yearly"),
    ("định kỳ hằng quý, 6 tháng và năm", None, None, "quarterly"),
    ("chậm nhất ngày 20 hằng tháng", None, None, "monthly"),
    ("hằng tuần, hằng tháng", None, None, "weekly"),
    ("Hai năm một lần", None, None, "biennial"),
    ("02 lần/tháng", None, None, "monthly"),
    ("trước tháng 6/2026", None, "2026-05-31", None),
    ("trước Quý III/2026", None, "2026-06-30", None),
    ("Tuần 2 tháng 3/2026", "2026-03-08", "2026-03-14", None),
    ("trong vòng 06 tháng kể từ ngày ký", None, None, None),
    ("Định kỳ 03 tháng", None, None, "quarterly"),
    ("Định kỳ 06 tháng 01 lần", None, None, "half-yearly"),
    ("ngày 03 tháng 10 năm 2025", "2025-10-03", "2025-10-03", None),
    ("trước ngày 06 tháng 4 năm 2025", None, "2025-04-06", None),
    ("02 năm một lần", None, None, "biennial"),
    ("05 năm một lần", None, None, "periodic"),
    ("trước ngày 05 của tháng đầu quý", None, None, "quarterly"),
    ("trước ngày 20/12 của năm trước", None, None, None),
    ("từ ngày 21 đến ngày 23 tháng 12 năm 2026", "2026-12-21", "2026-12-23", None),
    ("từ ngày 21 đến ngày 23 tháng 12 hằng năm", None, None, "yearly"),
    ("3 tháng cuối năm 2026", "2026-10-01", "2026-12-31", None),
    ("9 tháng đầu năm 2026", "2026-01-01", "2026-09-30", None),
    ("Năm 2025 và các năm sau", "2025-01-01", None, "yearly"),
    ("tuần lễ thứ ba của tháng 3/2026", "2026-03-15", "2026-03-21", None),
    ("T9/2026 - T5/2027", "2026-09-01", "2027-05-31", None),
    ("trước ngày 15/3/2026 và trước ngày 25/10/2026", None, "2026-10-25", None),
    ("Quý II và Quý IV/2026", None, "2026-12-31", None),
    ("30/6 và 30/11/2026", None, "2026-11-30", None),
    ("1/2 ngày (buổi chiều), ngày 14/8/2026", "2026-08-14", "2026-08-14", None),
    ("trước ngày 25/7/6026", None, None, None),
    ("Tháng 3, 4 và 5/2026", "2026-03-01", "2026-05-31", None),
    ("Tháng 3, 6, 9 năm 2026", None, "2026-09-30", None),
    ("năm học 2025 - 2026", None, None, None),
    ("trước Tết Nguyên đán 2026", None, None, None),
    ("trong vòng 30 ngày kể từ ngày ký", None, None, None),
    ("Trước ngày 30/02/2025", None, None, None),
    ("12/2025", "2025-12-01", "2025-12-31", None),
    ("10/2025 - 3/2026", "2025-10-01", "2026-03-31", None),
    ("Từ tháng 01/2026 - 12/2026", "2026-01-01", "2026-12-31", None),
    ("Q4/2025", "2025-10-01", "2025-12-31", None),
    ("Nửa đầu tháng 12/2025", "2025-12-01", "2025-12-15", None),
    ("Nửa cuối tháng 02/2026", "2026-02-16", "2026-02-28", None),
    ("Từ đầu năm đến 30/6/2026", None, "2026-06-30", None),
    ("Đến ngày 31/12/2025 và duy trì các năm tiếp theo", None, "2025-12-31", "yearly"),
    ("02 đợt/năm (tháng 4 và tháng 10)", None, None, "yearly"),
    ("8h00, ngày 01 tháng 10 năm 2025 (thứ Tư)", "2025-10-01", "2025-10-01", None),
    ("Sáng thứ Sáu, ngày 10/10/2025", "2025-10-10", "2025-10-10", None),
    ("Giai đoạn 2026 - 2030, tầm nhìn đến năm 2045", "2026-01-01", "2030-12-31", None),
    ("Dịp hè 2026", None, None, None),
    ("Theo kế hoạch", None, None, None),
]


@pytest.mark.parametrize(("text", "start", "end", "recurrence"), READ)
def test_read(text: str, start: str | None, end: str | None, recurrence: str | None) -> None:
    deadline = read_deadline(text)
    assert (deadline.text, deadline.start, deadline.end, deadline.recurrence) == (text, start, end, recurrence)


@pytest.mark.parametrize(
    "read", ["Quý II1/2025", "Quý Il1//2025", "Quý II1/⁄2025", "quý lII năm 2025", "Quý IH/2025", "Quý HI/2025"]
)
def test_the_numeral_of_a_quarter_is_put_right(read: str) -> None:
    deadline = read_deadline(read)
    assert (deadline.start, deadline.end) == ("2025-07-01", "2025-09-30")
    assert deadline.text in ("Quý III/2025", "quý III năm 2025")


def test_the_year_of_the_plan_helps() -> None:
    assert read_deadline("chậm nhất ngày 16/12", 2017).end == "2017-12-16"
    assert read_deadline("chậm nhất ngày 16/12").end is None


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "triển khai thực hiện; hoàn thành phương án sắp xếp trước ngày 30 tháng 6 năm 2025.",
            "trước ngày 30 tháng 6 năm 2025",
        ),
        ("tham mưu trình Hội đồng nhân dân tỉnh trong Quý III/2025.", "Quý III/2025"),
        ("tổ chức thực hiện từ tháng 9/2025.", "từ tháng 9/2025"),
        ("thực hiện thường xuyên.", "thường xuyên"),
        ("báo cáo Bộ trưởng trước ngày 20 hằng tháng.", "trước ngày 20 hằng tháng"),
        ("chậm nhất ngày 16/12 để tổng hợp", "chậm nhất ngày 16/12"),
        ("báo cáo định kỳ 6 tháng, hằng năm về Sở Y tế.", "định kỳ 6 tháng, hằng năm"),
        ("hoàn thành trong vòng 30 ngày kể từ ngày ký, báo cáo", "trong vòng 30 ngày kể từ ngày ký"),
        ("nộp trước 15 giờ 00 ngày 20/5/2025.", "trước 15 giờ 00 ngày 20/5/2025"),
        ("tổ chức trong Quý I, II/2025.", "Quý I, II/2025"),
        ("xử lý không quá 03 ngày làm việc.", "không quá 03 ngày làm việc"),
        ("báo cáo chậm nhất ngày 20 hằng tháng.", "chậm nhất ngày 20 hằng tháng"),
        ("sơ kết trong 6 tháng đầu năm 2026;", "6 tháng đầu năm 2026"),
        ("chăm sóc từ tháng 3 đến tháng 11 năm 2026;", "từ tháng 3 đến tháng 11 năm 2026"),
        ("trồng từ tháng 3 đến hết tháng 11/2026.", "từ tháng 3 đến hết tháng 11/2026"),
        ("báo cáo số liệu trước 9 giờ hằng ngày.", "trước 9 giờ hằng ngày"),
        ("tuyên truyền trong quý I/2026 và tháng 9/2026.", "quý I/2026 và tháng 9/2026"),
        ("Trung tâm Giáo dục thường xuyên huyện thực hiện theo quý.", None),
        ("tổ chức vào đầu tháng 6/2026.", "đầu tháng 6/2026"),
        ("ra quân trong tuần đầu tháng 3/2026.", "tuần đầu tháng 3/2026"),
        ("báo cáo trước ngày 15/6 và 15/11 hằng năm.", "trước ngày 15/6 và 15/11 hằng năm"),
        ("báo cáo trước ngày 15/3/2026 và trước ngày 25/10/2026.", "trước ngày 15/3/2026 và trước ngày 25/10/2026"),
        ("gửi báo cáo trước 16h00 thứ Sáu hằng tuần.", "trước 16h00 thứ Sáu hằng tuần"),
        ("thi vào tuần 2 tháng 3/2026.", "tuần 2 tháng 3/2026"),
        ("báo cáo định kỳ hằng năm trước ngày 15/11.", "định kỳ hằng năm trước ngày 15/11"),
        ("kiểm tra mỗi học kỳ 01 lần.", "mỗi học kỳ 01 lần"),
        ("quan trắc nước 02 lần/tháng.", "02 lần/tháng"),
        ("họp hằng tuần từ tháng 3/2026.", "từ tháng 3/2026"),
        ("hoàn thành trong tháng 5.", "tháng 5"),
        ("báo cáo trong tháng 5, 6 và 9/2026.", "tháng 5, 6 và 9/2026"),
        ("họp vào tháng 6 và tháng 12 hằng năm.", "tháng 6 và tháng 12 hằng năm"),
        ("thực hiện thường xuyên hằng năm.", "thường xuyên hằng năm"),
        ("tổ chức thường xuyên trong năm học.", "thường xuyên trong năm học"),
        ("rà soát thường xuyên, trong suốt năm 2026;", "thường xuyên, trong suốt năm 2026"),
        ("thường xuyên kiểm tra, đôn đốc.", "thường xuyên"),
        ("chậm nhất trong tháng 10/2025 phải xong.", "chậm nhất trong tháng 10/2025"),
        ("rà soát từ nay đến hết năm 2025.", "từ nay đến hết năm 2025"),
        ("họp vào ngày 20 tháng cuối hằng quý.", "ngày 20 tháng cuối hằng quý"),
        ("thi trong tháng 9, tháng 10 năm 2025.", "tháng 9, tháng 10 năm 2025"),
        ("báo cáo định kỳ hằng quý (trước ngày 10 của tháng cuối quý).", "trước ngày 10 của tháng cuối quý"),
        (
            "báo cáo định kỳ 06 tháng (trước ngày 15/6) và hằng năm (trước ngày 15/12).",
            "định kỳ 06 tháng (trước ngày 15/6) và hằng năm (trước ngày 15/12)",
        ),
        ("có 3 ngày (trước ngày 20/5/2026) để góp ý.", "trước ngày 20/5/2026"),
        ("gửi trong thời gian 07 ngày làm việc.", "trong thời gian 07 ngày làm việc"),
        ("trả lời trong vòng 05 (năm) ngày làm việc.", "trong vòng 05 (năm) ngày làm việc"),
        ("xử lý trong thời hạn mười lăm (15) ngày.", "trong thời hạn mười lăm (15) ngày"),
        ("trong thời hạn không quá 10 ngày, kể từ ngày ký.", "trong thời hạn không quá 10 ngày, kể từ ngày ký"),
        ("tối đa 14 ngày, kể từ ngày nhận hồ sơ.", "tối đa 14 ngày, kể từ ngày nhận hồ sơ"),
        ("chậm nhất 40 ngày trước ngày khai mạc, gửi tài liệu.", "chậm nhất 40 ngày trước ngày khai mạc"),
        ("nộp chậm nhất là ngày thứ 90 kể từ ngày kết thúc năm.", "chậm nhất là ngày thứ 90 kể từ ngày kết thúc năm"),
        ("mở trước ngày 01/3/2026, chậm nhất đến hết ngày 15/4/2026 phải xong", "chậm nhất đến hết ngày 15/4/2026"),
        ("họp từ ngày 21 đến ngày 23 tháng 12 năm 2026.", "từ ngày 21 đến ngày 23 tháng 12 năm 2026"),
        ("gửi trước ngày 15 tháng 12 của năm báo cáo.", "trước ngày 15 tháng 12 của năm báo cáo"),
        ("gửi trước ngày 10 của tháng sau.", "trước ngày 10 của tháng sau"),
        ("Định kỳ hằng năm vào tháng 11, báo cáo.", "Định kỳ hằng năm vào tháng 11"),
        ("báo cáo hằng tháng, quý, 06 tháng và năm.", "hằng tháng, quý, 06 tháng và năm"),
        ("báo cáo 6 tháng, hằng năm về Sở.", "6 tháng, hằng năm"),
        ("tập huấn 02 năm một lần.", "02 năm một lần"),
        ("áp dụng từ năm học 2026 - 2027.", "từ năm học 2026 - 2027"),
        ("Ngay sau khi có hướng dẫn, Sở rà soát.", "Ngay sau khi có hướng dẫn"),
        ("cập nhật thường xuyên, liên tục.", "thường xuyên, liên tục"),
        ("bố trí từ nguồn chi thường xuyên.", None),
        ("đủ điều kiện trong 02 năm gần nhất.", None),
        ("kế hoạch đầu tư công trung hạn và hằng năm.", None),
        ("ngân sách đào tạo, bồi dưỡng hằng năm.", None),
        ("trong báo cáo tài chính hằng năm của đơn vị.", None),
        ("theo kế hoạch kiểm tra hằng năm và quy trình bảo trì.", None),
        ("Lào Cai, ngày 14 tháng 6 năm 2026", None),
        ("theo chức năng, nhiệm vụ triển khai thực hiện.", None),
        ("theo Nghị định số 45/2022/NĐ-CP ngày 07/7/2022 của Chính phủ.", None),
    ],
)
def test_find(sentence: str, found: str | None) -> None:
    assert find_deadline(mask(sentence)) == found


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("ngày 08 tháng 01 năm 2025", "2025-01-08"),
        ("ngày 26/4//2024", "2024-04-26"),
        ("ngày 31/4/2024", None),
        ("ngày L4 tháng AO năm 2024", None),
        ("ngày tháng 12 năm 2011", None),
    ],
)
def test_dates(text: str, iso: str | None) -> None:
    assert read_date(text) == iso


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ngày 07 tháng 12 năm 2011", "2011-12-07"),
        ("ngày07 tháng 12 năm 2011", "2011-12-07"),
        ("ngày j2 tháng 12 năm 2011", None),  # a handwritten 07: part of it was not read
        ("i7 tháng 11 năm 2017", None),
        ("ngày Í 7tháng 11 năm 2017", None),
        ("ngày 1 7 tháng 11 năm 2017", None),
        ("ngày †2 tháng 10 năm 2017", None),
    ],
)
def test_a_day_that_was_not_read_whole_is_no_date(text: str, expected: str | None) -> None:
    assert read_date(text) == expected


@pytest.mark.parametrize(("confidence", "end"), [(0.9, "2028-06-30"), (0.55, None), (None, "2028-06-30")])
def test_doubtful_figures_give_no_dates(confidence: float | None, end: str | None) -> None:
    texts = ["I. NHIỆM VỤ", "1. Thể chế", "- Rà soát văn bản.", "* Thực hiện: Sở Y tế, trước ngày 30 tháng 6 năm 2028."]
    lines = []
    for number, text in enumerate(texts, 1):
        at = [m.start() for m in re.finditer(r"\S+", text)]
        words = tuple(
            Word(w, a, confidence if "2028" in w else 0.9, (9 * a, 50 * number, 9 * (a + len(w)), 50 * number + 30))
            for w, a in zip(text.split(), at, strict=True)
        )
        lines.append(Line(number, text, words, (0, 50 * number, 9 * len(text), 50 * number + 30)))
    plan = structure([Page(1, "scan", tuple(lines))], Source(path="x", sha256="", kind="scan", pages=1))
    (made,) = plan.assignments
    assert made.deadline
    assert (made.deadline.text, made.deadline.end) == ("trước ngày 30 tháng 6 năm 2028", end)
    assert [w.line for w in plan.warnings if w.code == "deadline-unclear"] == ([] if end else [4])


@pytest.mark.parametrize("read", ["Quý T/2025", "Quý HH/2025", "quý trước", "quý hai bên"])
def test_other_letters_are_no_quarter(read: str) -> None:
    deadline = read_deadline(read)
    assert (deadline.text, deadline.start) == (read, deadline.start)
    assert deadline.start != "2025-07-01"
