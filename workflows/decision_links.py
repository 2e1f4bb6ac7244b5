"""Links in messages that open one step for one person: signed, for this purpose only, for seven days.

A link shows and never acts: mail scanners and browsers open addresses ahead of their readers. Whoever
opens it must be logged in as the person for whom it was made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.urls import Resolver404, resolve, reverse
from viewflow.workflow.models import Task

from people.models import User
from workflows.forms.decision import ChoiceForm

LIFE = timedelta(days=7)
SALT = "workflows.decision_links"


class LinkExpired(Exception):
    """The link was ours, but is older than `LIFE`."""


class LinkUnknown(Exception):
    """The link was not made here, or was cut or changed on its way."""


@dataclass(frozen=True)
class Pass:
    """What a link says: which step, and for whom."""

    task_id: int
    user_id: int


def link_for(task: Task, user: User) -> str:
    """Return the path of the light page on which `user` decides `task`; valid for `LIFE` from now."""
    return reverse("workflows:decide", args=[signing.dumps([task.pk, user.pk], salt=SALT)])


def way_in(path: str, reader: User) -> str:
    """Return the light page in place of a step's page, if the reader has a decision to take there; else ""."""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    if match.view_name != "task":
        return ""
    task = Task._default_manager.filter(pk=match.kwargs["pk"], owner=reader, finished=None).first()
    form = getattr(task.flow_task, "form_class", None) if task else None
    is_decision = isinstance(form, type) and issubclass(form, ChoiceForm)
    return link_for(task, reader) if task and is_decision else ""


def read(token: str) -> Pass:
    """Return what a link says. Raises LinkExpired, LinkUnknown."""
    try:
        task_id, user_id = signing.loads(token, salt=SALT, max_age=LIFE)
    except signing.SignatureExpired as error:
        raise LinkExpired from error
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkUnknown from error
    return Pass(task_id, user_id)
