"""The claim cards of a class: choose whose, then print them four on a sheet of A4."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onboarding.actions.class_cards import guests, print_cards
from projects.models import TrainingSession
from projects.views.case import PersonRequest, case_file, page
from registry.views.frame import may_keep, refuse_unless
from workflows.views.accounts import card_context


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def class_cards(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Whose cards to print. The answer to POST shows them this once, so it is not a redirect."""
    project = case_file(request, code)
    refuse_unless(may_keep(request.user, project.province_id))
    held: TrainingSession = get_object_or_404(project.training_sessions, pk=pk)
    known = guests(held)
    ticked = set(request.POST.getlist("person"))
    chosen = [guest for guest in known if guest.key in ticked]
    if chosen:
        done = print_cards(chosen, by=request.user)
        cards = [card_context(guest.issued) for guest in done if guest.issued]
        left = [guest for guest in done if not guest.issued]
        return render(request, "workflows/claim_cards.html", {"session": held, "cards": cards, "left": left})
    error = _("Nobody is ticked: tick those who get a card.") if request.method == "POST" else ""
    context = page(project, request.user, "training", session=held, guests=known, error=error)
    return render(request, "workflows/class_cards.html", context, status=422 if error else 200)
