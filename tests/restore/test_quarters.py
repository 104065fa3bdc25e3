from __future__ import annotations

import pytest

from pipeline.options import Options
from pipeline.restore import restore_text
from pipeline.restore.quarters import quarters


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Xong trong Quý II1/2026.", "Xong trong Quý III/2026."),
        ("quý 11/2026 và quý 1V/2026", "quý II/2026 và quý IV/2026"),
        ("Quý Il năm 2025, Quý 111 năm 2025", "Quý II năm 2025, Quý III năm 2025"),
        ("QUÝ l/2025", "QUÝ I/2025"),
    ],
)
def test_strokes_read_as_figures(read: str, printed: str) -> None:
    assert restore_text(read, Options(noise="vie")) == printed


@pytest.mark.parametrize(
    "line",
    [
        "Quý III/2025, quý IV năm 2025",
        "Quý 1, quý 2 và quý 3/2025",
        "Quý IH/2025",  # II or III: nobody knows
        "Quý 12/2025",
        "11/2026",
        "Quỹ 11 tỷ đồng, thủ quỹ 11 năm liền",
        "Nội quy 11 điều, quy 11",
        "quý 11 vị đại biểu",
    ],
)
def test_left_alone(line: str) -> None:
    assert list(quarters(line)) == []
