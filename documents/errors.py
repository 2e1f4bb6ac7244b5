"""What can go wrong in the documents room."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from people.errors import Refusal

SHOWN_FAULTS = 20  # a template that was torn apart would fill pages


class DocumentError(Refusal):
    """A document cannot be made or registered; the message says what, why and the way out."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing wrong with a template: the tag as it stands in the file, its place, the rule, and what was meant."""

    tag: str
    place: str
    reason: str
    suggestion: str = ""

    def __str__(self) -> str:
        said = _("%(place)s, “%(tag)s”: %(reason)s") % {"place": self.place, "tag": self.tag, "reason": self.reason}
        return f"{said}; {self.meant}" if self.suggestion else said

    @property
    def meant(self) -> str:
        """The suggestion as a question, "" without one."""
        return _("did you mean %(tag)s?") % {"tag": self.suggestion} if self.suggestion else ""


class TemplateRefused(DocumentError):
    """A Word template is not registered or rendered; `faults` names every tag that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        lines = [_("The Word template is refused. Correct these places and upload it again:")]
        lines += [str(fault) for fault in self.faults[:SHOWN_FAULTS]]
        if len(self.faults) > SHOWN_FAULTS:
            lines.append(_("… and %(count)d more.") % {"count": len(self.faults) - SHOWN_FAULTS})
        super().__init__("\n".join(lines))


class ContextRefused(DocumentError):
    """A value handed to a template cannot be printed; the message names the field."""


class NotReady(DocumentError):
    """A paper cannot be prepared or issued as things stand; the message says what is missing."""


class NotReadable(DocumentError):
    """The text of a version cannot be read: its file is missing, was changed, or is damaged."""

    def __init__(self, number: int) -> None:
        super().__init__(
            _(
                "The stored file of version %(number)d is missing, was changed or is damaged, so its text cannot be "
                "read; tell the administrator, who can restore it from the backup."
            )
            % {"number": number}
        )


class NotComparable(DocumentError):
    """Two texts are too long to be compared on a page."""
