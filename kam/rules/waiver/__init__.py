"""Findings that the business accepts for a time."""

NEEDS = ("waivers",)
