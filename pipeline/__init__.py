"""Scanned Vietnamese plans (Kế hoạch) in, trustworthy text and tables out.

    from pipeline import process
    plan = process("scan.pdf").plan

The stages can be called one by one; each takes and gives the types of `pipeline.model`: `read_scan` gives pages,
`restore` restored pages and corrections, `mark_footnotes` marked pages, `structure` a Plan, `export` files.
"""

from pipeline.errors import ExitCode, KehoachError
from pipeline.export import export, frames
from pipeline.model import Correction, Document, Line, Page, Plan, Source, Word
from pipeline.options import Options
from pipeline.process import process, read_scan
from pipeline.restore import restore, restore_text
from pipeline.structure import amend, mark_footnotes, structure

__all__ = [
    "Correction",
    "Document",
    "ExitCode",
    "KehoachError",
    "Line",
    "Options",
    "Page",
    "Plan",
    "Source",
    "Word",
    "amend",
    "export",
    "frames",
    "mark_footnotes",
    "process",
    "read_scan",
    "restore",
    "restore_text",
    "structure",
]
