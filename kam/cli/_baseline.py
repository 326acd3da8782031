"""The options of `kam check` for a baseline, and what they do with the findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from kam import baseline
from kam.baseline import Baseline
from kam.cli._edge import Edge
from kam.finding import Finding
from kam.language import N_
from kam.reports import shown

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
_FILE = click.Path(path_type=Path, dir_okay=False)


class Asked(NamedTuple):
    """What the command line says about a baseline, and beside it."""

    read: Path | None
    shrink: bool
    write: Path | None
    output: Path | None
    """Where the report goes."""
    whole: bool
    """Whether everything is checked by all rules."""


def options(command: Decorated) -> Decorated:
    """The three options of a baseline."""
    for option in (
        click.option(
            "--write-baseline",
            type=_FILE,
            metavar="FILE",
            help=N_("Write the ids of all findings into a new file for --baseline; never over an old one."),
        ),
        click.option("--update-baseline", is_flag=True, help=N_("Take out of the baseline what is no longer found.")),
        click.option(
            "--baseline",
            type=_FILE,
            metavar="FILE",
            help=N_("Do not tell or count the findings whose ids stand in this file, one a line; never faults."),
        ),
    ):
        command = option(command)
    return command


def known(edge: Edge, asked: Asked) -> Baseline | None:
    """The baseline that is there, if one is given; refuses what does not fit together. Raises KamError, UsageError."""
    wrong = next((text for text, holds in _wrong(asked) if holds), None)
    if wrong:
        raise click.UsageError(edge.text(wrong))
    if asked.write:
        baseline.refuse(asked.write)
    return baseline.read(asked.read) if asked.read else None


def _wrong(asked: Asked) -> Iterator[tuple[str, bool]]:
    used = asked.read or asked.write
    yield N_("Either --baseline or --write-baseline, not both."), bool(asked.read and asked.write)
    yield N_("--update-baseline needs --baseline FILE."), asked.shrink and not asked.read
    text = N_("--update-baseline needs a check of everything: leave out PATH, --select and --ignore.")
    yield text, asked.shrink and not asked.whole
    text = N_("The report and the baseline cannot be the same file.")
    yield text, bool(used and asked.output and asked.output.resolve() == used.resolve())


def told(
    edge: Edge, asked: Asked, known: Baseline | None, findings: tuple[Finding, ...], mandatory: Collection[str]
) -> tuple[Finding, ...]:
    """The findings without those of the baseline; what happens with the baseline is said beside the result."""
    if asked.write:
        known = baseline.write(asked.write, findings, mandatory)
        edge.note(N_("Written to {file}, accepted findings: {n}."), file=shown(str(asked.write)), n=len(known.ids))
    if known is None:
        return findings
    ids = known.ids
    left = tuple(one for one in findings if not baseline.accepts(one, ids, mandatory))
    if asked.read:
        file, number = shown(str(asked.read)), len(findings) - len(left)
        edge.note(N_("Not told, because they stand in {file}: {n}."), file=file, n=number)
        _shrunk(edge, asked, known, baseline.gone(known, findings, mandatory) if asked.whole else ())
    return left


def _shrunk(edge: Edge, asked: Asked, known: Baseline, gone: tuple[str, ...]) -> None:
    """Say what is no longer found; take it out if that is asked."""
    if not gone:
        return
    file = shown(str(known.path))
    if asked.shrink:
        baseline.shrink(known, gone)
        edge.note(N_("No longer found, and removed from {file}: {n}."), file=file, n=len(gone))
    else:
        edge.note(
            N_("No longer found, can be removed from {file} (--update-baseline does it): {n}."), file=file, n=len(gone)
        )
    for id in gone:
        click.echo(f"  {shown(id)}", err=True)
