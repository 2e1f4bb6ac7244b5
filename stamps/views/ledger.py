"""The stamp ledger: the producers with their balances, a producer's month, and what was counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lots.layout import layout_for, way_home
from people.fields import WholeNumberField
from people.frame import PersonRequest, accepted
from people.scope import scope_of
from projects.views.sheets import list_sheet, wants_sheet
from registry.models import Producer
from stamps import actions, policies
from stamps.life import ledger
from stamps.models import Account, StampCount
from stamps.pages.ledger import (
    count_rows,
    ledger_rows,
    list_cells,
    list_titles,
    month_cells,
    month_titles,
    move_rows,
)
from stamps.pages.orders import serial_range
from stamps.views.frame import field_of

FIRST_YEAR = 2000
COUNTED = (Account.STORE, Account.PRODUCER)


class CountForm(forms.Form):
    """What was found in the store or the drawer."""

    account = forms.ChoiceField(label=gettext_lazy("Where you counted"))
    counted = WholeNumberField(
        label=gettext_lazy("Stamps found"),
        min_value=0,
        max_value=2**31 - 1,
    )
    cause = forms.CharField(
        label=gettext_lazy("Cause of the difference"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Required when the number is not that of the ledger."),
    )

    def __init__(self, *args: Any, accounts: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["account"]).choices = [
            (account.value, account.label) for account in accounts
        ]


@login_required
@require_safe
def ledgers(request: PersonRequest) -> HttpResponse:
    """Producers with their balances and open differences; `?export=xlsx` gives the same rows as a workbook."""
    rows = ledger_rows(request.user)
    if wants_sheet(request):
        return list_sheet("so-tem", _("Stamp ledger"), list_titles(), list_cells(rows))
    context = {
        "rows": rows,
        "accounts": [account.label for account in ledger.SHOWN],
        "differing": sum(row.differing for row in rows),
        "layout": layout_for(request.user),
        "crumbs": [*way_home(request.user), {"label": _("Stamp orders"), "url": reverse("stamps:orders")}],
        "actions": [{"label": _("Excel"), "url": "?export=xlsx", "icon": "download"}] if rows else [],
    }
    return render(request, "stamps/ledgers.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def month(request: PersonRequest, pk: int) -> HttpResponse:
    """A producer's month `?month=YYYY-MM` (this one, unless said); a POST records what was counted."""
    producer = get_object_or_404(Producer.objects.visible_to(request.user).select_related("province"), pk=pk)
    first = _month_of(request.GET.get("month", ""))
    accounts = [account for account in COUNTED if policies.can_count(request.user, producer, account)]
    if request.method == "POST" and not accounts:
        raise PermissionDenied
    form = CountForm(request.POST or None, accounts=accounts)
    if made := accepted(form, lambda: _counted(request, form, producer, first), field=field_of):
        messages.success(request, _("Recorded: %(count)d stamps counted.") % {"count": made.counted})
        return redirect(f"{request.path}?month={first:%Y-%m}")
    page = ledger.month_page(producer, first)
    moves = move_rows(page)
    if wants_sheet(request):
        title = _("Stamp ledger %(month)s – %(producer)s") % {"month": f"{first:%m/%Y}", "producer": producer}
        return list_sheet(f"so-tem-{producer.pk}-{first:%Y-%m}", title, month_titles(), month_cells(page, moves))
    context = _context(request, page) | {"moves": moves, "form": form if accounts else None}
    return render(request, "stamps/ledger.html", context)


def _counted(request: PersonRequest, form: CountForm, producer: Producer, first: date) -> StampCount:
    return actions.count_stamps(producer, month=first, by=request.user, **form.cleaned_data)


def _context(request: PersonRequest, page: ledger.MonthPage) -> dict[str, Any]:
    first, today = page.month, timezone.localdate()
    following = ledger.next_month(first)
    return {
        "page": page,
        "producer": page.producer,
        "sums": page.sums,
        "differences": [(each, serial_range(each.batch, each.start, each.end)) for each in page.differences],
        "counts": count_rows(page),
        "previous": (first - timedelta(days=1)).replace(day=1),
        "following": following if following <= today else None,
        "today": today,
        "layout": layout_for(request.user),
        "keeper": scope_of(request.user).organisation or page.producer.name,
        "crumbs": [*way_home(request.user), {"label": _("Stamp ledger"), "url": reverse("stamps:ledgers")}],
        "actions": [
            {"label": _("Excel"), "url": f"?month={first:%Y-%m}&export=xlsx", "icon": "download"},
        ],
    }


def _month_of(text: str) -> date:
    """Return the first day of the month written YYYY-MM; of this month for anything else, and for one to come."""
    this = timezone.localdate().replace(day=1)
    year, _dash, number = text.partition("-")
    if not (len(year) == 4 and len(number) == 2 and (year + number).isascii() and (year + number).isdigit()):
        return this
    if not (int(year) >= FIRST_YEAR and 1 <= int(number) <= 12):
        return this
    return min(date(int(year), int(number), 1), this)
