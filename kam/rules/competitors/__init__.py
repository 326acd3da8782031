"""Who else wants this customer."""

NEEDS = ("swot",)
