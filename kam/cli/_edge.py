"""What every command needs from the world outside: the playbook, the language, the clock, the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from kam.days import NO_DAY, written
from kam.finding import KamError
from kam.language import N_, Language

if TYPE_CHECKING:
    from kam.project import Project

Item = TypeVar("Item")
Decorated = TypeVar("Decorated", bound=Callable[..., Any])
_LONG = 200
"""From so many accounts on, a terminal shows how far we are."""
_STYLES: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "cyan"},
    "path": {"fg": "blue"},
    "quiet": {"dim": True},
    "strong": {"bold": True},
}


class Edge(NamedTuple):
    """Where a command runs: the root that was given, and the language in use."""

    given: Path | None = None
    language: Language = Language("en")

    def project(self) -> Project:
        """The playbook that the command works on; files of `accounts/` that are not read are said. Raises KamError."""
        from kam import project
        from kam.reports import shown

        found = project.load(project.root(Path.cwd(), self.given))
        for name in found.ignored:
            self.note(N_("{file} is not read: account files end in .yaml, in small letters."), file=shown(name))
        return found

    def today(self, project: Project, asked: date | None) -> date:
        """The day as which everything is read."""
        from kam.project import today

        return today(project.config, asked, datetime.now(UTC))

    def text(self, text: str, /, **values: object) -> str:
        """A text in the language in use."""
        return self.language.text(text, **values)

    def note(self, text: str, /, **values: object) -> None:
        """Say something beside the result."""
        from kam.reports import shown

        say(self.text(text, **{name: shown(one) if isinstance(one, str) else one for name, one in values.items()}))


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if day := written(value):
            return day
        language = ctx.ensure_object(Edge).language if ctx else Language("en")
        raise click.BadParameter(language.text(NO_DAY, text=value), ctx, param)


DAY = _Day()
"""A day on the command line, `2026-01-15`."""


def as_of(command: Decorated) -> Decorated:
    """The option --as-of, also given by KAM_AS_OF."""
    return click.option(
        "--as-of",
        type=DAY,
        metavar="YYYY-MM-DD",
        envvar="KAM_AS_OF",
        show_envvar=True,
        help=N_("Read everything as of this day; otherwise as_of of kam.yaml, otherwise today."),
    )(command)


def colours() -> bool:
    """Whether the output goes to a terminal that may be coloured."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, kind: str) -> str:
    """A text in the colour of what it is."""
    return click.style(text, **_STYLES[kind])


def progress(items: Iterable[Item], number: int, what: str) -> Iterator[Item]:
    """The items as they come; on a terminal, if they are many, with a bar that shows how far we are."""
    if number < _LONG or not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, number, what, file=sys.stderr) as bar:
        yield from bar


def show(lines: Iterable[str]) -> None:
    """Write lines to the output, many at a time."""
    rest = iter(lines)
    while part := list(islice(rest, 500)):
        # The stream by name: click would write UTF-8 to a terminal that says it knows only ASCII.
        click.echo("\n".join(part), file=sys.stdout)


def say(text: str) -> None:
    """Write a line beside the output."""
    click.echo(text, file=sys.stderr)


def complain(error: KamError, language: Language) -> None:
    """Say beside the output what stands in the way, and what to do next."""
    from kam.reports import shown

    say(language.text(N_("Error: {message}"), message=shown(language.say(error.message))))
    if error.hint:
        say(shown(language.say(error.hint)))
