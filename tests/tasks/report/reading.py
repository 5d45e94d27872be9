"""A page as a tree, read strictly: an element that isn't closed where it should be is an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br"}


@dataclass
class Element:
    """An element with its attributes and what is in it."""

    name: str
    attributes: dict[str, str]
    content: list[Element | str] = field(default_factory=list)

    def all(self, *names: str) -> Iterator[Element]:
        """The elements of these names in it, in their order; all of them without a name."""
        for child in self.content:
            if isinstance(child, Element):
                if not names or child.name in names:
                    yield child
                yield from child.all(*names)

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(child if isinstance(child, str) else child.text for child in self.content)

    def by_id(self, name: str) -> Element:
        """The element with this id."""
        return next(element for element in self.all() if element.attributes.get("id") == name)

    def rows(self) -> list[list[str]]:
        """The cells of a table, its head first."""
        return [[cell.text for cell in row.all("th", "td")] for row in self.all("tr")]


class Reader(HTMLParser):
    """Builds the tree."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].content.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Come out of it."""
        assert self.open.pop().name == tag, f"</{tag}> at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        """Take its words."""
        self.open[-1].content.append(data)


def read(text: str) -> Element:
    """The page as a tree."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == [reader.root]
    return reader.root
