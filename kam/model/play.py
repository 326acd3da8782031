"""Plays: what to do in a situation that comes back, and how far an account has come with one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from kam.model.reading import items, texts
from kam.model.swot import Action

Both = Mapping[str, str]
"""One text in both languages, `{"en": …, "zh": …}`; the same twice where the file has only one."""

State = Literal["running", "ended", "worked", "failed"]
STATES: tuple[State, ...] = ("running", "ended", "worked", "failed")
"""`ended`: every step is done or dropped, and nobody has said yet whether it worked."""


class PlayStep(NamedTuple):
    """One step of a play; `day` counts from the play's beginning."""

    id: str
    text: Both
    role: str
    day: int
    target: str | None
    good: Both | None


class Play(NamedTuple):
    """What to do in a situation; `rules` and `figures` are the signs of it, of which one is enough."""

    id: str
    name: Both
    when: Both | None
    why: Both | None
    rules: tuple[str, ...]
    figures: tuple[str, ...]
    steps: tuple[PlayStep, ...]


class Run(NamedTuple):
    """One time that an account plays a play: the ids of its actions in the order of the steps, and how far it is."""

    play: str
    begun: date | None
    actions: tuple[str, ...]
    done: int
    """Steps that are done."""
    left: int
    """Steps that are still open."""
    state: State


def read_play(id: str, data: Mapping[str, Any]) -> Play:
    """A play in data that the schema accepts; a text that is missing is the id."""
    fits = data.get("fits") or {}
    return Play(
        id,
        _both(data.get("name")) or _same(id),
        _both(data.get("when")),
        _both(data.get("why")),
        texts(fits.get("rules")),
        texts(fits.get("figures")),
        tuple(_step(key, value or {}) for key, value in items(data.get("steps"))),
    )


def _step(id: str, data: Mapping[str, Any]) -> PlayStep:
    return PlayStep(
        id,
        _both(data.get("text")) or _same(id),
        data.get("role") or "account-manager",
        data.get("day") or 0,
        data.get("for"),
        _both(data.get("good")),
    )


def _same(text: str) -> Both:
    return {"en": text, "zh": text}


def _both(value: Any) -> Both | None:
    """A text of a play's file; a language that is missing says what the other one says."""
    if isinstance(value, str):
        return _same(value) if value.strip() else None
    said = {code: text for code in ("en", "zh") if (text := (value or {}).get(code)) and text.strip()}
    return {code: said.get(code) or next(iter(said.values())) for code in ("en", "zh")} if said else None


def runs(actions: Iterable[Action]) -> tuple[Run, ...]:
    """Every play that was begun, by its actions, in the order of the file."""
    found: dict[tuple[str, date | None], list[Action]] = {}
    for one in actions:
        if one.play:
            found.setdefault((one.play, one.begun), []).append(one)
    return tuple(_run(play, begun, steps) for (play, begun), steps in found.items())


def _run(play: str, begun: date | None, steps: list[Action]) -> Run:
    left = sum(one.open for one in steps)
    said = [one.outcome for one in steps if one.outcome]
    state: State = "worked" if said[-1:] == ["worked"] else "failed" if said else "running" if left else "ended"
    return Run(play, begun, tuple(one.id for one in steps), sum(one.status == "done" for one in steps), left, state)
