"""My notices, and how I want to be told."""

from __future__ import annotations

from datetime import time

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notices import actions, quiet
from notices.events import EVENTS
from notices.filters import MessageFilter
from notices.forms import PreferencesForm
from notices.models import Message
from notices.views.frame import back_to, is_own_page, tabs
from people.frame import PersonRequest, layout_for

PER_PAGE = 25
MAX_PK = 2**63 - 1


@login_required
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """Everything I was told, the unread first."""
    own: QuerySet[Message] = Message.objects.visible_to(request.user)
    found = MessageFilter(request.GET, queryset=own)
    rows = found.qs.annotate(is_read=Q(read_at__isnull=False)).order_by("is_read", "-made_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    newest = max((message.pk for message in page if message.read_at is None), default=0)
    unread = own.unread().count() if newest else 0  # type: ignore[attr-defined]
    context = {
        "page": page,
        "rows": [(message, _title(message)) for message in page],
        "filter": found,
        "newest": newest,
        "unread": unread,
        "query": request.GET.urlencode(),
        "tabs": tabs(request.user, "mine"),
        "layout": layout_for(request.user),
    }
    return render(request, "notices/mine.html", context)


def _title(message: Message) -> str:
    return str(EVENTS[message.event].title) if message.event in EVENTS else ""


@login_required
@require_POST
def open_notice(request: PersonRequest, pk: int) -> HttpResponse:
    """Mark a notice as read and go to the page that it is about."""
    message = actions.read(_own(request, pk), by=request.user)
    return redirect(message.url) if is_own_page(message.url) else redirect("notices:mine")


@login_required
@require_POST
def read(request: PersonRequest, pk: int) -> HttpResponse:
    """Mark a notice as read and stay in the list."""
    actions.read(_own(request, pk), by=request.user)
    return back_to(request, "notices:mine")


def _own(request: PersonRequest, pk: int) -> Message:
    return get_object_or_404(Message.objects.visible_to(request.user), pk=min(pk, MAX_PK))


@login_required
@require_POST
def read_all(request: PersonRequest) -> HttpResponse:
    """Mark everything as read that had come when the list was shown."""
    until = request.POST.get("until", "")
    if until.isascii() and until.isdigit() and int(until[:19]) <= MAX_PK:
        count = actions.read_all(by=request.user, until=int(until[:19]))
        text = ngettext("%(count)d notice marked as read.", "%(count)d notices marked as read.", count)
        messages.success(request, text % {"count": count})
    return back_to(request, "notices:mine")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: PersonRequest) -> HttpResponse:
    """How I want to be told what may be told otherwise."""
    form = PreferencesForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        actions.set_wishes(form.wishes(), by=request.user)
        messages.success(request, _("Saved. It counts for notices from now on."))
        return redirect("notices:preferences")
    context = {
        "form": form,
        "opens": _clock(quiet.OPENS),
        "closes": _clock(quiet.CLOSES),
        "digest_at": _clock(quiet.DIGEST_AT),
        "tabs": tabs(request.user, "preferences"),
        "layout": layout_for(request.user),
    }
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)


def _clock(clock: time) -> str:
    return f"{clock:%H:%M}"
