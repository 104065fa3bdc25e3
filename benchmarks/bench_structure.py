"""The segmenter on restored text: pages a second, the score of every plan with gold, and whether any line is lost.

    python -m benchmarks.bench_structure [--text FOLDER] [--documents 200] [--plans FOLDER]

FOLDER holds official texts as .txt.xz, one paragraph a line; documents are cut from them, wrapped as print is.
PLANS holds NAME.true.txt beside NAME.gold.json.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import textwrap
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.report import Table, conditions
from pipeline.evaluate.plan import score_plan
from pipeline.model import Line, Page, Source
from pipeline.structure import mark_footnotes, structure
from pipeline.structure.build import sort_lines

PLANS = Path(__file__).parent.parent / "tests/resources/plans"
LINES, WIDTH, PARAGRAPHS = 42, 82, 60
"""Lines of a page, characters of a line, paragraphs of a document."""


def pages_of(text: str) -> list[Page]:
    """Text, its pages parted by form feeds."""
    number = itertools.count(1)
    return [
        Page(n, "text_layer", tuple(Line(next(number), line) for line in page.removesuffix("\n").split("\n")))
        for n, page in enumerate(text.removesuffix("\f").split("\f"), 1)
    ]


def source(pages: Sequence[Page]) -> Source:
    """A source that names nothing."""
    return Source(path="x", sha256="", kind="text_layer", pages=len(pages))


def speed(plans: Path) -> Table:
    """Markers, structure and all, after load, in seconds of one processor, whatever else the machine does."""
    documents = [pages_of(path.read_text("utf-8")) for path in sorted(plans.glob("*.true.txt"))]

    def once() -> float:
        began = time.process_time()
        for pages in documents:
            structure(mark_footnotes(pages)[0], source(pages))
        return time.process_time() - began

    load, took = once(), min(once() for _ in range(5))
    count = sum(map(len, documents))
    row = (count, round(load, 2), round(took, 3), round(count / took))
    return Table("Speed", ("pages", "first run, s", "s", "pages/s"), [row])


def scores(plans: Path) -> Table:
    """Every plan from its true text; cells of tables need word boxes and are not measured here."""
    parts = ("section", "subsection", "task", "other", "assignments", "lead", "coordinate", "footnotes", "citations")
    rows: list[tuple[object, ...]] = []
    for path in sorted(plans.glob("*.true.txt")):
        pages = mark_footnotes(pages_of(path.read_text("utf-8")))[0]
        gold = json.loads(path.with_name(path.name.replace(".true.txt", ".gold.json")).read_text("utf-8"))
        found = score_plan(gold, structure(pages, source(pages)).model_dump())
        rows.append((path.name.removesuffix(".true.txt"), *(found[part]["f1"] for part in parts)))
    return Table("Plans with gold, F1", ("plan", *parts), rows)


def documents(folder: Path, count: int) -> Iterator[str]:
    """Documents cut from the texts of a folder, the same number from each file."""
    files = sorted(folder.glob("*.txt.xz"))
    for i, path in enumerate(files):
        share = count // len(files) + (i < count % len(files))
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for batch in itertools.islice(_batched(lines), share):
                printed = [row for line in batch for row in textwrap.wrap(line, WIDTH) or [""]]
                yield "\f".join("\n".join(page) for page in _parts(printed, LINES))


def _batched(lines: Iterator[str]) -> Iterator[tuple[str, ...]]:
    while batch := tuple(itertools.islice(lines, PARAGRAPHS)):
        yield batch


def _parts(lines: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (lines[i : i + size] for i in range(0, len(lines), size))


def lost(pages: Sequence[Page]) -> int:
    """Lines that are in no node, assignment, note, table, head, tail or furniture."""
    marked, _ = mark_footnotes(pages)
    plan, parts = structure(marked, source(pages)), sort_lines(marked)
    placed = {*parts.head.lines, *parts.tail.lines, *parts.furniture}
    placed |= {row.number for note in parts.notes for row in note.rows}
    placed |= {row.number for table in parts.tables for row in table.lines}
    spans = [(n.line_start, n.line_end) for n in plan.nodes] + [(a.line_start, a.line_end) for a in plan.assignments]
    placed |= {number for start, end in spans for number in range(start, end + 1)}
    return sum(line.number not in placed for page in marked for line in page.lines if line.text.strip())


def coverage(folder: Path, count: int) -> Table:
    """No crash and no lost line, over official texts of any kind."""
    made = [pages_of(text) for text in documents(folder, count)]
    began = time.process_time()
    missing = sum(map(lost, made))
    took = time.process_time() - began
    lines = sum(bool(line.text.strip()) for pages in made for page in pages for line in page.lines)
    row = (len(made), sum(map(len, made)), lines, missing, round(took, 1))
    return Table("Coverage", ("documents", "pages", "lines", "lost lines", "s"), [row])


def main() -> None:
    """Print every table as soon as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, help="folder of official texts (.txt.xz)")
    parser.add_argument("--documents", type=int, default=200, help="how many to cut from them")
    parser.add_argument("--plans", type=Path, default=PLANS, help="folder of plans with gold")
    given = parser.parse_args()
    print(conditions())
    print(speed(given.plans).markdown(), flush=True)
    print(scores(given.plans).markdown(), flush=True)
    if given.text:
        print(coverage(given.text, given.documents).markdown(), flush=True)


if __name__ == "__main__":
    main()
