"""The engine Tesseract inside this process, through tesserocr (extra `fast`). This module is an `Engine`.

It saves the start of a process, the loading of the language and the exchange files: 0.3 to 0.5 s a page. The wheel
brings its own Tesseract; the language files are those of the installed one.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import threading
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.errors import MissingDependencyError, PageError, install_hint
from pipeline.model import Page, PageImage
from pipeline.ocr import hocr
from pipeline.ocr.page import read_page
from pipeline.options import Options

if TYPE_CHECKING:
    from PIL import Image

name = "tesserocr"
_own = threading.local()
_PAGE, _BLOCK = 3, 6
_HEAD = '<html xmlns="http://www.w3.org/1999/xhtml"><body>'
_TAIL = "</body></html>"
_FOLDER = re.compile(r'languages in "(.+?)"')


def installed() -> bool:
    """Whether this engine can be used at all."""
    return importlib.util.find_spec("tesserocr") is not None


def version() -> str:
    """Version of the Tesseract inside tesserocr.

    Raises:
        MissingDependencyError: it is not installed.
    """
    return str(_tesserocr().tesseract_version()).split()[1]


def check(language: str) -> None:
    """Make sure that tesserocr and the language files are installed.

    Raises:
        MissingDependencyError: one is not; the message says how to install it.
    """
    known = set(_tesserocr().get_languages(_tessdata())[1])
    for code in language.split("+"):
        if code not in known:
            raise MissingDependencyError(
                f"Tesseract's language file {code} is not installed. {install_hint(f'tesseract-{code}')}"
            )


def _tesserocr() -> Any:  # noqa: ANN401 - a module without types
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # pages run side by side; must be set before the library is loaded
    try:
        import tesserocr
    except ImportError as error:
        raise MissingDependencyError("tesserocr is not installed. Install it: pip install 'kehoach[fast]'") from error
    return tesserocr


@cache
def _tessdata() -> str:
    """The folder of the language files: as TESSDATA_PREFIX says, else that of the installed program.

    Raises:
        MissingDependencyError: Tesseract is not installed.
    """
    if folder := os.environ.get("TESSDATA_PREFIX"):
        return folder
    missing = MissingDependencyError(f"Tesseract is not installed. {install_hint('tesseract')}")
    try:
        said = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise missing from error
    found = _FOLDER.search(said.stdout + said.stderr)
    if not found:
        raise missing
    return found[1]


def read(image: PageImage, options: Options) -> Page:
    """Read a page with Tesseract's page segmentation 3, then put its lines in reading order.

    Raises:
        PageError: Tesseract failed or took longer than `options.page_timeout`.
    """
    return read_page(image, _Library(options))


@dataclass(frozen=True, slots=True)
class _Library:
    """Tesseract as a library: one instance a thread and language, for it is not safe to share one."""

    options: Options

    def hocr(self, image: PageImage) -> str:
        api = _api(self.options.language)
        api.SetPageSegMode(_PAGE)
        try:
            api.SetImage(image.image)
            api.SetSourceResolution(image.dpi)
            done = api.Recognize(round(1000 * self.options.page_timeout))
            said = api.GetHOCRText(0) if done else ""
        except RuntimeError as error:
            raise PageError(f"page {image.number}: Tesseract failed: {error}") from error
        finally:
            api.Clear()
        if not done:
            raise PageError(f"page {image.number}: not read within {self.options.page_timeout:g} s")
        return f"{_HEAD}{said}{_TAIL}"

    def block(self, picture: Image.Image) -> str:
        api = _api(self.options.language)
        api.SetPageSegMode(_BLOCK)
        try:
            api.SetImage(picture)
            api.SetSourceResolution(self.options.dpi)
            return f"{_HEAD}{api.GetHOCRText(0)}{_TAIL}"
        except RuntimeError:
            return ""
        finally:
            api.Clear()


def _api(language: str) -> Any:  # noqa: ANN401
    """This thread's instance for a language; made at its first page."""
    known: dict[str, Any] = _own.__dict__.setdefault("known", {})
    if language not in known:
        known[language] = _tesserocr().PyTessBaseAPI(path=_tessdata(), lang=language)
        for setting, value in hocr.SETTINGS.items():
            known[language].SetVariable(setting, value)
    return known[language]


def stop() -> None:
    """Nothing to end: a page under way ends by itself, its thread takes no other."""
