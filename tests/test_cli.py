"""The real command, as a user runs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.corrections import undo
from pipeline.errors import ExitCode
from pipeline.model import Correction, Plan

KEHOACH = str(Path(sys.executable).with_name("kehoach"))
SAMPLE = "000_df5205fc7c6409dc"


def kehoach(
    *arguments: object,
    stdin: str | bytes = b"",
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    timeout: float = 120,
) -> subprocess.CompletedProcess[str]:
    """Run the command; bytes go in, text comes out."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [KEHOACH, *map(str, arguments)],
        input=data,
        capture_output=True,
        cwd=cwd,
        env=os.environ | (env or {}),
        timeout=timeout,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The result folder of the first sample, and what the command said."""
    out = tmp_path_factory.mktemp("out")
    sample = Path(__file__).parent.parent / "samples" / f"{SAMPLE}.txt"
    return out / SAMPLE, kehoach("process", sample, "--out", out)


def test_process_says_where_the_result_is(result: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, done = result
    assert (done.returncode, done.stderr) == (0, "")
    assert str(folder) in done.stdout
    assert "plan.xlsx" in done.stdout
    assert Plan.model_validate_json((folder / "plan.json").read_bytes()).source.path == f"{SAMPLE}.txt"


def test_a_text_comes_back_line_for_line(result: tuple[Path, subprocess.CompletedProcess[str]], root: Path) -> None:
    observed = (root / "samples" / f"{SAMPLE}.txt").read_text("utf-8")
    restored = (result[0] / "text.txt").read_text("utf-8")
    assert restored.count("\n") == observed.count("\n")


def test_corrections_undone_give_the_text_as_read(
    result: tuple[Path, subprocess.CompletedProcess[str]], root: Path
) -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.read_csv(result[0] / "corrections.csv", encoding="utf-8-sig", keep_default_na=False)
    corrections = [
        Correction(
            **{k: str(v).removeprefix("'") if isinstance(v, str) else v for k, v in row.items() if k != "alternatives"}
        )
        for row in table.to_dict("records")
    ]
    observed = (root / "samples" / f"{SAMPLE}.txt").read_text("utf-8").split("\n")
    assert undo((result[0] / "text.txt").read_text("utf-8").split("\n"), corrections) == observed


def test_process_for_programs(tmp_path: Path, root: Path) -> None:
    done = kehoach("process", root / "samples" / f"{SAMPLE}.txt", "--out", tmp_path, "--json")
    said = json.loads(done.stdout)
    assert (done.returncode, said["exit_code"], said["kind"], said["footnotes"]) == (0, 0, "ocr_text", 3)
    assert Path(said["result"]) == tmp_path / SAMPLE


def test_an_error_for_programs(tmp_path: Path) -> None:
    done = kehoach("process", tmp_path / "none.pdf", "--json")
    assert json.loads(done.stdout)["error"] == "NotFoundError"
    assert done.returncode == ExitCode.NOT_FOUND


def test_restore_prints_one_line_for_every_line(root: Path) -> None:
    text = "KE HOACH\n\nTrién khai thuc hién Ké hoach sé 12/KH-UBND\n"
    done = kehoach("restore", stdin=text)
    assert done.stdout == "KẾ HOẠCH\n\nTriển khai thực hiện Kế hoạch số 12/KH-UBND\n"
    assert kehoach("restore", "-", stdin=text).stdout == done.stdout


@pytest.mark.parametrize("text", ["", "\n", "không có xuống dòng", "a\r\nb\r\n", "\n\n\n"])
def test_restore_keeps_the_number_of_lines(text: str) -> None:
    assert kehoach("restore", stdin=text).stdout.count("\n") == text.count("\n")


def test_restore_reads_utf_16(tmp_path: Path) -> None:
    (tmp_path / "ocr.txt").write_text("Kế hoạch số 5\n", "utf-16")
    assert kehoach("restore", tmp_path / "ocr.txt").stdout == "Kế hoạch số 5\n"


def test_restore_leaves_text_as_it_is_where_asked(tmp_path: Path) -> None:
    assert kehoach("restore", "--noise", "none", stdin="Ké hoach\n").stdout == "Ké hoach\n"


def test_doctor_finds_everything() -> None:
    done = kehoach("doctor")
    assert done.returncode == 0, done.stdout
    assert "dictionaries" in done.stdout
    assert "MISSING" not in done.stdout


def test_doctor_says_what_to_do_about_what_is_missing() -> None:
    done = kehoach("doctor", env={"PATH": "/nonexistent"})
    assert done.returncode == ExitCode.MISSING_DEPENDENCY
    assert "apt-get install" in done.stdout
    assert "brew install" in done.stdout


def test_schema_is_that_of_the_plan() -> None:
    assert json.loads(kehoach("schema").stdout) == Plan.model_json_schema()


def test_evaluate_a_result_against_itself(result: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = result
    plan = json.loads(kehoach("evaluate", "plan", folder / "plan.json", folder / "plan.json").stdout)
    assert plan["task"]["f1"] == 1.0
    assert json.loads(kehoach("evaluate", "text", folder / "text.txt", folder / "text.txt").stdout) == {
        "wer": 0.0,
        "cer": 0.0,
    }


def test_the_configuration_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "kehoach.toml").write_text('noise = "none"\n', "utf-8")
    assert kehoach("restore", stdin="Ké hoach\n", cwd=tmp_path).stdout == "Ké hoach\n"


@pytest.mark.parametrize("command", ["", "process", "restore", "doctor", "schema", "evaluate"])
def test_help_teaches(command: str) -> None:
    done = kehoach(*command.split(), "--help")
    assert done.returncode == 0
    assert len(done.stdout) > 150


@pytest.mark.parametrize("arguments", [["fly"], ["process"], ["process", "x.pdf", "--dpi", "many"], []])
def test_wrong_use_is_told(arguments: list[str]) -> None:
    assert kehoach(*arguments).returncode == ExitCode.USAGE


def test_output_is_quiet_when_piped(root: Path, tmp_path: Path) -> None:
    assert kehoach("-q", "process", root / "samples" / f"{SAMPLE}.txt", "--out", tmp_path).stderr == ""


@pytest.mark.skipif(not shutil.which("tesseract"), reason="needs Tesseract")
def test_a_library_user_gets_the_same_plan(root: Path, result: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    from pipeline import process

    assert process(root / "samples" / f"{SAMPLE}.txt").plan == Plan.model_validate_json(
        (result[0] / "plan.json").read_bytes()
    )
