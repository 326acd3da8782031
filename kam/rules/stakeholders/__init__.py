"""The customer's people as a group."""

NEEDS = ("stakeholders",)
