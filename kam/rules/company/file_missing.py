"""A company file that was asked for does not exist.

## What

Each name in the option `files` has its file under `company/`: `strategy` stands for `company/strategy.yaml`. Without
the option nothing is asked for.

## Why it matters

The customers' plans lean on what the company has decided: its strategy, its standards, its rules of service. While that
is not written, each team makes up its own.

## How to fix

Write the file with what is decided today, or take its name out of `files`.

## Bad

```yaml
# kam.yaml
rules:                          # <- here
  options:
    company.file-missing:
      files: [people, strategy]
```

## Good

```yaml
# kam.yaml
rules:
  options:
    company.file-missing:
      files: [people]
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kam.company import Company
from kam.language import N_
from kam.portfolio import Portfolio
from kam.rules import Hit, hit, rule


@rule(on=Company, tier=2, severity="info", rows="S3-03")
def check(company: Company, portfolio: Portfolio, *, files: Sequence[str] = ()) -> Iterator[Hit]:
    for name in dict.fromkeys(files):
        if name not in company.files:
            yield hit(name, ("rules",), N_("The file company/{name}.yaml was asked for and does not exist."), name=name)
