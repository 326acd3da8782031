"""The virtual team behind the account manager."""

NEEDS = ("team",)
