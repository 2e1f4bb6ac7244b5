"""How products stand on the national portal: recorded from a letter, or waived with a reason (SL-07)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from onboarding import policies
from onboarding.actions import portal as actions
from onboarding.progress import journeys_of
from projects.views.case import PersonRequest
from workflows.forms.supply import PortalForm, PortalWaiverForm
from workflows.views.supplies import answer_form, file_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Record the reference and the day of one product; managers and stamp officers."""
    project = file_for(request, code, policies.SUPPLYING)
    journey = get_object_or_404(journeys_of(project), pk=pk)
    known = {"reference": journey.portal_reference, "connected_on": journey.portal_connected_on}
    form = PortalForm(request.POST if request.method == "POST" else None, initial=known)

    def save() -> None:
        actions.record_portal_status(journey, by=request.user, **form.cleaned_data)

    title = _("On the national portal: %(product)s") % {"product": journey.enrolment.product}
    return answer_form(request, project, form, save, title, _("The product's place on the portal is recorded."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def waive(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Let one product go without the portal, with a reason; managers."""
    project = file_for(request, code, policies.LEADING)
    journey = get_object_or_404(journeys_of(project), pk=pk)
    known = {"reason": journey.portal_waiver}
    form = PortalWaiverForm(request.POST if request.method == "POST" else None, initial=known)

    def save() -> None:
        actions.waive_portal(journey, reason=form.cleaned_data["reason"], by=request.user)

    title = _("Without the national portal: %(product)s") % {"product": journey.enrolment.product}
    return answer_form(request, project, form, save, title, _("The reason is recorded."))
