"""The groups of a cohort: process, guide, consultations and module of each (steps 3 to 5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from viewflow.workflow.models import Task

from onboarding import policies
from onboarding.actions import group as actions
from onboarding.models import CohortGroup, Consultation
from onboarding.progress import Progress, journeys_of
from people.errors import Refusal
from projects.models import PilotProject
from projects.views.case import PersonRequest, case_file, page
from projects.views.sheets import list_sheet, wants_sheet
from workflows import inbox
from workflows.cases import GROUP_WORK
from workflows.forms.supply import LetterForm, ReplyForm
from workflows.steps import Step, steps_of


@login_required
@require_safe
def groups(request: PersonRequest, code: str) -> HttpResponse:
    """All groups of a project with how far each is."""
    project = case_file(request, code)
    rows = [_row(group) for group in _groups(request, project)]
    if wants_sheet(request):
        columns = [_("Group"), _("Products"), _("Approved on"), _("Replies"), _("Letter to the Centre"), _("Module")]
        return list_sheet(f"nhom-{code}", _("Groups of project %(code)s") % {"code": code}, columns, map(_cells, rows))
    context = page(project, request.user, "cohort", rows=rows)
    return render(request, "workflows/cohort_groups.html", context)


def _groups(request: PersonRequest, project: PilotProject) -> QuerySet[CohortGroup]:
    in_it = Q(onboardings__enrolment__withdrawn_at=None)
    found: QuerySet[CohortGroup] = (
        CohortGroup.objects.visible_to(request.user)
        .filter(project=project)
        .select_related("product_group", "module_order", "approved_by", "written_by", "project")
        .annotate(
            product_count=Count("onboardings", filter=in_it, distinct=True),
            letter_count=Count("consultations", distinct=True),
            reply_count=Count("consultations", filter=Q(consultations__replied_on__isnull=False), distinct=True),
        )
        .order_by("product_group__name", "pk")
    )
    return found


def _row(group: CohortGroup) -> dict[str, Any]:
    tone, state = _state(group)
    return {"group": group, "order": getattr(group, "module_order", None), "tone": tone, "state": state}


def _state(group: CohortGroup) -> tuple[str, str]:
    order = getattr(group, "module_order", None)
    if order and order.answered_on:
        return "ok", _("Module is here")
    if order:
        return "wait", _("Waits for the Centre")
    if group.approved_at:
        return "go", _("Module to be ordered")
    if group.written_at is None or group.returned_note:
        return "wait", _("Process to be written")
    return "wait", _("In consultation")


def _cells(row: dict[str, Any]) -> list[Any]:
    group, order = row["group"], row["order"]
    module = (order.letter_number, order.module_code) if order else ("", "")
    return [group.product_group.name, group.product_count, group.approved_at, group.reply_count, *module]


@login_required
@require_safe
def group(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """One group: what is written, who was asked and answered, its module, its products, its open step."""
    project = case_file(request, code)
    found = get_object_or_404(_groups(request, project), pk=pk)
    context = page(
        project,
        request.user,
        "cohort",
        group=found,
        **{name: value for name, value in _row(found).items() if name != "group"},
        letters=list(found.consultations.order_by("sent_on", "pk")),
        rows=[Progress(journey) for journey in journeys_of(project).filter(group=found)],
        steps=_steps(found),
        may_consult=_may_consult(request, found),
    )
    return render(request, "workflows/cohort_group.html", context)


def _steps(found: CohortGroup) -> list[Step]:
    tasks = inbox.for_list(inbox.steps().filter(**{GROUP_WORK: found}, finished=None))
    known: QuerySet[Task] = tasks
    return steps_of(known)


def _may_consult(request: PersonRequest, found: CohortGroup) -> bool:
    is_open = found.written_at is not None and found.approved_at is None
    return is_open and policies.holds(request.user, found.project, policies.LEADING)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consult(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Record a letter to an agency; managers."""
    found = _fetched(request, code, pk)
    form = LetterForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        actions.consult(found, by=request.user, **form.cleaned_data)

    return _form(request, found, form, save, _("Ask an agency"), _("The letter is recorded."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: PersonRequest, code: str, pk: int, letter: int) -> HttpResponse:
    """Record an agency's answer; managers."""
    found = _fetched(request, code, pk)
    asked: Consultation = get_object_or_404(found.consultations, pk=letter)
    form = ReplyForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        actions.record_reply(asked, by=request.user, **form.cleaned_data)

    title = _("Reply of %(agency)s") % {"agency": asked.agency}
    return _form(request, found, form, save, title, _("The reply is recorded."))


def _fetched(request: PersonRequest, code: str, pk: int) -> CohortGroup:
    found = get_object_or_404(_groups(request, case_file(request, code)), pk=pk)
    if not policies.holds(request.user, found.project, policies.LEADING):
        raise PermissionDenied
    return found


def _form(
    request: PersonRequest, found: CohortGroup, form: forms.Form, save: Callable[[], None], title: str, done: str
) -> HttpResponse:
    back = reverse("cohort_group", args=[found.project.code, found.pk])
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(back)
    context = {"form": form, "title": title, "back_url": back, "back_label": str(found.product_group)}
    return render(request, "workflows/cohort_form.html", context, status=422 if form.errors else 200)
