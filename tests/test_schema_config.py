"""Settings from a `kam.yaml` with keys that nobody knows, and with fields of the company's own."""

from __future__ import annotations

import pytest

from kam import schema, source
from kam.config import Config, config


@pytest.mark.parametrize(
    "text",
    [
        "account_levels: {top: x, x-note: [1]}",
        "health: {x-note: 1, amber: 80}",
        "classes: {gold: 1, x-note: [1], key: }",
        "cadence_days: {x-note: 1, far: 2}",
        "learning_standards: {x-note: 1}",
        "rules: {x-note: {ignore: [swot]}}",
        "x-note: {company: B}",
    ],
)
def test_what_is_not_a_setting_changes_none(text: str) -> None:
    read = source.read(f"company: A\n{text}\n".encode(), "kam.yaml", "company")
    document = schema.settle(read, "kam")
    assert document.data is not None
    assert {one.rule for one in schema.problems(document, "kam")} <= {"schema.unknown-key"}
    settings = config(document.data)
    base = Config(company="A")
    kept = {name: settings.cadence_days[name] for name in base.cadence_days}
    known = {name: settings.learning_standards[name] for name in base.learning_standards}
    assert settings._replace(cadence_days=kept, learning_standards=known) == base


def test_the_levels_of_the_company() -> None:
    read = source.read(b"company: A\naccount_levels: {1: 360, 5: base, 2: }\n", "kam.yaml", "company")
    document = schema.settle(read, "kam")
    assert document.data is not None
    assert config(document.data).account_levels == {1: "360", 5: "base"}


def test_a_faulty_entry_of_a_list_is_left_out() -> None:
    data = {
        "required_departments": ["sales", None],
        "rules": {"ignore": [None, "swot"], "mandatory": [None]},
        "classes": {"key": {"sections": ["team", None]}},
    }
    settings = config(data)
    assert settings.required_departments == ("sales",)
    assert (settings.ignore, settings.mandatory) == (("swot",), ())
    assert settings.classes["key"].sections == ("team",)
