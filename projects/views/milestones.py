"""Milestones: the table on the project's page, reporting in its row, one milestone's history, and its evidence."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.errors import Refusal
from people.frame import refusals_said
from people.models import User
from projects import policies
from projects.actions.milestones import assign_milestone, report_progress
from projects.managing_forms import OwnerForm, ReportForm
from projects.models import Milestone, MilestoneReport, PilotProject
from projects.views.case import PersonRequest, case_file, managed_file, page
from registry.downloads import in_file_name, send
from worktime.working_days import Calendar


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone as a row of the table. Reads prefetched rows only: fetch with `for_rows`."""

    milestone: Milestone
    today: date
    calendar: Calendar
    may_report: bool

    @property
    def owner(self) -> User:
        """Who answers for it."""
        return self.milestone.owner or self.milestone.stage.project.manager

    @property
    def is_late(self) -> bool:
        """Whether its date is past and it is not reached."""
        return self.milestone.reached_at is None and self.milestone.due_on < self.today

    @property
    def tone_and_label(self) -> tuple[str, str]:
        """The status in words, and its tone."""
        milestone = self.milestone
        if milestone.reached_at:
            day = date_format(timezone.localtime(milestone.reached_at), "SHORT_DATE_FORMAT")
            return "ok", _("Reached %(day)s") % {"day": day}
        if self.is_late:
            days = self.calendar.between(milestone.due_on, self.today)
            return "late", ngettext("%(days)d working day late", "%(days)d working days late", days) % {"days": days}
        return ("go", _("In progress")) if milestone.percent else ("no", _("Not started"))

    @property
    def tone(self) -> str:
        """The tone of the status."""
        return self.tone_and_label[0]

    @property
    def label(self) -> str:
        """The status in words."""
        return self.tone_and_label[1]

    @property
    def newest(self) -> MilestoneReport | None:
        """The last report."""
        return next(iter(self.milestone.reports.all()), None)

    @property
    def evidence(self) -> MilestoneReport | None:
        """The last report that came with a file."""
        return next((report for report in self.milestone.reports.all() if report.file), None)


def for_rows(milestones: QuerySet[Milestone]) -> QuerySet[Milestone]:
    """Fetch what `MilestoneRow` looks at."""
    reports = Prefetch("reports", MilestoneReport.objects.select_related("by"))
    return milestones.select_related("owner", "stage__project__manager").prefetch_related(reports)


def milestone_rows(project: PilotProject, user: User, *, today: date, calendar: Calendar) -> list[MilestoneRow]:
    """Return the project's milestones in the order of their stages and dates."""
    found = for_rows(Milestone.objects.filter(stage__project=project)).order_by("stage__position", "due_on", "pk")
    return _rows(found, project, user, today, calendar)


def _rows(
    found: Iterable[Milestone], project: PilotProject, user: User, today: date, calendar: Calendar
) -> list[MilestoneRow]:
    is_running = project.status == PilotProject.Status.RUNNING
    manages = policies.can_manage(user, project)
    return [MilestoneRow(one, today, calendar, is_running and (manages or one.owner_id == user.pk)) for one in found]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """One milestone with its reports; POST reports progress. In a row of the project's page through htmx."""
    project = case_file(request, code)
    found = _found(project, pk)
    today = timezone.localdate()
    if request.method == "POST":
        if not policies.can_report_milestone(request.user, found):
            raise PermissionDenied
        form = ReportForm(request.POST, request.FILES, milestone=found, today=today)
        if form.is_valid() and _reported(request, found, form):
            return _done(request, project, found)
        return _page(request, project, found, form, status=422)
    return _page(request, project, found, ReportForm(milestone=found, today=today))


def _found(project: PilotProject, pk: int) -> Milestone:
    return get_object_or_404(for_rows(Milestone.objects.filter(stage__project=project)), pk=pk)


def _reported(request: PersonRequest, found: Milestone, form: ReportForm) -> bool:
    answers = form.cleaned_data
    try:
        report_progress(
            found, percent=answers["percent"], note=answers["note"], evidence=answers["file"], by=request.user
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _done(request: PersonRequest, project: PilotProject, found: Milestone) -> HttpResponse:
    """The row as it is now, or the way back to the project's page."""
    text = _("Milestone “%(milestone)s”: the report is saved.") % {"milestone": found.title}
    if not _is_htmx(request):
        messages.success(request, text)
        return redirect(project.get_absolute_url())
    answer = _row(request, project, _found(project, found.pk))
    answer["HX-Trigger"] = json.dumps({"announce": text})
    return answer


def _page(
    request: PersonRequest, project: PilotProject, found: Milestone, form: ReportForm, status: int = 200
) -> HttpResponse:
    if _is_htmx(request):
        if "row" in request.GET:
            return _row(request, project, found)
        return _row(request, project, found, form=form, status=status)
    context = page(
        project,
        request.user,
        "timeline",
        row=_one(request, project, found),
        form=form,
        owner_form=OwnerForm(milestone=found),
        reports=found.reports.all(),
    )
    answer = render(request, "projects/milestone.html", context, status=status)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _one(request: PersonRequest, project: PilotProject, found: Milestone) -> MilestoneRow:
    return _rows([found], project, request.user, timezone.localdate(), Calendar())[0]


def _row(
    request: PersonRequest,
    project: PilotProject,
    found: Milestone,
    *,
    form: ReportForm | None = None,
    status: int = 200,
) -> HttpResponse:
    row = _one(request, project, found)
    template = "projects/_milestone_edit.html" if form and row.may_report else "projects/_milestone.html"
    answer = render(request, template, {"project": project, "row": row, "form": form}, status=status)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _is_htmx(request: PersonRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


@login_required
@require_POST
def assign(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Say who answers for a milestone; managers only."""
    project = managed_file(request, code)
    found = _found(project, pk)
    form = OwnerForm(request.POST, milestone=found)
    with refusals_said(request):
        if form.is_valid():
            answers = form.cleaned_data
            assign_milestone(found, owner=answers["owner"], is_legal=answers["is_legal"], by=request.user)
            messages.success(request, _("Milestone “%(milestone)s” is saved.") % {"milestone": found.title})
        else:
            messages.error(request, _("Choose one of the project's people as owner."))
    return redirect("projects:milestone", code=code, pk=pk)


@login_required
@require_safe
def evidence(request: PersonRequest, code: str, pk: int) -> HttpResponseBase:
    """The file of a report, to be saved."""
    visible = MilestoneReport.objects.visible_to(request.user).exclude(file="")
    report = get_object_or_404(visible.select_related("milestone"), pk=pk, milestone__stage__project__code=code)
    day = timezone.localtime(report.at).strftime("%Y-%m-%d")
    name = f"{code}-{in_file_name(report.milestone.title)}-{day}"
    back = reverse("projects:milestone", args=[code, report.milestone_id])
    return send(request, report, "file", name=name, back=back)
