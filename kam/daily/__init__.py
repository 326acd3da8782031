"""The daily loop: a sentence about the customer becomes changes of its file. Plans only; `kam.writer` writes."""

from __future__ import annotations

from kam.daily.contact import NOTHING, Said, contact
from kam.daily.draft import Draft, State
from kam.daily.fields import setting
from kam.daily.finished import finished

__all__ = ["NOTHING", "Draft", "Said", "State", "contact", "finished", "setting"]
