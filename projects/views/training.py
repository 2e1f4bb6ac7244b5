"""Training: the classes of a project, one class with who came, planning, coverage, material."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.forms import BaseForm
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from imports.export import Value
from people.errors import Refusal
from people.frame import accepted, refusals_said
from projects.actions import attendance as door
from projects.actions import training as actions
from projects.coverage import coverage
from projects.models import Attendance, PilotProject, TrainingMaterial, TrainingSession
from projects.models.training import participants_of
from projects.training_forms import AttendanceForm, ClassesForm, MaterialForm, MeetingForm, TrainingForm
from projects.views.case import PersonRequest, case_file, check_may_record, page
from projects.views.sheets import list_sheet, wants_sheet
from registry.downloads import in_file_name, send


@login_required
@require_safe
def training(request: PersonRequest, code: str) -> HttpResponse:
    """The classes, planned and held, with how many are invited, came and passed."""
    project = case_file(request, code)
    sessions = project.training_sessions.annotate(
        invited=Count("invitations", distinct=True),
        came=Count("attendances", distinct=True),
        passed=Count("attendances", filter=Q(attendances__passed_check=True), distinct=True),
    )
    if wants_sheet(request):
        columns = [_("Class"), _("To be held by"), _("Held on"), _("Place"), _("Audience"), _("Seats"), _("Invited"),
                   _("Came"), _("Passed")]  # fmt: skip
        rows: list[list[Value]] = [
            [one.title, one.due_on, one.held_on, one.place, one.get_audience_display(), one.seats, one.invited,
             one.came, one.passed]
            for one in sessions
        ]  # fmt: skip
        return list_sheet(f"tap-huan-{code}", _("Classes"), columns, rows)
    reached = coverage(project)
    context = page(project, request.user, "training", sessions=sessions, coverage=reached, today=timezone.localdate())
    return render(request, "projects/training.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add_training(request: PersonRequest, code: str) -> HttpResponse:
    """Record a class, or plan one."""
    project = case_file(request, code)
    check_may_record(request, project)
    form = TrainingForm(request.POST or None, initial={"held_on": timezone.localdate()})
    session = accepted(form, lambda: actions.hold_training(project, by=request.user, **form.cleaned_data))
    if session is not None:
        messages.success(request, _("The class is recorded; now invite people, or enter who came."))
        return redirect("projects:session", code=code, pk=session.pk)
    return _form_page(request, project, form, _("Record a class"))


@login_required
@require_http_methods(["GET", "POST"])
def plan_classes(request: PersonRequest, code: str) -> HttpResponse:
    """Plan the classes that the project's line of the plan asks for."""
    project = case_file(request, code)
    check_may_record(request, project)
    line = project.line
    initial = {"title": line.title.splitlines()[0][:180] if line else "", "due_on": line.ends_on if line else None}
    form = ClassesForm(request.POST or None, initial=initial)
    made = accepted(form, lambda: actions.plan_classes(project, line=line, by=request.user, **form.cleaned_data))
    if made is not None:
        messages.success(request, _("%(count)d classes are planned.") % {"count": len(made)})
        return redirect("projects:training", code=code)
    return _form_page(request, project, form, _("Plan classes"), lead=line.period_text if line else "")


@login_required
@require_http_methods(["GET", "POST"])
def edit_training(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Change a class: its day, its seats, its topics."""
    project = case_file(request, code)
    held = get_object_or_404(project.training_sessions, pk=pk)
    check_may_record(request, project)
    form = TrainingForm(request.POST or None, instance=held)
    if accepted(form, lambda: actions.change_training(held, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The class is changed."))
        return redirect(held)
    return _form_page(request, project, form, _("Change the class"), lead=held.title)


@login_required
@require_http_methods(["GET", "POST"])
def add_meeting(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Add a further meeting of a class."""
    project = case_file(request, code)
    held = get_object_or_404(project.training_sessions, pk=pk)
    check_may_record(request, project)
    form = MeetingForm(request.POST or None, initial={"held_on": held.held_on})
    if accepted(form, lambda: actions.add_meeting(held, by=request.user, **form.cleaned_data)):
        return redirect(held)
    return _form_page(request, project, form, _("Add a meeting"), lead=held.title)


# --- one class -------------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "POST"])
def session(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """One class: who came, who did not, and a form for the next person of the paper list."""
    project = case_file(request, code)
    held: TrainingSession = get_object_or_404(project.training_sessions, pk=pk)
    if request.method == "POST":
        check_may_record(request, project)
    form = AttendanceForm(request.POST or None, project=project)
    came = accepted(form, lambda: door.record_attendance(held, by=request.user, **form.cleaned_data))
    if came is not None:
        messages.success(request, _("%(person)s is entered.") % {"person": came.person_name})
        return redirect(held)
    people = list(participants_of(held))
    if wants_sheet(request):
        return _people_sheet(held, people)
    waiting = held.invitations.filter(attendance=None).select_related("producer")
    context = page(
        project, request.user, "training",
        session=held, people=people, form=form, waiting=list(waiting), today=timezone.localdate(),
        topics=list(held.topic_list.all()), meetings=list(held.meetings.all()),
    )  # fmt: skip
    return render(request, "projects/session.html", context, status=422 if form.errors else 200)


def _people_sheet(held: TrainingSession, people: list[Attendance]) -> HttpResponse:
    columns = [_("Full name"), _("Producer or agency"), _("Phone number"), _("How entered"), _("Passed"),
               _("Certificate")]  # fmt: skip
    yes, no = _("yes"), _("no")
    rows: list[list[Value]] = [
        [one.person_name, one.side, one.phone, one.get_way_display(), yes if one.passed_check else no,
         one.certificate_number]
        for one in people
    ]  # fmt: skip
    return list_sheet(f"diem-danh-{held.pk}", held.title[:31], columns, rows)


@login_required
@require_POST
def mark_passed(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Save who passed the competency check; those who are not ticked did not."""
    project = case_file(request, code)
    held = get_object_or_404(project.training_sessions, pk=pk)
    check_may_record(request, project)
    ticked = {int(key) for key in request.POST.getlist("passed") if key.isdecimal() and len(key) < 19}
    with refusals_said(request):
        door.mark_passed(held, ticked, by=request.user)
        messages.success(request, _("Who passed the check in “%(title)s” is saved.") % {"title": held.title})
    return redirect(held)


# --- what was reached ------------------------------------------------------------------------
@login_required
@require_safe
def training_coverage(request: PersonRequest, code: str) -> HttpResponse:
    """Coverage by organisation and by person, agencies by name, and of whom nobody came."""
    project = case_file(request, code)
    reached = coverage(project)
    if wants_sheet(request):
        columns = [_("Agency"), _("People"), _("Passed"), _("Classes")]
        rows: list[list[Value]] = [[row.name, row.people, row.passed, row.classes] for row in reached.agencies]
        return list_sheet(f"do-bao-phu-{code}", _("Agencies"), columns, rows)
    context = page(project, request.user, "training", coverage=reached, today=timezone.localdate())
    return render(request, "projects/training_coverage.html", context)


# --- material --------------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "POST"])
def materials(request: PersonRequest, code: str) -> HttpResponse:
    """The material by product group, the newest version first, and a form for the next file."""
    project = case_file(request, code)
    if request.method == "POST":
        check_may_record(request, project)
    form = MaterialForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            kept = actions.hand_out(
                project, answers["file"], title=answers["title"], group=answers["group"], by=request.user
            )
        except Refusal as error:
            form.add_error(None, str(error))
        else:
            text = _("“%(title)s” is kept as version %(version)d.")
            messages.success(request, text % {"title": kept.title, "version": kept.version})
            return redirect("projects:materials", code=code)
    known = project.materials.select_related("group", "by")
    context = page(project, request.user, "training", materials=known, form=form)
    return render(request, "projects/materials.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def material(request: PersonRequest, code: str, pk: int) -> HttpResponseBase:
    """A file of material, to be saved."""
    project = case_file(request, code)
    kept: TrainingMaterial = get_object_or_404(project.materials, pk=pk)
    back = reverse("projects:materials", args=[code])
    return send(request, kept, "file", name=f"{in_file_name(kept.title)}-v{kept.version}", back=back)


def _form_page(
    request: PersonRequest, project: PilotProject, form: BaseForm, title: str, lead: str = ""
) -> HttpResponse:
    context = page(project, request.user, "training", form=form, title=title, lead=lead)
    return render(request, "projects/record.html", context, status=422 if form.errors else 200)
