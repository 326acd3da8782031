"""PATH on the command line: which account files are meant."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from kam.finding import KamError, Message
from kam.language import N_
from kam.project import MARK, Project
from kam.selection import near


def chosen(project: Project, paths: Iterable[str], here: Path) -> list[str]:
    """The names of the account files among these files and folders, counted from `here`, else from the root."""
    found: set[str] = set()
    for path in paths:
        found.update(_accounts(project, path, _name(project.root, path, here)))
    return sorted(found)


def _name(root: Path, path: str, here: Path) -> str:
    """The path from the root, with forward slashes; "." is the root itself."""
    for folder in (here, root):
        place = Path(os.path.normpath(folder / path))
        if os.path.lexists(place):
            # The last part may be a link: it is the link that is meant, and reading it says where it leads.
            place = place.resolve() if place.is_dir() else place.parent.resolve() / place.name
            if not place.is_relative_to(root):
                text = N_("{path} lies outside the playbook {root}.")
                raise KamError(Message(text, {"path": path, "root": str(root)}))
            return place.relative_to(root).as_posix()
    raise _missing(path, root)


def _missing(path: str, root: Path) -> KamError:
    known = [one.relative_to(root).as_posix() for one in (root / "accounts").rglob("*.yaml")]
    stems = {Path(name).stem: name for name in known}
    nearest = near(path, known) or stems.get(near(Path(path).stem, stems) or "")
    hint = Message(N_("Did you mean {name}?"), {"name": nearest}) if nearest else None
    return KamError(Message(N_("There is no file or folder {path}."), {"path": path}), hint)


def _accounts(project: Project, path: str, name: str) -> list[str]:
    """The account files that a name from the root means; the company's files are always looked at."""
    below = [one for one in project.accounts if name in (".", one) or one.startswith(f"{name}/")]
    if below or name in (".", MARK, "company", "accounts") or (name.startswith("company/") and name.endswith(".yaml")):
        return below
    text = N_("{path} is not a file that kam checks, nor a folder with such files.")
    hint = N_("Checked are kam.yaml, company/*.yaml and accounts/**/*.yaml.")
    raise KamError(Message(text, {"path": path}), Message(hint))
