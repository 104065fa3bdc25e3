"""One options model for the library, the command, the environment and kehoach.toml alike."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import InvalidConfigError, NotFoundError

CONFIG_NAME = "kehoach.toml"
ENV_PREFIX = "KEHOACH_"


class Options(BaseModel):
    """Everything a user may set; the defaults suit a scan of an office. Field descriptions are the help texts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text_layer: Literal["auto", "never", "always"] = Field(
        "auto", description="Use a PDF's own text: where it is good Vietnamese (auto), never, or always."
    )
    dpi: int = Field(200, ge=72, le=600, description="Resolution at which pages are read; more is seldom better.")
    language: str = Field("vie", pattern=r"^[A-Za-z_+]+$", description="Tesseract language(s), e.g. vie or vie+eng.")
    engine: Literal["auto", "tesseract", "tesserocr"] = Field(
        "auto", description="Who reads: the program tesseract, the faster library tesserocr, or what is there (auto)."
    )
    jobs: int = Field(0, ge=0, description="Pages read at the same time; 0: one a core.")
    page_timeout: float = Field(120, gt=0, description="Seconds after which reading a page is given up.")
    document_timeout: float = Field(
        3600, gt=0, description="Seconds after which a batch gives up a document: its worker is ended."
    )
    cache: bool = Field(True, description="Keep what is read of a page, so that the next run need not read it again.")
    cache_dir: Path | None = Field(None, description="Folder of kept pages; none: in the user's folder for caches.")
    cache_limit: int = Field(
        500, ge=1, description="Megabytes of kept pages, some 8 KB each; those unused longest go first."
    )
    max_pixels: int = Field(120_000_000, gt=0, description="Largest page image accepted, in pixels.")
    noise: Literal["auto", "eng", "vie", "stripped", "none"] = Field(
        "auto",
        description="What garbled it: an engine without Vietnamese (eng), Tesseract vie, lost accents (stripped), "
        "nothing (none: text is kept as it is), or judged from the text (auto).",
    )
    pdf: bool = Field(False, description="Write a searchable PDF, too: the scan, its restored text invisible in place.")
    user_dictionary: Path | None = Field(None, description="TSV of words and phrases that the restorer should know.")
    csv_separator: Literal["comma", "semicolon"] = Field(
        "comma",
        description="Between the cells of CSV files. Choose semicolon where a CSV must open in Excel with Vietnamese "
        "regional settings; decimals then have a comma. plan.xlsx opens everywhere.",
    )
    explain: bool = Field(False, description="Write explain.csv: which rule made each node and assignment.")
    report: bool = Field(
        False, description="Write report.html as well: every page beside its restored text, to look at in a browser."
    )
    doubt: float = Field(0.8, ge=0, le=1, description="Words whose confidence lies below this are marked as doubtful.")


def load(config: Path | None = None, **given: Any) -> Options:  # noqa: ANN401 - any option's value
    """Options from kehoach.toml, then KEHOACH_* variables, then `given` (None: not given); later ones win.

    Args:
        config: a configuration file; by default kehoach.toml in the working folder, if there.
        given: values from the caller or the command line.

    Raises:
        NotFoundError: `config` was named but is not there.
        InvalidConfigError: a value makes no sense; the message says where it comes from.
    """
    values: dict[str, tuple[Any, str]] = {}
    path = config or Path(CONFIG_NAME)
    if config and not config.is_file():
        raise NotFoundError(f"{config}: no such configuration file.")
    if path.is_file():
        try:
            values |= {k: (v, str(path)) for k, v in tomllib.loads(path.read_text("utf-8")).items()}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InvalidConfigError(f"{path}: not valid TOML ({error}).") from error
    for name in Options.model_fields:
        if (value := os.environ.get(ENV_PREFIX + name.upper())) is not None:
            values[name] = (value, ENV_PREFIX + name.upper())
    values |= {k: (v, "--" + k.replace("_", "-")) for k, v in given.items() if v is not None}
    try:
        return Options.model_validate({k: v for k, (v, _) in values.items()})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        where = values.get(name, (None, "options"))[1]
        raise InvalidConfigError(f"{where}: {name} = {first['input']!r}: {first['msg']}.") from error
