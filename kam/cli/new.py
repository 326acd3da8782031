"""`kam new`: the file of a new account."""

from __future__ import annotations

import os
import sys
from pathlib import PurePosixPath

import click

from kam import files, lock, schema, skeleton
from kam.cli import _complete, _names
from kam.cli._edge import Edge
from kam.filenames import TAKEN, is_id, is_reserved
from kam.finding import KamError, Message
from kam.language import N_
from kam.project import Project
from kam.selection import near


@click.command(
    "new",
    help=N_(
        "Begin an account: six lines that are enough, and comments.\n\n"
        "ID: what the customer is called everywhere; the name of the file accounts/ID.yaml. "
        "REGION/ID puts it into a sub-folder."
    ),
)
@click.argument("id", metavar="ID")
@click.option("--name", help=N_("The customer's name; otherwise made from the id."))
@click.option(
    "--class",
    "class_",
    type=click.Choice(tuple(schema.words("class"))),
    default="ordinary",
    show_default=True,
    help=N_("The customer's class."),
)
@click.option(
    "--manager",
    metavar="PERSON",
    shell_complete=_complete.people,
    help=N_("The account manager, an id of company/people.yaml."),
)
@click.option(
    "--with", "sections", multiple=True, metavar="SECTION,…", help=N_("More sections, empty, their fields as comments.")
)
@click.pass_obj
def command(edge: Edge, id: str, name: str | None, class_: str, manager: str | None, sections: tuple[str, ...]) -> int:
    """Write the file, unless one is there."""
    project = edge.project()
    stem = PurePosixPath(id).name
    file = _file(project, id, stem)
    new = skeleton.Beginning(
        name or stem.replace("-", " ").title(),
        class_,
        _manager(edge, project, manager),
        _sections(sections),
        "../" * file.count("/") + "schema/account.schema.json",
    )
    with lock.held(project.root):
        if os.path.lexists(project.root / file):  # meanwhile
            raise KamError(Message(_THERE, {"file": file}))
        files.write(project.root / file, skeleton.account(new, edge.language), project.root)
    edge.note(N_("Written: {files}."), files=file)
    edge.note(N_("Put in the people you know, then: kam check {file}"), file=file)
    return 0


_THERE = N_("There is already an account {file}; nothing was written.")
_FORM = N_("Use small letters a–z, digits and single hyphens, at most 64 characters: harbour-hospital.")


def _file(project: Project, id: str, stem: str) -> str:
    """The name of the new file; refuses ids that cannot be used or are taken."""
    parts = PurePosixPath(id).parts
    if not is_id(stem) or not all(map(is_id, parts)):
        raise KamError(
            Message(N_("“{name}” cannot be the id of an account."), {"name": id}),
            Message(TAKEN if is_reserved(stem) else _FORM),
        )
    file = f"accounts/{id}.yaml"
    taken = next((one for one in project.accounts if PurePosixPath(one).stem.casefold() == stem), None)
    if taken or os.path.lexists(project.root / file):
        raise KamError(Message(_THERE, {"file": taken or file}))
    return file


def _manager(edge: Edge, project: Project, asked: str | None) -> str:
    """The account manager: who was named, the only one there is, or who is named now."""
    people = project.company.company.people
    managers = {key: one for key, one in people.items() if one.function == "account-manager" and not one.left}
    if asked is None and len(managers) == 1:
        return next(iter(managers))
    if asked is None and sys.stdin.isatty() and managers:
        asked = click.prompt(edge.text(N_("Account manager")), type=click.Choice(tuple(managers)))
    if asked is not None:
        return _names.person(project, asked)
    known = Message(N_("Account managers: {names}."), {"names": tuple(managers)}) if managers else None
    raise KamError(Message(N_("Who is the account manager? Say it with --manager.")), known)


def _sections(asked: tuple[str, ...]) -> tuple[str, ...]:
    names = [name.strip() for text in asked for name in text.split(",") if name.strip()]
    for name in names:
        if name not in schema.sections():
            nearest = near(name, schema.sections())
            hint = Message(N_("Did you mean {name}?"), {"name": nearest}) if nearest else None
            hint = hint or Message(N_("Sections: {names}."), {"names": schema.sections()})
            raise KamError(Message(N_("There is no section “{name}”."), {"name": name}), hint)
    return skeleton.ordered(names)
