"""The project's page: where it stands, who is waited for, what is missing, and what happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from viewflow.workflow.models import Task

from documents.models import DocumentVersion
from imports.export import Value
from people import audit
from people.frame import refusals_said
from people.models import Membership
from projects import policies, seats
from projects.models import Deliverable, Enrolment, PilotProject, Stage
from projects.views.case import PersonRequest, case_file, page
from projects.views.sheets import list_sheet, wants_sheet
from projects.views.timeline import steering
from stamps.models import StampOrder
from workflows import actions, history, inbox
from workflows.diagram import draw
from workflows.flows import PilotModelFlow
from workflows.gates import RULES
from workflows.models import DeliverableProcess, PilotModelProcess, StampOrderProcess
from workflows.steps import steps_of
from workflows.views.papers import TONES, current_versions

RECENT = 6
PER_PAGE = 50


@login_required
@require_safe
def overview(request: PersonRequest, code: str) -> HttpResponse:
    """Everything about a project on one page."""
    project, today = case_file(request, code), timezone.localdate()
    versions = current_versions(DocumentVersion.objects.filter(document__deliverable__stage__project=project))
    stages = list(project.stages.prefetch_related("deliverables"))
    stage = next((stage for stage in stages if stage.is_open), None)
    context = page(
        project,
        request.user,
        "overview",
        tone=_status_tone(project),
        today=today,
        steps=[_stepper(stage, today) for stage in stages],
        waits=steps_of(waiting(project), today),
        stages=[(stage, _papers(stage, versions, today)) for stage in stages],
        stage=stage,
        stage_gate=policies.stage_problems(stage, RULES) if stage else [],
        closing_gate=_closing_gate(project),
        facts=_facts(project),
        parties=list(project.receiving_parties.all()),
        standards=list(project.standards.all()),
        members=_members(project),
        councils=list(project.councils.all()),
        may_call_council=_may_call_council(request, project),
        events=history.lines(audit.history(project)[:RECENT]),
        **steering(project, request.user, today),
    )
    return render(request, "workflows/project.html", context)


@login_required
@require_safe
def products(request: PersonRequest, code: str) -> HttpResponse:
    """The products that take part: recognition, codes, survey, stamps."""
    project, today = case_file(request, code), timezone.localdate()
    ordered = StampOrder.objects.exclude(status__in=(StampOrder.Status.REFUSED, StampOrder.Status.CANCELLED))
    enrolments = (
        project.enrolments.select_related("product__producer", "product__group", "product__ocop_set", "survey")
        .prefetch_related("product__recognitions", Prefetch("stamp_orders", ordered))
        .order_by("withdrawn_at", "pk")
    )
    taking_part = [_enrolment(enrolment, today) for enrolment in enrolments if enrolment.withdrawn_at is None]
    if wants_sheet(request):
        columns = [_("Product"), _("Producer"), _("Code"), _("Product group"), _("Stars"), _("Recognised until"),
                   _("Surveyed on"), _("Stamps")]  # fmt: skip
        return list_sheet(f"san-pham-{code}", _("Enrolled products"), columns, map(_product_row, taking_part))
    context = page(
        project,
        request.user,
        "products",
        rows=taking_part,
        withdrawn=[enrolment for enrolment in enrolments if enrolment.withdrawn_at],
        producer_count=len({row["product"].producer_id for row in taking_part}),
        is_open=project.status in (PilotProject.Status.DRAFT, PilotProject.Status.RUNNING),
    )
    return render(request, "workflows/project_products.html", context)


def _product_row(row: dict[str, Any]) -> list[Value]:
    product, recognition, survey = row["product"], row["recognition"], row["survey"]
    stars, until = (recognition.stars, recognition.valid_until) if recognition else (None, None)
    surveyed_on = survey.surveyed_on if survey else None
    return [product.name, str(product.producer), product.trace_code, str(product.group), stars, until, surveyed_on,
            row["stamps"]]  # fmt: skip


@login_required
@require_safe
def events(request: PersonRequest, code: str) -> HttpResponse:
    """The whole history, newest first."""
    project = case_file(request, code)
    shown = Paginator(audit.history(project), PER_PAGE).get_page(request.GET.get("page"))
    context = page(project, request.user, "history", events=history.lines(shown), found=shown)
    return render(request, "workflows/project_history.html", context)


@login_required
@require_safe
def diagram(request: PersonRequest, code: str) -> HttpResponse:
    """The flow as a drawing, with the open steps marked and named."""
    project = case_file(request, code)
    process = PilotModelProcess.objects.filter(project=project).first()
    context = page(project, request.user, "diagram", drawing=draw(PilotModelFlow, process))
    return render(request, "workflows/diagram.html", context)


@login_required
@require_POST
def start(request: PersonRequest, code: str) -> HttpResponse:
    """Set a draft project running."""
    project = case_file(request, code)
    with refusals_said(request):
        actions.start_project(project, by=request.user)
        messages.success(request, _("Project %(code)s is running; its first stage is open.") % {"code": code})
    return redirect(project.get_absolute_url())


def _may_call_council(request: PersonRequest, project: PilotProject) -> bool:
    """Whether the person may name a council now: the project runs and no council is open."""
    is_free = project.status == PilotProject.Status.RUNNING and not project.councils.filter(closed_at=None).exists()
    return is_free and seats.can_call(request.user, project)


def waiting(project: PilotProject) -> QuerySet[Task]:
    """Open steps of the project's own flow, its deliverables and its stamp orders, the latest first."""
    cases = (
        PilotModelProcess.objects.filter(project=project),
        DeliverableProcess.objects.filter(deliverable__stage__project=project),
        StampOrderProcess.objects.filter(order__enrolment__project=project),
    )
    ours = Q()
    for processes in cases:
        ours |= Q(process__in=processes.order_by().values("pk"))
    return inbox.for_list(inbox.steps().filter(ours, finished=None))


def _status_tone(project: PilotProject) -> str:
    return {PilotProject.Status.RUNNING: "go", PilotProject.Status.ACCEPTED: "ok"}.get(
        PilotProject.Status(project.status), "no"
    )


def _stepper(stage: Stage, today: date) -> dict[str, str]:
    """One step of `_steps.html`: state, dates, and a late mark in words."""
    if stage.closed_at:
        day = date_format(timezone.localtime(stage.closed_at), "SHORT_DATE_FORMAT")
        return {"name": stage.title, "state": "done", "note": _("closed %(day)s") % {"day": day}}
    note = _("due %(day)s") % {"day": date_format(stage.due_on, "SHORT_DATE_FORMAT")}
    if stage.is_open and (days := stage.days_late(today)):
        note += " · " + ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}
    return {"name": stage.title, "state": "now" if stage.is_open else "wait", "note": note}


def _papers(stage: Stage, versions: dict[int, DocumentVersion], today: date) -> list[dict[str, Any]]:
    """Deliverables of a stage with status, lateness, number and file."""
    rows = []
    for paper in stage.deliverables.all():
        version = versions.get(paper.pk)
        rows.append(
            {
                "paper": paper,
                "tone": TONES[Deliverable.Status(paper.status)],
                "late": paper.days_late(today) if stage.opened_at else 0,
                "version": version,
                "number": getattr(version, "register_entry", ""),
            }
        )
    return rows


def _closing_gate(project: PilotProject) -> list[str] | None:
    """What keeps the project from acceptance; None when the question does not arise any more."""
    if project.status not in (PilotProject.Status.DRAFT, PilotProject.Status.RUNNING):
        return None
    rules = project.gate_rules.filter(stage=None).order_by("pk")
    found = [RULES[gate.rule](project, gate.minimum) for gate in rules if gate.rule in RULES]
    return [problem for problem in found if problem]


def _facts(project: PilotProject) -> list[dict[str, Any]]:
    rows: list[tuple[str, Any, str]] = [
        (_("Owner"), project.owner, ""),
        (_("Manager"), project.manager, ""),
        (_("From – to"), f"{_day(project.starts_on)} – {_day(project.due_on)}", ""),
    ]
    products = project.enrolled_products().count()
    text = ngettext("%(count)d product", "%(count)d products", products) % {"count": products}
    rows.append((_("Takes part"), text, reverse("project_products", args=[project.code])))
    if line := project.line:
        rows.insert(0, (_("Legal basis"), _basis(project), line.plan.get_absolute_url()))
    if project.accepted_at:
        rows.append((_("Accepted"), f"{_day(timezone.localtime(project.accepted_at))}, {project.accepted_by}", ""))
    if project.minimum_stars:
        rows.append((_("Products from"), _("%(stars)d stars") % {"stars": project.minimum_stars}, ""))
    return [{"label": label, "value": str(value), "url": url} for label, value, url in rows]


def _basis(project: PilotProject) -> str:
    line = project.line
    if line is None:
        return ""
    number = _("line %(number)s") % {"number": line.printed_number} if line.printed_number else ""
    return ", ".join(part for part in (str(line.plan), number) if part)


def _members(project: PilotProject) -> list[tuple[str, list[str]]]:
    """People by role, in the order of roles."""
    by_role: dict[str, list[str]] = {}
    for member in project.members.select_related("user"):
        by_role.setdefault(member.role, []).append(str(member.user))
    return [(str(label), by_role[role]) for role, label in Membership.Role.choices if role in by_role]


def _enrolment(enrolment: Enrolment, today: date) -> dict[str, Any]:
    orders: Iterable[StampOrder] = enrolment.stamp_orders.all()
    known = list(enrolment.product.recognitions.all())
    return {
        "enrolment": enrolment,
        "product": enrolment.product,
        "recognition": enrolment.product.recognition_on(today),
        "last_recognition": known[0] if known else None,
        "survey": getattr(enrolment, "survey", None),
        "stamps": (stamps := sum(order.quantity for order in orders)),
        "left": max(enrolment.stamp_quota - stamps, 0),
    }


def _day(day: Any) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
