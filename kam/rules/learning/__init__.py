"""Learning the customer's trade."""

NEEDS = ("learning",)
