"""From words with boxes to lines in reading order; pure functions that the stages scan and ocr both use."""

from pipeline.layout.lines import arrange, make_line, renumber

__all__ = ["arrange", "make_line", "renumber"]
