"""An account as values: what rules, figures and pages read; one module a section, its type and how it is read.

Built from data whose faulty values were taken out. Every thing knows its `path` in the file; `faulty` names the fields
that stand in the file but could not be used: they count as written, so who asks for an empty field calls `blank`.
"""

from __future__ import annotations

from kam.model.contacts import Contact
from kam.model.customer import Account, Handover, account
from kam.model.goals import Announcement, Goal, Goals
from kam.model.learning import LEARNING_LEVELS, Learning, Lesson, Subject
from kam.model.matrix import Cell, Introduction, Matrix
from kam.model.people import Basis, Line, Stakeholder
from kam.model.play import STATES, Both, Play, PlayStep, Run, State, read_play, runs
from kam.model.reading import Faulty, added, blank, day, empty, is_unnamed
from kam.model.roadmap import Budget, Entry, Roadmap, SignOff
from kam.model.swot import FIELDS, QUADRANTS, Action, Competitor, Factor, Swot
from kam.model.team import Kickoff, Member, Team
from kam.model.waiver import Waiver, WaiverUse, waivers

__all__ = [
    "FIELDS",
    "LEARNING_LEVELS",
    "QUADRANTS",
    "STATES",
    "Account",
    "Action",
    "Announcement",
    "Basis",
    "Both",
    "Budget",
    "Cell",
    "Competitor",
    "Contact",
    "Entry",
    "Factor",
    "Faulty",
    "Goal",
    "Goals",
    "Handover",
    "Introduction",
    "Kickoff",
    "Learning",
    "Lesson",
    "Line",
    "Matrix",
    "Member",
    "Play",
    "PlayStep",
    "Roadmap",
    "Run",
    "SignOff",
    "Stakeholder",
    "State",
    "Subject",
    "Swot",
    "Team",
    "Waiver",
    "WaiverUse",
    "account",
    "added",
    "blank",
    "day",
    "empty",
    "is_unnamed",
    "read_play",
    "runs",
    "waivers",
]
