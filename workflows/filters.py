"""Narrowing the inbox: by project, by kind of step, by words."""

from __future__ import annotations

import re
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Task

from workflows.inbox import DELIVERABLE, MATTER, ORDER, PROJECT, Summary

# Kinds of steps by their permission, which is stored with each task.
KINDS = {
    "workflows.prepare_deliverable": _("Prepare and submit the deliverable"),
    "workflows.check_format": _("Check the format"),
    "workflows.review_deliverable": _("Technical review"),
    "workflows.approve_deliverable": _("Approve the deliverable"),
    "workflows.close_stage": _("Close a stage"),
    "workflows.accept_project": _("Accept the project"),
    "workflows.approve_stamp_order": _("Approve the stamp order"),
    "workflows.hand_over_stamps": _("Print and hand over the stamps"),
    "workflows.answer_matter": _("Answer a matter"),
    "workflows.decide_amendment": _("Decide on an amendment"),
}
LONGEST_CODE = 40
SEARCHED = (
    f"{DELIVERABLE}__title",
    f"{DELIVERABLE}__code",
    f"{ORDER}__enrolment__product__name",
    f"{MATTER}__text",
    f"{PROJECT}__code",
    f"{PROJECT}__title",
)


class InboxFilter(django_filters.FilterSet):
    """The filter bar of the inbox; `summary` has the projects that are in the lists."""

    q = django_filters.CharFilter(label=_("Search"), method="search")
    project = django_filters.ChoiceFilter(
        label=_("Project"), field_name="project_code", empty_label=_("All projects"), choices=()
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind of step"), field_name="owner_permission", empty_label=_("All kinds"), choices=tuple(KINDS.items())
    )
    whose = django_filters.ChoiceFilter(
        label=_("Whose"),
        empty_label=_("Mine and my group's"),
        choices=(("me", _("Only mine")),),
        method="only_mine",
    )

    class Meta:
        model = Task
        fields: list[str] = []

    def __init__(self, *args: Any, summary: Summary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        projects = {code: f"{code} – {title}" for code, (title, _number) in summary.projects.items()}
        # A project whose last step was just done stays a filter: the list is empty, not whole again.
        if wanted := (self.data or {}).get("project", "")[:LONGEST_CODE]:
            projects.setdefault(wanted, wanted)
        self.filters["project"].extra["choices"] = list(projects.items())

    def search(self, tasks: QuerySet[Task], name: str, words: str) -> QuerySet[Task]:
        """Steps whose case or kind contains the words; iregex, because SQLite's LIKE knows no Vietnamese case."""
        pattern = re.escape(words.strip())
        kinds = [kind for kind, label in KINDS.items() if words.strip().lower() in str(label).lower()]
        found = Q(owner_permission__in=kinds)
        for field in SEARCHED:
            found |= Q(**{f"{field}__iregex": pattern})
        return tasks.filter(found)

    def only_mine(self, tasks: QuerySet[Task], name: str, value: str) -> QuerySet[Task]:
        """Leave out what belongs to the group."""
        return tasks.filter(owner=self.request.user)
