"""`kam build`: the site, published whole or not at all."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from kam.cli._edge import Edge, as_of
from kam.language import N_


@click.command("build", help=N_("Build the site. The old one stays until the new one is complete."))
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help=N_("Where to; otherwise site/.")
)
@click.option("--strict", is_flag=True, help=N_("Exit with 1, after writing, if there are errors or broken links."))
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help=N_("So many processes; otherwise one for each processor.")
)
@click.option("--include-restricted", is_flag=True, help=N_("Show accounts with visibility: restricted too."))
@as_of
@click.pass_obj
def command(
    edge: Edge, output: Path | None, strict: bool, jobs: int | None, include_restricted: bool, as_of: date | None
) -> int:
    """Draw every page and publish; warnings are said, errors count with --strict."""
    from kam.build import build
    from kam.cli._site import drawn
    from kam.reports import shown

    project = edge.project()
    playbook = drawn(edge, project, as_of, jobs, include_restricted)
    target = output.absolute() if output else project.root / "site"
    built = build(project.root, target, playbook, strict, jobs)
    for warning in built.warnings:
        edge.note(N_("Warning: {warning}"), warning=shown(warning))
    where = Path(os.path.relpath(target)) if target.is_relative_to(Path.cwd()) else target
    edge.note(
        N_("As of {date}: {pages} pages in {folder}."), date=playbook.about.as_of, pages=built.pages, folder=str(where)
    )
    errors = sum(one.severity == "error" and not one.waived for one in playbook.findings())
    if errors:
        edge.note(N_("Errors in customers' files: {n}; `kam check` names them."), n=errors)
    return int(strict and bool(errors or built.warnings))
