"""Proof, once per template, that whatever is filled in leaves the XML well-formed.

Then a paper need not be parsed after it was filled: that would cost more than filling it.
"""

import re
from collections.abc import Sequence

from jinja2 import nodes

_MARKUP = re.compile(r"<([/!?]?)([^\s/>]*)[^>]*?(/?)>")


def is_balanced(body: Sequence[nodes.Node]) -> bool:
    """Whether each branch and each loop of a syntax tree (as `syntax` lets it pass) closes what it opens itself.

    Values are escaped and hold no character that XML forbids, so what stands between the tags is text.
    False means only that it is not proven here: the paper is then parsed.
    """
    open_elements: list[str] = []
    for node in body:
        if isinstance(node, nodes.If):
            if not all(is_balanced(branch) for branch in (node.body, node.elif_, node.else_)):
                return False
        elif isinstance(node, nodes.For):
            if not (is_balanced(node.body) and is_balanced(node.else_)):
                return False
        elif not (isinstance(node, nodes.Output) and all(_follows(child, open_elements) for child in node.nodes)):
            return False
    return not open_elements


def _follows(node: nodes.Node, open_elements: list[str]) -> bool:
    """Take a piece of output into account; False when it closes what is not open, or cannot be judged."""
    if not isinstance(node, nodes.TemplateData):
        # A text in a tag may spell out any character, "\x00" too.
        return all(str(const.value).isprintable() for const in _constants(node))
    for mark, name, empty in _MARKUP.findall(node.data):
        if mark in ("!", "?"):
            return False
        if mark == "/":
            if not open_elements or open_elements.pop() != name:
                return False
        elif not empty:
            open_elements.append(name)
    return True


def _constants(node: nodes.Node) -> list[nodes.Const]:
    return [node] if isinstance(node, nodes.Const) else list(node.find_all(nodes.Const))
