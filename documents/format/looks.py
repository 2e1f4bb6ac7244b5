"""How a line must look, and how to say how it does look."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.format.pages import Paragraph


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a line must look like; None leaves a property free. Sizes in points, both ends included."""

    sizes: tuple[float, float]
    bold: bool | None = None
    italic: bool | None = None
    align: str | None = None
    capitals: bool | None = None

    def fits(self, line: Paragraph) -> bool:
        """Whether a line looks like this."""
        low, high = self.sizes
        wanted = (
            (self.bold, [run.bold for run in line.said]),
            (self.italic, [run.italic for run in line.said]),
        )
        return (
            all(low <= size <= high for size in line.sizes)
            and all(want is None or set(found) <= {want} for want, found in wanted)
            and self.align in (None, line.align)
            and self.capitals in (None, line.is_capitals)
        )


def described(line: Paragraph) -> str:
    """Return the look of a line in words: "12 pt, bold, centred"."""
    words = [sizes(line)]
    words += [_("bold")] if line.is_bold else []
    words += [_("partly bold")] if not line.is_bold and any(run.bold for run in line.said) else []
    words += [_("italic")] if any(run.italic for run in line.said) else [_("upright")]
    return ", ".join([*words, alignment(line)])


def sizes(line: Paragraph) -> str:
    """Return the sizes of a line's letters: "12; 14 pt"."""
    return _("%(sizes)s pt") % {"sizes": "; ".join(f"{size:g}" for size in line.sizes)}


def alignment(line: Paragraph) -> str:
    """Return where a line stands."""
    names = {"left": _("to the left"), "right": _("to the right"), "center": _("centred"), "both": _("both sides")}
    return names.get(line.align, line.align)
