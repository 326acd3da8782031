"""What a plan has to contain."""

NEEDS = ()
