"""Ids that lead nowhere."""

NEEDS = ()
COMPANY = True
