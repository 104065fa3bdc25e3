"""The engine Tesseract, called through pytesseract. This module is an `Engine`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import MissingDependencyError, PageError, install_hint
from pipeline.model import Page, PageImage
from pipeline.ocr import hocr
from pipeline.ocr.page import read_page
from pipeline.options import Options

if TYPE_CHECKING:
    from PIL import Image

name = "tesseract"
_PART_TIMEOUT = 10


def version() -> str:
    """Version of the installed Tesseract.

    Raises:
        MissingDependencyError: there is none.
    """
    import pytesseract

    try:
        return str(pytesseract.get_tesseract_version())
    except (pytesseract.TesseractNotFoundError, SystemExit) as error:
        raise MissingDependencyError(f"Tesseract is not installed. {install_hint('tesseract')}") from error


def check(language: str) -> None:
    """Make sure that Tesseract and its language files are installed.

    Raises:
        MissingDependencyError: one is not; the message says how to install it.
    """
    import pytesseract

    try:
        installed = set(pytesseract.get_languages())
    except (pytesseract.TesseractNotFoundError, FileNotFoundError) as error:
        raise MissingDependencyError(f"Tesseract is not installed. {install_hint('tesseract')}") from error
    except pytesseract.TesseractError as error:
        raise MissingDependencyError(f"Tesseract does not run ({error}). {install_hint('tesseract')}") from error
    for code in language.split("+"):
        if code not in installed:
            raise MissingDependencyError(
                f"Tesseract's language file {code} is not installed. {install_hint(f'tesseract-{code}')}"
            )


def read(image: PageImage, options: Options) -> Page:
    """Read a page with Tesseract's page segmentation 3, then put its lines in reading order.

    Raises:
        PageError: Tesseract failed or took longer than `options.page_timeout`.
    """
    return read_page(image, _Program(options))


@dataclass(frozen=True, slots=True)
class _Program:
    """The program tesseract, one process a question."""

    options: Options

    def hocr(self, image: PageImage) -> str:
        import pytesseract

        os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # pages run side by side: more threads a page are in their way
        picture = image.image.copy()
        picture.format = "PPM"  # the exchange file of pytesseract: half a second faster than PNG
        config = f"--psm 3 --dpi {image.dpi} {hocr.CONFIG}"
        limit = self.options.page_timeout
        try:
            reply = pytesseract.image_to_pdf_or_hocr(
                picture, lang=self.options.language, config=config, timeout=limit, extension="hocr"
            )
        except pytesseract.TesseractError as error:
            raise PageError(f"page {image.number}: Tesseract failed: {error.message}") from error
        except RuntimeError as error:  # this is how pytesseract tells a time-out
            raise PageError(f"page {image.number}: not read within {limit:g} s") from error
        return reply.decode() if isinstance(reply, bytes) else reply

    def block(self, picture: Image.Image) -> str:
        import pytesseract

        config = f"--psm 6 --dpi {self.options.dpi} {hocr.CONFIG}"
        try:
            reply = pytesseract.image_to_pdf_or_hocr(
                picture, lang=self.options.language, config=config, timeout=_PART_TIMEOUT, extension="hocr"
            )
        except (pytesseract.TesseractError, RuntimeError):
            return ""
        return reply.decode() if isinstance(reply, bytes) else reply


def stop() -> None:
    """End the Tesseract processes that this process started; pytesseract gives no handle to them."""
    import psutil

    for child in psutil.Process().children():
        try:
            if name in child.name():
                child.terminate()
        except psutil.NoSuchProcess:  # it ended by itself meanwhile
            continue
