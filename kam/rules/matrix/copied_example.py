"""The matrix is a copy of the example.

## What

A matrix with at least 10 cells (option `cells`) is not, to 90 % or more (option `share`), the one of the example
customer that comes with `kam`. Compared are the function of our person, the customer's title and the level of contact.

## Why it matters

The example shows the idea; it is no answer. Who should tend whom depends on the people, on both sides, and a copied
matrix promises contacts that nobody has.

## How to fix

Clear the matrix and work it out with the team, person by person. An account that really is an example says `example:
true`.

## Bad

```yaml
team:
  manager: am-lin
  members:
    gm-he:
      role: General manager
stakeholders:
  head: {title: Bureau head}
  business: {title: Deputy head (business)}
  technology: {title: Deputy head (technology)}
  engineer: {title: Chief engineer}
  division: {title: Business division head}
  section: {title: Business section head}
matrix:
  cells:                        # <- here
    am-lin: {head: keep, business: keep, technology: keep, engineer: keep, division: close, section: close}
    gm-he: {head: close, business: keep, technology: keep, engineer: keep}
```

## Good

```yaml
team:
  manager: am-lin
  members:
    gm-he:
      role: General manager
stakeholders:
  head: {title: Bureau head}
  business: {title: Deputy head (business)}
  technology: {title: Deputy head (technology)}
  engineer: {title: Chief engineer}
  division: {title: Business division head}
  section: {title: Business section head}
matrix:
  cells:
    am-lin: {head: keep, business: close, technology: close, engineer: close, division: close, section: keep}
    gm-he: {head: close, business: keep, technology: keep, engineer: keep}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account, Cell
from kam.plan import Plan
from kam.rules import Hit, hit, rule

TITLES = (
    ("Bureau head", "局长"),
    ("Deputy head (business)", "业务副局长"),
    ("Deputy head (technology)", "技术副局长"),
    ("Chief engineer", "总工程师"),
    ("Business division head", "业务处处长"),
    ("Business section head", "业务处科长"),
    ("Business division staff", "业务处员工"),
    ("Technical division head", "技术处处长"),
    ("Technical section head", "技术处科长"),
    ("Technical division engineer", "技术处工程师"),
)
PATTERN = {  # one character for each of the titles: k keep, c close, . no cell
    "account-manager": "kkkkcckcck",
    "sales-manager": "....k..k..",
    "sales-director": ".cc.......",
    "presales-engineer": "......c..c",
    "technical-manager": "....cc.cc.",
    "technical-director": ".ccc......",
    "product-engineer": "......c..c",
    "product-manager": ".......cc.",
    "product-director": "..cc......",
    "general-manager": "ckkk......",
    "president": "k.........",
}
_COLUMNS = {title.casefold(): column for column, titles in enumerate(TITLES) for title in titles}
_MARKS = {"k": "keep", "c": "close"}


@rule(on=Account, tier=1, severity="warning", rows="S0-25")
def check(account: Account, plan: Plan, *, share: float = 0.9, cells: int = 10) -> Iterator[Hit]:
    if account.example or account.matrix is None:
        return
    filled = [cell for cell in account.matrix.cells.values() if cell.level]
    named = {cell.stakeholder for cell in filled}
    columns = {id: _COLUMNS[title] for id in named if (title := plan.title(id).strip().casefold()) in _COLUMNS}
    copied = sum(cell.stakeholder in columns and _shipped(cell, columns[cell.stakeholder], plan) for cell in filled)
    if len(filled) >= cells and copied >= round(share * len(filled), 6):
        text = N_("{account}: {copied} of {cells} cells are those of the shipped example.")
        yield hit("matrix", ("matrix", "cells"), text, account=account.name, copied=copied, cells=len(filled))


def _shipped(cell: Cell, column: int, plan: Plan) -> bool:
    row = PATTERN.get(plan.person(cell.member).function or "")
    return row is not None and _MARKS.get(row[column]) == cell.level
