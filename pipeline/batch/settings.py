"""What a batch is told, and the fingerprint of how results are made."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from pipeline.batch.find import Filter
from pipeline.options import Options
from pipeline.resources import dictionaries

_NO_EFFECT = frozenset({"jobs", "page_timeout", "document_timeout", "cache", "cache_dir", "cache_limit"})
"""Options that change no result."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a batch goes about its documents.

    Attributes:
        wanted: which files are documents.
        limit: at most so many documents are worked on; None: all.
        force: do all again.
        retry_failed: do again what failed or is partial, even if it will probably fail again.
        keep_outdated: leave results that were made with other options or by another version.
        tries: how often a document is tried whose worker dies.
        xlsx: write the combined archive.xlsx.
        parquet: write the combined tables as Parquet as well.
        to: address that result folders are sent to, e.g. s3://bucket/results; of each only plan.json stays in the
            output folder. "": all stays there.
    """

    wanted: Filter = field(default_factory=Filter)
    limit: int | None = None
    force: bool = False
    retry_failed: bool = False
    keep_outdated: bool = False
    tries: int = 3
    xlsx: bool = True
    parquet: bool = False
    to: str = ""


def made_with(options: Options) -> str:
    """A fingerprint of all that decides what a result looks like: options, program version and dictionaries."""
    facts = [version("kehoach"), json.dumps(options.model_dump(mode="json", exclude=set(_NO_EFFECT)), sort_keys=True)]
    digest = hashlib.sha256("\n".join(facts).encode())
    files = [path for path in sorted(dictionaries().iterdir()) if path.is_file()]
    for path in (*files, *([options.user_dictionary] if options.user_dictionary else [])):
        digest.update(path.name.encode())
        with Path(path).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]
