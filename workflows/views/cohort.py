"""The cohort of a project: producers and products by the seven steps, and what is done for many at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from imports.export import Value
from onboarding import policies
from onboarding.actions.journey import set_rules
from onboarding.models import Onboarding, OnboardingRules, Step
from onboarding.progress import AHEAD, DONE, ENDED, NOW, Cell, Progress, counts, journeys_of
from people.frame import accepted
from projects.models import PilotProject
from projects.views.case import PersonRequest, case_file, managed_file, page
from projects.views.sheets import list_sheet, wants_sheet
from registry.models import Producer, ProducerMember
from workflows import cohort
from workflows.batch import Outcome
from workflows.forms.cohort import (
    GROUP,
    REFUSE,
    REMIND,
    SELECT,
    SURVEY,
    ActForm,
    CohortFilter,
    RulesForm,
    is_stuck,
)
from workflows.views.listing import kept, query_of

PER_PAGE = 100
KEPT = (*CohortFilter.base_fields, "page")  # what the address of a narrowed matrix consists of
MOST_DIGITS = 18  # what a key can have
TONES = {Outcome.DONE: "ok", Outcome.ALREADY: "no", Outcome.REFUSED: "wait", Outcome.FAILED: "late"}


@login_required
@require_safe
def matrix(request: PersonRequest, code: str) -> HttpResponse:
    """All products of a project at their steps, narrowed by the query; the same rows as a workbook."""
    project = case_file(request, code)
    rows = [Progress(journey) for journey in journeys_of(project)]
    narrowed = CohortFilter(request.GET, rows)
    found = narrowed.found()
    if wants_sheet(request):
        return _sheet(project, found)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = page(
        project,
        request.user,
        "cohort",
        form=narrowed,
        rows=[_row(row) for row in shown],
        found=shown,
        total=len(rows),
        counts=[{"step": step, "done": number} for step, number in counts(rows)],
        stuck=sum(is_stuck(row) for row in rows),
        waiting=cohort.not_started(project),
        all_ticked=request.GET.get("select") == "all",
        acts=_acts(request, project),
        kept=kept(request, KEPT),
        problem=_problem(request.GET.get("ticked", "")),
    )
    return render(request, "workflows/cohort.html", context)


def _acts(request: PersonRequest, project: PilotProject) -> list[tuple[str, str]]:
    names = {
        SURVEY: _("Close step 1"),
        SELECT: _("Select"),
        REFUSE: _("Do not select"),
        GROUP: _("Put into a group"),
        REMIND: _("Remind"),
    }
    return [(name, label) for name, label in names.items() if policies.holds(request.user, project, cohort.ROLES[name])]


def _row(row: Progress) -> dict[str, Any]:
    product = row.journey.enrolment.product
    return {
        "journey": row.journey,
        "product": product,
        "producer": product.producer,
        "stars": row.journey.stars,  # type: ignore[attr-defined]
        "cells": [_cell(row, cell) for cell in row.cells],
    }


def _cell(row: Progress, cell: Cell) -> dict[str, Any]:
    """Tone and word of a cell: a day that is done, days that somebody waits, or nothing yet."""
    name = f"{cell.step.value}. {cell.step.label}"
    if cell.state == DONE:
        day = date_format(cell.on, "d/m") if cell.on else ""
        return {"name": name, "tone": "ok", "label": day, "state": DONE, "title": _("Done")}
    if cell.state == NOW:
        label = ngettext("%(days)d day", "%(days)d days", row.days) % {"days": row.days}
        return {"name": name, "tone": "late" if is_stuck(row) else "wait", "label": label, "state": NOW}
    if cell.state == ENDED:
        reason = row.journey.selection_reason
        return {"name": name, "tone": "late", "label": _("Not selected"), "state": ENDED, "reason": reason}
    return {"name": name, "tone": "", "label": "", "state": AHEAD}


def _sheet(project: PilotProject, rows: list[Progress]) -> HttpResponse:
    columns = [_("Product"), _("Producer"), _("Commune"), _("Phone number"), _("Stars"), _("Group"), _("Funded"),
               *(f"{step.value}. {step.label}" for step in Step),
               _("At step"), _("Days at the step"), _("Reason"), _("National portal")]  # fmt: skip
    title = _("Onboarding of project %(code)s") % {"code": project.code}
    return list_sheet(f"dong-hanh-{project.code}", title, columns, map(_sheet_row, rows))


def _sheet_row(row: Progress) -> list[Value]:
    journey, product = row.journey, row.journey.enrolment.product
    days: list[date | None] = [cell.on if cell.state == DONE else None for cell in row.cells]
    return [
        product.name, str(product.producer), product.producer.commune.name, product.producer.phone,
        journey.stars,  # type: ignore[attr-defined]
        journey.group.product_group.name if journey.group else "", _("yes") if journey.is_funded else _("no"),
        *days, _where(row), row.days if row.step else None, journey.selection_reason or journey.survey_waiver,
        _portal(journey),
    ]  # fmt: skip


def _portal(journey: Onboarding) -> str:
    if journey.portal_reference and journey.portal_connected_on:
        return f"{journey.portal_reference}, {journey.portal_connected_on:%d/%m/%Y}"
    return _("Goes without: %(reason)s") % {"reason": journey.portal_waiver} if journey.portal_waiver else ""


def _where(row: Progress) -> str:
    if row.step:
        return f"{row.step.value}. {row.step.label}"
    return str(_("Not selected")) if row.is_refused else str(_("On board"))


# --- many at once ------------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: PersonRequest, code: str) -> HttpResponse:
    """Set the rules and open the seven steps of every product that takes part; managers."""
    project = managed_file(request, code)
    known = OnboardingRules.objects.filter(project=project).first()
    initial = known or OnboardingRules(project=project, minimum_stars=project.minimum_stars)
    sent = request.POST if request.method == "POST" else None
    form = RulesForm(sent, initial={name: getattr(initial, name) for name in RulesForm.base_fields})
    if accepted(form, lambda: set_rules(project, by=request.user, **form.cleaned_data)):
        return _results(request, project, cohort.start_all(project, by=request.user), _("Seven steps opened"))
    context = page(project, request.user, "cohort", form=form, waiting=cohort.not_started(project))
    return render(request, "workflows/cohort_start.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: PersonRequest, code: str) -> HttpResponse:
    """GET asks what the act needs for the ticked products; POST does it for each and says what became of them."""
    project = case_file(request, code)
    fields = request.POST if request.method == "POST" else request.GET
    name = fields.get("act", "")
    if name not in cohort.ROLES or not policies.holds(request.user, project, cohort.ROLES[name]):
        raise PermissionDenied
    try:
        chosen = cohort.chosen(project, _ids(fields))
    except cohort.TooMany:
        return _tick_again(request, project, "many")
    if not chosen:
        return _tick_again(request, project, "none")
    form = ActForm(request.POST if request.method == "POST" else None, act=name)
    label = dict(_acts(request, project))[name]
    if request.method == "POST" and form.is_valid():
        results = cohort.act(chosen, name, by=request.user, answers=form.answers())
        return _results(request, project, results, label)
    back = _matrix_url(request, project)
    context = page(project, request.user, "cohort", form=form, chosen=chosen, act=name, label=label, back_url=back)
    return render(request, "workflows/cohort_act.html", context, status=422 if form.errors else 200)


def _matrix_url(request: PersonRequest, project: PilotProject) -> str:
    """The matrix as it was narrowed when the act was chosen."""
    return reverse("cohort", args=[project.code]) + query_of(request, KEPT)


def _tick_again(request: PersonRequest, project: PilotProject, ticked: str) -> HttpResponse:
    """Back to the matrix as it was, with the problem beside the buttons."""
    url = _matrix_url(request, project)
    return redirect(f"{url}{'&' if '?' in url else '?'}ticked={ticked}#acts")


def _problem(ticked: str) -> str:
    """What is wrong with how many products were ticked; "" for nothing."""
    if ticked == "none":
        return _("No product was ticked. Tick the products that you want to do together.")
    return str(cohort.TooMany()) if ticked == "many" else ""


def _results(request: PersonRequest, project: PilotProject, results: list[cohort.Result], label: str) -> HttpResponse:
    labels = {
        Outcome.DONE: _("Done"),
        Outcome.ALREADY: _("Nothing to do"),
        Outcome.REFUSED: _("Not done"),
        Outcome.FAILED: _("Fault"),
    }
    done = sum(result.outcome == Outcome.DONE for result in results)
    context = page(
        project,
        request.user,
        "cohort",
        results=[(result, TONES[result.outcome], labels[result.outcome]) for result in results],
        label=label,
        done=done,
        left=len(results) - done,
        back_url=_matrix_url(request, project),
    )
    return render(request, "workflows/cohort_done.html", context)


@login_required
@require_safe
def calls(request: PersonRequest, code: str) -> HttpResponse:
    """Whom to call about the ticked products, or about all that the query leaves: to print, or as a workbook."""
    project = case_file(request, code)
    wanted = set(_ids(request.GET))
    rows = CohortFilter(request.GET, [Progress(journey) for journey in journeys_of(project)]).found()
    rows = [row for row in rows if row.step and (not wanted or row.journey.pk in wanted)]
    producers = {row.journey.enrolment.product.producer_id for row in rows}
    with_account = set(
        ProducerMember.objects.filter(producer__in=producers, is_active=True).values_list("producer", flat=True)
    )
    listed = _calls(rows, with_account)
    if wants_sheet(request):
        columns = [_("Producer"), _("Representative"), _("Phone number"), _("Product"), _("At step"),
                   _("Days at the step"), _("Account")]  # fmt: skip
        cells = [[call["producer"], call["person"], call["phone"], *each.values(), call["account"]]
                 for call in listed for each in call["products"]]  # fmt: skip
        return list_sheet(f"goi-dien-{code}", _("Call list of project %(code)s") % {"code": code}, columns, cells)
    context = page(project, request.user, "cohort", calls=listed, today=timezone.localdate())
    return render(request, "workflows/cohort_calls.html", context)


def _calls(rows: list[Progress], with_account: set[int]) -> list[dict[str, Any]]:
    """One call for each producer, with all its products of the list, in the order of the matrix."""
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        product = row.journey.enrolment.product
        call = found.setdefault(
            product.producer_id, _call(product.producer, has_account=product.producer_id in with_account)
        )
        call["products"].append({"name": product.name, "step": _where(row), "days": row.days})
    return list(found.values())


def _call(producer: Producer, *, has_account: bool) -> dict[str, Any]:
    return {
        "producer": str(producer),
        "person": producer.representative,
        "phone": producer.phone,
        "account": _("has an account") if has_account else _("no account"),
        "products": [],
    }


def _ids(fields: QueryDict) -> list[int]:
    """Return the ticked keys; what cannot be a key is left out."""
    known = fields.getlist("journey")
    return [int(key) for key in known if key.isascii() and key.isdecimal() and len(key) <= MOST_DIGITS]
