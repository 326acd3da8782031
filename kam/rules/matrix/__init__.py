"""The relationship matrix: who of ours tends whom of theirs."""

NEEDS = ("matrix", "stakeholders", "team")
