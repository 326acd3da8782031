"""Questions on a terminal: asked again until the answer can be used, completed by the Tab key where there is a list."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

import click

from kam import encoding
from kam.cli._edge import Edge, say
from kam.daily import names
from kam.daily.names import Name
from kam.finding import KamError, Message
from kam.language import N_
from kam.reports import shown

Answer = TypeVar("Answer")


def ask(
    edge: Edge, text: str, use: Callable[[str], Answer], default: str | None = None, known: Iterable[Name] = ()
) -> Answer:
    """The answer as `use` makes it of what is typed; where that raises KamError, it is said and asked again.

    `default`: what counts where nothing is typed, "" for an answer that may be left out.
    """
    question = edge.text(text)
    aside = not sys.stdout.isatty()  # the Tab key works only where the question goes to a terminal by the output
    with _completed(tuple(known)):
        while True:
            typed = click.prompt(question, default=default, show_default=bool(default), err=aside, type=str)
            try:
                return use(_clean(typed))
            except KamError as error:
                said = (error.message, *([error.hint] if error.hint else []))
                say("\n".join(f"  {shown(edge.language.say(one))}" for one in said))


def _clean(typed: str) -> str:
    """What was typed; raises KamError for keys that leave no letter, such as an arrow."""
    found = next((one for one in typed if encoding.is_control(one)), None)
    if found is None:
        return typed.strip()
    text = N_("{name} cannot stand in a text; please type the line again.")
    raise KamError(Message(text, {"name": encoding.name_of(found)}))


def listed(edge: Edge, title: str, known: Iterable[Name]) -> None:
    """Say who can be meant."""
    say(edge.text(title))
    for one in known:
        say(f"  {shown(one.id)}  {shown(' · '.join(one.called))}".rstrip())


@contextmanager
def _completed(known: tuple[Name, ...]) -> Iterator[None]:
    """While asking, the Tab key completes ids, also from a name or pinyin; where the system knows how."""
    with suppress(ImportError):
        import readline

        def found(begun: str, number: int) -> str | None:
            hits = [one.id for one in names.matching(begun, known)]
            return hits[number] if number < len(hits) else None

        before = readline.get_completer(), readline.get_completer_delims()
        readline.set_completer(found if known else None)
        readline.set_completer_delims(" ,，、=")
        readline.parse_and_bind("tab: complete")
        try:
            yield
        finally:
            readline.set_completer(before[0])
            readline.set_completer_delims(before[1])
        return
    yield
