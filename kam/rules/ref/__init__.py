"""Ids that lead nowhere."""

from kam.language import N_

NEEDS = ()
COMPANY = True

WIDE = N_("{id} is no id: it holds {sign} instead of an ordinary sign; between two ids stand a comma and a blank.")
