"""From words with boxes to lines in reading order; pure functions that the stages scan and ocr both use."""

from pipeline.layout.geometry import box, grey_at, hull, paper_of, said, slope, word_height
from pipeline.layout.grid import Grid, find_grids, without_rules
from pipeline.layout.lines import arrange, make_line, renumber, word_at
from pipeline.layout.straight import as_scanned, straightened
from pipeline.layout.style import with_style

__all__ = [
    "Grid",
    "arrange",
    "as_scanned",
    "box",
    "find_grids",
    "grey_at",
    "hull",
    "make_line",
    "paper_of",
    "renumber",
    "said",
    "slope",
    "straightened",
    "with_style",
    "without_rules",
    "word_at",
    "word_height",
]
