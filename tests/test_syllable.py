import pytest

from pipeline.syllable import is_bare_syllable, is_syllable

GOOD = """
    nghiêng khuya quốc giếng gì gìn huỳnh thuở quyển yêu ấy uống ước oai hoặc xoong khoét gạch kỹ quỷ quyết
    nghĩa trường thực hiện hóa hoà thủy thuỷ quý ngoằn sẽ đến giặt giường ý ủy y oan khuỷu phồn ăn gì
"""
BAD = """
    hién thye gido duc vitt doc nghiêuc ngiêng ghà cế nge kho6 toàm1 website global zalo
    cach hoc tot quuc nghá ćó áà phát̉ cac̣h ubnd họcc cạn̉ xyz
"""


@pytest.mark.parametrize("word", GOOD.split())
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", BAD.split())
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("word", ["nghieng", "duoc", "gi", "quyet", "khuyu", "y", "thuong"])
def test_syllables_without_their_marks(word: str) -> None:
    assert is_bare_syllable(word)


@pytest.mark.parametrize("word", ["this", "website", "license", "of", "with", "is", ""])
def test_foreign_words_are_none(word: str) -> None:
    assert not is_bare_syllable(word)
