"""An HTML body as a tree of elements, for tests of pages."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset(("br", "hr", "col", "img", "input", "meta", "link"))
CELLS, TERMS = frozenset(("td", "th")), frozenset(("dt", "dd"))
ROWS, ITEMS = CELLS | {"tr"}, frozenset(("li",))
ENDED_BY = {
    "td": CELLS,
    "th": CELLS,
    "tr": ROWS,
    "tbody": ROWS | {"tbody"},
    "li": ITEMS,
    "dt": TERMS,
    "dd": TERMS,
}
"""Elements whose end tag HTML lets us leave out, by the start tags before which they end."""
DRAWN = frozenset(("rect", "path", "circle", "use"))


class Element:
    """One element: its tag, attributes, children and parent; texts are children of type str."""

    def __init__(self, tag: str, attrs: dict[str, str], parent: Element | None = None) -> None:
        self.tag, self.attrs, self.parent = tag, attrs, parent
        self.children: list[Element | str] = []

    def walk(self) -> Iterator[Element]:
        """This element and every one below it."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, tag: str = "", class_: str = "", **attrs: str) -> list[Element]:
        """The elements below with a tag, a class and attributes."""
        return [
            one
            for one in self.walk()
            if (not tag or one.tag == tag)
            and (not class_ or class_ in one.attrs.get("class", "").split())
            and all(one.attrs.get(key) == value for key, value in attrs.items())
        ]

    def one(self, tag: str = "", class_: str = "", **attrs: str) -> Element:
        """The only such element."""
        (found,) = self.all(tag, class_, **attrs)
        return found

    @property
    def text(self) -> str:
        """Everything that stands in it, in order, blanks joined."""
        parts = (child if isinstance(child, str) else child.text for child in self.children)
        return " ".join("".join(parts).split())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {key: value or "" for key, value in attrs}, self.here)
        assert len(made.attrs) == len(attrs), f"an attribute stands twice in {self.get_starttag_text()}"
        while self.here.tag in ENDED_BY.get(tag, ()):
            self._leave()
        made.parent = self.here
        self.here.children.append(made)
        if tag not in VOID:
            self.here = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.here.tag != tag and self.here.tag in ENDED_BY:
            self._leave()
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        self._leave()

    def _leave(self) -> None:
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def parsed(html: str) -> Element:
    """The tree of a body; fails where tags do not match."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert builder.here is builder.root, f"<{builder.here.tag}> is not closed"
    return builder.root
