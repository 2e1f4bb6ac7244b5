"""What a phone kept while there was no connection: taken one by one with a receipt, and listed on a page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onboarding.answer_forms import AnswerForm
from onboarding.dossiers import standing_of
from onboarding.models import Answer
from onboarding.questions import QUESTIONS, Kind
from onboarding.views.frame import answered_dossier, keepable
from onboarding.views.question import keep, onward
from people.frame import PersonRequest


@login_required
@require_safe
def unsent(request: PersonRequest) -> HttpResponse:
    """The list of what is not sent yet. The phone fills it in: the server does not know what it has not got."""
    return keepable(render(request, "onboarding/unsent.html", {"is_leaving": "out" in request.GET}), request)


@login_required
@require_POST
def receive(request: PersonRequest, reference: str, key: str) -> JsonResponse:
    """Take one answer from a phone and give its receipt: state (saved, disputed, refused, other), reason, next.

    `owner` says whose it is: an answer is never kept under the name of whoever else is signed in now. `now` is sent
    when the person waits for the next page; the receipt then says where that is. The same mark twice is one answer.
    """
    dossier, _actor = answered_dossier(request, reference)
    asked = QUESTIONS.get(key)
    if asked is None or asked.kind == Kind.CONSENT:
        raise Http404
    if request.POST.get("owner") != str(request.user.pk):
        reason = _("Somebody else is signed in on this phone. It is sent when its owner signs in again.")
        return JsonResponse({"state": "other", "reason": reason}, status=409)
    form = AnswerForm(request.POST, request.FILES, question=asked, answer=standing_of(dossier).answers.get(key))
    is_waited_for = "now" in request.POST
    saved = keep(request, dossier, asked, form, is_late=not is_waited_for) if form.is_valid() else None
    if saved is None:
        return JsonResponse({"state": "refused", "reason": " ".join(_reasons(form))}, status=422)
    state = "disputed" if saved.state == Answer.State.DISPUTED else "saved"
    onward_url = onward(request, dossier, asked, saved).headers["Location"] if is_waited_for else ""
    return JsonResponse({"state": state, "reason": "", "next": onward_url})


def _reasons(form: AnswerForm) -> list[str]:
    return [str(error) for errors in form.errors.values() for error in errors]
