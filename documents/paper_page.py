"""What the register knows of one paper, for its page: its state, its number, all its versions; and revoking it.

The page itself is served by a higher room, which knows the paper's way to its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from documents import force, policies
from documents.filters import kind_name
from documents.models import Document, DocumentVersion, RegisterEntry
from documents.tables import OUT_OF_FORCE, TONES
from documents.way import way
from people.errors import Refusal
from people.models import User
from projects.views.case import PersonRequest
from registry.forms import day_input

State = DocumentVersion.State


class RevokeForm(forms.Form):
    """Since when, why, and by which paper a paper is out of force."""

    revoked_on = forms.DateField(label=gettext_lazy("Revoked on"), widget=day_input())
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    number = forms.CharField(
        label=gettext_lazy("Number of the revoking paper in this register"),
        help_text=gettext_lazy("As it is printed, for example 12/QĐ-ABC. Leave it empty for another agency's paper."),
        required=False,
        max_length=60,
    )
    by_paper = forms.CharField(
        label=gettext_lazy("Or another agency's paper"),
        help_text=gettext_lazy("Kind, number, date and agency."),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document

    def clean_number(self) -> RegisterEntry | None:
        """Find the paper of that number: the newest of the province."""
        number = self.cleaned_data["number"].replace(" ", "")
        if not number:
            return None
        entries = RegisterEntry.objects.filter(
            series__organisation__province=self.document.organisation.province
        ).select_related("series__organisation")
        head = number.partition("/")[0]
        found = entries.filter(number=int(head) if head.isdecimal() and len(head) < 7 else 0).order_by("-issued_on")
        match = next((entry for entry in found if entry.full_number.casefold() == number.casefold()), None)
        if match is None:
            raise forms.ValidationError(
                _("The register has no paper of number %(number)s. Look the number up in the register.")
                % {"number": number}
            )
        return match


def versions_of(paper: Document) -> list[DocumentVersion]:
    """Return a paper's versions, the newest first, with all that its page says of them; one query."""
    return list(
        paper.versions.defer("context")
        .select_related("template", "created_by", "register_entry__series__organisation", "register_entry__signed_by")
        .select_related("integrity", "revocation__by_entry__series__organisation", "revocation__recorded_by")
        .order_by("-number")
    )


def rows_of(versions: Sequence[DocumentVersion]) -> list[dict[str, Any]]:
    """Return the rows of the table of versions, from `versions_of`."""
    return [_row(version, versions) for version in versions]


def record_of(paper: Document, user: User) -> dict[str, Any]:
    """Return what the register knows of a paper, for the template of its page; `user` may revoke it or not.

    `shown` is the version to speak of: the newest that has a number, else the newest draft.
    """
    versions = versions_of(paper)
    current = next((version for version in versions if hasattr(version, "register_entry")), None)
    shown = current or (versions[0] if versions else None)
    return {
        "shown": shown,
        "tone": TONES[State(shown.state)] if shown else "no",
        "facts": _facts(paper, current),
        "rows": rows_of(versions),
        "revocation": getattr(current, "revocation", None) if current else None,
        "may_revoke": bool(current and current.state == State.ISSUED and policies.can_revoke(user, paper)),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then revoke; leaders of the province."""
    rows = Document.objects.visible_to(request.user).select_related("organisation__province")
    paper: Document = get_object_or_404(rows, pk=pk)
    if not policies.can_revoke(request.user, paper):
        raise PermissionDenied
    version = paper.issued
    if version is None:
        messages.error(request, _("“%(title)s” has no paper in force that could be revoked.") % {"title": paper.title})
        return redirect(paper)
    today = {"revoked_on": timezone.localdate()}
    form = RevokeForm(request.POST if request.method == "POST" else None, document=paper, initial=today)
    if form.is_valid() and _revoked(request, paper, form):
        return redirect(paper)
    context = {
        "document": paper,
        "number": version.register_entry.full_number,
        "form": form,
        "crumbs": way(paper),
    }
    return render(request, "documents/revoke.html", context, status=422 if form.errors else 200)


def _revoked(request: PersonRequest, paper: Document, form: RevokeForm) -> bool:
    typed = form.cleaned_data
    try:
        done = force.revoke(
            paper,
            reason=typed["reason"],
            on=typed["revoked_on"],
            by_entry=typed["number"],
            by_paper=typed["by_paper"],
            by=request.user,
        )
    except Refusal as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("%(number)s is revoked.") % {"number": done.version.register_entry})
    return True


def _facts(paper: Document, current: DocumentVersion | None) -> list[dict[str, Any]]:
    subject = paper.subject
    url = getattr(subject, "get_absolute_url", str)()
    facts: list[dict[str, Any]] = [
        {"label": _("Kind of document"), "value": kind_name(paper.kind)},
        {"label": _("About"), "value": str(subject), "url": url if url != str(subject) else ""},
        {"label": _("Agency"), "value": paper.organisation},
    ]
    if current:
        entry = current.register_entry
        facts += [
            {"label": _("Number"), "value": entry.full_number},
            {"label": _("Date"), "value": f"{entry.issued_on:%d/%m/%Y}"},
            {"label": _("Signed by"), "value": entry.signed_by},
        ]
    return facts


def _row(version: DocumentVersion, versions: Sequence[DocumentVersion]) -> dict[str, Any]:
    entry: RegisterEntry | None = getattr(version, "register_entry", None)
    check = getattr(version, "integrity", None)
    later = [each for each in versions if each.number > version.number and hasattr(each, "register_entry")]
    return {
        "version": version,
        "tone": TONES[State(version.state)],
        "number": entry.full_number if entry else "",
        "is_out": version.state in OUT_OF_FORCE,
        "replaced_by": later[-1].register_entry.full_number if later and version.state == State.SUPERSEDED else "",
        "check": check,
        "short_hash": version.sha256[:12],
    }
