"""How much one account manager carries."""

NEEDS = ()
COMPANY = True
