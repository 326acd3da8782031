"""The ends of the calendar: no day in a file, and no day as which it is read, stops kam."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from kam import agenda, check, company_files, pages
from kam.days import days_later, months_later, whole_months
from kam.language import Language

ROOT = Path(__file__).parents[1]
ENDS = ("1900-01-01", "9999-12-31")
COMPANY = company_files.read({name: (ROOT / name).read_bytes() for name in ("kam.yaml", "company/people.yaml")}).company


@pytest.mark.parametrize("as_of", [*ENDS, "2026-01-15"])
@pytest.mark.parametrize("written", [*ENDS, None])
@pytest.mark.parametrize("account", sorted((ROOT / "accounts").glob("*.yaml")), ids=lambda one: one.stem)
def test_an_account_at_the_ends_of_the_calendar(account: Path, written: str | None, as_of: str) -> None:
    text = account.read_text("utf-8")
    if written:
        text = re.sub(r"\b\d{4}-\d{2}-\d{2}\b", written, text)
    today = date.fromisoformat(as_of)
    analysis = check.analyse(text.encode(), f"accounts/{account.name}", COMPANY, today)
    assert analysis.plan
    assert analysis.row.figures
    assert agenda.within(analysis.plan, 10**9) is not None
    assert pages.account_page(analysis, pages.Setting(COMPANY, Language("zh"), today))


def test_a_cadence_beyond_the_calendar() -> None:
    text = (ROOT / "accounts/xinglan-roads-bureau.yaml").read_text("utf-8")
    endless = text.replace("bureau-head: keep", "bureau-head: {level: keep, every_days: 9007199254740991}")
    assert endless != text
    analysis = check.analyse(endless.encode(), "accounts/x.yaml", COMPANY, date(2026, 1, 15))
    assert pages.account_page(analysis, pages.Setting(COMPANY, Language("en"), date(2026, 1, 15)))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("9999-12-31", 1, "9999-12-31"),
        ("9999-10-31", 1, "9999-11-30"),
    ],
)
def test_months_later(day: str, months: int, later: str) -> None:
    assert months_later(date.fromisoformat(day), months).isoformat() == later


def test_whole_months_and_days() -> None:
    assert whole_months(date(2025, 12, 20), date(2026, 4, 20)) == 4
    assert whole_months(date(2025, 12, 20), date(2026, 4, 19)) == 3
    assert days_later(date(2026, 1, 15), 20) == date(2026, 2, 4)
    assert days_later(date(9999, 12, 30), 10**18) == date.max
