"""The map of the customer's people: bands by level, who reports to whom, and what no such chart shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from unicodedata import east_asian_width

from kam.language import N_
from kam.model import Stakeholder
from kam.pages.account.scene import LEVELS, Mark, Scene, ago, roles, stance

BAND, WIDE, HIGH, STEP, LEFT = 96, 246, 74, 277, 91
"""Height of a band, width and height of a node, from node to node, and the left edge of the first, in SVG units."""
MOST = 60
"""Nodes that are drawn; a map of more is no map."""
_TONES = {"helper": "ally", "supporter": "ally", "opponent": "bad"}


class Node(NamedTuple):
    """A person on the map; `x` and `y` are the upper left corner."""

    id: str
    x: int
    y: int
    title: str
    full: str
    mark: Mark
    ink: str
    """The class of the mark's word."""
    bars: str
    weight: str
    close: int
    keep: int
    about: str
    stale: str
    dashed: bool


class Look(NamedTuple):
    """What the nodes of one stance share: classes of the mark and of the bar on the left, and how wide that is."""

    name: str
    hue: str
    tone: str
    bar: int


class Curve(NamedTuple):
    """An informal line: its path, its heads, and its word with a place."""

    kind: str
    bad: bool
    path: str
    heads: tuple[str, ...]
    word: str
    x: int
    y: int


class Chart(NamedTuple):
    """The whole map."""

    width: int
    height: int
    bands: tuple[tuple[int, str, str], ...]
    """Upper edge, level, name of the level."""
    nodes: tuple[Node, ...]
    tree: tuple[str, ...]
    curves: tuple[Curve, ...]
    description: str
    left_out: int
    kinds: tuple[tuple[str, str], ...]
    """The kinds of informal lines that are drawn, with their words."""
    stances: tuple[Look, ...]
    bars: tuple[str, ...]
    """The stances and the bars of influence that are drawn."""


class _Spot(NamedTuple):
    column: float
    band: int


def chart(scene: Scene) -> Chart | None:
    """The map of an account; None while nobody is known."""
    every = {key: one for key, one in scene.account.stakeholders.items() if one.status != "left"}
    people = dict(sorted(every.items(), key=lambda item: item[1].level or 9)[:MOST]) if len(every) > MOST else every
    if not people:
        return None
    boss = _bosses(people)
    spots, columns = _spots(people, boss)
    bands = _bands(scene, people, spots)
    curves = tuple(_curves(scene, people, spots))
    tree = tuple(_tree(boss, spots))
    nodes = tuple(_node(scene, one, spots[key]) for key, one in people.items())
    return Chart(
        max(LEFT + columns * STEP - STEP + WIDE + 17, 908 if columns <= 3 else 0),
        (max(spot.band for spot in spots.values()) + 1) * BAND,
        bands,
        nodes,
        tree,
        curves,
        _description(scene, people),
        len(every) - len(people),
        tuple(dict.fromkeys((one.kind, scene.word("line-kind", one.kind)) for one in curves)),
        tuple(map(_look, dict.fromkeys(one.mark.name for one in nodes))),
        tuple(dict.fromkeys(one.bars for one in nodes if one.bars)),
    )


def _look(name: str) -> Look:
    tone = _TONES.get(name, "")
    return Look(name, f"c-{tone}" if tone else "m", tone or "mark", 3 if name in ("neutral", "unknown") else 6)


def _bosses(people: Mapping[str, Stakeholder]) -> dict[str, str]:
    """Whom each person reports to, circles cut."""
    found: dict[str, str] = {}
    for key, one in people.items():
        above = one.reports_to
        if above in people and above is not None and key not in _chain(found, above):
            found[key] = above
    return found


def _chain(boss: Mapping[str, str], key: str) -> Iterator[str]:
    at: str | None = key
    while at is not None:
        yield at
        at = boss.get(at)


def _spots(people: Mapping[str, Stakeholder], boss: Mapping[str, str]) -> tuple[dict[str, _Spot], int]:
    """A column and a band for each person: leaves side by side, a superior over the middle of the own people."""
    below: dict[str | None, list[str]] = {}
    for key in people:
        below.setdefault(boss.get(key), []).append(key)
    spots: dict[str, _Spot] = {}
    next_column = 0

    def place(key: str, band: int) -> float:
        nonlocal next_column
        band = max(band, (people[key].level or 0) - top)
        columns = [place(one, band + 1) for one in below.get(key, ())]
        if not columns:
            columns = [float(next_column)]
            next_column += 1
        column = (columns[0] + columns[-1]) / 2
        spots[key] = _Spot(column, band)
        return column

    top = min((one.level for one in people.values() if one.level), default=1)
    for root in below.get(None, ()):
        place(root, 0)
    return spots, next_column


def _bands(
    scene: Scene, people: Mapping[str, Stakeholder], spots: Mapping[str, _Spot]
) -> tuple[tuple[int, str, str], ...]:
    names = scene.plan.company.config.account_levels
    levels: dict[int, set[int]] = {}
    for key, spot in spots.items():
        levels.setdefault(spot.band, set()).update(filter(None, [people[key].level]))
    found = []
    for band in range(max(levels) + 1):
        level = next(iter(levels.get(band, ()))) if len(levels.get(band, ())) == 1 else None
        found.append((band * BAND, str(level or ""), names.get(level, "") if level else ""))
    return tuple(found)


def _x(spot: _Spot) -> int:
    return round(LEFT + spot.column * STEP)


def _y(spot: _Spot) -> int:
    return spot.band * BAND + (BAND - HIGH) // 2


def _tree(boss: Mapping[str, str], spots: Mapping[str, _Spot]) -> Iterator[str]:
    """Lines turn right below the superior: further down somebody else may stand."""
    for key, above in boss.items():
        start, end = spots[above], spots[key]
        x1, y1, x2, y2 = _x(start) + WIDE // 2, _y(start) + HIGH, _x(end) + WIDE // 2, _y(end)
        yield f"M{x1} {y1}V{y1 + (BAND - HIGH) // 2}H{x2}V{y2}" if x1 != x2 else f"M{x1} {y1}V{y2}"


def _node(scene: Scene, one: Stakeholder, spot: _Spot) -> Node:
    cells = scene.plan.cells_of.get(one.id, [])
    states = [scene.plan.freshness[cell.member, cell.stakeholder] for cell in cells]
    stale = sum(not state.fresh and not state.pending for state in states) if scene.account.contacts else 0
    last = max((state.last.date for state in states if state.last and state.last.date), default=None)
    mark = stance(scene, one.stance)
    tone = _TONES.get(mark.name, "")
    part = roles(scene, one)
    weight = (
        scene.text(N_("{degree} influence"), degree=scene.word("influence", one.influence)) if one.influence else ""
    )
    late = scene.text(N_("overdue: {n}"), n=stale) if stale else ""
    about = [scene.word("side", one.side), ago(scene, last) if last else ""]
    if width(" · ".join((*about, late)), 12) > 150:
        about = about[1:]
    shown = one.title if not one.name else f"{one.title} {one.name}"
    return Node(
        one.id,
        _x(spot),
        _y(spot),
        cut(shown, 190),
        shown,
        mark,
        f"t-{tone}" if tone else "m",
        f"inf{LEVELS.index(one.influence) + 1}" if one.influence in LEVELS else "",
        _fitting(
            (f"{weight} · {part}" if weight and part else weight or part, part, weight), 190 - width(mark.word, 12.5)
        ),
        sum(cell.level == "close" for cell in cells),
        sum(cell.level == "keep" for cell in cells),
        " · ".join(filter(None, about)),
        late,
        one.status == "placeholder",
    )


def _curves(scene: Scene, people: Mapping[str, Stakeholder], spots: Mapping[str, _Spot]) -> Iterator[Curve]:
    for key, one in people.items():
        for line in one.lines:
            if line.to in people and line.to != key and line.to is not None:
                start, end = spots[key], spots[line.to]
                near, far = sorted((start.column, end.column))
                beside = (spot for spot in spots.values() if spot.band == end.band and near <= spot.column <= far)
                free = all(spot in (start, end) for spot in beside)
                yield _curve(scene, line.kind or "informal", one.stance == "opponent", start, end, free)


def _curve(scene: Scene, kind: str, bad: bool, start: _Spot, end: _Spot, free: bool) -> Curve:
    """From one node to the near side of the other, where nobody stands between; in one column around the right."""
    ax, ay, bx, by = _x(start) + WIDE // 2, _y(start) + HIGH, _x(end), _y(end) + HIGH // 2
    both = kind == "conflict"
    if start.column == end.column:
        x, top = _x(start) + WIDE, _y(start) + HIGH // 2
        path, head, tail = (
            f"M{x + 9} {top}C{x + 40} {top},{x + 40} {by},{x + 9} {by}",
            _head(x + 1, by, 1),
            _head(x + 1, top, 1),
        )
        at = (x + 12, (top + by) // 2)
    elif start.band == end.band:
        gap = 14 if _y(end) >= _y(start) else -14
        path = f"M{ax + gap} {ay}C{ax + gap} {ay + 18},{bx + WIDE // 2 - gap} {ay + 18},{bx + WIDE // 2 - gap} {ay + 9}"
        head, tail = _up(bx + WIDE // 2 - gap, ay + 1), _up(ax + gap, ay + 1)
        at = ((ax + bx + WIDE // 2) // 2 - 20, ay + 13)
    elif not free:
        side, down = (1 if ax > bx + WIDE // 2 else -1), end.band > start.band
        x, to = ax - 20 * side, bx + WIDE // 2 + 20 * side
        foot, top = (ay, _y(end)) if down else (_y(start), _y(end) + HIGH)
        turn = 20 if down else -20
        path = f"M{x} {foot}C{x} {foot + turn},{to} {top - turn},{to} {top - turn // 2}"
        head, tail = (_down(to, top - 1) if down else _up(to, top + 1)), ""
        at = (to + 6 if side > 0 else to - 34, top - turn // 2 + 3)
    else:
        side = 1 if ax > bx + WIDE // 2 else -1
        edge = bx + WIDE + 1 if side > 0 else bx - 1
        foot = ay if end.band > start.band else _y(start)
        x = ax - 14 * side
        path = f"M{x} {foot}C{x} {(foot + by) // 2},{edge + side * 80} {by},{edge + side * 9} {by}"
        head, tail = _head(edge, by, side), ""
        at = (edge + side * 60 if side > 0 else edge - 118, by + 17)
    heads = (head, tail) if both and tail else (head,) if kind in ("influences", "conflict") else ()
    return Curve(kind, bad, path, heads, scene.word("line-kind", kind), *at)


def _head(x: int, y: int, side: int) -> str:
    return f"M{x} {y}l{9 * side} -4.5v9z"


def _down(x: int, y: int) -> str:
    return f"M{x} {y}l-4.5 -9h9z"


def _up(x: int, y: int) -> str:
    return f"M{x} {y}l-4.5 9h9z"


def _description(scene: Scene, people: Mapping[str, Stakeholder]) -> str:
    bad = scene.listed(one.title for one in people.values() if one.stance == "opponent")
    text = (
        N_("{n} people; against us: {names}. The table below has the same content.")
        if bad
        else N_("{n} people. The table below has the same content.")
    )
    return scene.text(text, n=len(people), names=bad)


def _fitting(choices: tuple[str, ...], room: float) -> str:
    """The first text that fits; the bars say the influence too."""
    return next((one for one in choices if one and width(one, 12) <= room), cut(choices[1] or choices[0], room, 12))


class _Widths(dict[str, float]):
    """How wide a character is, in parts of the font's size."""

    def __missing__(self, sign: str) -> float:
        width = self[sign] = 1 if east_asian_width(sign) in "WF" else 0.54
        return width


_WIDTH = _Widths()


def width(text: str, size: float = 14) -> float:
    """About how wide a text is, in SVG units."""
    return sum(map(_WIDTH.__getitem__, text)) * size


def cut(text: str, room: float, size: float = 14) -> str:
    """The text, or as much as fits into some room and an ellipsis."""
    if width(text, size) <= room:
        return text
    used, kept = size, ""
    for sign in text:
        used += width(sign, size)
        if used > room:
            break
        kept += sign
    return kept.rstrip() + "…"
