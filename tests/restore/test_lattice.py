from __future__ import annotations

import pytest

from pipeline.restore.lattice import begins_paragraph


@pytest.mark.parametrize(
    ("line", "before", "expected"),
    [
        ("Triển khai", None, True),
        ("khai thực hiện", "- Triển", False),
        ("- Triển khai", "kế hoạch và", True),
        ("II. NHIỆM VỤ", "như sau", True),
        ("a) Triển khai", "như sau", True),
        ("Triển khai", "như sau:", True),
        ("triển khai", "như sau.", True),
        ("2024 của Bộ", "tháng 12", False),
    ],
)
def test_paragraphs(line: str, before: str | None, expected: bool) -> None:
    assert begins_paragraph(line, before) is expected
