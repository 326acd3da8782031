"""An account manager has too many accounts.

## What

Nobody manages more accounts of status prospect or active than `max_accounts` of the person's grade in
`company/standards.yaml` allows; where that says nothing, `accounts`.

## Why it matters

Attention does not grow with the list. Beyond some number the manager only answers those who call.

## How to fix

Give accounts to somebody else.

## Bad

```yaml
# kam.yaml
version: 1
company: Example
rules:
  options:
    load.am-overloaded: {accounts: 1}
# company/people.yaml
version: 1
people:
  am-lin:                       # <- here
    name: Lin
    function: account-manager
# accounts/one.yaml
team: {manager: am-lin}
# accounts/two.yaml
team: {manager: am-lin}
```

## Good

```yaml
# kam.yaml
version: 1
company: Example
rules:
  options:
    load.am-overloaded: {accounts: 2}
# company/people.yaml
version: 1
people:
  am-lin:
    name: Lin
    function: account-manager
# accounts/one.yaml
team: {manager: am-lin}
# accounts/two.yaml
team: {manager: am-lin}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.portfolio import Managed, Portfolio
from kam.rules import Hit, hit, rule


@rule(on=Managed, tier=2, severity="warning", rows="S0-03 S2-35")
def check(managed: Managed, portfolio: Portfolio, *, accounts: int = 20) -> Iterator[Hit]:
    most = portfolio.company.max_accounts.get(managed.person.grade or "", accounts)
    if len(managed.rows) > most:
        text = N_("{name} manages {n} accounts; {of} are allowed.")
        values = {"name": managed.person.name, "n": len(managed.rows), "of": most}
        yield hit(managed.person.id, managed.person.path, text, **values)
