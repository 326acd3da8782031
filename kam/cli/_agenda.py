"""An agenda in words: what is late, due within a week, later, and open without a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from kam.agenda import Task
from kam.agenda.record import command
from kam.company import Company
from kam.finding import Message
from kam.ics import Event
from kam.language import N_, Language
from kam.reports import Paint, plain, shown
from kam.reports.json import written
from kam.reports.markdown import code, sentence, text

WEEK = 7
GROUPS = {
    "overdue": N_("Overdue"),
    "week": N_("Within a week"),
    "later": N_("Later"),
    "open": N_("No day set"),
}


class Item(NamedTuple):
    """A task of an account."""

    id: str
    """The same from one day to the next, as long as the task is the same."""
    account: str
    name: str
    file: str
    task: Task


class Agenda(NamedTuple):
    """What somebody asked for."""

    items: tuple[Item, ...]
    today: date
    days: int
    company: Company
    language: Language
    paint: Paint = plain

    def who(self, item: Item) -> str:
        """Who should act."""
        return self.company.name(item.task.owner) if item.task.owner else self.language.text(N_("nobody yet"))

    def group(self, item: Item) -> str:
        """Which of GROUPS something belongs to; a contact that never took place is late."""
        if item.task.due is None:
            return "overdue" if item.task.kind == "contact" else "open"
        left = (item.task.due - self.today).days
        return "overdue" if left < 0 else "week" if left < WEEK else "later"

    def groups(self) -> Iterator[tuple[str, str, list[Item]]]:
        """The groups that have something, with their titles."""
        for name, title in GROUPS.items():
            if found := [one for one in self.items if self.group(one) == name]:
                yield name, self.language.text(title), found

    def when(self, due: date | None) -> str:
        """How long until a day, or since."""
        say = self.language.text
        if due is None:
            return say(N_("as soon as possible"))
        left = (due - self.today).days
        if left == 0:
            return say(N_("today"))
        text = N_("{days} d overdue") if left < 0 else N_("{days} d left") if left < WEEK else N_("in {days} d")
        return f"{due} · {say(text, days=abs(left))}"

    def record(self, item: Item) -> str:
        """How it is written down once it is done."""
        line = command(item.account, item.task.record)
        text = N_("Record it: {command}") if line else N_("Record it in {file}, under {field}")
        return self.language.text(text, command=line, file=item.file, field=item.task.field)

    def title(self) -> str:
        """What this is, as of when."""
        text = N_("As of {date}, to do within {days} days: {n}")
        return self.language.text(text, date=self.today, days=self.days, n=len(self.items))


def numbered(items: Iterable[Item]) -> Iterator[Item]:
    """The second task with the same id gets `#2`, the third `#3`."""
    seen: Counter[str] = Counter()
    for one in items:
        seen[one.id] += 1
        yield one._replace(id=f"{one.id}#{seen[one.id]}") if seen[one.id] > 1 else one


def as_text(agenda: Agenda) -> Iterator[str]:
    """For people at a terminal."""
    say, paint = agenda.language.say, agenda.paint
    yield agenda.title()
    for name, title, items in agenda.groups():
        yield ""
        yield paint(_counted(title, items, agenda.language), "error" if name == "overdue" else "strong")
        for one in items:
            yield ""
            yield f"  {paint(shown(say(one.task.what)), 'strong')}"
            yield f"    {shown(' · '.join((one.name, agenda.who(one), agenda.when(one.task.due))))}"
            yield f"    {shown(say(one.task.why))}"
            yield f"    {paint(shown(agenda.record(one)), 'quiet')}"


def as_markdown(agenda: Agenda) -> Iterator[str]:
    """For a message or a wiki: a list to tick off; what stands in files is never markup."""
    yield f"# {text(agenda.title())}"
    for _, title, items in agenda.groups():
        yield ""
        yield f"## {text(_counted(title, items, agenda.language))}"
        yield ""
        for one in items:
            about = (code(one.name), code(agenda.who(one)), text(agenda.when(one.task.due)))
            yield f"- [ ] {sentence(one.task.what, agenda.language)} · {' · '.join(about)}\\"
            yield f"  {sentence(one.task.why, agenda.language)}\\"
            yield f"  {_recorded(one, agenda)}"


def _recorded(one: Item, agenda: Agenda) -> str:
    line = command(one.account, one.task.record)
    if line:
        return agenda.language.text(N_("Record it: {command}"), command=fenced(line))
    values = {"file": one.file, "field": one.task.field}
    return sentence(Message(N_("Record it in {file}, under {field}"), values), agenda.language)


def fenced(line: str) -> str:
    """A whole command in a code span, which `code` would cut."""
    said = shown(line)
    fence = "`" * (said.count("`") + 1)
    return f"{fence}{said}{fence}" if len(fence) == 1 else f"{fence} {said} {fence}"


def as_json(agenda: Agenda) -> Iterator[str]:
    """For programs; the shape is a contract and has a version."""
    head: Mapping[str, Any] = {"version": 1, "as_of": agenda.today.isoformat(), "days": agenda.days}
    yield written({**head, "tasks": [_object(one, agenda) for one in agenda.items]}, indent=2)


def _object(one: Item, agenda: Agenda) -> dict[str, Any]:
    task, say = one.task, agenda.language.say
    return {
        "id": one.id,
        "kind": task.kind,
        "account": one.account,
        "name": one.name,
        "what": say(task.what),
        "why": say(task.why),
        "owner": task.owner,
        "with": list(task.ours),
        "due": task.due.isoformat() if task.due else None,
        "group": agenda.group(one),
        "command": command(one.account, task.record) or None,
        "field": task.field or None,
        "path": one.file,
    }


def as_events(agenda: Agenda) -> Iterator[Event]:
    """For a calendar: what is late stands on today, until it is done."""
    for one in agenda.items:
        due = one.task.due
        late = agenda.group(one) == "overdue"
        said = agenda.language.say(one.task.what)
        notes = (agenda.language.say(one.task.why), agenda.when(due), agenda.who(one), agenda.record(one))
        summary = f"{said} · {one.name}"
        yield Event(one.id, agenda.today if late else due, summary, notes, one.name)


def _counted(title: str, items: Sequence[Item], language: Language) -> str:
    return language.text(N_("{title}: {n}"), title=title, n=len(items))


FORMATS: Mapping[str, Callable[[Agenda], Iterable[str]]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
}
