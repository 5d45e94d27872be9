"""HTML from Python values: what isn't HTML already is escaped, so that no text can break the page."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import TypeAlias


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


Content: TypeAlias = str
"""Text, which is escaped unless it is `Html`."""


def element(name: str, *content: Content, **attributes: str) -> Html:
    """An element with its content; an underscore at the end of an attribute's name goes, one inside is a hyphen.

    Examples
    --------
    >>> element("p", "1 < 2, ", element("b", "really"), class_="note")
    '<p class="note">1 &lt; 2, <b>really</b></p>'
    """
    opened = "".join(f' {key.rstrip("_").replace("_", "-")}="{html.escape(v)}"' for key, v in attributes.items())
    return Html(f"<{name}{opened}>{join(content)}</{name}>")


def join(content: Iterable[Content], between: str = "") -> Html:
    """The pieces one after the other."""
    return Html(between.join(escaped(piece) for piece in content))


def escaped(content: Content) -> Html:
    """The text as HTML."""
    return content if isinstance(content, Html) else Html(html.escape(content, quote=False))


def paragraph(*content: Content, **attributes: str) -> Html:
    """A paragraph."""
    return element("p", *content, **attributes)


def listing(code: str, label: str) -> Html:
    """Lines of code, in a box that scrolls by itself where they are long."""
    return element("pre", element("code", code), tabindex="0", role="region", aria_label=label)


def bullets(items: Iterable[Content]) -> Html:
    """A list."""
    return element("ul", *(element("li", item) for item in items))


def table(name: str, caption: Content, head: Sequence[Content], rows: Iterable[Sequence[Content]]) -> Html:
    """A table in a box that scrolls by itself where the screen is narrow; its first column heads the rows."""
    columns = element("tr", *(element("th", cell, scope="col") for cell in head))
    lines = [
        element("tr", element("th", first, scope="row"), *(element("td", cell) for cell in cells))
        for first, *cells in rows
    ]
    body = element(
        "table",
        element("caption", element("span", caption), id=f"{name}-caption"),
        element("thead", columns),
        element("tbody", *lines),
        id=name,
    )
    return element(
        "div", body, class_="scroll", tabindex="0", role="region", aria_labelledby=f"{name}-caption"
    )  # fmt: skip


def figure(name: str, caption: Content, *svg: Html) -> Html:
    """A figure with its caption below."""
    return element("figure", *svg, element("figcaption", caption), id=name)


def section(name: str, title: str, *content: Content) -> Html:
    """A section under a heading of its own."""
    return element("section", element("h2", title), *content, id=name)
