"""What an OCR engine must be able to do. A module with these functions is an engine, too."""

from __future__ import annotations

from typing import Protocol

from pipeline.model import Page, PageImage
from pipeline.options import Options


class Engine(Protocol):
    """Reads one page image at a time; must be safe to call from several threads."""

    @property
    def name(self) -> str:
        """How reports and caches call it."""
        ...

    def version(self) -> str:
        """Version of the engine.

        Raises:
            MissingDependencyError: it is not installed; the message says how to.
        """
        ...

    def check(self, language: str) -> None:
        """Make sure that a page can be read at all.

        Args:
            language: Tesseract's code(s), e.g. "vie" or "vie+eng".

        Raises:
            MissingDependencyError: the engine or a language is not installed; the message says how to.
        """
        ...

    def read(self, image: PageImage, options: Options) -> Page:
        """Read a page; its lines are in reading order and numbered from 1.

        Raises:
            PageError: this page could not be read (the engine failed or ran out of time); others may be.
        """
        ...

    def stop(self) -> None:
        """End all reading that is under way in other threads; called when the user interrupts."""
        ...
