"""Matplotlib's figures as SVG inside the page, with a text for who can't see them."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET

import matplotlib
from matplotlib.figure import Figure

from tasks.report.html import Html, element

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


def inline(figure: Figure, name: str, title: str, description: str) -> Html:
    """The figure as an element of the page.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    name : str
        Begins each id in it, since all figures of a page share one space of ids.
    title, description : str
        What it is, and what is to be seen in it.
    """
    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "path", "svg.hashsalt": name}):
        figure.savefig(buffer, format="svg", metadata=NO_METADATA)
    root = ET.fromstring(buffer.getvalue())
    _leave_out(root, ("metadata", "style"))
    _rename_ids(root, name)
    content = "".join(_written(child) for child in root)
    return drawing(name, title, description, root.attrib["viewBox"], Html(content))


def drawing(name: str, title: str, description: str, view: str, content: Html) -> Html:
    """An SVG with its text alternative; it is as wide as it was drawn, or as the screen."""
    width = float(view.split()[2])
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        content,
        viewBox=view,
        role="img",
        aria_label=f"{title}. {description}",
        style=f"width:{width:.0f}pt",
    )


def _leave_out(parent: ET.Element, names: tuple[str, ...]) -> None:
    """Take elements out: a style in a figure would hold for the whole page."""
    for child in list(parent):
        if child.tag in {f"{{{SVG}}}{name}" for name in names}:
            parent.remove(child)
        else:
            _leave_out(child, names)


def _rename_ids(root: ET.Element, name: str) -> None:
    """Begin the ids that are referred to with the figure's name, and drop the others."""
    links = f"{{{XLINK}}}href"
    used: set[str] = set()
    for node in root.iter():
        for key, value in node.attrib.items():
            if key == links and value.startswith("#"):
                used.add(value[1:])
                node.set(key, f"#{name}-{value[1:]}")
            elif "url(#" in value:
                used.add(value.split("url(#")[1].split(")")[0])
                node.set(key, value.replace("url(#", f"url(#{name}-"))
    for node in root.iter():
        own = node.attrib.pop("id", None)
        if own in used:
            node.set("id", f"{name}-{own}")


def _written(node: ET.Element) -> str:
    """The element as HTML has it: no namespaces, which the parser knows by itself, and links by their plain name."""
    for each in node.iter():
        each.tag = each.tag.split("}")[-1]
        for key in [key for key in each.attrib if key.startswith("{")]:
            each.set(key.split("}")[-1], each.attrib.pop(key))
    return ET.tostring(node, encoding="unicode", short_empty_elements=False)
