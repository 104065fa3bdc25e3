"""Who a sentence is addressed to: "Đề nghị Sở X ...", "Giao Sở Y ...", "Sở Z chủ trì, phối hợp với ..."."""

from __future__ import annotations

import re

from pipeline.structure.agencies import starts_agency
from pipeline.structure.predicates import begins_action, predicate_at
from pipeline.structure.sections import names_members
from pipeline.structure.text import fold
from pipeline.structure.timewords import find_deadline
from pipeline.structure.verbs import begins_verb
from pipeline.structure.who import part_clauses

ADDRESS = re.compile(r"^(?:đề nghị|yêu cầu|đối với|giao|trách nhiệm của)\s+", re.IGNORECASE)
_ASKS = re.compile(r"^(?:Đề nghị|Phân công|Yêu cầu)\s+")


def address(text: str) -> str:
    """The text without "Đề nghị", "Giao", "Đối với" in front, also where OCR garbled "Đề nghị"."""
    bare = ADDRESS.sub("", text)
    garbled = re.match(r"[^\W\d_]{2,3} nghi (?=\S)", fold(bare))
    return bare[garbled.end() :] if garbled and starts_agency(bare[garbled.end() :]) else bare


def names_agency(text: str, strict: bool) -> bool:
    """Whether a heading names who acts.

    Args:
        text: without label.
        strict: it must hold nothing but names.
    """
    bare = _MANAGED.sub("", _BOUND.sub("", address(text.rstrip(" :."))))
    if not starts_agency(bare) or _OF_OTHERS.search(text):  # "Trách nhiệm của các cơ quan khác": named below
        return False
    return not strict or (predicate_at(bare) == len(bare) and len(bare.split()) <= 40)


def told_what(text: str) -> bool:
    """Whether what stands before the first colon is told what to do, whatever verbs its name holds.

    "Trung tâm Kiểm soát thanh toán điện tử: Chủ trì, phối hợp với Ban A xây dựng tài liệu".
    """
    head, _, _ = text.partition(":")
    return _TOLD.match(text, len(head)) is not None and len(head.split()) <= 12 and starts_agency(head)


_TOLD = re.compile(r": (?:Chủ trì|Phối hợp|Tham mưu|Chịu trách nhiệm|Có trách nhiệm|Là (?:cơ quan|đơn vị|đầu mối))\b")
_MANAGED = re.compile(r" do [^,;:]{2,40} (?:quản lý|thành lập|phê duyệt|cấp phép)$")
"""What a body is told by: "UBND các xã có cụm công nghiệp do cấp xã quản lý"."""
_OF_OTHERS = re.compile(r"^(?!Các ).*khác[ :.]*$")
_BOUND = re.compile(r",? (?:có|chịu) (?:trách nhiệm|nhiệm vụ)(?: (?:tổ chức )?thực hiện| chính| sau)?(?: sau đây)?$")
"""The end of a heading that goes on in the items below: "Sở Y tế có trách nhiệm:"."""


def assigns(text: str) -> bool:
    """Whether a sentence names its agencies itself: "Giao Sở X ...", "Sở X chủ trì, phối hợp với Y ..."."""
    if given_to(text) is not None:
        return True
    bare = behind_clause(_ASKS.sub("", text))
    at = predicate_at(bare)
    if _DONE_BEFORE.search(bare[:at]):
        return False
    if text.startswith("Phân công ") and _FOLLOWS.search(text):  # "Phân công cơ quan chủ trì ... như sau:"
        return False
    if not starts_agency(bare) or (
        ":" in bare[:at] and not names_members(bare)
    ):  # "Phòng Nội vụ: Là cơ quan thường trực, chủ trì ..."
        return False
    return bool(_TAKES_ON.match(fold(bare[at:])))


_DONE_BEFORE = re.compile(r" (?:đã|vừa|từng) $")
"""What tells that somebody did something: "Trong năm 2022, Phòng Thanh tra đã chủ trì 38 cuộc kiểm tra"."""
_FOLLOWS = re.compile(r"(?:như sau|sau đây|dưới đây) ?:$")
_TAKES_ON = re.compile(
    r",? ?(?:(?:co|chiu) trach nhiem )?chu tri\b(?! ho)|la (?:(?:co quan|don vi|bo phan) )?dau moi\b"
)


def carries_out(text: str) -> bool:
    """Whether words say no more than who carries something out, and when: "Sở X, Sở Y thực hiện; thường xuyên"."""
    first = part_clauses(text).split(";")[0]
    return starts_agency(text) and _CARRIES.match(fold(first[predicate_at(first) :])) is not None


_CARRIES = re.compile(
    r"(?:(?:lanh dao|chi dao|to chuc|trien khai|thuc hien|tham muu|phu trach|dam (?:nhiem|trach|nhan)|chu tri)"
    r"(?:, | va | )?)+"
    r"(?:$|[.;)]|(?<=, )hoan thanh\b|phoi hop voi\b|"
    r"(?:xong|trong|truoc|tu|den het|dinh ky|(?:hang|moi) (?:nam|quy|thang|tuan|hoc ky)|thuong xuyen|quy [iv]|nam 20)"
    r"(?![^\W_]))"
)


def names_and_time(text: str) -> tuple[str, str] | None:
    """Who and by when, of words that say no more, in whatever order; None where they say more or name nobody.

    "Sở X, Sở Y; trong vòng 05 ngày", "Hoàn thành trước ngày 15/5/2026; Văn phòng tham mưu".
    """
    names, times = [], []
    for clause in map(str.strip, text.rstrip(" .").split(";")):
        if starts_agency(clause) and (predicate_at(clause) == len(clause) or carries_out(clause)):
            names.append(clause)
        elif not starts_agency(clause) and (when := find_deadline(clause)) and len(clause) <= len(when) + _ABOUT_TIME:
            times.append(when)
        else:
            return None
    return ("; ".join(names), "; ".join(times)) if names else None


_ABOUT_TIME = len("thời gian hoàn thành ")
"""Characters beside the words of a time in a clause that says by when."""


def last_sentence(text: str) -> str | None:
    """The last sentence of a task, or a clause of it, from its agency on, where it says who carries the task out.

    "... . Phòng Nội vụ tham mưu, trong Quý I/2026.", "... . Nhiệm vụ này do Cục X chủ trì, phối hợp với Vụ Y.",
    "...; Sở A chủ trì, phối hợp với Sở B; hoàn thành trước ngày 30/6/2026."
    """
    found = None
    marks = list(re.finditer(r"(?<=\w\W|\w\w)[.;] (?=\S)", text))
    for mark in reversed(marks):
        this = _THIS.match(text, mark.end())
        said = text[this.end() if this else mark.end() :]
        given = this is not None and this["given"] is not None and starts_agency(said)
        found = said if given or carries_out(said) else found
        if mark[0] == ". ":
            break
    begin = next((mark.end() for mark in reversed(marks) if mark[0] == ". "), 0)
    whole = text[begin:]
    return whole if found and len(found) < len(whole) and certain(whole) and acts(whole) == whole else found


_THIS = re.compile(
    r"(?:(?:Các )?(?:[Nn]hiệm vụ|[Nn]ội dung|[Cc]ông việc|[Vv]iệc|[Hh]oạt động)(?: này| trên| nêu trên)"
    r" (?:do|(?P<given>(?:được )?giao(?: cho)?))|Do|Giao(?: cho)?) "
)


def done_by(text: str) -> str | None:
    """What stands behind the last "do" of a task that says no more than by whom: "Công tác hậu cần do Sở X phụ trách".

    It goes on from the name. "Tham gia các lớp do Sở X tổ chức" says whose the classes are, and is none.
    """
    for mark in reversed(list(_BY.finditer(text))):
        said, what = text[mark.end() :], _last_clause(text[: mark.start()])
        if not starts_agency(said) or _POWERS.match(text):
            continue
        verb = fold(said[predicate_at(said) :])
        own = mark[0].startswith(",") or not begins_action(what)
        others = not own and _OTHERS_WORK.search(fold(what))
        told = begins_action(what) or begins_verb(what) or _OF_A_THING.search(what)
        made = said[0].isupper() and not told and _MADE.match(verb)
        if _TAKEN_ON.match(verb) or (own and _LOOKED_AFTER.match(verb)) or (not others and _DONE.match(verb)) or made:
            return said
    return None


def passive_by(text: str) -> str | None:
    """What stands behind "được" in a sentence whose subject is a thing: "Bảng kiểm được kíp mổ đọc to"; else None.

    It goes on from the name, also of who receives it: "Hồ sơ được chuyển ngay cho Phòng Thanh tra để xác minh". "Các dự
    án được Sở X hỗ trợ phải ..." tells things apart, "đã được" what was done, "được Sở X phê duyệt" what was decided.
    """
    by = _PASSIVE.match(text)
    if by is None or begins_action(text) or begins_verb(text) or starts_agency(text) or _NOT_DUE.search(by["what"]):
        return None
    said = text[by.end() :]
    at = predicate_at(said)
    given = by["to"] is not None and by["to"].startswith("giao")  # "Việc thẩm định được giao cho Sở A."
    if not starts_agency(said) or (at == len(said) and not given) or _TOLD_APART.search(said.split(";")[0], at):
        return None
    decided = by["to"] is None and not _DUE.search(by["what"]) and _DECIDES.match(fold(said[at:]))
    return None if decided else said


_PASSIVE = re.compile(
    r"(?P<what>[A-ZĐÀ-Ỹ][^;.:,]{2,80}?(?:, [^;.:,]{2,60}?)*? (?:phải|cần|sẽ)|[A-ZĐÀ-Ỹ][^;.:,]{2,60}?) được"
    r" (?P<to>(?:chuyển|gửi|bàn giao)(?: ngay)? (?:cho|về|tới) |giao (?:nhiệm vụ )?cho )?(?=\S)"
)
_DUE = re.compile(r" (?:phải|cần|sẽ)$")
_DECIDES = re.compile(
    r"(?:phe duyet|giao|ban hanh|thong qua|cap|cong nhan|cho phep|chap thuan|quy dinh|phan cong|uy quyen|quyet dinh"
    r"|ky|bo nhiem|xac nhan|danh gia|khen|tang|trao|dong y|thong nhat|bau|phe chuan|thanh lap|trien khai)"
    r"(?![^\W_])"
)
_NOT_DUE = re.compile(
    r"^(?:Nếu|Khi|Sau|Trường hợp) |\b(?:[Cc]ác|[Nn]hững) (?!.* (?:phải|cần|sẽ)$)"
    r"| (?:đã|đang|chưa|không|nếu|khi|có thể|vừa|mới)$"
)
_TOLD_APART = re.compile(r" (?:phải|cần|thì|có trách nhiệm|không được|đã) ")


def _last_clause(text: str) -> str:
    """The clause that a text ends in, with its first letter as a sentence has it."""
    clause = re.split(r"[.;] ", text)[-1].strip()
    return clause[:1].upper() + clause[1:]


_POWERS = re.compile(r"(?:Nhiệm vụ, quyền|Thẩm quyền|Quyền)\b")  # what a decree hands over
_BY = re.compile(r"(?<=[^\W_])[,:]? (?:do|giao(?: cho)?) (?=\S)")
_THEN = (
    r"(?=$|[.;)]|, (?!tham muu)| (?:xong|hoan thanh|ngay|trong|truoc|sau|khi|tu|den|vao|dinh ky|hang|moi"
    r"|thuong xuyen|quy|nam|cham nhat|theo|tai)(?![^\W_]))"
)
_TAKEN_ON = re.compile(r"(?:dam (?:nhiem|trach|nhan)|phu trach|(?:chiu|co) trach nhiem)(?![^\W_])")
_LOOKED_AFTER = re.compile(
    r"(?:chuan bi|bo tri|bao dam|dam bao|to chuc|trinh bay|bien soan|lo|giu|cat giu|bao quan|trong coi|van hanh)"
    + _THEN
)
_DONE = re.compile(
    rf"(?:(?:phoi hop |truc tiep |to chuc |trien khai )?thuc hien|tham muu(?: thuc hien)?){_THEN}|chu tri(?![^\W_])"
)
_MADE = re.compile(
    r"(?:xay dung|lap|soan(?: thao)?|ket xuat|thiet ke|in(?: an)?|viet|dan dung|len kich ban|dang cai|tong hop"
    rf"|du thao|cung cap|quyet dinh)(?:{_THEN}|, (?:gui|trinh|bao cao|ban giao)\b| va (?:ban giao|gui|trinh|nop)\b)"
)
_OF_A_THING = re.compile(
    r"^(?:Được|Không|Các|Những|Mọi|Nguồn|Kinh phí|Vốn|Quỹ|Cơ sở dữ liệu|Hệ thống|Phần mềm)(?![^\W_])"
    r"| (?:gồm|theo|là|có|bằng|với|từ|về|trong|ngoài|đã|được|phải|cần|nếu|khi|qua) "
)
"""What is told of the subject, so that "do Sở A lập" may be a part of it: "Hồ sơ gồm danh sách do Sở A lập"."""
_OTHERS_WORK = re.compile(
    r"\b(?:cac|nhung|du an|de tai|chuong trinh|nhiem vu|cong trinh|de an|hoat dong|cuoc|mo hinh)\b"
)
"""Words of what others do, behind a verb: "Giám sát các dự án do Sở X thực hiện"."""


def people_behind(text: str) -> str | None:
    """The people that a task ends in, in brackets or behind its last colon; None where there are none.

    "Đọc diễn văn (Đ/c Diễn)", "Trang trí khánh tiết: Đ/c Tuấn."; not "Thành phần: Đ/c Tuấn".
    """
    if remark := re.search(r"\(([^()]{5,})\)?\W*$", text):
        said = remark[1]
    else:
        head, _, said = text.rpartition(": ")
        if len(head.split()) < 2 or _WHOM.search(head):
            return None
    said = _IN_CHARGE.sub("", said)
    people = _PERSON.match(said) is not None and (predicate_at(said) == len(said) or carries_out(said))
    return said if people else None


_PERSON = re.compile(r"(?:(?:Các )?(?:Đ/c|[Đđ]ồng chí|[Tt]hầy|[Cc]ô)|Ông|Bà) [A-ZĐÀ-Ỹ]")
_WHOM = re.compile(r"(?:dự|mời|nhân|viên|phần|gồm|sau|như|cho|với|tới|đến|của|về|là)$")
_IN_CHARGE = re.compile(r",? phụ trách(?: chính| chung)?[. ]*$")


_GIVES = re.compile(
    r"(?P<who>[^\W\d_](?:[^;.:()]{0,60}? )?)?"
    r"[Gg]iao(?! (?:dịch|thông|thừa|lưu|ban|tiếp|nhận) )(?: nhiệm vụ| trách nhiệm)?(?: cho)?\s+"
)


def given_to(text: str) -> str | None:
    """What stands behind "Giao", "Giao cho", "Sở giao", "Ủy ban nhân dân tỉnh giao": an agency; else None."""
    given = _GIVES.match(text)
    if given is None or not starts_agency(text[given.end() :]):
        return None
    who = (given["who"] or "").strip()
    if who and not points_back(who) and not (starts_agency(who) and predicate_at(who) == len(who)):
        return None
    return text[given.end() :]


def given_inside(text: str) -> str | None:
    """What stands behind "giao" inside a sentence, an agency: "Đối với cụm A, giao Sở X ..."; else None."""
    given = _GIVEN.search(text)
    return text[given.end() :] if given and starts_agency(text[given.end() :]) else None


_GIVEN = re.compile(r"(?<=[,;.] )[Gg]iao (?:nhiệm vụ )?(?:cho )?(?=\S)")  # "Trên cơ sở đó, giao Sở X ..."


def points_back(text: str) -> bool:
    """Whether words mean the tasks above: "Các nhiệm vụ tại mục B", "... thực hiện hai nội dung nêu trên"."""
    return _BACK.search(fold(text)) is not None


_BACK = re.compile(
    r"\b(?:noi dung|nhiem vu|cong viec|giai phap)(?: (?:neu|o|noi))? (?:tren|nay|(?:tai|thuoc) (?:muc|phan|diem))\b"
)


def acts(text: str) -> str | None:
    """A sentence that begins with who acts and says what: from the name on; else None.

    "Ủy ban nhân dân tỉnh yêu cầu Sở X rà soát" begins with who asks: the name is "Sở X". An introductory clause
    may stand before it: "Định kỳ hằng quý, Sở X báo cáo". What is sent may, too: "Báo cáo của Sở X gửi về ...".
    """
    text = _TOLD_OFF.sub("", _SENT.sub("", text))
    behind = behind_clause(text)
    bare = behind if behind != text else behind_clause(address(text))
    if starts_agency(bare) and (asked := _ASKED.match(bare[predicate_at(bare) :])):
        bare = bare[predicate_at(bare) + asked.end() :]
    at = predicate_at(bare)
    return bare if starts_agency(bare) and 0 < at < len(bare) and not _DONE_BEFORE.search(bare[:at]) else None


def acts_later(text: str) -> str | None:
    """What a later sentence of a task says, from the one certain body on that acts in it; else None.

    A clause must say that it answers for something, or by when.

    "Thành lập Ban Thư ký. Phòng Tổ chức soạn thảo quyết định.", "Đối sánh; Trưởng bộ môn chịu trách nhiệm ...".
    """
    for mark in re.finditer(r"(?<=\w\W|\w\w)[.;] (?=[^\W\d_])", text):
        acting = acts(text[mark.end() :])
        if acting and certain(acting) and (mark[0] == ". " or answers_for(acting) or find_deadline(acting)):
            return acting
    return None


def certain(acting: str) -> bool:
    """Whether a sentence begins with one certain body, not with all of a kind ("Mỗi cơ sở Đoàn ...", "Các xã ...")."""
    return acting[:1].isupper() and not _ALL_OF_A_KIND.match(acting)


_ALL_OF_A_KIND = re.compile(
    r"(?:Các|Mỗi|Từng|Mọi|Toàn|Tất cả|Những|Hằng|Cấp|Thủ trưởng|Người đứng đầu|(?:Cán bộ|Đảng viên|Công chức|Giáo viên)"
    r"|Đơn vị|Cơ quan|Cá nhân|Người|Hộ|Nhà nước|Quốc hội|Chính phủ)(?![^\W_])|[^,;]{3,40} (?:cơ sở|các cấp)(?![^\W_])"
)


_SENT = re.compile(
    r"^(?:Báo cáo|Kết quả|Văn bản|Ý kiến)(?: [^\W\d_]+){0,4}? của (?=[^.,;:]{3,60}(?:,[^.;:]{3,40})? gửi )"
)


def behind_clause(text: str) -> str:
    """The sentence from its agency on, where when, why or on what grounds stands before it; else the text.

    "Trên cơ sở đề nghị của Sở A, Sở B chủ trì" begins with "Sở B".
    """
    towards = _TOWARDS.match(text)
    addressed = towards and text[towards.end()].isupper() and starts_agency(text[towards.end() :])
    if _CLAUSE.match(text) and not addressed:
        for comma in re.finditer(r"(?<=[\w)”\"])[,:] (?=\w)", text[:_CLAUSE_ENDS]):
            clause, rest = _ASIDE.sub("", text[: comma.start()]), text[comma.end() :]
            of_others = rest[0].islower() and " của " in clause.removesuffix(" của mình")
            if "trách nhiệm" in clause or of_others:  # "của các Bộ, cơ quan khác"
                continue
            at = predicate_at(rest)
            if starts_agency(rest) and 0 < at < len(rest) and not _BREAKS.search(rest[:at]):
                return rest
    return text


_ASIDE = re.compile(r"\([^()]*\)| của (?:tháng|quý|năm|tuần)")
_TOWARDS = re.compile(r"Đối với (?=\S)")
_BREAKS = re.compile(r"[.:] ")
"""No name goes across these: "giữa các cơ quan, đơn vị trực thuộc Bộ: Cơ quan A gửi ..."."""
_CLAUSE_ENDS = 300
"""Characters in which an introductory clause ends."""
_CLAUSE = re.compile(
    r"(?:Trên cơ sở|Sau(?: khi|:? \d+)|Ngay sau|Định kỳ|(?:Hằng|Hàng) (?:năm|quý|tháng|tuần|ngày)"
    r"|Chậm nhất|(?:Trước|Từ|Đến)(?: hết)? (?:ngày|tháng|khi|năm|nay)|Ngay từ|Cuối|Đầu|Vào|Nhân|Đêm"
    r"|(?:Vào |Trong )?[Dd]ịp|(?:Trong )?[Tt]rường hợp|Khi|Nếu"
    r"|Đối với|(?:Tháng|Quý|Tuần) [\dIV]+"
    r"|Trong (?:phạm vi|thời gian|thời hạn|vòng|năm|quý|tháng|quá trình|đợt)|Theo (?:chức năng|thẩm quyền)"
    r"|Căn cứ(?: [a-zà-ỹđ]+| Kế hoạch| Chương trình))\b[^.;:]"
)


_TOLD_OFF = re.compile(r"^Phân công (?=(?:đồng chí|[Đđ]/c|ông|bà|thầy|cô) [A-ZĐÀ-Ỹ]|[A-ZĐÀ-Ỹ][^\W\d_]+ \S)")
"""Before somebody certain: "Phân công đồng chí Phó Chủ tịch trực tiếp chỉ đạo", not "Phân công cán bộ trực"."""
_ASKED = re.compile(r"[ ,]*(?:yêu cầu|đề nghị)\s+")


def requests(text: str) -> bool:
    """Whether a sentence asks somebody to do something: "Đề nghị Sở X rà soát", "Yêu cầu Chủ tịch xã công khai"."""
    return re.match("(?:Đề nghị|Yêu cầu|Phân công) ", text) is not None and acts(text) is not None


def answers_for(text: str) -> bool:
    """Whether a sentence begins with who has to do it: "Giám đốc Sở X có trách nhiệm ..."."""
    acting = acts(text)
    return acting is not None and re.match(_ANSWERS, fold(acting[predicate_at(acting) :])) is not None


_ANSWERS = r",? ?(?:co|chiu) (?:trach nhiem|nhiem vu)\b"


def address_off(text: str) -> str:
    """The sentence from the name on: without "Giao", "Đề nghị" ..."""
    given = given_to(text)
    return given if given is not None else behind_clause(_ASKS.sub("", text))
