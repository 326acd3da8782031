"""Where the files that `kam` ships lie: in the wheel under `_data`, in a checkout at the top of the repository."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


def path(name: str) -> Path:
    """The folder `schema`, `templates` or `docs` that came with this `kam`."""
    here = Path(__file__).parent
    shipped = here / "_data" / name
    return shipped if shipped.is_dir() else here.parent / name


@cache
def schema(kind: str) -> Mapping[str, Any]:
    """The JSON Schema of a kind of file as it stands in `schema/`; it is shared, do not change it."""
    found: Mapping[str, Any] = json.loads((path("schema") / f"{kind}.schema.json").read_text("utf-8"))
    return found


@cache
def schemas() -> tuple[str, ...]:
    """The kinds of files that have a schema, the account first: it has most words."""
    kinds = sorted(file.name.removesuffix(".schema.json") for file in path("schema").glob("*.schema.json"))
    return tuple(sorted(kinds, key=lambda kind: kind != "account"))
