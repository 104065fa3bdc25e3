"""What is done, what is left alone, and that ledger and folder agree; the work itself is a fake that injects faults."""

from __future__ import annotations

import hashlib
import itertools
import os
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.batch.find import Filter
from pipeline.batch.job import Job, Outcome, failure
from pipeline.batch.remote import local_copy
from pipeline.batch.run import batch
from pipeline.batch.settings import Settings
from pipeline.errors import DamagedInputError, DiskFullError, ExitCode, NotFoundError, OutputBusyError, WorkerDiedError
from pipeline.options import Options
from tests.batch.conftest import LONG_AGO, QUICK, FakePool, ledger, leftovers, put, results, states, succeed


def done(archive: Path, out: Path, settings: Settings = QUICK, pool: FakePool | None = None, **more: Any) -> list[str]:
    """What a run worked on."""
    pool = pool or FakePool()
    batch([archive], out, lambda: pool, settings=settings, **more)
    return sorted(pool.done)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


KH24, KH25, COPY = "Lưu trữ/2024/kh.txt", "Lưu trữ/2025/kh.txt", "Lưu trữ/2025/bản sao.txt"


def test_each_document_once_and_a_rerun_does_nothing(archive: Path, out: Path) -> None:
    first = done(archive, out)
    assert len(first) == 2  # the third has the bytes of another
    assert KH25 in first
    assert sorted(states(out).values()) == ["done", "done", "duplicate"]
    assert sorted(results(out)) == first
    before = (out / "tables" / "documents.csv").stat()
    assert done(archive, out) == []
    assert (out / "tables" / "documents.csv").stat() == before
    assert leftovers(out) == []


def test_half_written_tables_of_a_killed_run_are_cleared_away(archive: Path, out: Path) -> None:
    done(archive, out)
    half = out / f".tables-{hashlib.sha256(b'tables').hexdigest()[:8]}.half.tmp"
    put(half / "tasks.csv", "half")
    assert leftovers(out) != []
    assert done(archive, out) == []
    assert leftovers(out) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda a, o: put(a / "neu.txt", "new"), ["Lưu trữ/neu.txt"]),
        (lambda a, o: put(a / "2025/kh.txt", "changed", age=5), [KH25]),
        (lambda a, o: os.utime(a / "2025/kh.txt", (LONG_AGO + 9, LONG_AGO + 9)), []),
        (lambda a, o: (o / "documents" / KH25 / "plan.json").unlink(), [KH25]),
        (lambda a, o: (a / "2025/kh.txt").unlink(), []),
    ],
    ids=["new", "changed", "touched", "result lost", "input deleted"],
)
def test_a_rerun_does_what_is_new_or_changed(archive: Path, out: Path, change: object, expected: list[str]) -> None:
    done(archive, out)
    change(archive, out)  # type: ignore[operator]
    assert done(archive, out) == expected
    assert done(archive, out) == []


def test_the_result_of_a_deleted_input_is_kept(archive: Path, out: Path) -> None:
    done(archive, out)
    (archive / "2025/kh.txt").unlink()
    done(archive, out)
    assert ledger(out)[KH25]["gone"] == 1
    assert KH25 in results(out)


@pytest.mark.parametrize(
    ("settings", "count"),
    [
        (replace(QUICK, force=True), 2),
        (replace(QUICK, force=True, limit=1), 1),
        (replace(QUICK, wanted=Filter(since=LONG_AGO + 1), force=True), 0),
        (replace(QUICK, retry_failed=True), 0),
    ],
)
def test_what_is_done_again(archive: Path, out: Path, settings: Settings, count: int) -> None:
    done(archive, out)
    assert len(done(archive, out, settings)) == count


def test_other_options_make_results_again_unless_they_are_kept(archive: Path, out: Path) -> None:
    done(archive, out)
    other = Options(doubt=0.5)
    assert done(archive, out, replace(QUICK, keep_outdated=True), options=other) == []
    assert len(done(archive, out, options=other)) == 2
    assert done(archive, out, options=Options(doubt=0.5, jobs=7, page_timeout=9)) == []


def test_the_ledger_tells_how_each_result_was_made(archive: Path, out: Path) -> None:
    done(archive, out, options=Options(doubt=0.5))
    put(archive / "later.txt", "later")
    done(archive, out, replace(QUICK, keep_outdated=True), options=Options(doubt=0.25))
    with closing(sqlite3.connect(out / "ledger.sqlite")) as db:
        told = dict(db.execute("SELECT id, version || options FROM documents JOIN recipes USING (made_with)"))
    assert told.keys() == {name for name, state in states(out).items() if state == "done"}
    assert {name: '"doubt":0.25' in how for name, how in told.items() if version("kehoach") in how} == {
        name: "later" in name for name in told
    }


def test_tables_are_written_again_when_asked_for_otherwise(archive: Path, out: Path) -> None:
    done(archive, out)
    done(archive, out, replace(QUICK, keep_outdated=True), options=Options(csv_separator="semicolon"))
    for name in ("tables/documents.csv", "failures.csv", "duplicates.csv"):
        assert b";" in (out / name).read_bytes().splitlines()[0]


def test_a_duplicate_takes_over_when_the_original_changes(archive: Path, out: Path) -> None:
    (original,) = set(done(archive, out)) - {KH25}
    put(archive.parent / original, "quite another", age=3)
    assert len(done(archive, out)) == 2
    assert set(states(out).values()) == {"done"}


def fail(error: Exception) -> FakePool:
    return FakePool(lambda job: failure(job.id, error))


def test_a_bad_document_is_set_aside_and_not_tried_again_unless_asked(archive: Path, out: Path) -> None:
    def work(job: Job) -> Outcome:
        return failure(job.id, DamagedInputError("=damaged")) if job.id == KH25 else succeed(job)

    _, code = batch([archive], out, lambda: FakePool(work), settings=QUICK)
    assert code == ExitCode.SOME_FAILED
    assert "'=damaged" in (out / "failures.csv").read_text("utf-8-sig")
    assert done(archive, out) == []
    assert done(archive, out, replace(QUICK, retry_failed=True)) == [KH25]
    assert "damaged" not in (out / "failures.csv").read_text("utf-8-sig")


def test_partial_results_are_kept_and_marked(archive: Path, out: Path) -> None:
    def work(job: Job) -> Outcome:
        return replace(succeed(job), failed_pages=1, code=int(ExitCode.PARTIAL), error="PageError")

    _, code = batch([archive], out, lambda: FakePool(work), settings=QUICK)
    assert code == ExitCode.PARTIAL
    assert sorted(states(out).values()) == ["duplicate", "partial", "partial"]
    assert len(results(out)) == 2
    assert len(done(archive, out, replace(QUICK, retry_failed=True))) == 2


def test_what_may_have_passed_is_tried_again_by_the_next_run(archive: Path, out: Path) -> None:
    assert len(done(archive, out, pool=fail(NotFoundError("gone")))) == 3
    assert len(done(archive, out)) == 2


def test_a_worker_that_dies_costs_one_try(archive: Path, out: Path) -> None:
    deaths: list[str] = []

    def work(job: Job) -> Outcome:
        if job.id == KH25 and len(deaths) < 2:
            deaths.append(job.id)
            return failure(job.id, WorkerDiedError("killed"))
        return succeed(job)

    assert done(archive, out, pool=FakePool(work)).count(KH25) == 3
    assert (ledger(out)[KH25]["state"], ledger(out)[KH25]["tries"]) == ("done", 3)
    deaths.clear()
    done(archive, out, replace(QUICK, tries=2, force=True), FakePool(work))
    assert (ledger(out)[KH25]["state"], ledger(out)[KH25]["error"]) == ("failed", "WorkerDiedError")


@pytest.mark.parametrize("error", [DiskFullError("full"), KeyboardInterrupt()])
def test_what_is_no_fault_of_a_document_stops_the_run_and_loses_nothing(
    archive: Path, out: Path, error: BaseException
) -> None:
    def work(job: Job) -> Outcome:
        if isinstance(error, Exception):
            return failure(job.id, error)
        raise error

    pool = FakePool(work)
    with pytest.raises(type(error)):
        done(archive, out, pool=pool)
    assert pool.stopped
    assert "running" not in states(out).values()
    assert len(done(archive, out)) == 2


def test_a_file_still_being_written_is_left_for_the_next_run(
    archive: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing, quiet = archive / "growing.txt", archive / "quiet.txt"
    for file in (growing, quiet):
        file.write_text("new")
    os.utime(quiet, (4e9, 4e9))  # a clock that was wrong
    monkeypatch.setattr("pipeline.batch.discover.SETTLE", 60)  # nothing sleeps: see the next line
    monkeypatch.setattr("pipeline.batch.discover.time.sleep", lambda seconds: growing.write_text("new and more"))
    assert "Lưu trữ/quiet.txt" in done(archive, out)
    assert states(out)["Lưu trữ/growing.txt"] == "settling"
    monkeypatch.undo()
    assert done(archive, out) == ["Lưu trữ/growing.txt"]


def test_a_second_batch_on_the_same_output_is_refused(archive: Path, out: Path) -> None:
    def work(job: Job) -> Outcome:
        with pytest.raises(OutputBusyError, match="another batch"):
            done(archive, out)
        return succeed(job)

    assert len(done(archive, out, pool=FakePool(work))) == 2


def test_documents_of_an_address_are_fetched_and_duplicates_listed_afterwards(tmp_path: Path, out: Path) -> None:
    """Their bytes are known only when they have been read; a ZIP is as good as a bucket, and needs no network."""
    pytest.importorskip("fsspec")
    packed = tmp_path / "archive.zip"
    with zipfile.ZipFile(packed, "w") as file:
        for name, content in (("2024/a.txt", "one"), ("2025/a.txt", "one"), ("b.txt", "two")):
            file.writestr(name, content)

    def work(job: Job) -> Outcome:
        with local_copy(job.address) as copy:
            return succeed(replace(job, address=str(copy)))

    pool = FakePool(work)
    for count in (3, 0):
        batch([f"zip://::{packed}"], out, lambda: pool, settings=QUICK)
        assert len(pool.done) == count
        pool.done.clear()
    assert sorted(states(out).values()) == ["done", "done", "duplicate"]
    assert len(results(out)) == 2


@pytest.mark.parametrize(("limit", "pages"), [(1, 2), (2, 1)])
def test_few_documents_have_the_cores_of_all(archive: Path, out: Path, limit: int, pages: int) -> None:
    given: list[int] = []

    def work(job: Job) -> Outcome:
        given.append(job.options["jobs"])
        return succeed(job)

    assert len(done(archive, out, replace(QUICK, limit=limit), FakePool(work))) == limit
    assert given == [pages] * limit


def test_a_watched_archive_spares_its_tables_and_forces_nothing_twice(
    archive: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables that took ten seconds are not written again for another ninety; what was asked for is done once."""
    clock, looks = itertools.count(0, 10), itertools.count()
    tables: list[str] = []

    def sleep(seconds: float) -> None:
        tables.append((out / "tables" / "documents.csv").read_text("utf-8-sig"))
        put(archive / f"new {(look := next(looks))}.txt", f"{look}")
        if look == 3:
            raise KeyboardInterrupt

    def monotonic() -> float:  # of the tables only: ten seconds later at every look
        return next(clock)

    monkeypatch.setattr("pipeline.batch.running.time", SimpleNamespace(monotonic=monotonic))
    monkeypatch.setattr("pipeline.batch.run.time.sleep", sleep)
    done(archive, out)
    pool = FakePool()
    with pytest.raises(KeyboardInterrupt):
        done(archive, out, replace(QUICK, force=True), pool, watch=1)
    assert len(pool.done) == len({*pool.done}) == 5
    assert ["new 0" in t for t in tables] == [False, False, False, False]
    done(archive, out)
    assert "new 2" in (out / "tables" / "documents.csv").read_text("utf-8-sig")


def test_clocks_that_jump_change_nothing(archive: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every look at the clock shows another year; files bear times of the future."""
    years = itertools.cycle([1971, 2050, 1999, 2031])
    for name, unit in (("time", 1), ("time_ns", 10**9)):
        monkeypatch.setattr(
            f"pipeline.batch.discover.time.{name}", lambda unit=unit: (next(years) - 1970) * 31_556_952 * unit
        )
    monkeypatch.setattr("pipeline.batch.discover.SETTLE", 0.01)
    os.utime(archive / "2024/kh.txt", (4e9, 4e9))
    assert len(done(archive, out)) == 2
    assert done(archive, out) == []
    put(archive / "2025/kh.txt", "older than what it replaces", age=10**8)
    assert done(archive, out) == [KH25]
    assert leftovers(out) == []


def test_an_input_that_is_deleted_while_the_run_goes_on(archive: Path, out: Path) -> None:
    for n in range(9):
        put(archive / f"{n}.txt", f"{n}")

    def work(job: Job) -> Outcome:
        for n in range(9):
            (archive / f"{n}.txt").unlink(missing_ok=True)
        return succeed(job) if Path(job.address).exists() else failure(job.id, NotFoundError("gone"))

    _, code = batch([archive], out, lambda: FakePool(work), settings=QUICK)
    assert code == ExitCode.SOME_FAILED
    status, code = batch([archive], out, lambda: FakePool(work), settings=QUICK)
    assert (code, status.gone, status.states) == (ExitCode.OK, 9, {"done": 2, "duplicate": 1})


CONTENTS = st.sampled_from(["a", "b", "bad", "c"])
STEPS = st.lists(
    st.tuples(st.sampled_from(["write", "touch", "delete", "lose result"]), st.sampled_from("xyz"), CONTENTS),
    max_size=4,
)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(STEPS, st.booleans()), min_size=1, max_size=4))
@example(
    [([("write", "x", "a"), ("write", "y", "a")], False), ([("delete", "y", "a"), ("lose result", "y", "a")], False)]
)
@example(
    [([("write", "x", "a"), ("write", "y", "a")], False), ([("delete", "x", "a"), ("lose result", "x", "a")], False)]
)
def test_whatever_happens_between_runs_ledger_and_folder_agree(
    runs: list[tuple[list[tuple[str, str, str]], bool]],
) -> None:
    """Every input that is there is done from its present bytes, or a duplicate of one that is, or failed as it must."""
    with tempfile.TemporaryDirectory() as folder:
        archive, out, clock = Path(folder) / "archive", Path(folder) / "out", 0
        put(archive / "w.txt", "w")
        for steps, interrupted in runs:
            for step, name, content in steps:
                clock += 10
                file = archive / f"{name}.txt"
                if step == "write":
                    put(file, content, age=clock)
                elif step == "delete":
                    file.unlink(missing_ok=True)
                elif step == "touch" and file.exists():
                    os.utime(file, (LONG_AGO + clock, LONG_AGO + clock))
                elif step == "lose result":
                    (out / "documents" / "archive" / file.name / "plan.json").unlink(missing_ok=True)
            if interrupted:
                with pytest.raises(KeyboardInterrupt):
                    done(archive, out, replace(QUICK, force=True), FakePool(_interrupt))
            done(archive, out, pool=FakePool(_judge))
            _agree(archive, out)


def _interrupt(job: Job) -> Outcome:
    raise KeyboardInterrupt


def _judge(job: Job) -> Outcome:
    if Path(job.address).read_text() == "bad":
        return failure(job.id, DamagedInputError("bad"))
    return succeed(job)


def _agree(archive: Path, out: Path) -> None:
    rows, made = ledger(out), results(out)
    for file in archive.iterdir():
        row = rows[f"archive/{file.name}"]
        if file.read_text() == "bad":
            assert row["state"] == "failed"
            continue
        if row["state"] == "duplicate":
            row = rows[row["duplicate_of"]]
        assert row["state"] == "done"
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        assert digest == row["sha256"]
        assert digest in (made[row["id"]] / "plan.json").read_text()
    for name, row in rows.items():
        assert (name in made) == (row["state"] == "done") or row["state"] == "failed" or row["gone"]
    assert leftovers(out) == []
