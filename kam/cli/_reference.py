"""All commands as plain values, for the page about them; nothing of click leaves this folder."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kam.cli._edge import Edge
from kam.language import N_, Language
from kam.pages.reference_commands import Command, Parameter

HELP = Parameter(("-h", "--help"), help=N_("Show this message and exit."))


def commands() -> tuple[Command, ...]:
    """The program itself, whose name is empty here, then every command by name; texts are English msgids."""
    from kam.cli import group

    context = click.Context(group, info_name="kam", obj=Edge(None, Language("en")))
    inner = ((name, group.get_command(context, name)) for name in group.list_commands(context))
    return (_command("", group), *(_command(name, one) for name, one in inner if one))


def _command(name: str, command: click.Command) -> Command:
    arguments = tuple(one.make_metavar(click.Context(command)) for one in command.params if _is_argument(one))
    return Command(name, command.help or "", arguments, (*_options(command), HELP))


def _is_argument(one: click.Parameter) -> bool:
    return isinstance(one, click.Argument)


def _options(command: click.Command) -> Iterator[Parameter]:
    for one in command.params:
        if isinstance(one, click.Option) and not one.hidden:
            yield Parameter(
                (*one.opts, *one.secondary_opts),
                _metavar(one),
                tuple(map(str, one.type.choices)) if isinstance(one.type, click.Choice) else (),
                one.help or "",
                str(one.default) if one.show_default and isinstance(one.default, str | int) else "",
                one.multiple,
                one.required,
                one.envvar if isinstance(one.envvar, str) else "",
            )


def _metavar(one: click.Option) -> str:
    if one.is_flag or one.count or isinstance(one.type, click.Choice):
        return ""
    return one.metavar or ("N" if isinstance(one.type, click.types.IntParamType) else one.type.name.upper())
