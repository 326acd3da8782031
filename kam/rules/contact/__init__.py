"""Contacts and what came of them."""

NEEDS = ("contacts", "team")
