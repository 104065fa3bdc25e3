from __future__ import annotations

import pytest

from pipeline.restore.kind import Kind, judge

CASES: list[tuple[str, Kind]] = [
    ("Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện như sau", "vie"),
    ("Uy ban nhan dan tinh ban hanh K& hoach thyc hién nhu sau: Trién khai nhiém vu, gido duc", "eng"),
    ("Uy ban nhan dan tinh ban hanh Ke hoach thuc hien nhu sau", "stripped"),
    ("ỦY BAN NHÂN DÂN TỈNH", "vie"),
    ("KE HOACH", "stripped"),
    ("Licensed under the Apache License; you may not use this file except in compliance with the License.", "none"),
    ("root:x:0:0:root:/root:/bin/bash daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin man:x:6:12:man", "none"),
    ("2024 - 2030; 135", "none"),
    ("", "none"),
]


@pytest.mark.parametrize(("text", "kind"), CASES)
def test_judge(text: str, kind: Kind) -> None:
    assert judge(text.split("\n")) == kind
