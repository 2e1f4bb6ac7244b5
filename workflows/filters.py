"""Narrowing the inbox: by project, by kind of step, by words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Task

from people.models import User
from workflows.cases import GROUP_WORK, JOURNEY, PAPER, REPORT
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
    "workflows.look_into_report": _("Look into the report about a stamp"),
    "workflows.check_paper": _("Check the paper's format"),
    "workflows.sign_paper": _("Sign the paper"),
    "workflows.revise_paper": _("Change the paper and send it again"),
    "workflows.answer_matter": _("Answer a matter"),
    "workflows.decide_amendment": _("Decide on an amendment"),
    "workflows.survey_product": _("Survey the product"),
    "workflows.select_product": _("Select the product"),
    "workflows.group_product": _("Put the product into its group"),
    "workflows.check_dossier": _("Check the declaration"),
    "workflows.close_training": _("Close training and activation"),
    "workflows.close_supply": _("Close the supply of stamps"),
    "workflows.write_process": _("Write process and guide of the group"),
    "workflows.consult_agencies": _("Consult the agencies"),
    "workflows.approve_process": _("Approve process and guide of the group"),
    "workflows.order_module": _("Order the module of the group"),
    "workflows.record_module": _("Record the module of the group"),
}
LONGEST_WORDS = 200
SEARCHED = (
    f"{DELIVERABLE}__title",
    f"{DELIVERABLE}__code",
    f"{ORDER}__enrolment__product__name",
    f"{MATTER}__text",
    f"{JOURNEY}__enrolment__product__name",
    f"{GROUP_WORK}__product_group__name",
    f"{REPORT}__reference",
    f"{REPORT}__product__name",
    f"{PAPER}__title",
    f"{PROJECT}__code",
    f"{PROJECT}__title",
)


def narrowing(data: Mapping[str, str], user: User) -> Q:
    """Return what a query string asks of a list of steps; parts that make no sense ask nothing."""
    asked = Q()
    if words := _clean(data.get("q", "")):
        asked &= _about(words)
    if code := _clean(data.get("project", "")):
        asked &= Q(**{f"{PROJECT}__code": code})
    if (kind := data.get("kind", "")) in KINDS:
        asked &= Q(owner_permission=kind)
    if data.get("whose") == "me":
        asked &= Q(owner=user)
    return asked


def _clean(words: str) -> str:
    return words.replace("\0", "").strip()[:LONGEST_WORDS]


def _about(words: str) -> Q:
    """Steps whose case or kind contains the words; iregex, because SQLite's LIKE knows no Vietnamese case."""
    found = Q(owner_permission__in=[kind for kind, label in KINDS.items() if words.lower() in str(label).lower()])
    for field in SEARCHED:
        found |= Q(**{f"{field}__iregex": re.escape(words)})
    return found


class InboxFilter(django_filters.FilterSet):
    """The filter bar of the inbox; `summary` has the projects that are in the lists.

    The bar is drawn from the fields; the rows are found by `narrowing`, which also counts them.
    """

    q = django_filters.CharFilter(label=_("Search"))
    project = django_filters.ChoiceFilter(label=_("Project"), empty_label=_("All projects"), choices=())
    kind = django_filters.ChoiceFilter(
        label=_("Kind of step"), empty_label=_("All kinds"), choices=tuple(KINDS.items())
    )
    whose = django_filters.ChoiceFilter(
        label=_("Whose"), empty_label=_("Mine and my group's"), choices=(("me", _("Only mine")),)
    )

    class Meta:
        model = Task
        fields: list[str] = []

    def __init__(self, *args: Any, summary: Summary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        projects = {code: f"{code} – {title}" for code, (title, _number) in summary.projects.items()}
        # A project whose last step was just done stays a filter: the list is empty, not whole again.
        if wanted := _clean((self.data or {}).get("project", "")):
            projects.setdefault(wanted, wanted)
        self.filters["project"].extra["choices"] = list(projects.items())

    def filter_queryset(self, queryset: QuerySet[Task]) -> QuerySet[Task]:
        """Return the steps that the query string asks for."""
        return queryset.filter(narrowing(self.data, self.request.user))
