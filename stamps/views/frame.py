"""What the pages of stamps start from: the batch that the reader may see, and refusals beside their answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404

from people.errors import Refusal
from people.frame import PersonRequest
from stamps.models import Roll, StampBatch


def batch_for(request: PersonRequest, pk: int) -> StampBatch:
    """Return a batch that the reader may see, with what its pages show; 404 for any other."""
    rows = StampBatch.objects.visible_to(request.user)
    batch: StampBatch = get_object_or_404(
        rows.select_related("order__enrolment__project", "product__producer", "product__group"), pk=pk
    )
    return batch


def roll_for(request: PersonRequest, pk: int) -> Roll:
    """Return a roll that the reader may see; 404 for any other."""
    roll: Roll = get_object_or_404(Roll.objects.visible_to(request.user).for_page(), pk=pk)
    return roll


def is_too_late(request: PersonRequest, check: Callable[[], None]) -> bool:
    """Whether `check` refuses what the page is for, whatever is answered; then say why on the next page.

    Only before the form is shown: an answer that comes too late is refused beside what was typed.
    """
    if request.method == "POST":
        return False
    try:
        check()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return True
    return False


def field_of(refusal: Refusal) -> str | None:
    """Return the answer that a refusal is about, if it is one."""
    named: Any = getattr(refusal, "field", None)
    return named if isinstance(named, str) else None
