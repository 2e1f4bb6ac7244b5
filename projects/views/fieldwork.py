"""Work in the field: surveys, training, communication. Lists for all officials, forms for managers and helpers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from imports.export import Value
from people.errors import Refusal
from projects.actions import fieldwork as actions
from projects.forms import AttendanceForm, CommunicationForm, SurveyForm, TrainingForm
from projects.models import Enrolment, PilotProject, SurveyResponse, TrainingSession
from projects.views.case import PersonRequest, case_file, check_may_record, page
from projects.views.sheets import list_sheet, wants_sheet


@login_required
@require_safe
def surveys(request: PersonRequest, code: str) -> HttpResponse:
    """The enrolled products and whether each was surveyed."""
    project = case_file(request, code)
    enrolments = project.enrolments.filter(withdrawn_at=None).select_related(
        "product__producer__commune", "survey__surveyed_by"
    )
    rows = [(enrolment, getattr(enrolment, "survey", None)) for enrolment in enrolments]
    if wants_sheet(request):
        columns = [_("Product"), _("Producer"), _("Commune"), _("Surveyed on"), _("Surveyed by"), _("Diary"),
                   _("Barcode"), _("Declared standard")]  # fmt: skip
        return list_sheet(f"khao-sat-{code}", _("Surveys"), columns, map(_survey_row, rows))
    done = sum(1 for _enrolment, survey in rows if survey)
    return render(request, "projects/surveys.html", page(project, request.user, "surveys", rows=rows, done=done))


def _survey_row(row: tuple[Enrolment, SurveyResponse | None]) -> list[Value]:
    product, survey = row[0].product, row[1]
    known: list[Value] = [product.name, str(product.producer), str(product.producer.commune)]
    if survey is None:
        return [*known, *[None] * 5]
    answers = (survey.has_diary, survey.has_barcode, survey.has_declared_standard)
    return [*known, survey.surveyed_on, str(survey.surveyed_by), *(_("yes") if yes else _("no") for yes in answers)]


@login_required
@require_http_methods(["GET", "POST"])
def survey(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Record, or replace, what was found at one product."""
    project = case_file(request, code)
    enrolment = get_object_or_404(
        project.enrolments.filter(withdrawn_at=None).select_related("product__producer", "project"), pk=pk
    )
    known = SurveyResponse.objects.filter(enrolment=enrolment).first()
    if request.method == "POST":
        check_may_record(request, project)
    form = SurveyForm(request.POST or None, instance=known, initial=_today("surveyed_on", known))
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_survey(enrolment, by=request.user, **form.cleaned_data)
        except Refusal as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The survey of “%(product)s” is saved.") % {"product": enrolment.product.name})
            return redirect("projects:surveys", code=code)
    return _form_page(request, project, "surveys", form, title=_("Survey: %(name)s") % {"name": enrolment.product.name},
                      lead=str(enrolment.product.producer))  # fmt: skip


@login_required
@require_safe
def training(request: PersonRequest, code: str) -> HttpResponse:
    """The classes that were held, with how many came and passed."""
    project = case_file(request, code)
    sessions = project.training_sessions.annotate(
        came=Count("attendances"), passed=Count("attendances", filter=Q(attendances__passed_check=True))
    )
    if wants_sheet(request):
        columns = [_("Class"), _("Held on"), _("Place"), _("Audience"), _("Seats"), _("Came"), _("Passed")]
        rows: list[list[Value]] = [
            [held.title, held.held_on, held.place, held.get_audience_display(), held.seats, held.came, held.passed]
            for held in sessions
        ]
        return list_sheet(f"tap-huan-{code}", _("Classes"), columns, rows)
    return render(request, "projects/training.html", page(project, request.user, "training", sessions=sessions))


@login_required
@require_http_methods(["GET", "POST"])
def add_training(request: PersonRequest, code: str) -> HttpResponse:
    """Record a class."""
    project = case_file(request, code)
    check_may_record(request, project)
    form = TrainingForm(request.POST or None, initial=_today("held_on", None))
    if request.method == "POST" and form.is_valid():
        try:
            session = actions.hold_training(project, by=request.user, **form.cleaned_data)
        except Refusal as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The class is recorded; now enter who came."))
            return redirect("projects:session", code=code, pk=session.pk)
    return _form_page(request, project, "training", form, title=_("Record a class"))


@login_required
@require_http_methods(["GET", "POST"])
def session(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """One class: who came, and a form for the next person."""
    project = case_file(request, code)
    held: TrainingSession = get_object_or_404(project.training_sessions, pk=pk)
    if request.method == "POST":
        check_may_record(request, project)
    form = AttendanceForm(request.POST or None, project=project)
    if request.method == "POST" and form.is_valid():
        try:
            came = actions.record_attendance(held, by=request.user, **form.cleaned_data)
        except Refusal as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(person)s is entered.") % {"person": came.person_name})
            return redirect("projects:session", code=code, pk=pk)
    people = held.attendances.select_related("producer")
    context = page(project, request.user, "training", session=held, people=people, form=form)
    return render(request, "projects/session.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def communication(request: PersonRequest, code: str) -> HttpResponse:
    """What told the public about the model."""
    project = case_file(request, code)
    events = project.communication_events.all()
    if wants_sheet(request):
        columns = [_("Event"), _("Kind"), _("Date"), _("Channel or place"), _("Evidence")]
        rows: list[list[Value]] = [
            [each.title, each.get_kind_display(), each.held_on, each.channel, each.evidence] for each in events
        ]
        return list_sheet(f"truyen-thong-{code}", _("Communication"), columns, rows)
    return render(request, "projects/communication.html", page(project, request.user, "communication", events=events))


@login_required
@require_http_methods(["GET", "POST"])
def add_communication(request: PersonRequest, code: str) -> HttpResponse:
    """Record a communication event with its evidence."""
    project = case_file(request, code)
    check_may_record(request, project)
    form = CommunicationForm(request.POST or None, initial=_today("held_on", None))
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_communication(project, by=request.user, **form.cleaned_data)
        except Refusal as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The communication event is recorded."))
            return redirect("projects:communication", code=code)
    return _form_page(request, project, "communication", form, title=_("Record a communication event"))


def _today(field: str, known: object) -> dict[str, object]:
    return {} if known else {field: timezone.localdate()}


def _form_page(
    request: PersonRequest, project: PilotProject, tab: str, form: BaseForm, *, title: str, lead: str = ""
) -> HttpResponse:
    context = page(project, request.user, tab, form=form, title=title, lead=lead)
    return render(request, "projects/record.html", context, status=422 if form.errors else 200)
