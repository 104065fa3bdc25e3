"""The restorer beside its peers, on the same text, each in a process of its own.

    python -m benchmarks.bench_restore [--pairs FOLDER] [--text FOLDER]

Always: samples 000 and 003, and lines of made plans as Tesseract `eng` and `vie` read them; those of everyday plans
speak of what laws seldom do (a camp, a market, vaccinating dogs, a week for tourists). With --pairs, the held-out
pages of pairs.jsonl.xz; with --text, held-out paragraphs of the corpora, stripped of all marks and as they are. Peers
that are not installed (symspellpy, pyvi, the command hunspell with vi_VN) are left out.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from benchmarks.report import Table, conditions
from pipeline.model import Line, Page
from pipeline.options import Options
from pipeline.restore.syllables import key, skeleton
from pipeline.restore.tokens import bare_letters

ROOT = Path(__file__).parent.parent
PARAGRAPHS = 2000
BINS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 1.01)
_WORD = re.compile(r"[^\W_]+")
Restorer = Callable[[list[str]], list[str]]
Pair = tuple[str, str]
"""Printed and read line."""


def sets(pairs: Path | None, text: Path | None) -> dict[str, tuple[str, list[Pair]]]:
    """By name: the kind of noise, and printed and read lines."""
    found: dict[str, tuple[str, list[Pair]]] = {}
    for number, name in (("000", "000_df5205fc7c6409dc"), ("003", "003_d92ca88ae9220cf7")):
        sample = (ROOT / f"samples/{name}.txt").read_text("utf-8").split("\n")
        truth = (ROOT / f"tests/resources/gold/{number}.true.txt").read_text("utf-8").split("\n")
        known = [("" if "⌀" in t else re.sub(r"\^\d+", "", t), o) for t, o in zip(truth, sample, strict=True)]
        found[f"sample {number}"] = ("eng", known)
    for name in ("plan", "everyday"):
        with (ROOT / f"tests/resources/{name}_lines_read.tsv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        for kind in ("eng", "vie"):
            title = "made plans" if name == "plan" else "everyday plans"
            found[f"{title}, {kind}"] = (kind, [(row["printed"], row[kind]) for row in rows])
    if pairs is not None:
        from pipeline.training import noise

        for kind in ("eng", "vie"):
            found[f"held-out pairs, {kind}"] = (kind, list(noise.pairs(pairs / "pairs.jsonl.xz", kind, training=False)))
    if text is not None:
        from pipeline.training import corpus

        held = [p for p in corpus.paragraphs(text) if corpus.held_out(p) and 20 < len(p) < 1500][:PARAGRAPHS]
        found["held-out text, stripped"] = ("stripped", [(p, bare_letters(p)) for p in held])
        found["held-out text, correct"] = ("vie", [(p, p) for p in held])
    return found


def words(line: str) -> list[str]:
    """What is compared: lower case, tone placement alike."""
    return [key(w) for w in _WORD.findall(line)]


def matched(true: list[str], other: list[str]) -> dict[int, int]:
    """Places of true words that are given back, and where."""
    return {
        op.src_start + i: op.dest_start + i
        for op in Levenshtein.opcodes(true, other)
        if op.tag == "equal"
        for i in range(op.src_end - op.src_start)
    }


def tally(lines: Sequence[Pair], restored: Sequence[str]) -> dict[str, float]:
    """Syllables, share right before and after, and right ones broken."""
    syllables = raw = right = harmed = 0
    for (printed, read), line in zip(lines, restored, strict=True):
        true = words(printed)
        before, after = matched(true, words(read)), matched(true, words(line))
        for place, word in enumerate(true):
            if word[0].isalpha():
                syllables += 1
                raw += place in before
                right += place in after
                harmed += place in before and place not in after
    return {"syllables": syllables, "raw": raw / syllables, "accuracy": right / syllables, "harmed": harmed}


def ours(kind: str) -> Restorer:
    """The restorer as it ships."""
    from pipeline.restore import restore_text

    options = Options.model_validate({"noise": kind})
    restore_text("", options)
    return lambda lines: restore_text("\n".join(lines), options).split("\n")


def most_frequent(_: str) -> Restorer:
    """Every word becomes the most frequent one with its bare letters."""
    from pipeline.resources import dictionaries
    from pipeline.restore import lexicon

    known = lexicon.load(dictionaries())
    best = {bare: known.words[min(numbers)] for bare, numbers in known.by_skeleton.items()}
    return lambda lines: [_WORD.sub(lambda m: best.get(skeleton(m[0]), m[0]), line) for line in lines]


def symspell(_: str) -> Restorer:
    """Symspellpy over bare letters within two edits, then the most frequent form."""
    from symspellpy import SymSpell, Verbosity

    from pipeline.resources import dictionaries
    from pipeline.restore import lexicon

    known = lexicon.load(dictionaries())
    index = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    for bare, numbers in known.by_skeleton.items():
        index.create_dictionary_entry(bare, 1_000_000 // (1 + min(numbers)) + 1)
    best = {bare: known.words[min(numbers)] for bare, numbers in known.by_skeleton.items()}

    def one(match: re.Match[str]) -> str:
        if match[0].isdigit():
            return match[0]
        found = index.lookup(skeleton(match[0]), Verbosity.TOP, max_edit_distance=2)
        return best[found[0].term] if found else match[0]

    return lambda lines: [_WORD.sub(one, line) for line in lines]


def pyvi(_: str) -> Restorer:
    """Pyvi's add_accents on bare letters; lines that it fails on stay as read."""
    from pyvi import ViUtils  # type: ignore[import-not-found, import-untyped, unused-ignore]

    def one(line: str) -> str:
        try:
            return str(ViUtils.add_accents(bare_letters(line))) if line.strip() else line
        except KeyError:  # it made letters that it has no spelling for
            return line

    return lambda lines: [one(line) for line in lines]


HUNSPELL = ("hunspell", "-i", "utf-8", "-d", "vi_VN", "-a")


def hunspell(_: str) -> Restorer:
    """The first suggestion of the command hunspell for every word that it does not know."""

    def suggested(found: list[str]) -> dict[str, str]:
        asked = "".join(f"^{word}\n" for word in found)
        done = subprocess.run(HUNSPELL, input=asked, capture_output=True, encoding="utf-8", check=True)
        answers = (line for line in done.stdout.splitlines()[1:] if line.startswith("& "))
        return {line.split()[1]: line.split(": ", 1)[1].split(", ")[0] for line in answers}

    suggested([])

    def run(lines: list[str]) -> list[str]:
        better = suggested(sorted({word for line in lines for word in _WORD.findall(line) if not word.isdigit()}))
        return [_WORD.sub(lambda m: better.get(m[0], m[0]), line) for line in lines]

    return run


MAKERS: dict[str, Callable[[str], Restorer]] = {
    "kehoach": ours,
    "symspellpy": symspell,
    "most frequent form": most_frequent,
    "pyvi": pyvi,
    "hunspell": hunspell,
}


def installed(peer: str) -> bool:
    """Whether a peer can be measured here."""
    if peer == "hunspell":
        if shutil.which(HUNSPELL[0]) is None:
            return False
        return subprocess.run(HUNSPELL, input="", capture_output=True, encoding="utf-8", check=False).returncode == 0
    return peer not in ("symspellpy", "pyvi") or importlib.util.find_spec(peer) is not None


def used() -> float:
    """Seconds of processor time that this process and those it started have used."""
    others = os.times()
    return time.process_time() + others.children_user + others.children_system


def measure(peer: str, kind: str, lines: list[Pair]) -> dict[str, float]:
    """One peer on one set, in this process; times are those of the processor."""
    began = used()
    run = MAKERS[peer](kind)
    load = used() - began
    began = used()
    restored = run([read for _, read in lines])
    took = used() - began
    found = tally(lines, restored)
    return {**found, "speed": found["syllables"] / took, "load": load, "memory": peak()}


def peak() -> float:
    """Most memory this process held, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s*(\d+)", status.read_text("ascii")) if status.is_file() else None
    return int(found[1]) / 1024 if found else 0.0


def comparison(found: dict[str, tuple[str, list[Pair]]], folder: Path) -> Table:
    """All peers on all sets, each measurement in its own process; memory is its peak."""
    rows: list[Sequence[object]] = []
    for name, (kind, lines) in found.items():
        given = folder / "lines.json"
        given.write_text(json.dumps([kind, lines]), "utf-8")
        for peer in filter(installed, MAKERS):
            command = [sys.executable, "-m", "benchmarks.bench_restore", "--one", str(given), peer]
            done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
            m = json.loads(done.stdout)
            share = (f"{m['raw']:.4f}", f"{m['accuracy']:.4f}", f"{m['harmed']:.0f}")
            costs = (f"{m['speed']:.0f}", f"{m['load']:.2f}", f"{m['memory']:.0f}")
            rows.append((name, peer, int(m["syllables"]), *share, *costs))
    columns = ("set", "restorer", "syllables", "raw", "accuracy", "harmed", "syllables/s", "load s", "MB")
    return Table("Restoration", columns, rows)


def reliability(found: dict[str, tuple[str, list[Pair]]]) -> Table:
    """How often words are right, by the confidence that they were given."""
    from pipeline.restore import restore

    rows: list[Sequence[object]] = []
    for name, (kind, lines) in found.items():
        page = Page(1, "ocr_text", tuple(Line(n, read) for n, (_, read) in enumerate(lines, 1)))
        pages, _ = restore([page], Options.model_validate({"noise": kind}))
        bins: list[list[bool]] = [[] for _ in BINS]
        for (printed, _), line in zip(lines, pages[0].lines, strict=True):
            given = [(w, word.confidence) for word in line.words for w in words(word.text)]
            right = set(matched(words(printed), [w for w, _ in given]).values()) if printed else set()
            for place, (word, confidence) in enumerate(given):
                if printed and confidence is not None and word[0].isalpha():
                    bins[next(i for i, b in enumerate(BINS[1:]) if confidence < b)].append(place in right)
        for low, high, hits in zip(BINS, BINS[1:], bins, strict=False):
            if hits:
                rows.append((name, f"{low:.2f}-{min(high, 1):.2f}", len(hits), f"{sum(hits) / len(hits):.4f}"))
    return Table("Reliability of the confidence", ("set", "confidence", "words", "right"), rows)


def main() -> None:
    """Print the tables, or one measurement as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, help="folder of pairs.jsonl.xz")
    parser.add_argument("--text", type=Path, help="folder of the corpora")
    parser.add_argument("--one", nargs=2, metavar=("FILE", "PEER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        path, peer = given.one
        print(json.dumps(measure(peer, *json.loads(Path(path).read_text("utf-8")))))
        return
    found = sets(given.pairs, given.text)
    print(conditions())
    with tempfile.TemporaryDirectory() as folder:
        print(comparison(found, Path(folder)).markdown(), flush=True)
    print(reliability(found).markdown())


if __name__ == "__main__":
    main()
