"""Sending a dossier: the onboarding room keeps it, and the flow of the product goes on."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from onboarding.actions.dossier import send_dossier
from onboarding.views.frame import answered_dossier
from people.errors import Refusal
from projects.views.case import PersonRequest
from workflows.onboarding import poke


@login_required
@require_POST
def send(request: PersonRequest, reference: str) -> HttpResponse:
    """Send the dossier; its page then says that it is sent, what happens next and whom to call."""
    dossier, _actor = answered_dossier(request, reference)
    try:
        send_dossier(dossier, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("onboarding:check", reference=reference)
    poke(dossier.onboarding)
    return redirect(dossier)
