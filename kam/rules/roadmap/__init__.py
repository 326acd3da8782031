"""The customer roadmap: what we carry out, when, with what money."""

NEEDS = ("roadmap",)
