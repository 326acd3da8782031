"""The map of a customer's people: whom a line seems to lead to is whom it leads to."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kam import model
from kam.pages.account import chart

PEOPLE = st.lists(st.tuples(st.integers(0, 11), st.integers(1, 5) | st.none()), min_size=1, max_size=12)


@given(PEOPLE)
def test_no_line_runs_through_somebody_else(drawn: list[tuple[int, int | None]]) -> None:
    data = {f"p{n}": {"title": "T", "level": level, "reports_to": f"p{boss}"} for n, (boss, level) in enumerate(drawn)}
    people = model.account("x", {"stakeholders": data}).stakeholders
    boss = chart._bosses(people)
    spots, _ = chart._spots(people, boss)
    boxes = {key: (chart._x(spot), chart._y(spot)) for key, spot in spots.items()}
    assert len(set(boxes.values())) == len(boxes)
    for (key, above), line in zip(boss.items(), chart._tree(boss, spots), strict=True):
        start, *turns = re.findall(r"(?:M(-?\d+) (-?\d+))|([VH])(-?\d+)", line)
        x, y = int(start[0]), int(start[1])
        for _, _, way, number in turns:
            left, right = sorted((x, int(number) if way == "H" else x))
            top, bottom = sorted((y, int(number) if way == "V" else y))
            for other, (edge, head) in boxes.items():
                beside = right <= edge or edge + chart.WIDE <= left
                assert beside or bottom <= head or head + chart.HIGH <= top, (key, above, other, line)
            x, y = (int(number), y) if way == "H" else (x, int(number))
