"""kam: a key account playbook generator; the plan that complains when it stops being true."""

from __future__ import annotations

__version__ = "0.1.0"
