"""`python -m kam` is the command `kam`."""

from __future__ import annotations

from kam.cli import main

main()
