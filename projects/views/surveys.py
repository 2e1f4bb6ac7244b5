"""Surveys of a project: the list with its progress, the form drawn from the questionnaire, the reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from imports.export import Value
from people.editions import Edition
from people.frame import accepted
from projects.actions import surveys as actions
from projects.forms import ReasonForm
from projects.models import (
    Enrolment,
    PilotProject,
    Question,
    Questionnaire,
    SurveyResponse,
)
from projects.models.survey import Findings
from projects.survey_forms import AnswersForm, SurveyFilterForm, initial_of
from projects.surveying import content_of, reading, shown
from projects.views.case import PersonRequest, case_file, check_may_record, page
from projects.views.sheets import list_sheet, wants_sheet
from registry.models import Producer
from registry.search import matching

Subject = Questionnaire.Subject


@login_required
@require_safe
def surveys(request: PersonRequest, code: str) -> HttpResponse:
    """The enrolled products and whether each was surveyed; as a workbook with all answers."""
    project = case_file(request, code)
    enrolled_by = Producer.objects.filter(pk__in=project.enrolled_products().order_by().values("producer"))
    producers = list(enrolled_by.order_by("name", "pk"))
    form = SurveyFilterForm(request.GET, producers=producers)
    enrolled = project.enrolments.filter(withdrawn_at=None)
    found = _narrowed(form, enrolled).select_related(
        "product__producer__commune", "survey__surveyed_by", "survey__questionnaire", "survey_excuse"
    )
    rows = [(row, getattr(row, "survey", None), getattr(row, "survey_excuse", None)) for row in found]
    if wants_sheet(request):
        return _sheet(project, [(row, survey) for row, survey, _excuse in rows])
    context = page(
        project, request.user, "surveys",
        rows=rows, form=form, **_progress(enrolled),
        organisations=_organisations(project, producers),
        questionnaire=Questionnaire.objects.current(project.province_id, Subject.PRODUCT),
    )  # fmt: skip
    return render(request, "projects/surveys.html", context)


def _progress(enrolled: QuerySet[Enrolment]) -> dict[str, Any]:
    """How many of the products are surveyed, how many have a reason, how many are left."""
    counts = enrolled.aggregate(
        total=Count("pk"),
        done=Count("survey"),
        excused=Count("survey_excuse", filter=Q(survey=None)),
    )
    left = counts["total"] - counts["done"] - counts["excused"]
    note = _("of %(total)d products") % {"total": counts["total"]}
    return {**counts, "left": left, "left_tone": "wait" if left else "ok", "total_note": note}


def _narrowed(form: SurveyFilterForm, rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    if not form.is_valid():
        return rows
    wanted = form.cleaned_data
    if wanted["q"]:
        rows = rows.filter(matching(wanted["q"], "product__search_text", "product__producer__search_text"))
    if wanted["producer"]:
        rows = rows.filter(product__producer=wanted["producer"])
    if wanted["state"] == "done":
        return rows.exclude(survey=None)
    if wanted["state"] == "excused":
        return rows.filter(survey=None).exclude(survey_excuse=None)
    return rows.filter(survey=None, survey_excuse=None) if wanted["state"] == "open" else rows


def _organisations(project: PilotProject, producers: list[Producer]) -> list[tuple[Producer, Any]]:
    """The organisations of the project with their own survey, if there is one."""
    done = {one.producer_id: one for one in project.organisation_surveys.select_related("surveyed_by")}
    return [(producer, done.get(producer.pk)) for producer in producers]


def _sheet(project: PilotProject, rows: list[tuple[Enrolment, SurveyResponse | None]]) -> HttpResponse:
    """All answers: one column for each question that any of the versions asks, in the order of the newest."""
    versions = {survey.questionnaire_id for _row, survey in rows if survey}
    questions: dict[str, Question] = {}
    for question in Question.objects.filter(questionnaire__in=versions).order_by("-questionnaire__version", "position"):
        questions.setdefault(question.key, question)
    columns = [_("Product"), _("Producer"), _("Commune"), _("Surveyed on"), _("Surveyed by"), _("Version")]
    columns += [question.text for question in questions.values()]
    values = (_sheet_row(row, survey, questions) for row, survey in rows)
    return list_sheet(f"khao-sat-{project.code}", _("Surveys"), columns, values)


def _sheet_row(row: Enrolment, survey: SurveyResponse | None, questions: dict[str, Question]) -> list[Value]:
    product = row.product
    known: list[Value] = [product.name, str(product.producer), str(product.producer.commune)]
    if survey is None:
        return [*known, *[None] * (3 + len(questions))]
    version = survey.questionnaire.version if survey.questionnaire else None
    visit: list[Value] = [survey.surveyed_on, str(survey.surveyed_by), version]
    answers = (shown(question, survey.answers.get(key)) or None for key, question in questions.items())
    return [*known, *visit, *answers]


# --- one survey ------------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "POST"])
def survey(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Record, or replace, what was found at one product."""
    project = case_file(request, code)
    enrolment = get_object_or_404(
        project.enrolments.filter(withdrawn_at=None).select_related("product__producer", "project"), pk=pk
    )
    rows = SurveyResponse.objects.filter(enrolment=enrolment)
    title = _("Survey: %(name)s") % {"name": enrolment.product.name}
    excuse = getattr(enrolment, "survey_excuse", None)
    context = {"title": title, "lead": str(enrolment.product.producer), "enrolment": enrolment, "excuse": excuse}

    def save(**entry: Any) -> str:
        actions.record_survey(enrolment, by=request.user, **entry)
        return _("The survey of “%(product)s” is saved.") % {"product": enrolment.product.name}

    return _survey_page(request, project, rows, Subject.PRODUCT, save, context)


@login_required
@require_http_methods(["GET", "POST"])
def organisation_survey(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Record, or replace, what was found at one organisation of the project."""
    project = case_file(request, code)
    enrolled = project.enrolled_products().order_by().values("producer")
    producer = get_object_or_404(Producer.objects.filter(pk__in=enrolled), pk=pk)
    rows = project.organisation_surveys.filter(producer=producer)
    products = project.enrolled_products().filter(producer=producer).order_by("name")
    context = {"title": _("Survey: %(name)s") % {"name": producer.name}, "producer": producer, "products": products}

    def save(**entry: Any) -> str:
        actions.record_organisation_survey(project, producer, by=request.user, **entry)
        return _("The survey of “%(producer)s” is saved.") % {"producer": producer.name}

    return _survey_page(request, project, rows, Subject.ORGANISATION, save, context)


def _survey_page(
    request: PersonRequest,
    project: PilotProject,
    rows: QuerySet[Any],
    subject: str,
    save: Callable[..., str],
    context: dict[str, Any],
) -> HttpResponse:
    """Show the form of the current questionnaire, with what was answered before, or save it with `save`.

    `rows` holds the saved survey, if there is one. When somebody else saved it after the form was
    opened, the page shows both entries; what is sent next was made from the saved one.
    """
    if request.method == "POST":
        check_may_record(request, project)
    questionnaire = Questionnaire.objects.current(project.province_id, subject)
    if questionnaire is None:
        return render(request, "projects/survey.html", page(project, request.user, "surveys", **context))
    questions = list(questionnaire.questions.all())
    known = rows.select_related("questionnaire", "surveyed_by").first()
    form = AnswersForm(request.POST or None, questions=questions, initial=_initial(questions, known))
    edition = Edition(request, _content(known), partial(reading, questions))

    def record() -> str:
        day = form.cleaned_data["surveyed_on"]
        return save(surveyed_on=day, questionnaire=questionnaire, answers=form.answers(), made_from=edition.made_from)

    if text := accepted(form, record, edition=edition):
        messages.success(request, text)
        return redirect("projects:surveys", code=project.code)
    context |= {"form": form, "questionnaire": questionnaire, "known": known, "given": list(_given(known))}
    everything = page(project, request.user, "surveys", **context, **edition.context())
    return render(request, "projects/survey.html", everything, status=422 if form.errors else 200)


def _content(known: Findings | None) -> dict[str, Any] | None:
    """What is saved, as a form is made from it; None for nothing."""
    return content_of(known.surveyed_on, known.answers) if known else None


def _initial(questions: list[Question], known: Findings | None) -> dict[str, Any]:
    if known is None:
        return {"surveyed_on": timezone.localdate()}
    return {"surveyed_on": known.surveyed_on, **initial_of(questions, known.answers)}


def _given(known: Findings | None) -> Iterator[tuple[str, str]]:
    """The answers as they were given, with the words of the version that asked."""
    if known is not None and known.questionnaire is not None:
        for question in known.questionnaire.questions.all():
            if answer := shown(question, known.answers.get(question.key)):
                yield question.text, answer


@login_required
@require_http_methods(["GET", "POST"])
def no_survey(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Say why a product is not surveyed."""
    project = case_file(request, code)
    enrolment = get_object_or_404(
        project.enrolments.filter(withdrawn_at=None).select_related("product", "project"), pk=pk
    )
    check_may_record(request, project)
    excuse = getattr(enrolment, "survey_excuse", None)
    form = ReasonForm(request.POST or None, initial={"reason": excuse.reason if excuse else ""})
    if accepted(form, lambda: actions.excuse_survey(enrolment, reason=form.cleaned_data["reason"], by=request.user)):
        messages.success(request, _("The reason is kept."))
        return redirect("projects:surveys", code=code)
    title = _("Why is “%(product)s” not surveyed?") % {"product": enrolment.product.name}
    context = page(project, request.user, "surveys", form=form, title=title)
    return render(request, "projects/record.html", context, status=422 if form.errors else 200)
