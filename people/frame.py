"""What every page behind a login starts from: who asks, and in which frame they are answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from people.editions import Edition
from people.errors import ChangedMeanwhile, Refusal
from people.models import User
from people.scope import scope_of


class PersonRequest(HttpRequest):
    """A request behind `login_required`: somebody is signed in."""

    user: User


def layout_for(user: User) -> str:
    """Return the base template: the officials' frame, or the producers' with larger type."""
    return "base.html" if scope_of(user).is_official else "layout_simple.html"


def above_the_form(_refusal: Refusal) -> str | None:
    """Say that a refusal is about no field in particular."""
    return None


def accepted(
    form: BaseForm,
    act: Callable[[], Any],
    *,
    field: Callable[[Refusal], str | None] = above_the_form,
    edition: Edition | None = None,
) -> Any:
    """Return what the act returns; None for a form that is not sent or not valid, and for a refused act.

    `act` returns what it made or changed, never None. A refusal stands beside the field that it is about;
    `edition` learns of an entry that somebody else saved meanwhile.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except Refusal as refusal:
        if edition is not None and isinstance(refusal, ChangedMeanwhile):
            edition.meet(refusal)
        name = field(refusal)
        form.add_error(name if name in form.fields else None, str(refusal))
        return None


@contextmanager
def refusals_said(request: HttpRequest) -> Iterator[None]:
    """Leave the block at a refusal and say it above the page that is shown next."""
    try:
        yield
    except Refusal as refusal:
        messages.error(request, str(refusal))
