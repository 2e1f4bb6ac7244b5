"""The delivery log and the call list as workbooks: here, because the notices room knows no workbooks."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from imports.export import write_xlsx
from notices.views.log import calls_of, log_of
from people.frame import PersonRequest
from projects.views.sheets import sheet
from registry.views.lists import workbook_of


@login_required
@require_safe
def deliveries(request: PersonRequest) -> HttpResponse:
    """The delivery log exactly as filtered."""
    _found, table = log_of(request)
    return workbook_of(table, _("Delivery log"))


@login_required
@require_safe
def calls(request: PersonRequest) -> HttpResponse:
    """Whom to call, and what to say."""
    columns = [
        _("Name"),
        _("Job title"),
        _("Phone number"),
        _("What to say"),
        _("Why it did not arrive"),
        _("Last reached by"),
        _("On"),
    ]
    rows = [
        (
            str(call.person),
            call.person.job_title,
            call.person.phone or "",
            "\n".join(call.texts),
            "\n".join(call.reasons),
            call.last_channel,
            call.last_at,
        )
        for call in calls_of(request)
    ]
    title = _("Call list")
    above = (title, _("As of %(day)s") % {"day": date_format(timezone.localdate())})
    return sheet("danh-sach-goi", write_xlsx(title, columns, rows, above=above))
