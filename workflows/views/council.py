"""The acceptance council: its page, naming it, declarations, presence, sheets, and closing the meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.errors import Refusal
from people.frame import refusals_said
from projects import seats
from projects.actions import council as actions
from projects.actions import council_naming
from projects.errors import GateNotPassed
from projects.models import Council, CouncilMember, CouncilSheet, PilotProject
from projects.views.case import PersonRequest, case_file, page
from workflows.actions import close_council
from workflows.council_page import CouncilPage
from workflows.forms.council import ClosingForm, CouncilForm, DeclarationForm, SheetForm


@login_required
@require_safe
def council(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Where the council stands: members, progress, and after the closing its sheets, sums and minutes."""
    project, found = _council(request, code, pk)
    shown = CouncilPage(found, request.user)
    return _page(request, project, found, "workflows/council.html", shown=shown)


# --- naming it -------------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "POST"])
def call(request: PersonRequest, code: str) -> HttpResponse:
    """Write down a new council; the project's managers and clerks."""
    project = _callers_project(request, code)
    if (known := project.councils.filter(closed_at=None).first()) is not None:
        messages.info(request, _("The council of decision %(number)s is open.") % {"number": known.decision_number})
        return redirect(known)
    form = CouncilForm(request.POST or None, project=project)
    if request.method == "POST":
        made = _done(form, lambda: council_naming.call_council(project, form.call(), form.named(), by=request.user))
        if isinstance(made, Council):
            messages.success(request, _("The council is named and its members are told."))
            return redirect(made)
    return _form(request, project, form, title=_("Name the acceptance council"), submit=_("Name the council"))


@login_required
@require_http_methods(["GET", "POST"])
def change(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Change the council before its meeting."""
    project = _callers_project(request, code)
    found = get_object_or_404(project.councils.select_related("rules"), pk=pk)
    form = CouncilForm(request.POST or None, project=project, council=found)
    if request.method == "POST":
        act = _done(form, lambda: council_naming.change_council(found, form.call(), form.named(), by=request.user))
        if isinstance(act, Council):
            messages.success(request, _("The council is changed; who is new, or has a new time, is told."))
            return redirect(found)
    is_late = found.closed_at is not None or seats.has_begun(found)
    title = _("Change the acceptance council")
    return _form(request, project, form, title=title, submit=_("Save"), parent=found, is_late=is_late)


# --- a member's own acts ---------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "POST"])
def declare(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Say whether one has a conflict of interest."""
    project, found, _member = _members_council(request, code, pk)
    form = DeclarationForm(request.POST or None)
    if request.method == "POST":
        member = _done(form, lambda: actions.declare(found, by=request.user, conflict=form.conflict()))
        if isinstance(member, CouncilMember):
            messages.success(request, _("Your declaration is recorded."))
            return redirect(found)
    title = _("Conflict of interest")
    return _form(request, project, form, title=title, submit=_("Record the declaration"), parent=found)


@login_required
@require_http_methods(["GET", "POST"])
def sheet(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """A member's own sheet; it can be changed until the secretary closes the meeting."""
    project, found, member = _members_council(request, code, pk)
    known = CouncilSheet.objects.filter(member=member).first()
    form = SheetForm(request.POST or None, project=project, sheet=known)
    if request.method == "POST" and isinstance(_done(form, lambda: _hand_in(request, found, form)), CouncilSheet):
        messages.success(request, _("Your sheet is handed in. You can change it until the meeting is closed."))
        return redirect(found)
    context = {"form": form, "known": known, "member": member}
    return _page(request, project, found, "workflows/council_sheet.html", is_bad=bool(form.errors), **context)


def _hand_in(request: PersonRequest, found: Council, form: SheetForm) -> CouncilSheet:
    cleaned = form.cleaned_data
    return actions.hand_in_sheet(
        found, by=request.user, grade=cleaned["grade"], comment=cleaned["comment"], lines=form.grades()
    )


@login_required
@require_POST
def take_back(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Take one's own sheet back."""
    _project, found, _member = _members_council(request, code, pk)
    return _act(request, found, lambda: actions.take_back_sheet(found, by=request.user), _("Your sheet is taken back."))


# --- the meeting -----------------------------------------------------------------------------
@login_required
@require_POST
def presence(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Write down who is present; the secretary or the chair."""
    _project, found, member = _members_council(request, code, pk)
    if not seats.leads(member):
        raise PermissionDenied
    ticked = set(request.POST.getlist("present"))
    present = {key for key in found.members.values_list("pk", flat=True) if str(key) in ticked}
    text = _("%(count)d members are marked as present.") % {"count": len(present)}
    return _act(request, found, lambda: actions.mark_present(found, present, by=request.user), text)


@login_required
@require_http_methods(["GET", "POST"])
def close(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Close the meeting: the sheets are counted, the minutes numbered; the secretary."""
    project, found, member = _members_council(request, code, pk)
    if member.seat != CouncilMember.Seat.SECRETARY:
        raise PermissionDenied
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entry = close_council(found, by=request.user, opinions=form.cleaned_data["opinions"])
        except Refusal as error:
            messages.error(request, str(error))
            return redirect(found)
        messages.success(
            request, _("The meeting is closed and its minutes are issued as %(number)s.") % {"number": entry}
        )
        return redirect(found)
    problems = [] if found.closed_at else actions.closing_problems(found)
    shown = CouncilPage(found, request.user)
    return _page(
        request, project, found, "workflows/council_close.html",
        form=form, problems=problems, shown=shown, is_bad=bool(form.errors),
    )  # fmt: skip


# --- shared ----------------------------------------------------------------------------------
def _council(request: PersonRequest, code: str, pk: int) -> tuple[PilotProject, Council]:
    """Return the case and its council; 404 for strangers."""
    project = case_file(request, code)
    return project, get_object_or_404(
        Council.objects.select_related("rules", "closed_by", "made_by"), pk=pk, project=project
    )


def _members_council(request: PersonRequest, code: str, pk: int) -> tuple[PilotProject, Council, CouncilMember]:
    """Return the case, its council and the user's seat; 403 for colleagues without one, 404 for strangers."""
    project, found = _council(request, code, pk)
    member = seats.seat_of(found, request.user)
    if member is None:
        raise PermissionDenied
    return project, found, member


def _callers_project(request: PersonRequest, code: str) -> PilotProject:
    project = case_file(request, code)
    if not seats.can_call(request.user, project):
        raise PermissionDenied
    return project


def _done(form: Any, act: Callable[[], object]) -> object:
    """Return what the act returned for a valid form; None, with the reasons in the form, when it was refused."""
    if not form.is_valid():
        return None
    try:
        return act()
    except GateNotPassed as error:
        form.add_error(None, list(error.problems))
    except Refusal as error:
        form.add_error(None, str(error))
    return None


def _act(request: PersonRequest, found: Council, act: Callable[[], object], success: str) -> HttpResponse:
    with refusals_said(request):
        act()
        messages.success(request, success)
    return redirect(found)


def _form(
    request: PersonRequest,
    project: PilotProject,
    form: Any,
    *,
    title: str,
    submit: str,
    parent: Council | None = None,
    is_late: bool = False,
) -> HttpResponse:
    context = {"form": form, "title": title, "submit": submit, "is_late": is_late, "is_bad": bool(form.errors)}
    return _page(request, project, parent, "workflows/council_form.html", **context)


def _page(
    request: PersonRequest,
    project: PilotProject,
    found: Council | None,
    template: str,
    *,
    is_bad: bool = False,
    **context: Any,
) -> HttpResponse:
    """Answer with a page below the project; with the council in the crumbs when it is below that."""
    shown = page(project, request.user, "council", council=found, today=timezone.localdate(), **context)
    if found is not None and template != "workflows/council.html":
        shown["crumbs"] = [*shown["crumbs"], {"label": _("Acceptance council"), "url": found.get_absolute_url()}]
    return render(request, template, shown, status=422 if is_bad else 200)
