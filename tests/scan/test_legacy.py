import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resources import table
from pipeline.scan.legacy import ENCODINGS, decode, detect, draws_capitals, font_encoding

PLAIN = "Căn cứ Luật, Phòng Nội vụ thường xuyên tổ chức thực hiện kế hoạch ở các xã, đến hết ngày 19/6 - 100%"
MARKED = "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ"


def encoded(text: str, encoding: str) -> bytes:
    codes: dict[str, bytes] = {}
    for row in table("legacy_encodings"):
        if row["encoding"] == encoding:
            codes.setdefault(row["character"], bytes.fromhex(row["bytes"]))
    return b"".join(codes.get(c, c.encode("latin-1", "replace")) for c in text)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_small_letter_has_a_code_of_its_own(encoding: str) -> None:
    assert decode(encoded(MARKED, encoding).decode("latin-1"), encoding) == MARKED


@pytest.mark.parametrize("encoding", ["VNI", "VISCII"])
def test_every_capital_too(encoding: str) -> None:
    assert decode(encoded(MARKED.upper(), encoding).decode("latin-1"), encoding) == MARKED.upper()


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("KÕ ho¹ch triÓn khai thùc hiÖn c«ng t¸c", "TCVN3", "Kế hoạch triển khai thực hiện công tác"),
        ("Keá hoaïch trieån khai thöïc hieän", "VNI", "Kế hoạch triển khai thực hiện"),
        ("Kª hoÕch tri¬n khai thñc hi®n", "VISCII", "Kế hoạch triển khai thực hiện"),
        ("c¸c x· th-êng xuyªn; §Òn ¥n - nh- vËy", "TCVN3", "các xã thường xuyên; Đền Ơn - như vậy"),
        ("xuÊt-nhËp khÈu ®Çu t- n-íc ngoµi", "TCVN3", "xuất-nhập khẩu đầu tư nước ngoài"),
        ("\uf0ae\uf0ad\uf0eang x\uf0b8 ®Õn ®Çu vµ n­íc", "TCVN3", "đường xá đến đầu và nước"),
    ],
)
def test_cases(text: str, encoding: str, expected: str) -> None:
    assert detect(text) == encoding
    assert decode(text, encoding) == expected


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        unicodedata.normalize("NFD", PLAIN),
        "Trien khai thye hién céng tac phong, chéng thién tai va tim kiém cttu nan nam 2024",
        "Uy ban nhan dan huyén ban hanh Ké hoach voi cac néi dung nhu sau:",
        "Wählen Sie für die Übung größere Bögen über fünf Äcker",
        "Où êtes-vous né, à l'été dernier, garçon très élevé ?",
        "plan for the year 2024",
        "",
    ],
)
def test_what_needs_no_decoding(text: str) -> None:
    assert detect(text) is None


@given(st.text())
def test_any_text_is_decoded_without_an_error(text: str) -> None:
    detect(text)
    for encoding in ENCODINGS:
        decode(text, encoding)


@given(
    st.text(alphabet=MARKED + " abcdeghiklmnopqrstuvxy.,;0123456789", max_size=80), st.sampled_from(["VISCII", "VNI"])
)
def test_what_was_encoded_comes_back(text: str, encoding: str) -> None:
    assert decode(encoded(text, encoding).decode("latin-1"), encoding) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        (".VnTime", "TCVN3", False),
        ("ABCDEF+.VnTimeH", "TCVN3", True),
        (".VnArialH-Bold", "TCVN3", True),
        (".VnTimeH,Italic", "TCVN3", True),
        (".VnHelvetIns", "TCVN3", False),
        ("VNI-Times", "VNI", False),
        ("ABCDEF+TimesNewRomanPSMT", None, False),
        ("VnUnicodeH", None, False),
    ],
)
def test_fonts_by_name(font: str, encoding: str | None, capitals: bool) -> None:
    assert (font_encoding(font), draws_capitals(font)) == (encoding, capitals)
