"""What can be wrong with a workbook as a whole, and with one cell of it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.errors import Refusal


class ImportRefused(Refusal):
    """The import cannot be done, or cannot be undone, as things stand."""


class NotAllowedForYou(Refusal):
    """The lists of that province belong to others."""


class WorkbookRefused(Exception):
    """The file cannot be read as a table at all; the message says why and what to do."""


@dataclass(frozen=True)
class CellError:
    """One problem of one cell: where it is, what stands there, and the rule it breaks.

    Rows are numbered as the spreadsheet shows them; `column` is the title as people know it.
    """

    row: int
    column: str
    value: str
    rule: str | Promise

    def __str__(self) -> str:
        if self.value:
            return _("Row %(row)s, column “%(column)s”, value “%(value)s”: %(rule)s.") % self._words()
        return _("Row %(row)s, column “%(column)s”: %(rule)s.") % self._words()

    def _words(self) -> dict[str, object]:
        return {"row": self.row, "column": self.column, "value": self.value, "rule": self.rule}
