"""Everything that is held about a producer, to read and to take along; and erasing a natural person."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.frame import PersonRequest, accepted, layout_for
from privacy import held, policies
from privacy.actions import erase_producer, hand_out
from privacy.forms import EraseForm
from privacy.views.consents import crumb, producer_for
from registry.models import Producer

SHOWN = 20  # rows of a table on the page; the file has all


def _read_by(request: PersonRequest, pk: int) -> Producer:
    producer = producer_for(request, pk)
    if not policies.may_read_all(request.user, producer):
        raise PermissionDenied(_("Only the producer's own people and those who handle requests may read all of it."))
    return producer


@login_required
@require_safe
@never_cache
def data(request: PersonRequest, pk: int) -> HttpResponse:
    """What is held, table by table."""
    producer = _read_by(request, pk)
    tables = [
        {"name": table.name, "rows": _filled(table), "count": len(table.rows), "more": len(table.rows) - SHOWN}
        for table in held.collect(producer)
    ]
    context = {"producer": producer, "tables": tables, "layout": layout_for(request.user), **crumb(producer)}
    return render(request, "privacy/data.html", context)


def _filled(table: held.Held) -> list[list[tuple[str, object]]]:
    """The first rows, each as names and values without the empty ones."""
    pairs = (zip(table.columns, row, strict=True) for row in table.rows[:SHOWN])
    return [[(name, value) for name, value in row if value not in (None, "", [], {})] for row in pairs]


@login_required
@require_POST
def data_file(request: PersonRequest, pk: int) -> HttpResponse:
    """The same as a JSON file; that it was handed out stands in the log."""
    producer = _read_by(request, pk)
    tables = hand_out(producer, by=request.user)
    body = {"producer": producer.name, "day": timezone.localdate().isoformat(), "data": held.as_data(tables)}
    answer = JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="du-lieu-chu-the-{producer.pk}.json"'
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: PersonRequest, pk: int) -> HttpResponse:
    """Blank what names the person behind an individual producer."""
    producer = producer_for(request, pk)
    if not (producer.is_individual and policies.can_handle(request.user, producer.province_id)):
        raise PermissionDenied(
            _("Managers and leaders erase the data of natural persons; of others nothing is erased.")
        )
    form = EraseForm(request.POST or None)
    done = accepted(
        form,
        lambda: erase_producer(producer, reason=form.cleaned_data["reason"], by=request.user),
        field=lambda _refusal: "reason",
    )
    if done:
        messages.success(request, _("The person's data are erased; products, lots and stamps stay traceable."))
        return redirect("producer_privacy", pk)
    context = {"producer": producer, "form": form, "layout": layout_for(request.user), **crumb(producer)}
    return render(request, "privacy/erase.html", context, status=422 if form.errors else 200)
