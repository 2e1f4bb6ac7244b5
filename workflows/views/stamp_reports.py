"""Reporting a suspicious stamp, without login, and the way from an alert to its step.

The address is here and not in the room of stamps because a report opens a case. The page takes no session and
sets no cookie, so there are no rights that a foreign site could borrow, and no token that could tell anything:
a forged report is what anybody may send anyway. What it costs is bounded per network.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from people import throttle
from people.models import AdminUnit
from projects.views.case import PersonRequest
from registry.models import Product
from registry.trace_codes import is_own_code
from stamps.codes import serials
from stamps.life.scan import look_up
from stamps.life.standing import Standing
from stamps.models import StampAlert
from stamps.public.answers import answer, private
from stamps.public.language import language_of
from stamps.public.paths import scan_path
from stamps.public.report_form import ReportForm, serving_provinces
from workflows import stamp_alerts

FREE_REPORTS = 10  # from one network; many buyers share one behind a mobile operator


@dataclass(frozen=True)
class Subject:
    """What is reported: a stamp of ours, or what is printed on one that is not, with its product if that is known."""

    standing: Standing | None
    product: Product | None
    code_text: str

    @property
    def province(self) -> AdminUnit | None:
        """Whose officers look into it; None when the buyer must say it, because several work here."""
        if self.product is not None:
            return self.product.producer.province
        serving = list(serving_provinces()[:2])
        return serving[0] if len(serving) == 1 else None


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, code: str = "", serial: str = "") -> HttpResponse:
    """Ask what is wrong with a stamp, and keep the answer as a case; then its reference number."""
    with translation.override(language_of(request)):
        subject = _subject(code.upper(), serial)
        province = subject.province
        form = ReportForm(
            request.POST if request.method == "POST" else None,
            request.FILES if request.method == "POST" else None,
            asks_code=subject.standing is None,
            asks_province=province is None,
            initial={"code_text": subject.code_text},
        )
        status = 200
        if request.method == "POST":
            status = 422
            if form.is_valid():
                try:
                    throttle.take(
                        [throttle.Counter("stamp.report.network", throttle.network_of(request), FREE_REPORTS)]
                    )
                except throttle.TooManyTries as refusal:
                    form.add_error(None, str(refusal))
                    status = 429
                else:
                    return _taken(request, subject, form, province)
        context: dict[str, Any] = {"form": form}
        if found := subject.standing:
            context |= {"serial": serials.grouped(found.serial), "stamp_url": scan_path(found.batch.code, found.serial)}
        return answer(request, "public/report.html", context, status=status)


def _taken(request: HttpRequest, subject: Subject, form: ReportForm, province: AdminUnit | None) -> HttpResponse:
    alert = stamp_alerts.report_stamp(
        form.report(),
        province=province or form.cleaned_data["province"],
        standing=subject.standing,
        product=subject.product,
        code_text="" if subject.standing else form.cleaned_data["code_text"],
    )
    query = f"?reference={alert.reference}&sent=1&lang={language_of(request)}"
    return private(HttpResponseRedirect(reverse("report_state") + query))


def _subject(code: str, serial: str) -> Subject:
    """What the address names; a forged serial of a known product is that product's matter."""
    standing = look_up(code, serial) if serial else None
    if standing is not None:
        return Subject(standing, standing.batch.product, "")
    field = "own_code" if is_own_code(code) else "gtin"
    products = Product.objects.select_related("producer__province")
    product = products.filter(**{field: code}).first() if code else None
    return Subject(None, product, f"{code} {serial}".strip()[:200].replace("\0", ""))


@login_required
@require_safe
def alert_step(request: PersonRequest, reference: str) -> HttpResponse:
    """Go to the step in which an alert is looked into; one that has no case yet gets it with the next tick."""
    alert: Any = get_object_or_404(StampAlert.objects.visible_to(request.user), reference=reference)
    step = stamp_alerts.open_step(alert)
    return redirect("task", pk=step.pk) if step else redirect(alert)
