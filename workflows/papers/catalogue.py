"""All kinds of paper by their key, and those that a subject can have beside its deliverables."""

from __future__ import annotations

from django.db import models

from projects.models import Council, Deliverable
from workflows.papers import (
    classes,
    contracts,
    councils,
    deliverables,
    plans,
    producers,
    products,
    programmes,
    training,
)
from workflows.papers.kinds import PaperKind

FAMILIES = (deliverables, plans, programmes, councils, classes, contracts, training, products, producers)
ALL_KINDS: dict[str, PaperKind] = {key: kind for family in FAMILIES for key, kind in family.KINDS.items()}
# Deliverables and councils have flows of their own, which prepare and issue their papers.
WITH_OWN_FLOW = (Deliverable, Council)


def kinds_about(subject: models.Model) -> dict[str, PaperKind]:
    """Return the kinds of paper that can be prepared about `subject`, by key, in the order of their families."""
    return {
        key: kind
        for key, kind in ALL_KINDS.items()
        if isinstance(subject, kind.subject) and not issubclass(kind.subject, WITH_OWN_FLOW) and kind.applies(subject)
    }
