from __future__ import annotations

import pytest

from pipeline.options import Options
from pipeline.restore import restore_text


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("UVẾT ĐỊNH", "QUYẾT ĐỊNH"),
        ("QUVẾT ĐỊNH", "QUYẾT ĐỊNH"),
        ("KẾ HOẠCI", "KẾ HOẠCH"),
        ("XYZT ĐỊNH", "XYZT ĐỊNH"),
        ("XYZT BÁO, TỜ TRÌNH", "XYZT BÁO, TỜ TRÌNH"),
        ("KẾ HOẠCH", "KẾ HOẠCH"),
    ],
)
def test_types_of_documents(read: str, expected: str) -> None:
    assert restore_text(read, Options(noise="vie")) == expected
