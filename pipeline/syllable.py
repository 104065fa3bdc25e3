"""Whether a word can be a Vietnamese syllable, by its spelling alone: onset, rime and tone."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from unidecode import unidecode

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ON_CONSONANT = re.compile(f"[^aăâeêioôơuưy\u0302\u0306\u031b][{_TONES}]")
_CHECKED = "\u0301\u0323"  # syllables that end in c, ch, p, t bear sắc or nặng
_ONSETS = "ngh ng nh n gh gi g kh k qu ch c th tr t ph p b d đ h l m r s v x"  # longer ones first
_RIMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uâc uân uâng uât uây uc uê uêch uên uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
    uy uya uych uyên uyêt uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu ynh
"""
_RIME_SET = frozenset(_RIMES.split())
_BARE_RIMES = frozenset(unidecode(_RIMES).split())
_FRONT = tuple("eêiy")
_SPLIT = re.compile(rf"({_ONSETS.replace(' ', '|')})?(.+)")


def is_bare_syllable(word: str) -> bool:
    """Whether a word in lower case is spelt as a Vietnamese syllable without its marks: "nghieng", not "with"."""
    match = _SPLIT.fullmatch(word)
    return (match is not None and match[2] in _BARE_RIMES) or word in ("gi", "gin", "gieng", "giet", "gien")


@lru_cache(maxsize=1 << 17)
def is_syllable(word: str) -> bool:
    """Whether a word in lower case and NFC is spelt as a Vietnamese syllable, e.g. "nghiêng", not "nghiêuc", "hién"."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = [c for c in decomposed if c in _TONES]
    if len(tones) > 1 or _ON_CONSONANT.search(decomposed):
        return False
    base = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    if base.endswith(("c", "ch", "p", "t")) and not (tones and tones[0] in _CHECKED):
        return False
    if base in ("gi", "gin", "giêng", "giêt", "giên"):
        return True
    match = _SPLIT.fullmatch(base)
    return match is not None and match[2] in _RIME_SET and _fits(match[1] or "", match[2])


def _fits(onset: str, rime: str) -> bool:
    """The rules of spelling: k, gh, ngh before e, ê, i, y; c, g, ng elsewhere; nothing but a vowel after qu."""
    if onset in ("k", "gh", "ngh"):
        return rime.startswith(_FRONT) or (onset == "k" and rime == "a")
    if onset in ("c", "g", "ng"):
        return not rime.startswith(_FRONT) or (onset == "g" and rime == "i")
    if onset == "qu":
        return not rime.startswith(("u", "o", "ư"))
    return not (onset and rime.startswith("yê"))
