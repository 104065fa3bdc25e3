import subprocess
import sys

import numpy as np
import pytest

from pipeline.model import Page, PageImage
from pipeline.options import Options
from pipeline.rehearsal import rehearsing

SCAN = PageImage(1, np.zeros((10, 10), np.uint8), 200)
TEXT = Page(1, "text_layer", ())


@pytest.mark.parametrize("items", [[], [SCAN], [TEXT], [SCAN, TEXT, SCAN]])
def test_pages_pass_in_their_order(items: list[PageImage | Page]) -> None:
    assert list(rehearsing(iter(items), Options())) == items


@pytest.mark.parametrize(("kind", "loaded"), [("SCAN", True), ("TEXT", False)])
def test_what_is_slow_to_load_is_loaded_beside_a_scan(kind: str, loaded: bool) -> None:
    """In a process of its own, for in this one it may be loaded already; a text needs nothing beside it."""
    code = (
        "import sys\n"
        f"from tests.test_rehearsal import {kind} as item, Options, rehearsing\n"
        "list(rehearsing(iter([item]), Options()))\n"
        "print({'spacy', 'pipeline.restore.engine', 'pipeline.structure.build'} <= set(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(loaded)
