"""Units of the language model that are no words."""

from __future__ import annotations

START, END, UNKNOWN, NUMBER, CODE, ROMAN = range(6)
CLASSES = ("<s>", "</s>", "<unk>", "<num>", "<code>", "<roman>")
