"""What the author of a template may have meant by a variable that does not exist."""

from __future__ import annotations

from difflib import get_close_matches

from documents.docx.shape import leaves

# The share of common letters from which two names are taken for one misspelt: beside it, and anywhere.
ALIKE, VERY_ALIKE = 0.6, 0.8


def suggestion(path: str, allowed: frozenset[str]) -> str:
    """Return how the field that `path` seems to mean is written, "" when nothing is like it.

    `path` is as the lint names variables: `paper.products[].nmae`. First the fields beside it are looked at,
    then fields of that name anywhere: a field of a list is shown with the loop that it needs.
    """
    base, _dot, name = path.rpartition(".")
    beside = {known.rpartition(".")[2]: known for known in allowed if known.rpartition(".")[0] == base}
    if close := get_close_matches(name.removesuffix("[]"), beside, n=1, cutoff=ALIKE):
        found = beside[close[0]]
        return " … ".join(tag_of(found + "[]")[1]) if found + "[]" in allowed else written(found)
    everywhere = {known.rpartition(".")[2]: known for known in sorted(leaves(allowed), key=len, reverse=True)}
    close = get_close_matches(name.removesuffix("[]"), everywhere, n=1, cutoff=VERY_ALIKE)
    return written(everywhere[close[0]]) if close else ""


def written(path: str) -> str:
    """Return a path as it stands in a template: "{% for product in paper.products %} … {{ product.name }}"."""
    tag, loops = tag_of(path)
    return " … ".join([*loops, tag])


def tag_of(path: str) -> tuple[str, tuple[str, ...]]:
    """Return "paper.groups[].products[].name" as "{{ product.name }}" and the two loops that lead to it."""
    *lists, last = path.split("[]")
    if not lists:
        return "{{ " + path + " }}", ()
    loops, item = [], ""
    for part in lists:
        source = item + part
        item = _singular(source.rsplit(".", 1)[-1])
        loops.append("{% for " + item + " in " + source + " %}")
    return "{{ " + item + last + " }}", tuple(loops)


def _singular(name: str) -> str:
    """What one of a list is called: "supplies" is "supply", "products" is "product"."""
    return name[:-3] + "y" if name.endswith("ies") else name.removesuffix("s")
