"""Changing the state of stamps: which ones and why, what they are now, and the confirmation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lots.layout import layout_for
from people.frame import PersonRequest, accepted
from stamps import actions, policies
from stamps.forms.changes import ChangeForm, State
from stamps.life.spans import spans_of
from stamps.models import StampChange
from stamps.pages.orders import serial_range, span_rows
from stamps.views.frame import batch_for, field_of

# From these there is no way back, or only by an officer who gives a reason: the page asks once more.
ENDS = frozenset({State.VOID, State.DAMAGED, State.REPLACED})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PersonRequest, pk: int) -> HttpResponse:
    """Change the state of stamps of a batch; nothing changes before the preview is confirmed."""
    batch = batch_for(request, pk)
    if not policies.changes_of(request.user, batch):
        raise PermissionDenied
    first = request.GET.get("first", "")[:300]
    initial = {"first": first, "last": first, "state": request.GET.get("state", "")}
    form = ChangeForm(request.POST or None, batch=batch, user=request.user, initial=initial)
    if request.POST.get("step") == "confirm":
        if made := accepted(form, lambda: _act(request, form), field=field_of):
            done = _("%(count)d stamps: %(state)s.")
            messages.success(request, done % {"count": made.quantity, "state": made.get_state_display().lower()})
            return redirect("stamps:order", batch.order_id)
        if form.is_bound and not form.errors:  # only the tick is missing
            return _preview(request, form, form.meant(), is_unticked=True)
    elif request.POST.get("step") != "back" and (
        found := accepted(form, lambda: _looked_at(request, form), field=field_of)
    ):
        return _preview(request, form, found)
    context = {"form": form, "batch": batch, "layout": layout_for(request.user)}
    return render(request, "stamps/change.html", context)


def _looked_at(request: PersonRequest, form: ChangeForm) -> tuple[int, int]:
    """Return the range meant; refuses at once what the act would refuse."""
    (start, end), answers = form.meant(), form.cleaned_data
    state = State(answers["state"])
    policies.check_can_change(form.batch, start, end, state, answers["reason"], by=request.user)
    if state == State.REPLACED:
        policies.check_can_replace(form.batch, start, end, *form.replaced_by(request.user))
    return start, end


def _act(request: PersonRequest, form: ChangeForm) -> StampChange | None:
    """Do what was previewed; None while the tick of an end is missing."""
    (start, end), answers = form.meant(), form.cleaned_data
    state = State(answers["state"])
    if state in ENDS and not request.POST.get("understood"):
        return None
    reason, by = answers["reason"], request.user
    if state == State.REPLACED:
        return actions.replace_stamps(form.batch, start, end, replacement=form.replaced_by(by), reason=reason, by=by)
    return actions.change_stamps(form.batch, start, end, state=state, reason=reason, by=by)


def _preview(
    request: PersonRequest, form: ChangeForm, meant: tuple[int, int], *, is_unticked: bool = False
) -> HttpResponse:
    batch, (start, end), answers = form.batch, meant, form.cleaned_data
    state = State(answers["state"])
    context = {
        "batch": batch,
        "layout": layout_for(request.user),
        "state": state.label,
        "is_end": state in ENDS,
        "is_void": state == State.VOID,
        "is_unticked": is_unticked,
        "range": serial_range(batch, start, end),
        "rows": span_rows(batch, spans_of(batch, start, end)),
        "reason": answers["reason"],
        "replacement": answers.get("replacement") if state == State.REPLACED else "",
        "sent": [(name, value) for name, value in request.POST.items() if name in form.fields],
    }
    return render(request, "stamps/change_preview.html", context)
