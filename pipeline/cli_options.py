"""Command-line options made from `Options`, shared by the commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

import click

from pipeline.options import Options

EPILOG = "Exit codes: see docs/errors.md. Every option can also stand in kehoach.toml or a variable KEHOACH_<OPTION>."


def pipeline_options(*names: str, without: Sequence[str] = ()) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Click options made from the fields of `Options`, so that help and checks are written once.

    Args:
        names: the fields; none: all.
        without: fields that mean nothing to the command.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        for name in (n for n in reversed(names or tuple(Options.model_fields)) if n not in without):
            field = Options.model_fields[name]
            flag = "--" + name.replace("_", "-")
            if field.annotation is bool:
                both = f"{flag}/--no-{flag[2:]}"
                help_text = f"{field.description} [default: {flag if field.default else both.split('/')[1]}]"
                command = click.option(both, name, default=None, help=help_text)(command)
                continue
            default = "none" if field.default is None else field.default
            help_text = f"{field.description} [default: {default}]"
            command = click.option(flag, name, type=_click_type(field.annotation), default=None, help=help_text)(
                command
            )
        return click.option(
            "--config", type=click.Path(path_type=Path), help="Configuration file [default: ./kehoach.toml]"
        )(command)

    return decorate


def _click_type(annotation: Any) -> click.ParamType[Any]:  # noqa: ANN401 - a type annotation
    if get_origin(annotation) is Literal:
        return click.Choice(get_args(annotation))
    if isinstance(annotation, UnionType):
        (annotation,) = (a for a in get_args(annotation) if a is not NoneType)
    types: dict[Any, click.ParamType[Any]] = {int: click.INT, float: click.FLOAT, Path: click.Path(path_type=Path)}
    return types.get(annotation, click.STRING)
