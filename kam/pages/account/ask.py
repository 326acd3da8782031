"""What to ask next about an account, and how the answer is written down."""

from __future__ import annotations

from typing import NamedTuple

from kam import questions
from kam.agenda.record import command
from kam.pages.account.scene import Scene


class Ask(NamedTuple):
    """A question, and the command or the field that takes the answer."""

    text: str
    record: str


def asked(scene: Scene) -> tuple[Ask, ...]:
    """The questions whose answers would improve the plan most."""
    found = questions.first(scene.plan, scene.analysis.findings)
    say = scene.setting.language.say
    return tuple(Ask(say(one.text), command(scene.account.id, one.record) or one.field) for one in found)
