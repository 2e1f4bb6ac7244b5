"""For whom a paper was approved, when a substitute did it ("duyệt thay")."""

from __future__ import annotations

from collections.abc import Iterable

from documents.models import DocumentVersion
from people import audit
from people.models import AuditEvent, User


def approved_for(versions: Iterable[DocumentVersion]) -> dict[int, User]:
    """Return, by deliverable, the absent person for whom its last approval was given; at most two queries.

    `versions` come with their document's deliverable, stage and project.
    """
    papers = {version.document.deliverable for version in versions} - {None}
    if not papers:
        return {}
    by_target = {audit.label(paper): paper.pk for paper in papers if paper}
    cases = {audit.label(paper.stage.project) for paper in papers if paper}
    acts = AuditEvent.objects.filter(case__in=cases, target__in=by_target, verb="deliverable.approved").order_by("pk")
    last = {by_target[target]: facts.get("acting_for", 0) for target, facts in acts.values_list("target", "facts")}
    absent = {paper: person for paper, person in last.items() if person}
    people = User.objects.in_bulk(absent.values()) if absent else {}
    return {paper: people[person] for paper, person in absent.items() if person in people}
