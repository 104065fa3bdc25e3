"""Options come from file, environment and caller, later ones winning; nonsense is named with its source."""

from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import InvalidConfigError, NotFoundError
from pipeline.options import Options, load


@pytest.fixture(autouse=True)
def empty_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_defaults_need_nothing() -> None:
    assert load() == Options()


def test_later_sources_win(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("kehoach.toml").write_text('dpi = 200\nlanguage = "vie+eng"\njobs = 3\n', "utf-8")
    monkeypatch.setenv("KEHOACH_DPI", "250")
    monkeypatch.setenv("KEHOACH_JOBS", "2")
    options = load(jobs=1, doubt=None)
    assert (options.language, options.dpi, options.jobs, options.doubt) == ("vie+eng", 250, 1, Options().doubt)


@pytest.mark.parametrize(
    ("toml", "env", "given", "named"),
    [
        ("dpi = 5", {}, {}, "kehoach.toml: dpi = 5"),
        ("dpi = ", {}, {}, "not valid TOML"),
        ("colour = 1", {}, {}, "kehoach.toml: colour"),
        ("", {"KEHOACH_DPI": "many"}, {}, "KEHOACH_DPI: dpi = 'many'"),
        ("", {}, {"text_layer": "perhaps"}, "--text-layer: text_layer = 'perhaps'"),
        ("", {}, {"language": "vie; rm"}, "--language"),
    ],
)
def test_nonsense_is_named_with_its_source(
    toml: str, env: dict[str, str], given: dict[str, Any], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("kehoach.toml").write_text(toml, "utf-8")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(InvalidConfigError, match=r"^[^\n]*$") as caught:
        load(**given)
    assert named in str(caught.value)


def test_a_named_configuration_must_exist() -> None:
    with pytest.raises(NotFoundError):
        load(Path("other.toml"))
