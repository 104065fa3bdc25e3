import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Line, Page, Word
from pipeline.packed import pack, unpack

WORDS = st.builds(
    Word,
    st.text(max_size=9),
    st.integers(0, 99),
    st.none() | st.floats(0, 1),
    st.none() | st.tuples(*[st.integers(-9, 9999)] * 4),
    st.lists(st.text(max_size=5), max_size=3).map(tuple),
)
LINES = st.builds(Line, st.integers(1, 999), st.text(max_size=30), st.lists(WORDS, max_size=4).map(tuple))
PAGES = st.builds(Page, st.integers(1, 99), st.sampled_from(["scan", "text_layer"]), st.lists(LINES).map(tuple))


@given(PAGES)
def test_a_page_comes_back_as_it_was(page: Page) -> None:
    assert unpack(pack(page)) == page


@pytest.mark.parametrize("damaged", [b"", b"x", pack(Page(1, "scan", ()))[:-3]])
def test_damage_is_seen(damaged: bytes) -> None:
    with pytest.raises(ValueError, match="damaged"):
        unpack(damaged)
