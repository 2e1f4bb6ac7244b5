"""Questionnaires: the versions there are, one with its questions, and the draft that is being changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.editions import Edition, reading_of
from people.errors import Refusal
from people.frame import accepted, refusals_said
from people.models import AdminUnit, User
from people.scope import scope_of
from projects import policies
from projects.actions import questionnaires as actions
from projects.actions.catalogues import load_catalogues
from projects.models import Question, Questionnaire
from projects.survey_forms import QuestionForm, TitleForm
from projects.views.case import PersonRequest


@login_required
@require_safe
def questionnaires(request: PersonRequest) -> HttpResponse:
    """All versions that the user may see, the newest of each kind first."""
    _check_official(request.user)
    found = Questionnaire.objects.visible_to(request.user).select_related("province", "published_by")
    rows = list(
        found.annotate(
            question_count=Count("questions", distinct=True),
            answer_count=Count("surveyresponse_answers", distinct=True)
            + Count("organisationsurvey_answers", distinct=True),
        )
    )
    may_keep = _keeper_province(request.user) is not None
    return render(request, "projects/questionnaires.html", {"rows": rows, "may_keep": may_keep})


@login_required
@require_http_methods(["GET", "POST"])
def questionnaire(request: PersonRequest, pk: int) -> HttpResponse:
    """One version with its questions; a draft also with the form of the next question."""
    found = _found(request, pk)
    may_change = _may_change(request.user, found)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    form = QuestionForm(request.POST or None) if may_change else None
    if form is not None and accepted(form, lambda: actions.add_question(found, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The question is added at the end."))
        return redirect(found)
    context = {
        "questionnaire": found,
        "questions": list(found.questions.all()),
        "form": form,
        "may_change": may_change,
        "may_keep": _keeper_province(request.user) is not None,
        "crumbs": crumbs(),
    }
    return render(request, "projects/questionnaire.html", context, status=422 if form and form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def question(request: PersonRequest, pk: int, question_pk: int) -> HttpResponse:
    """Change one question of a draft."""
    found, asked = _question(request, pk, question_pk)
    form = QuestionForm(request.POST or None, instance=asked)
    edition = _edition(request, form)

    def change() -> Question:
        return actions.change_question(asked, by=request.user, made_from=edition.made_from, **form.cleaned_data)

    if accepted(form, change, edition=edition):
        messages.success(request, _("The question is changed."))
        return redirect(found)
    return _form_page(request, found, form, _("Change the question"), edition)


@login_required
@require_http_methods(["GET", "POST"])
def retitle(request: PersonRequest, pk: int) -> HttpResponse:
    """Change the title and introduction of a draft."""
    found = _draft(request, pk)
    form = TitleForm(request.POST or None, instance=found)
    edition = _edition(request, form)

    def reword() -> Questionnaire:
        return actions.reword(found, by=request.user, made_from=edition.made_from, **form.cleaned_data)

    if accepted(form, reword, edition=edition):
        return redirect(found)
    return _form_page(request, found, form, _("Title and introduction"), edition)


@login_required
@require_POST
def move_question(request: PersonRequest, pk: int, question_pk: int) -> HttpResponse:
    """Put a question one place up."""
    found, asked = _question(request, pk, question_pk)
    return _done(request, found, lambda: actions.move_question(asked, by=request.user), "")


@login_required
@require_POST
def remove_question(request: PersonRequest, pk: int, question_pk: int) -> HttpResponse:
    """Take a question out of a draft."""
    found, asked = _question(request, pk, question_pk)
    return _done(request, found, lambda: actions.remove_question(asked, by=request.user), _("The question is removed."))


@login_required
@require_POST
def draft_questionnaire(request: PersonRequest, pk: int) -> HttpResponse:
    """Make a draft of a version, or open the one there is."""
    found = _found(request, pk)
    province = _keeper_province(request.user, found.province)
    if province is None:
        raise PermissionDenied
    draft = actions.start_draft(found, province=province, by=request.user)
    return redirect(draft)


@login_required
@require_POST
def publish_questionnaire(request: PersonRequest, pk: int) -> HttpResponse:
    """Publish a draft."""
    found = _draft(request, pk)
    text = _("The questionnaire is published; surveys use it from now on.")
    return _done(request, found, lambda: actions.publish(found, by=request.user), text)


@login_required
@require_POST
def discard_questionnaire(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = _draft(request, pk)
    try:
        actions.discard(found, by=request.user)
    except Refusal as error:
        messages.error(request, str(error))
        return redirect(found)
    messages.success(request, _("The draft is thrown away."))
    return redirect("projects:questionnaires")


@login_required
@require_POST
def load_questionnaires(request: PersonRequest) -> HttpResponse:
    """Add the catalogues that come with the program where they are missing."""
    _check_official(request.user)
    if _keeper_province(request.user) is None:
        raise PermissionDenied
    load_catalogues()
    messages.success(request, _("The questionnaires, topics, channels and legal texts of the program are there."))
    return redirect("projects:questionnaires")


# --- who and which ---------------------------------------------------------------------------
def crumbs() -> list[dict[str, str]]:
    """The way to a page below the list of questionnaires."""
    return [{"label": _("Questionnaires"), "url": reverse("projects:questionnaires")}]


def _check_official(user: User) -> None:
    if not scope_of(user).is_official:
        raise Http404


def _keeper_province(user: User, wanted: AdminUnit | None = None) -> AdminUnit | None:
    """The province whose questionnaires the user keeps: the wanted one, or the only or first of theirs."""
    if wanted is not None:
        return wanted if policies.can_keep_catalogues(user, wanted.pk) else None
    roles = (policies.Role.MANAGER, policies.Role.ADMINISTRATOR)
    return AdminUnit.objects.filter(pk__in=scope_of(user).provinces_with(*roles)).order_by("name").first()


def _may_change(user: User, found: Questionnaire) -> bool:
    return found.is_draft and found.province is not None and policies.can_keep_catalogues(user, found.province.pk)


def _found(request: PersonRequest, pk: int) -> Questionnaire:
    visible = Questionnaire.objects.visible_to(request.user).select_related("province", "published_by")
    found: Questionnaire = get_object_or_404(visible, pk=pk)
    return found


def _draft(request: PersonRequest, pk: int) -> Questionnaire:
    found = _found(request, pk)
    if found.province is None or not policies.can_keep_catalogues(request.user, found.province.pk):
        raise PermissionDenied
    return found


def _question(request: PersonRequest, pk: int, question_pk: int) -> tuple[Questionnaire, Question]:
    found = _draft(request, pk)
    asked: Question = get_object_or_404(found.questions.select_related("questionnaire"), pk=question_pk)
    return found, asked


def _done(request: PersonRequest, found: Questionnaire, act: Callable[[], Any], text: str) -> HttpResponse:
    with refusals_said(request):
        act()
        if text:
            messages.success(request, text)
    return redirect(found)


def _edition(request: PersonRequest, form: QuestionForm | TitleForm) -> Edition:
    """What the form of a row is made from."""
    saved = {name: getattr(form.instance, name) for name in form.fields}
    return Edition(request, saved, reading_of(form.fields))


def _form_page(request: PersonRequest, found: Questionnaire, form: Any, title: str, edition: Edition) -> HttpResponse:
    way = [*crumbs(), {"label": str(found), "url": found.get_absolute_url()}]
    context = {"form": form, "title": title, "crumbs": way, **edition.context()}
    return render(request, "projects/catalogue_form.html", context, status=422 if form.errors else 200)
