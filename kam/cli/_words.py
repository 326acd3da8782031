"""The language of the command line, and the words that click itself says in it."""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kam import language as languages
from kam.language import CODES, N_, Language

DOMAIN = "kam"
CATALOGUES = Path(languages.__file__).parent / "locale"


def language(arguments: Sequence[str]) -> Language:
    """The language to speak: --lang, KAM_LANG, the first language of kam.yaml, the system's."""
    asked = _option(arguments, "--lang")
    if asked in CODES:
        return languages.language(asked)
    chosen = os.environ.get("KAM_LANG") or _of_playbook(_option(arguments, "--root")) or _of_system()
    return languages.language(chosen)


def _option(arguments: Sequence[str], name: str) -> str:
    """The value of an option before anything is parsed, for the help must know it too."""
    for word, following in zip(arguments, (*arguments[1:], ""), strict=False):
        if word == name:
            return following
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return ""


def _of_playbook(given: str) -> str:
    """The first language of the playbook around us, "" without one; whatever is wrong with it is said later."""
    from kam import config, files, project, source
    from kam.finding import KamError

    try:
        root = project.root(Path.cwd(), Path(given) if given else None)
        raw = files.read(root, project.MARK)
        data = source.read(raw, project.MARK, "company").data if isinstance(raw, bytes) else None
    except (KamError, OSError):
        return ""
    named = {"languages", "language"} & (data or {}).keys()
    return config.config({name: (data or {})[name] for name in named}).languages[0] if named else ""


def _of_system() -> str:
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return named or locale.getlocale()[0] or ""


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Let click speak the language: it asks gettext for its words, so ours is the catalogue for that while."""
    before, environment = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language.code
    try:
        yield
    finally:
        gettext.textdomain(before)
        if environment is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = environment


CLICK = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Positional arguments"),
    N_("Show this message and exit."),
    N_("Try '{command} {option}' for help."),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing parameter"),
    N_("Missing parameter: {param_name}"),
    N_("Missing {param_type}"),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Did you mean {possibility}?"),
    N_("(Did you mean one of: {possibilities}?)"),
    N_("Option {name!r} does not take a value."),
    N_("Option {name!r} requires an argument."),
    N_("Option {name!r} requires {nargs} arguments."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("{value!r} is not {choice}."),
    N_("{value!r} is not one of {choices}."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("Got unexpected extra argument ({args})"),
    N_("Got unexpected extra arguments ({args})"),
    N_("Choose from:\n\t{choices}"),
    N_("file"),
    N_("directory"),
    N_("path"),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is not readable."),
    N_("{name} {filename!r} is not writable."),
    N_("default: {default}"),
    N_("env var: {var}"),
    N_("Error: invalid input"),
)
"""What click says to the user of this program; singular and plural are two texts here."""

PLURALS = (
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
)
"""Texts that click asks for with a number; the compiled catalogue joins each pair."""
