"""The officers' pages: all alerts, one alert, the photo that a buyer sent."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from lots.layout import way_home
from people.frame import PersonRequest, layout_for
from projects.views.sheets import list_sheet, wants_sheet
from stamps import policies
from stamps.alerts.filters import AlertFilter
from stamps.alerts.page import facts_of, kept_for, others_about, scans_of, standing_of
from stamps.alerts.tables import EXPORT_COLUMNS, AlertTable, export_row, tone_of
from stamps.life.standing import Standing
from stamps.models import StampAlert, StampChange
from stamps.public.paths import scan_path


@login_required
@require_safe
def alerts(request: PersonRequest) -> HttpResponse:
    """All alerts that the user may see, filtered; `?export=xlsx` gives the same rows as a workbook."""
    rows = StampAlert.objects.visible_to(request.user).for_table()
    found = AlertFilter(request.GET, queryset=rows, request=request)
    if wants_sheet(request):
        titles = [str(name) for name in EXPORT_COLUMNS]
        title = _("Reports and alerts about stamps")
        return list_sheet("canh-bao-tem", title, titles, map(export_row, found.qs))
    table = AlertTable(found.qs)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    query = request.GET.copy()
    query["export"] = "xlsx"
    export = {"label": _("Download Excel"), "url": f"?{query.urlencode()}", "icon": "download"}
    context = {
        "table": table,
        "filter": found,
        "actions": [export],
        "crumbs": [*way_home(request.user), {"label": _("Stamp orders"), "url": reverse("stamps:orders")}],
        "layout": layout_for(request.user),
    }
    return render(request, "stamps/alerts.html", context)


@login_required
@require_safe
def alert(request: PersonRequest, reference: str) -> HttpResponse:
    """One alert: what is said, the stamp and its scans, what else was reported, and what may be done."""
    found = _alert(request, reference)
    standing = standing_of(found)
    seen, scans = scans_of(found)
    context = {
        "alert": found,
        "tone": tone_of(found),
        "facts": facts_of(found, standing, request.user),
        "kept_for": kept_for(found),
        "seen": seen,
        "scans": scans,
        "is_of_network": found.kind == StampAlert.Kind.HARVEST,
        "others": others_about(found, request.user).order_by("-pk"),
        "may_close": found.is_open and policies.can_close_alert(request.user, found),
        "standing": standing,
        "scan_url": scan_path(standing.batch.code, standing.serial) if standing else "",
        "change_url": _change_url(request, standing),
        "photo_url": reverse("stamps:alert_photo", args=[found.reference]) if found.photo else "",
        "layout": layout_for(request.user),
        "crumbs": [*way_home(request.user), {"label": _("Reports and alerts"), "url": reverse("stamps:alerts")}],
    }
    return render(request, "stamps/alert.html", context)


@login_required
@require_safe
def photo(request: PersonRequest, reference: str) -> FileResponse:
    """The photo that came with a report; for nobody else's eyes, so no cache keeps it."""
    found = _alert(request, reference)
    if not found.photo:
        raise Http404
    response = FileResponse(found.photo.open("rb"), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _change_url(request: PersonRequest, standing: Standing | None) -> str:
    """The page that suspends the stamp, filled in; "" for whoever may not, and for a code that is none of ours."""
    if standing is None or not policies.changes_of(request.user, standing.batch):
        return ""
    query = urlencode({"first": standing.serial, "state": StampChange.State.SUSPENDED})
    return f"{reverse('stamps:change', args=[standing.batch.pk])}?{query}"


def _alert(request: PersonRequest, reference: str) -> StampAlert:
    rows = StampAlert.objects.visible_to(request.user).select_related("product__producer", "province", "closed_by")
    found: StampAlert = get_object_or_404(rows, reference=reference)
    return found
