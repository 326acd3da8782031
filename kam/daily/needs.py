"""What a plan needs once its customer is of another class."""

from __future__ import annotations

import re
from typing import NamedTuple

from kam import skeleton
from kam.config import TIERS, Config
from kam.document import Document
from kam.language import Language


class Needs(NamedTuple):
    """Sections that a class asks for and the file does not have, and how deep its accounts are checked."""

    missing: tuple[str, ...]
    depth: str


def needs(document: Document, class_: str, config: Config) -> Needs:
    """What a file lacks for a class."""
    asked, data = config.classes[class_], document.data or {}
    missing = skeleton.ordered(name for name in asked.sections if not data.get(name))
    return Needs(missing, next(name for name, tier in TIERS.items() if tier == asked.tier))


def comments(document: Document, class_: str, config: Config, language: Language) -> list[str]:
    """Lines for the end of the file: the sections that are missing, commented out; those that are there are not."""
    lines: list[str] = []
    for name in needs(document, class_, config).missing:
        if name not in (document.data or {}) and not re.search(rf"^#\s*{name}:", document.text, re.MULTILINE):
            lines += skeleton.commented(name, language)
    return lines
