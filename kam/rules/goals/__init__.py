"""What we promise and what we gain."""

NEEDS = ("goals",)
