"""Strengths, weaknesses, opportunities, threats, and what follows from them."""

from kam.language import N_

NEEDS = ("swot",)
NAMES = {
    "strengths": N_("strengths"),
    "weaknesses": N_("weaknesses"),
    "opportunities": N_("opportunities"),
    "threats": N_("threats"),
}
