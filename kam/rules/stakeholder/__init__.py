"""Each person at the customer."""

NEEDS = ("stakeholders",)
