"""Who or what somebody means: by the id, a name or title, or the pinyin of one; whole, as it begins, or a part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from kam import search
from kam.finding import KamError, Message
from kam.language import N_
from kam.plan import Plan
from kam.selection import near

_MOST = 8
_COMMAS = re.compile(r"\s*[,，、]\s*")


class Name(NamedTuple):
    """An id and what else it is called."""

    id: str
    called: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.id} ({self.called[0]})" if self.called else self.id


class Sort(NamedTuple):
    """A sort of thing: what to say where nobody and nothing is meant, and what to do then."""

    unknown: str
    """With `{name}`."""
    hint: str


STAKEHOLDER = Sort(
    N_("Nobody at the customer is called “{name}”."), N_("Somebody new? kam person ID add NEW --title TITLE")
)
PERSON = Sort(N_("Nobody in company/people.yaml is called “{name}”."), N_("Somebody new? Write them in there first."))
KIND = Sort(N_("“{name}” is no kind of contact."), N_("One of the kinds above, its name or the beginning of it."))
THING = Sort(N_("There is nothing called “{name}” in the plan."), N_("Look at the file for what it is called there."))


def stakeholders(plan: Plan) -> list[Name]:
    """The customer's people, those who left too."""
    people = plan.account.stakeholders.values()
    return [Name(one.id, tuple(filter(None, (one.title, one.name)))) for one in people]


def people(plan: Plan) -> list[Name]:
    """Our people, and members of the team who are not named yet."""
    known = [Name(one.id, (one.name,)) for one in plan.company.people.values()]
    unnamed = {*plan.members} - plan.company.people.keys()
    return known + [Name(id, (plan.who(id),)) for id in sorted(unnamed)]


def leads(plan: Plan) -> list[Name]:
    """What a contact can lead to: actions, entries of the roadmap, goals, opportunities, needs."""
    account = plan.account
    swot = account.swot.actions if account.swot else {}
    goals = (*account.goals.external, *account.goals.internal) if account.goals else ()
    named = [Name(one.id, (one.text,)) for one in (*swot.values(), *account.actions.values())]
    named += [Name(one.id, (one.text,)) for one in account.roadmap.entries.values()] if account.roadmap else []
    sections = (account.data.get(name) for name in ("opportunities", "needs"))
    rest = (key for section in sections if isinstance(section, dict) for key in section)
    return named + [Name(key) for key in dict.fromkeys((*goals, *rest))]


def understood(asked: str, known: Sequence[Name], sort: Sort = THING) -> str:
    """The id that is meant. Raises KamError: with the candidates if there are several, the nearest if there is none."""
    wanted = _even(asked)
    for fits in _WAYS:
        found = list(dict.fromkeys(one for one in known if wanted and fits(wanted, one)))
        if len(found) == 1:
            return found[0].id
        if found:
            raise _ambiguous(asked, found)
    raise _unknown(asked, known, sort)


def every(asked: Iterable[str], known: Sequence[Name], sort: Sort = THING) -> tuple[str, ...]:
    """The ids that are meant, each once; a text may name several, with commas between them."""
    return tuple(dict.fromkeys(understood(one, known, sort) for one in split(asked)))


def ours(asked: Iterable[str], plan: Plan) -> tuple[str, ...]:
    """Those of ours who are meant; while `company/people.yaml` cannot be read, whoever is named."""
    return every(asked, people(plan), PERSON) if plan.company.known else tuple(dict.fromkeys(split(asked)))


def split(texts: Iterable[str]) -> list[str]:
    """The parts of texts with commas, Chinese ones too."""
    return [part for text in texts for part in _COMMAS.split(text.strip(" \t\r\n")) if part]


def matching(begun: str, known: Iterable[Name]) -> Iterator[Name]:
    """The names that a text is the beginning of."""
    wanted = _even(begun)
    return (one for one in known if not wanted or _begins(wanted, one))


def _even(text: str) -> str:
    return " ".join(text.casefold().split())


def _latin(name: Name) -> Iterator[str]:
    for text in name.called:
        yield from search.pinyin(text).split()


def _is_id(wanted: str, name: Name) -> bool:
    return wanted == name.id.casefold()


def _is_called(wanted: str, name: Name) -> bool:
    return any(wanted == _even(one) for one in name.called)


def _sounds(wanted: str, name: Name) -> bool:
    return wanted.isascii() and wanted.replace(" ", "") in _latin(name)


def _begins_as_id(wanted: str, name: Name) -> bool:
    return name.id.casefold().startswith(wanted)


def _begins(wanted: str, name: Name) -> bool:
    """Whether the id, one of its words, a name, a word of it or its pinyin begins so."""
    texts = (name.id.casefold(), *map(_even, name.called))
    words = (word for text in texts for word in (text, *_later_words(text)))
    if any(word.startswith(wanted) for word in words):
        return True
    return wanted.isascii() and any(one.startswith(wanted.replace(" ", "")) for one in _latin(name))


def _later_words(text: str) -> Iterator[str]:
    return (text[found.end() :] for found in re.finditer(r"[-\s]", text))


def _holds(wanted: str, name: Name) -> bool:
    return any(wanted in _even(text) for text in name.called)


_WAYS: tuple[Callable[[str, Name], bool], ...] = (_is_id, _is_called, _sounds, _begins_as_id, _begins, _holds)
"""From the surest to the loosest; the first that fits anybody counts."""


def _ambiguous(asked: str, found: Sequence[Name]) -> KamError:
    shown: list[str | Message] = [str(one) for one in found[:_MOST]]
    if len(found) > _MOST:
        shown.append(Message(N_("{n} more"), {"n": len(found) - _MOST}))
    text = N_("“{name}” can be several: {names}.")
    return KamError(Message(text, {"name": asked, "names": tuple(shown)}), Message(N_("Say the id.")))


def _unknown(asked: str, known: Sequence[Name], sort: Sort) -> KamError:
    words = {word: one for one in known for word in (one.id, *map(_even, one.called), *_latin(one))}
    nearest = near(_even(asked)[:200], words)
    hint = Message(N_("Did you mean {name}?"), {"name": str(words[nearest])}) if nearest else Message(sort.hint)
    return KamError(Message(sort.unknown, {"name": asked}), hint)
