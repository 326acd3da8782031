"""The reference: what may stand in which file, and what the program can be told; generated, so that nothing lacks."""

from __future__ import annotations

from collections.abc import Iterator

from kam import render, schema
from kam.language import N_
from kam.page import Heading, Page, SearchEntry, link
from kam.pages import Overview, Setting, reference_commands, reference_fields

ORDER = 10
HERE = "reference/"
TITLE = N_("Reference")


def titles(setting: Setting) -> dict[str, str]:
    """The addresses and titles of these pages."""
    say = setting.language.text
    fields = {reference_fields.address(kind): reference_fields.title(kind, setting) for kind in schema.KINDS}
    return {HERE: say(TITLE), **fields, reference_commands.HERE: say(reference_commands.TITLE)}


def pages(overview: Overview, setting: Setting) -> Iterator[Page]:
    """The list, one page for the fields of each kind of file, one for the commands."""
    if overview.only is not None:
        return
    yield _list(overview, setting)
    for kind in schema.KINDS:
        yield reference_fields.page(kind, setting)
    yield reference_commands.page(overview.commands, setting)


def _list(overview: Overview, setting: Setting) -> Page:
    say = setting.language.text
    title, commands = say(TITLE), [one.name for one in overview.commands if one.name]
    titles = {
        "files": say(N_("Fields of the files")),
        "commands": say(reference_commands.TITLE),
        "rules": say(N_("Rules")),
    }
    there = reference_commands.HERE
    values = {
        "title": title,
        "titles": titles,
        "files": tuple(reference_fields.file(kind, setting, HERE) for kind in schema.KINDS),
        "commands": tuple((f"kam {name}", link(HERE, there, f"kam-{name}")) for name in commands),
        "all_commands": link(HERE, there),
        "rules": link(HERE, "rules/"),
    }
    body = render.body("reference.html", setting.language, setting.templates, **values)
    headings = tuple(Heading(key, text) for key, text in titles.items())
    return Page(HERE, "reference", title, body, headings=headings, search=(SearchEntry("", title),))
