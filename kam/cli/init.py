"""`kam init`: a new playbook repository."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Template
from typing import NamedTuple

import click

from kam import __version__, files, resources, schema, skeleton
from kam.cli._edge import Edge
from kam.filenames import is_id
from kam.finding import KamError, Message
from kam.language import CODES, N_, Code, language
from kam.schema.files import written

CI = {"github": ".github/workflows/kam.yml", "gitlab": ".gitlab-ci.yml", "none": None}
PRESETS = ("small", "key")
HELPFUL = (".gitignore", ".vscode/settings.json")
"""Files that may be there already: they are left as they are."""
_ZONES: Mapping[str, str] = {"zh": "Asia/Shanghai", "en": "UTC"}


class Answers(NamedTuple):
    """What a new playbook begins with."""

    company: str
    lang: Code
    manager: str
    """The name of the first account manager."""
    preset: str
    ci: str
    customer: str = ""
    """The name of the first customer; empty: one that still has to be named."""
    contact: str = ""
    """The position of somebody there with whom we can talk; empty: nobody yet."""


@click.command(
    "init",
    help=N_(
        "Begin a playbook: settings, people, a first customer, the site.\n\n"
        "DIR: the folder, made if need be; otherwise the current one. What is not given as an option is asked. "
        "No file is ever overwritten."
    ),
)
@click.argument("directory", metavar="[DIR]", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--company", help=N_("The company's name."))
@click.option("--lang", type=click.Choice(CODES), help=N_("The language of the site and of the comments."))
@click.option("--manager", metavar="NAME", help=N_("The name of the first account manager."))
@click.option(
    "--preset",
    type=click.Choice(PRESETS),
    help=N_("small: few customers, few settings; key: key accounts, all settings."),
)
@click.option("--customer", metavar="NAME", help=N_("The name of the first customer."))
@click.option("--contact", metavar="TITLE", help=N_("The position of somebody there with whom you can talk."))
@click.option("--ci", type=click.Choice(tuple(CI)), help=N_("Check every change on this build server."))
@click.option("--yes", is_flag=True, help=N_("Ask nothing; what is not given gets its default."))
@click.pass_obj
def command(
    edge: Edge,
    directory: Path,
    company: str | None,
    lang: Code | None,
    manager: str | None,
    preset: str | None,
    customer: str | None,
    contact: str | None,
    ci: str | None,
    yes: bool,
) -> int:
    """Ask what is missing, then write everything or nothing."""
    root = directory.resolve()
    _refuse(root, _contents(Answers("", "en", "", "key", "none")))
    asks = not yes and sys.stdin.isatty()
    if not (yes or asks or (company and manager)):
        raise KamError(
            Message(N_("`kam init` asks questions, and nobody is there to answer.")),
            Message(N_("Give --company and --manager, or agree to all defaults with --yes.")),
        )

    def answer(question: str, default: str, choices: tuple[str, ...] = ()) -> str:
        if not asks:
            return default
        kind = click.Choice(choices) if choices else None
        return str(click.prompt(edge.text(question), default=default, type=kind)).strip() or default

    spoken = language(lang or answer(N_("Language"), edge.language.code, CODES))
    company = company or answer(N_("The company's name"), root.name)
    manager = manager or answer(N_("The name of the first account manager"), spoken.text(N_("Account manager")))
    preset = preset or answer(N_("A few customers for a start (small), or key accounts (key)"), "small", PRESETS)
    if preset == "small":  # five questions, the language among them
        customer = customer or answer(N_("The name of the first customer"), "")
        contact = contact or answer(N_("The position of somebody there with whom you can talk"), "")
    else:
        ci = ci or answer(N_("Build server that checks every change"), "none", tuple(CI))
    told = (text.strip() for text in (customer or "", contact or ""))
    contents = _contents(Answers(company, spoken.code, manager, preset, ci or "none", *told))
    _refuse(root, contents)
    for name, text in contents.items():
        if os.path.lexists(root / name):
            edge.note(N_("Left as it is: {file}."), file=str(directory / name))
        else:
            files.write(root / name, text)
            edge.note(N_("Written: {files}."), files=str(directory / name))
    edge.note(
        N_("Next: cd {folder}, kam check, kam serve. `kam new ID` begins the next customer."), folder=str(directory)
    )
    return 0


def _refuse(root: Path, names: Iterable[str]) -> None:
    there = tuple(name for name in names if name not in HELPFUL and os.path.lexists(root / name))
    if there:
        raise KamError(
            Message(N_("{folder} already has {files}; nothing was written."), {"folder": str(root), "files": there}),
            Message(N_("Give another folder, or move these files away.")),
        )


_REMARKS = {
    "made": N_("made by kam; made anew at any time"),
    "checks": N_("Checks every change and builds the site. It publishes nothing: a playbook is confidential,"),
    "confidential": N_("and a GitHub Pages site of a private repository is public on most plans."),
    "members": N_("Checks every change and builds the site, for members of the project only."),
    "history": N_("the history is part of the playbook"),
}
"""Comments in files that are the same in both languages otherwise."""


def _contents(answers: Answers) -> dict[str, str]:
    """Every file of the new playbook, by its name."""
    own, said = answers.lang, language(answers.lang)
    manager = person_id(answers.manager)
    values = {
        "company": skeleton.quoted(answers.company),
        "site_name": skeleton.quoted(answers.company),
        "lang": own,
        "timezone": _ZONES[own],
        "manager": manager,
        "manager_name": skeleton.quoted(answers.manager),
        "version": __version__,
        **{name: said.text(text) for name, text in _REMARKS.items()},
    }
    preset = ("key", ("profile", "contacts", "swot")) if answers.preset == "key" else ("ordinary", ())
    first = skeleton.Beginning(
        answers.customer or said.text(N_("First customer")),
        preset[0],
        manager,
        preset[1],
        contact=(latin(answers.contact) or "first-contact", answers.contact) if answers.contact else None,
    )
    id = latin(answers.customer)
    found = {
        "kam.yaml": _filled(f"{own}/kam.{answers.preset}.yaml", values),
        "company/people.yaml": _filled(f"{own}/people.{answers.preset}.yaml", values),
        f"accounts/{id if is_id(id) else 'first-customer'}.yaml": skeleton.account(first, said),
        "mkdocs.yml": _filled(f"{own}/mkdocs.yml", values),
        ".gitignore": _filled("gitignore", values),
        ".vscode/settings.json": _filled("settings.json", values),
        "docs/.gitkeep": "",  # MkDocs wants the folder of the company's own pages, even while it is empty
        **{f"schema/{kind}.schema.json": written(schema.localised(kind, own)) for kind in schema.KINDS},
    }
    if target := CI[answers.ci]:
        found[target] = _filled(f"ci/{answers.ci}.yml", values)
    return found


def _filled(name: str, values: Mapping[str, str]) -> str:
    return Template((resources.path("templates") / "init" / name).read_text("utf-8")).substitute(values)


def person_id(name: str) -> str:
    """An id for a person of this name: `am-` and the name in Latin letters."""
    if not name.isascii():
        from kam.search import pinyin

        # Each reading is followed by its initials; the last one knows how surnames are read.
        name = " ".join(pinyin(name).split()[-2:][:1]) or name
    return f"am-{latin(name) or '1'}"[:64].rstrip("-")


def latin(name: str) -> str:
    """A name in small Latin letters with hyphens, as an id has it; "" where nothing is left of it."""
    if not name.isascii():
        from kam.search import pinyin

        name = re.sub("[\u4e00-\u9fff]+", lambda run: f" {pinyin(run[0]).split()[0]} ", name)
    return "-".join(re.findall("[a-z0-9]+", name.lower()))[:64].strip("-")
