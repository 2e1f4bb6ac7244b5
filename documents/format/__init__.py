"""The checker of the format of administrative papers: `check_format` and what it returns."""

from documents.format.check import check_format, form_of
from documents.format.forms import Form
from documents.format.rules import RULES, Finding

__all__ = ["RULES", "Finding", "Form", "check_format", "form_of"]
