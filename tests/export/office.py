"""Files as the real LibreOffice reads them."""

from __future__ import annotations

import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice Calc (soffice)")
NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}


def in_office(path: Path, *options: str) -> ET.Element:
    """A file as LibreOffice reads it."""
    home = f"-env:UserInstallation={(path.parent / 'office').as_uri()}"
    command = ["soffice", "--headless", home, *options, "--convert-to", "fods", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=os.environ | {"HOME": str(path.parent)})
    return ET.parse(path.with_suffix(".fods")).getroot()


def attribute(cell: ET.Element, name: str) -> str | None:
    space, _, local = name.partition(":")
    return cell.get(f"{{{NS[space]}}}{local}")


def cells(root: ET.Element, sheet: str) -> list[list[ET.Element]]:
    rows = root.findall(f".//table:table[@table:name='{sheet}']//table:table-row", NS)
    return [row.findall("table:table-cell", NS) for row in rows]


def shown(cell: ET.Element) -> str:
    return "\n".join("".join(p.itertext()) for p in cell.findall("text:p", NS))
