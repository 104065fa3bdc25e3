"""From words with boxes to lines in reading order; pure functions that the stages scan and ocr both use."""

from pipeline.layout.geometry import box, hull, said, slope, word_height
from pipeline.layout.grid import Grid, find_grids
from pipeline.layout.lines import arrange, make_line, renumber

__all__ = ["Grid", "arrange", "box", "find_grids", "hull", "make_line", "renumber", "said", "slope", "word_height"]
