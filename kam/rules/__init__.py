"""The rules: one a file, its name is its path. `kam/rules/matrix/am_uncovered.py` is the rule `matrix.am-uncovered`.

A rule module is its own page: the docstring has a title and the headings *What*, *Why it matters*, *How to fix*, *Bad*
(a piece of an account with `# <- here` on the line that the finding names) and *Good*. The decorated generator `check`
sees one thing of the model and the plan, and yields hits; it knows no line, no severity, no waiver and no language.
Keyword arguments of `check` are the rule's options with their defaults (`from_` is the option `from`).
"""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from kam.finding import Message, Path, Severity
from kam.record import record

HEADINGS = ("What", "Why it matters", "How to fix", "Bad", "Good")
NOT_ORDINARY = ("key", "special", "good")
KEY_OR_SPECIAL = ("key", "special")


class Hit(NamedTuple):
    """One thing that a rule noticed: what it is about, where, and the sentence."""

    object: str
    path: Path
    message: Message


class Texts(NamedTuple):
    """A rule's page: texts in English (the message ids of the Chinese ones), examples in YAML."""

    title: str
    what: str
    why: str
    fix: str
    bad: str
    good: str


@record
class Rule:
    """A rule: what it visits, how much it counts, and its check."""

    id: str
    family: str
    on: type
    tier: int
    severity: Severity
    rows: tuple[str, ...]
    needs: tuple[str, ...]
    options: Mapping[str, Any]
    check: Callable[..., Iterable[Hit]]

    @property
    def texts(self) -> Texts:
        """The rule's page, from the docstring of its module."""
        return _texts(self.check)


def hit(object: str, path: Path, text: str, /, **values: object) -> Hit:
    """A hit; `text` is English with `{names}`, marked with `N_`."""
    return Hit(object, path, Message(text, values))


def rule(
    *, on: type, tier: int, severity: Severity, rows: str, needs: tuple[str, ...] = ()
) -> Callable[[Callable[..., Iterable[Hit]]], Rule]:
    """Make a rule of a generator `check(thing, plan, *, options…)`.

    `on`: the model type that it visits; `rows`: rows of the method, parted by blanks; `needs`: sections besides those
    that the family needs, without which the rule is silent.
    """

    def make(check: Callable[..., Iterable[Hit]]) -> Rule:
        family, name = check.__module__.split(".")[-2:]
        options = {key.rstrip("_"): default for key, default in (check.__kwdefaults__ or {}).items()}
        family = family.replace("_", "-")
        id = f"{family}.{name.replace('_', '-')}"
        return Rule(id, family, on, tier, severity, tuple(rows.split()), needs, options, check)

    return make


@cache
def _texts(check: Callable[..., Iterable[Hit]]) -> Texts:
    return sections(inspect.getmodule(check).__doc__ or "")


@cache
def sections(docstring: str) -> Texts:
    """Split a rule's docstring: title, then the five headings in order. ValueError names what is missing."""
    text = inspect.cleandoc(docstring)
    title, *rest = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    found = dict(zip(rest[::2], (part.strip() for part in rest[1::2]), strict=True))
    if tuple(found) != HEADINGS:
        raise ValueError(f"headings {tuple(found)} instead of {HEADINGS}")
    what, why, fix = (_joined(found[name]) for name in HEADINGS[:3])
    return Texts(_joined(title).rstrip("."), what, why, fix, *(_example(found[name]) for name in HEADINGS[3:]))


def _joined(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))


def _example(text: str) -> str:
    return re.sub(r"\A```yaml\n|\n?```\Z", "", text) + "\n"


class Family(NamedTuple):
    """A family of rules: its title and the sections without which it is silent."""

    name: str
    title: str
    needs: tuple[str, ...]
    company: bool
    """Whether some of its rules look at the company's files or at the portfolio."""


@cache
def families() -> Mapping[str, Family]:
    """Every family by name; cheap, imports no rule."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        package = import_module(f"{__name__}.{module.name}")
        name = module.name.replace("_", "-")
        title = (package.__doc__ or "").strip().rstrip(".")
        found[name] = Family(name, title, package.NEEDS, getattr(package, "COMPANY", False))
    return found


@cache
def ids() -> tuple[str, ...]:
    """The id of every rule; cheap, imports no rule."""
    packages = {name: import_module(f"{__name__}.{name.replace('-', '_')}").__path__ for name in families()}
    return tuple(
        f"{name}.{module.name.replace('_', '-')}"
        for name, path in packages.items()
        for module in pkgutil.iter_modules(path)
    )


@cache
def family(name: str) -> tuple[Rule, ...]:
    """The rules of a family, in the order of their names."""
    package = import_module(f"{__name__}.{name.replace('-', '_')}")
    modules = (import_module(f"{package.__name__}.{module.name}") for module in pkgutil.iter_modules(package.__path__))
    return tuple(module.check for module in modules)


def load_all() -> Iterator[Rule]:
    """Every rule."""
    for name in families():
        yield from family(name)


@cache
def find(id: str) -> Rule | None:
    """The rule of an id, None if there is none."""
    name = id.partition(".")[0]
    return next((one for one in family(name) if one.id == id), None) if name in families() else None
