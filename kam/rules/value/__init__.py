"""What a customer is worth to us."""

NEEDS = ()
