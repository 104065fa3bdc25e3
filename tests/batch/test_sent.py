"""Results that go to a bucket. An address of a folder here is one, too, and needs no network."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.errors import ExitCode
from tests.batch.conftest import leftovers, put, results, run, states

pytest.importorskip("fsspec")


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def bucket(tmp_path: Path) -> Path:
    return tmp_path / "bucket"


def test_what_is_sent_is_what_would_lie_here(archive: Path, tmp_path: Path, bucket: Path) -> None:
    out, here, to = tmp_path / "out", tmp_path / "here", f"local://{bucket}"
    assert run("batch", archive, "--out", out, "--to", to).returncode == ExitCode.OK
    assert run("batch", archive, "--out", here).returncode == ExitCode.OK
    assert content(bucket) == content(here / "documents")
    assert {p.name for p in (out / "documents").rglob("*") if p.is_file()} == {"plan.json"}
    assert content(out / "tables").keys() == content(here / "tables").keys()
    assert content(out / "tables")["tasks.csv"] == content(here / "tables")["tasks.csv"]
    assert f"{to}/Lưu trữ/2025/kh.txt" in (out / "tables" / "documents.csv").read_text("utf-8-sig")
    assert leftovers(out) == []


def test_a_rerun_sends_only_what_changed_and_results_are_no_documents(
    archive: Path, tmp_path: Path, bucket: Path
) -> None:
    out = tmp_path / "out"
    sources = ("batch", archive, f"local://{bucket}", "--out", out, "--no-xlsx", "--to", f"local://{bucket}")
    bucket.mkdir()
    assert run(*sources).returncode == ExitCode.OK
    before = {p: p.stat().st_mtime_ns for p in bucket.rglob("plan.json")}
    put(archive / "2025" / "kh.txt", "KẾ HOẠCH\nI. MỤC ĐÍCH\n- Khác.\n", age=9)
    assert run(*sources).returncode == ExitCode.OK
    assert sorted(states(out).values()) == ["done", "done", "duplicate"]
    changed = [p for p in bucket.rglob("plan.json") if before[p] != p.stat().st_mtime_ns]
    assert changed == [bucket / "Lưu trữ" / "2025" / "kh.txt" / "plan.json"]
    assert "Khác" in changed[0].read_text("utf-8")


def test_the_result_of_what_became_a_duplicate_is_removed_there(archive: Path, tmp_path: Path, bucket: Path) -> None:
    out = tmp_path / "out"
    command = ("batch", archive, "--out", out, "--no-xlsx", "--to", f"local://{bucket}")
    assert run(*command).returncode == ExitCode.OK
    shutil.copy2(archive / "2024" / "kh.txt", archive / "2025" / "kh.txt")
    assert run(*command).returncode == ExitCode.OK
    assert len(results(out)) == 1
    assert sorted(content(bucket)) == sorted(f"{name}/{file}" for name in results(out) for file in
                                             (p.name for p in (bucket / name).iterdir()))  # fmt: skip


def test_results_are_never_half_here_and_half_there(archive: Path, tmp_path: Path, bucket: Path) -> None:
    out = tmp_path / "out"
    assert run("batch", archive, "--out", out, "--no-xlsx").returncode == ExitCode.OK
    refused = run("batch", archive, "--out", out, "--no-xlsx", "--to", f"local://{bucket}")
    assert refused.returncode == ExitCode.INVALID_CONFIG
    assert "without --to" in refused.stderr
    assert not bucket.exists()


@pytest.mark.parametrize(
    ("to", "code", "said"),
    [
        ("local:///dev/null/x", ExitCode.OUTPUT_NOT_WRITABLE, "cannot be written"),
        ("local:///no-such-bucket/x", ExitCode.OUTPUT_NOT_WRITABLE, "there is no /no-such-bucket"),
        ("nonsense://x", ExitCode.OUTPUT_NOT_WRITABLE, "nonsense"),
        ("folder", ExitCode.INVALID_CONFIG, "no address"),
    ],
)
def test_a_bucket_that_cannot_be_written_is_refused_at_once(
    archive: Path, tmp_path: Path, to: str, code: ExitCode, said: str
) -> None:
    refused = run("batch", archive, "--out", tmp_path / "out", "--to", to)
    assert refused.returncode == code
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    assert states(tmp_path / "out") == {}
