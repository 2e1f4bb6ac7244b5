"""What every page of a dossier starts from: the dossier, who looks at it, and whom to call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from onboarding.dossiers import acts_for, helper_of
from onboarding.models import Assistance, Dossier
from projects.views.case import PersonRequest

KEPT_FOR = "X-Kept-For"  # the service worker keeps pages with this header, and forgets them when the person changes


@dataclass(frozen=True)
class Actor:
    """Who looks: one of the producer's own people, a helper who fills in for them, or an official who reads."""

    is_own: bool
    assistance: Assistance | None = None

    @property
    def may_answer(self) -> bool:
        """Whether answers can be given here."""
        return self.is_own or self.assistance is not None


def dossier_for(request: PersonRequest, reference: str) -> tuple[Dossier, Actor]:
    """Return the dossier and who looks at it; 404 for strangers."""
    dossier: Dossier = get_object_or_404(
        Dossier.objects.visible_to(request.user).for_page().distinct(), reference=reference
    )
    if acts_for(request.user, dossier):
        return dossier, Actor(is_own=True)
    helping = dossier.assistances.filter(helper=request.user, ended_at=None, consent__withdrawn_at=None)
    return dossier, Actor(is_own=False, assistance=helping.select_related("consent", "helper").first())


def answered_dossier(request: PersonRequest, reference: str) -> tuple[Dossier, Actor]:
    """Return the dossier to those who may answer it: 403 for officials without the producer's consent."""
    dossier, actor = dossier_for(request, reference)
    if not actor.may_answer:
        raise PermissionDenied
    return dossier, actor


def own_dossier(request: PersonRequest, reference: str) -> Dossier:
    """Return the dossier to the producer's own people; 403 for officials."""
    dossier, actor = dossier_for(request, reference)
    if not actor.is_own:
        raise PermissionDenied
    return dossier


def keepable(answer: HttpResponse, request: PersonRequest) -> HttpResponse:
    """Let the phone keep a page that was opened, for this person only (assets/js/sw.js); no other page is kept."""
    if request.method == "GET" and answer.status_code == 200:
        answer[KEPT_FOR] = str(request.user.pk)
    return answer


def page(dossier: Dossier, actor: Actor, **context: Any) -> dict[str, Any]:
    """Return the context of a producer's page: its own things, the banner of a helper, and whom to call."""
    helper = helper_of(dossier)
    return {
        "dossier": dossier,
        "actor": actor,
        "helping": actor.assistance,
        "helper_name": str(helper) if actor.is_own else "",
        "helper_phone": (helper.phone or "") if actor.is_own else "",
        **context,
    }


def to_judge(dossier: Dossier) -> Any:
    """Return what helpers entered and the producer has neither confirmed nor objected to."""
    ended = dossier.assistances.filter(ended_at__isnull=False, confirmed_at=None, objected_at=None)
    return ended.annotate(count=Count("answers")).filter(count__gt=0).select_related("helper", "dossier")
