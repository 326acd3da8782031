"""Where the files that `kam` ships lie: in the wheel under `_data`, in a checkout at the top of the repository."""

from __future__ import annotations

from pathlib import Path


def path(name: str) -> Path:
    """The folder `schema`, `templates` or `docs` that came with this `kam`."""
    here = Path(__file__).parent
    shipped = here / "_data" / name
    return shipped if shipped.is_dir() else here.parent / name
