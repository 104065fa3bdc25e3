"""docs/rules.md names every rule and every warning that the code can give."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.model import Page
from pipeline.structure import explain, mark_footnotes

AsPages = Callable[..., list[Page]]
PLANS = sorted((Path(__file__).parent.parent / "resources" / "plans").glob("*.true.txt"))


@pytest.fixture
def documented(root: Path) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", (root / "docs" / "rules.md").read_text("utf-8")))


def test_the_rules_in_the_code_are_documented(root: Path, documented: set[str]) -> None:
    code = "".join(path.read_text("utf-8") for path in (root / "pipeline" / "structure").glob("*.py"))
    rules = set(re.findall(r'item\.rule = "\w+", "([^"]+)"', code))
    rules |= set(re.findall(r'(?:\brule=|item\.rule = |duty\.basis = )"([^"]+)"(?!, ")', code)) | set(
        re.findall(r'\("(row of [^"]+)"', code)
    )
    assert len(rules) > 20
    assert rules <= documented


def test_the_warnings_in_the_code_are_documented(root: Path, documented: set[str]) -> None:
    code = "".join(path.read_text("utf-8") for path in (root / "pipeline" / "structure").glob("*.py"))
    codes = set(re.findall(r'code="([a-z-]+)"', code))
    assert len(codes) > 5
    assert codes <= documented


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_each_rule_that_speaks_is_documented(path: Path, documented: set[str], as_pages: AsPages) -> None:
    pages, _ = mark_footnotes(as_pages(path.read_text("utf-8")))
    reasons = explain(pages)
    assert reasons
    assert {r.rule for r in reasons} <= documented
    for table in {r.basis.split(":")[0] for r in reasons if ".tsv" in r.basis}:
        assert table in documented
