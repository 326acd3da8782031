"""The company's own files."""

NEEDS = ()
COMPANY = True
