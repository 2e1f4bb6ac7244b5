"""Filling in for a producer: the code on the producer's phone, the helper's beginning and end, the producer's word."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from onboarding.actions import assistance as acts
from onboarding.answer_forms import HelpForm, ObjectionForm
from onboarding.answering import shown
from onboarding.dossiers import picture_url
from onboarding.models import Assistance
from onboarding.questions import QUESTIONS
from onboarding.views.frame import Actor, dossier_for, own_dossier, page
from people.errors import Refusal
from people.frame import refusals_said
from privacy.models import Purpose
from privacy.policies import current_text
from projects.views.case import PersonRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def code(request: PersonRequest, reference: str) -> HttpResponse:
    """Let an officer fill in: the words, then a code to read out. It is shown once, so POST is no redirect."""
    dossier = own_dossier(request, reference)
    made = acts.make_code(dossier, by=request.user) if request.method == "POST" else ""
    text = current_text(Purpose.ASSISTANCE, timezone.localdate())
    context = page(dossier, Actor(is_own=True), code=made, text=text, minutes=acts.CODE_VALID_FOR.seconds // 60)
    return render(request, "onboarding/help_code.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: PersonRequest, reference: str) -> HttpResponse:
    """Begin to fill in for the producer, with their code or their signed paper."""
    dossier, actor = dossier_for(request, reference)
    if actor.is_own or not acts.can_help(request.user, dossier):
        raise PermissionDenied
    if actor.assistance:
        return redirect(dossier)
    form = HelpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.start_assistance(dossier, given=acts.Given(**form.cleaned_data), by=request.user)
        except Refusal as refusal:
            form.add_error("code" if form.cleaned_data["code"] else None, str(refusal))
        else:
            return redirect(dossier)
    text = current_text(Purpose.ASSISTANCE, timezone.localdate())
    context = page(dossier, actor, form=form, text=text)
    return render(request, "onboarding/help_start.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end(request: PersonRequest, reference: str, pk: int) -> HttpResponse:
    """End the filling in; the helper goes back to the answers, the producer to the task list."""
    dossier, _actor = dossier_for(request, reference)
    found = get_object_or_404(Assistance.objects.select_related("dossier", "helper"), pk=pk, dossier=dossier)
    with refusals_said(request):
        acts.end_assistance(found, by=request.user)
        messages.success(request, _("Ended. The producer is asked to confirm what was entered."))
    return redirect(dossier)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: PersonRequest, reference: str, pk: int) -> HttpResponse:
    """What a helper entered, for the producer to confirm or to object to."""
    dossier = own_dossier(request, reference)
    found = get_object_or_404(dossier.assistances.select_related("helper", "consent"), pk=pk)
    is_objection = request.POST.get("act") == "object"
    form = ObjectionForm(request.POST if is_objection else None)
    if request.method == "POST" and (not is_objection or form.is_valid()):
        try:
            if is_objection:
                acts.object_to_assistance(found, reason=form.cleaned_data["reason"], by=request.user)
                messages.success(
                    request, _("Your objection has reached the office. You can change the answers yourself.")
                )
            else:
                acts.confirm_assistance(found, by=request.user)
                messages.success(request, _("Thank you. You confirmed what was entered."))
            return redirect(dossier)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(dossier)
    rows = [
        {"label": QUESTIONS[answer.question].label, "value": _text(answer), "picture_url": picture_url(answer)}
        for answer in found.answers.order_by("pk")
        if answer.question in QUESTIONS
    ]
    context = page(dossier, Actor(is_own=True), assistance=found, rows=rows, form=form)
    return render(request, "onboarding/help_summary.html", context, status=422 if form.errors else 200)


def _text(answer: object) -> str:
    return shown(QUESTIONS[answer.question], answer.value, is_unknown=answer.is_unknown)  # type: ignore[attr-defined]
