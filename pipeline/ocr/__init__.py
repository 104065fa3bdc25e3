"""Stage 2: a page image becomes lines of words with boxes and confidences."""

from pipeline.ocr import inprocess, tesseract
from pipeline.ocr.cache import cached
from pipeline.ocr.engine import Engine
from pipeline.ocr.reading import read_pages
from pipeline.options import Options

__all__ = ["Engine", "cached", "engine_for", "inprocess", "read_pages", "tesseract"]


def engine_for(options: Options) -> Engine:
    """The engine that the options ask for; for "auto" the faster one that is installed."""
    if options.engine == "tesserocr" or (options.engine == "auto" and inprocess.installed()):
        return inprocess
    return tesseract
