"""Stage 2: a page image becomes lines of words with boxes and confidences."""

from pipeline.ocr import tesseract
from pipeline.ocr.engine import Engine
from pipeline.ocr.reading import read_pages

__all__ = ["Engine", "read_pages", "tesseract"]
