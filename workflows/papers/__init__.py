"""Papers: which kinds there are, what each is about, and how one is prepared, signed and issued.

`kinds` says what a kind is, a module per family lists the kinds, `catalogue` joins them, `making` prepares
and issues the papers.
"""

from workflows.contexts.wanted import Wanted
from workflows.papers.catalogue import ALL_KINDS, WITH_OWN_FLOW, kinds_about
from workflows.papers.classes import KINDS as CLASS_KINDS
from workflows.papers.deliverables import KINDS
from workflows.papers.kinds import Occasion, PaperKind, Signer
from workflows.papers.making import issue, issue_minutes, prepare, prepare_about

__all__ = [
    "ALL_KINDS",
    "CLASS_KINDS",
    "KINDS",
    "WITH_OWN_FLOW",
    "Occasion",
    "PaperKind",
    "Signer",
    "Wanted",
    "issue",
    "issue_minutes",
    "kinds_about",
    "prepare",
    "prepare_about",
]
