"""One question per page: show it, keep its answer, go to the next; choose where two people answered at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from onboarding.actions.answers import choose_answer, save_answer
from onboarding.answer_forms import AnswerForm, ConsentForm
from onboarding.answering import shown
from onboarding.dossiers import Standing, names_of, picture_url, question_url, standing_of
from onboarding.models import Answer, Dossier
from onboarding.questions import QUESTIONS, TASK_OF, Kind, Question
from onboarding.views.frame import Actor, answered_dossier, keepable, page
from people.browsers import in_app
from people.errors import Refusal
from privacy.actions import give_consent
from privacy.models import Consent, Purpose
from privacy.policies import current_text
from projects.views.case import PersonRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: PersonRequest, reference: str, key: str) -> HttpResponse:
    """The page of one question."""
    dossier, actor = answered_dossier(request, reference)
    asked = QUESTIONS.get(key)
    if asked is None:
        raise Http404
    standing = standing_of(dossier)
    if not standing.may_change(key):
        return _closed(request, dossier, standing)
    if asked.kind == Kind.CONSENT:
        return _consent(request, dossier, actor, standing, asked)
    form = AnswerForm(*_sent(request), question=asked, answer=standing.answers.get(key))
    if request.method == "POST" and form.is_valid() and (saved := keep(request, dossier, asked, form)):
        return onward(request, dossier, asked, saved)
    context = _context(request, dossier, actor, standing, asked, form)
    if standing.disputed.get(key):
        context["choices"] = _choices(standing, asked)
    answer_page = render(request, "onboarding/question.html", context, status=422 if form.errors else 200)
    patch_vary_headers(answer_page, ["User-Agent"])  # the notice for browsers inside other apps
    return keepable(answer_page, request)


def _sent(request: PersonRequest) -> tuple[Any, Any]:
    """What was posted, an empty form included; nothing for a page that is only opened."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _closed(request: PersonRequest, dossier: Dossier, standing: Standing) -> HttpResponse:
    if standing.is_editable:
        text = _("This page cannot be changed now: either the office did not ask for it, or it waits for the training.")
    else:
        text = _("The dossier has been sent. To change something, call the officer.")
    messages.warning(request, text)
    return redirect(dossier)


def keep(
    request: PersonRequest, dossier: Dossier, asked: Question, form: AnswerForm, *, is_late: bool = False
) -> Answer | None:
    """Keep the answer of a valid form, or put the refusal beside the field and return nothing."""
    value, is_photo = form.cleaned_data["value"], asked.kind == Kind.PHOTO
    try:
        return save_answer(
            dossier,
            asked.key,
            None if is_photo else value,
            picture=value if is_photo else None,
            is_unknown=form.is_unknown,
            based_on=form.cleaned_data["based_on"],
            client_id=form.cleaned_data["client_id"],
            after=form.cleaned_data["after"],
            is_late=is_late,
            by=request.user,
        )
    except Refusal as refusal:
        form.add_error("value", str(refusal))
        return None


def onward(request: PersonRequest, dossier: Dossier, asked: Question, saved: Answer) -> HttpResponse:
    """Go to where two answers are chosen from, else to the next page."""
    if saved.state == Answer.State.DISPUTED:
        messages.warning(request, _("Somebody else answered this question meanwhile. Both answers are kept; choose."))
        return redirect(_with_check(request, question_url(dossier, asked.key)))
    return _next(request, dossier, asked)


def _context(
    request: PersonRequest, dossier: Dossier, actor: Actor, standing: Standing, asked: Question, form: Any
) -> dict[str, Any]:
    task, answer = TASK_OF[asked.key], standing.answers.get(asked.key)
    questions = [each.key for each in standing.questions(task)]
    place = (
        {"task": task.title, "n": questions.index(asked.key) + 1, "of": len(questions)}
        if asked.key in questions
        else None
    )
    is_own_word = answer is not None and answer.answered_by_id == request.user.pk
    return page(
        dossier,
        actor,
        question=asked,
        form=form,
        caption=_("%(task)s – question %(n)d of %(of)d") % place if place else task.title,
        back_url=_back(request, dossier, questions, asked.key),
        facts=_facts(dossier, asked.key),
        remarks=standing.open_remarks(asked.key),
        is_unknown=answer.is_unknown if answer else False,
        picture_url=picture_url(answer) if answer else "",
        said_by=names_of(answer) if answer and not is_own_word else None,
        later=_later(dossier, standing, asked),
        in_app=in_app(request) if asked.kind == Kind.PHOTO else None,
    )


def _later(dossier: Dossier, standing: Standing, asked: Question) -> str:
    """Where a phone without a connection goes on: the open questions after this one in its task, in order.

    Each as address|question=answer|1 or 0: the answer that it hangs on, and whether that was given as far as the
    server knows; the phone may know better. Without a condition only the address.
    """
    task = TASK_OF[asked.key]
    called_for = {question.key for question in standing.questions(task)}
    rest = task.questions[task.questions.index(asked) + 1 :]
    return " ".join(
        "|".join(
            (question_url(dossier, each.key), "=".join(each.only_if), "1" if each.key in called_for else "0")
            if each.only_if
            else (question_url(dossier, each.key),)
        )
        for each in rest
        if standing.may_change(each.key) and not standing.is_answered(each)
    )


def _back(request: PersonRequest, dossier: Dossier, questions: list[str], key: str) -> str:
    if request.GET.get("check"):
        return reverse("onboarding:check", args=[dossier.reference])
    place = questions.index(key) if key in questions else 0
    return question_url(dossier, questions[place - 1]) if place else dossier.get_absolute_url()


def _facts(dossier: Dossier, key: str) -> list[tuple[str, Any]]:
    """What the office knows, for the questions that ask whether it is right."""
    producer, product = dossier.producer, dossier.product
    if key == "producer_right":
        return [
            (_("Name"), producer.name),
            (_("Kind"), producer.get_kind_display()),
            (_("Tax code"), producer.tax_code or _("not given")),
            (_("Address"), producer.full_address()),
        ]
    if key == "product_right":
        recognition = product.recognition_on(timezone.localdate())
        stars = f"{recognition.stars} ★" if recognition else _("no stars in force")
        return [(_("Product"), product.name), (_("OCOP"), stars)]
    return []


def _with_check(request: PersonRequest, url: str) -> str:
    return f"{url}?check=1" if request.GET.get("check") else url


def _next(request: PersonRequest, dossier: Dossier, asked: Question) -> HttpResponse:
    """Go on: to the next open question of the task, back to the answers, or to the task list at the row just done."""
    standing, task = standing_of(dossier), TASK_OF[asked.key]
    questions = standing.questions(task)
    later = questions[questions.index(asked) + 1 :] if asked in questions else []
    for each in later:
        if standing.may_change(each.key) and not standing.is_answered(each):
            return redirect(_with_check(request, question_url(dossier, each.key)))
    if request.GET.get("check") or (dossier.status == Dossier.Status.RETURNED and standing.is_complete):
        return redirect("onboarding:check", reference=dossier.reference)
    messages.success(request, _("Saved: %(task)s.") % {"task": task.title})
    return redirect(dossier)


def _choices(standing: Standing, asked: Question) -> list[dict[str, Any]]:
    """The answers that were given at the same time, side by side."""
    current = standing.answers.get(asked.key)
    return [
        {
            "pk": answer.pk,
            "value": shown(asked, answer.value, is_unknown=answer.is_unknown),
            "picture_url": picture_url(answer),
            "at": answer.answered_at,
            **names_of(answer),
        }
        for answer in [*([current] if current else []), *standing.disputed[asked.key]]
    ]


@login_required
@require_POST
def choose(request: PersonRequest, reference: str, key: str) -> HttpResponse:
    """Keep one of several answers that were given at the same time."""
    dossier, _actor = answered_dossier(request, reference)
    if key not in QUESTIONS:
        raise Http404
    try:
        chosen = int(request.POST.get("answer", ""))
        choose_answer(dossier, key, chosen, by=request.user)
    except ValueError:
        messages.error(request, _("Choose one of the answers."))
        return redirect(question_url(dossier, key))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(question_url(dossier, key))
    return _next(request, dossier, QUESTIONS[key])


# --- the task of consent ---------------------------------------------------------------------
def _consent(
    request: PersonRequest, dossier: Dossier, actor: Actor, standing: Standing, asked: Question
) -> HttpResponse:
    form = ConsentForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _agreed(request, dossier, actor, form):
        return _next(request, dossier, asked)
    context = _context(request, dossier, actor, standing, asked, form)
    context |= {
        "text": current_text(Purpose.ONBOARDING, timezone.localdate()),
        "has_consented": standing.has_consented,
    }
    return keepable(render(request, "onboarding/consent.html", context, status=422 if form.errors else 200), request)


def _agreed(request: PersonRequest, dossier: Dossier, actor: Actor, form: ConsentForm) -> bool:
    """Write the consent down: the person's own, or what they told the helper who read the words to them."""
    said = actor.assistance.consent if actor.assistance else None
    try:
        give_consent(
            dossier.producer,
            Purpose.ONBOARDING,
            given_by_name=said.given_by_name if said else str(request.user),
            channel=said.channel if said else Consent.Channel.PHONE,
            given_by=said.given_by if said else request.user,
            evidence=said.evidence if said else "",
            by=request.user,
        )
    except Refusal as refusal:
        form.add_error("agree", str(refusal))
        return False
    return True
