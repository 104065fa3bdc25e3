import shutil
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz.distance import Levenshtein

from pipeline.errors import MissingDependencyError, PageError
from pipeline.model import PageImage
from pipeline.ocr import engine_for, inprocess, tesseract
from pipeline.options import Options
from pipeline.scan import open_scan, pages

SAMPLE = Path(__file__).parents[2] / "samples" / "photo-phone.jpg"
both = pytest.mark.skipif(
    not inprocess.installed() or shutil.which("tesseract") is None, reason="tesserocr or Tesseract is not installed"
)


def test_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inprocess, "installed", lambda: True)
    assert engine_for(Options()) is inprocess
    assert engine_for(Options(engine="tesseract")) is tesseract
    monkeypatch.setattr(inprocess, "installed", lambda: False)
    assert engine_for(Options()) is tesseract
    assert engine_for(Options(engine="tesserocr")) is inprocess  # and says how to install it


def test_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "tesserocr":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingDependencyError, match=r"pip install 'kehoach\[fast\]'"):
        inprocess.check("vie")


@both
@pytest.mark.ocr
class TestReal:
    def test_missing_language(self) -> None:
        with pytest.raises(MissingDependencyError, match="tesseract-ocr-xyz"):
            inprocess.check("vie+xyz")

    def test_time_limit(self) -> None:
        options = Options(page_timeout=0.05)
        image = next(iter(pages(open_scan(SAMPLE, options), options)))
        assert isinstance(image, PageImage)
        with pytest.raises(PageError, match="not read within"):
            inprocess.read(image, options)

    def test_reads_like_the_program(self) -> None:
        options = Options()
        image = next(iter(pages(open_scan(SAMPLE, options), options)))
        assert isinstance(image, PageImage)
        texts = [" ".join(line.text for line in engine.read(image, options).lines) for engine in (inprocess, tesseract)]
        assert Levenshtein.normalized_distance(*texts) < 0.02
