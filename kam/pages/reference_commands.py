"""The page about the command line; the commands come as plain values from the edge that knows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kam import render
from kam.language import N_, Language
from kam.page import Heading, Page, SearchEntry, link
from kam.pages import Setting

HERE = "reference/commands/"
TITLE = N_("Commands")


class Parameter(NamedTuple):
    """One option; texts are English and said when the page is drawn."""

    names: tuple[str, ...]
    metavar: str = ""
    """What stands for the value, empty for a switch and where `choices` name all values."""
    choices: tuple[str, ...] = ()
    help: str = ""
    default: str = ""
    multiple: bool = False
    required: bool = False
    variable: str = ""
    """The environment variable that gives the value too."""


class Command(NamedTuple):
    """One command with its arguments as they are written; the program itself has no name."""

    name: str
    help: str
    arguments: tuple[str, ...]
    options: tuple[Parameter, ...]


class Option(NamedTuple):
    """An option in the language of the page."""

    names: tuple[str, ...]
    value: str
    help: str
    notes: tuple[str, ...]


class Shown(NamedTuple):
    """A command in the language of the page."""

    id: str
    name: str
    usage: str
    lead: str
    more: tuple[str, ...]
    options: tuple[Option, ...]


def page(commands: Iterable[Command], setting: Setting) -> Page:
    """Every command with every option."""
    language = setting.language
    shown = tuple(_shown(one, language) for one in commands)
    title = language.text(TITLE)
    up = {"up": link(HERE, "reference/"), "up_title": language.text(N_("Reference"))}
    values = {"title": title, "commands": shown, **up}
    body = render.body("reference-commands.html", language, setting.templates, **values)
    headings = tuple(Heading(one.id, one.name) for one in shown)
    search = tuple(SearchEntry(one.id, one.name, one.lead) for one in shown)
    return Page(HERE, "reference", title, body, headings=headings, search=(SearchEntry("", title), *search))


def _shown(one: Command, language: Language) -> Shown:
    lead, *more = language.text(one.help).split("\n\n") if one.help else ("",)
    some = language.text(N_("[OPTIONS]"))
    words = (one.name, some, *one.arguments) if one.name else (some, language.text(N_("COMMAND [ARGS]...")))
    usage = " ".join(("kam", *words))
    return Shown(
        f"kam-{one.name}" if one.name else "kam",
        f"kam {one.name}".rstrip(),
        usage,
        " ".join(lead.split()),
        tuple(" ".join(text.split()) for text in more),
        tuple(_option(option, language) for option in one.options),
    )


def _option(one: Parameter, language: Language) -> Option:
    say = language.text
    notes = (
        say(N_("required")) if one.required else "",
        say(N_("may be given several times")) if one.multiple else "",
        say(N_("default: {default}"), default=one.default) if one.default else "",
        say(N_("also as {variable} in the environment"), variable=one.variable) if one.variable else "",
    )
    value = one.metavar or " | ".join(one.choices)
    return Option(one.names, value, say(one.help) if one.help else "", tuple(filter(None, notes)))
