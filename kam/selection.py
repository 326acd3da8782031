"""Which rules are asked for: names that the user wrote are looked up, an unknown one is refused with the nearest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kam import rules
from kam.config import Config, Selection
from kam.document import Document
from kam.finding import SEVERITIES, KamError, Message, Path, Severity
from kam.language import N_

FAULTS = ("source", "schema")
NO_RULE = N_("“{name}” is a fault of a file, not a rule: it is always reported, as an error or a warning of its own.")


def selection(select: Iterable[str], ignore: Iterable[str], severity: Iterable[str]) -> Selection:
    """What the command line asks for; each text may hold several names, parted by commas. Raises KamError."""
    levels = dict(map(_level, _parted(severity)))
    chosen = Selection(tuple(_parted(select)), tuple(_parted(ignore)), levels)
    for name in (*chosen.select, *chosen.ignore, *levels):
        _known(name, None)
    return chosen


def _parted(texts: Iterable[str]) -> list[str]:
    return [name.strip() for text in texts for name in text.split(",") if name.strip()]


def _level(text: str) -> tuple[str, Severity]:
    name, sign, level = text.partition("=")
    if not sign or level not in SEVERITIES:
        raise KamError(
            Message(N_("“{text}” does not say which rule gets which severity."), {"text": text}),
            Message(N_("Write it as in contact.stale=error; severities are error, warning and info.")),
        )
    return name, level


def of_settings(config: Config, document: Document) -> None:
    """Look up the names of rules and options in kam.yaml. Raises KamError with the line."""
    for index, name in enumerate(config.ignore):
        _known(name, _at(document, "ignore", index))
    for name in config.severity:
        _known(name, _at(document, "severity", name))
    for index, name in enumerate(config.mandatory):
        _known(name, _at(document, "mandatory", index))
    for name, options in config.options.items():
        where = _at(document, "options", name)
        _known(name, where, families=False)
        _options(name, options, where)


def _at(document: Document, *path: str | int) -> Message:
    keys: Path = ("rules", *path)
    return Message("{file}:{line}", {"file": document.name, "line": document.place(keys).line})


def _known(name: str, where: Message | None, *, families: bool = True) -> None:
    """Refuse a name that is no rule and, unless only rules count, no family."""
    names = {*rules.ids(), *(rules.families() if families else ())}
    if name in names:
        return
    if name.partition(".")[0] in FAULTS:
        raise KamError(_placed(where, NO_RULE, name=name), Message(N_("Correct the file.")))
    nearest = near(name, names)
    hint = (
        Message(N_("Did you mean {name}?"), {"name": nearest})
        if nearest
        else Message(N_("`kam rule` lists all rules."))
    )
    raise KamError(_placed(where, N_("There is no rule “{name}”."), name=name), hint)


def _placed(where: Message | None, text: str, **values: object) -> Message:
    message = Message(text, values)
    return Message("{where}: {message}", {"where": where, "message": message}) if where else message


def near(name: str, names: Iterable[str]) -> str | None:
    """The name that somebody may have meant; None if none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, list(names), 1, 0.6)), None)


def _options(name: str, given: Mapping[str, Any], where: Message) -> None:
    rule = rules.find(name)
    defaults = rule.options if rule else {}
    for option, value in given.items():
        if option not in defaults:
            known = Message(N_("It has these options: {names}."), {"names": tuple(defaults)})
            none = Message(N_("It has no options."))
            text = N_("The rule {rule} has no option “{name}”.")
            raise KamError(_placed(where, text, rule=name, name=option), known if defaults else none)
        if not _fits(value, defaults[option]):
            text = N_("The option {name} of the rule {rule} needs a value like {example}.")
            raise KamError(_placed(where, text, rule=name, name=option, example=_written(defaults[option])))


def _fits(value: Any, default: Any) -> bool:
    if isinstance(default, tuple | list | frozenset):
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, float):
        return isinstance(value, int | float)
    return isinstance(value, type(default)) and (not isinstance(value, int) or value >= 0)


def _written(default: Any) -> str:
    """A default as YAML writes it."""
    return f"[{', '.join(map(str, default))}]" if isinstance(default, tuple | list | frozenset) else str(default)
