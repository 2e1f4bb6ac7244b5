"""Signing in and out, my account, my password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people import audit
from people.claim_views import PIN_COOKIE
from people.forms import LoginForm, PinChangeForm
from people.frame import layout_for
from people.models import Membership, User

FORM_METHODS = ["get", "head", "post", "options"]  # Django's form views answer PUT like POST


class LoginView(auth_views.LoginView):
    """Sign in with a phone number or a user name."""

    http_method_names = FORM_METHODS
    template_name = "people/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether to ask for a PIN with the number keys: by the address, or on a phone that was used so before."""
        asked = self.request.GET.get("by")
        by_pin = asked == "pin" if asked else PIN_COOKIE in self.request.COOKIES
        return super().get_context_data(by_pin=by_pin, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        """The form again; 429 while the account or the network has to wait."""
        answer = super().form_invalid(form)
        if form.is_throttled:
            answer.status_code = 429
        return answer


class PasswordChangeView(auth_views.PasswordChangeView):
    """Change my own password; other sessions of mine end."""

    http_method_names = FORM_METHODS
    template_name = "people/password_change.html"
    success_url = reverse_lazy("people:password_change_done")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the frame of the person's kind."""
        user: Any = self.request.user  # signed in: the view asks for it
        return super().get_context_data(layout=layout_for(user), **kwargs)

    def get_form_class(self) -> Any:
        """A PIN is changed into a PIN, a password into a password."""
        return PinChangeForm if getattr(self.request.user, "has_pin", False) else super().get_form_class()

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, and write it to the audit log."""
        response = super().form_valid(form)
        user: User = form.user
        audit.record("people.password_changed", by=user, target=user)
        return response


@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here and what I may do."""
    user = get_object_or_404(User, pk=request.user.pk)
    memberships = (
        Membership.objects.active(timezone.localdate()).filter(user=user).select_related("organisation__province")
    )
    rows = [
        (_("Full name"), user.full_name),
        (_("User name"), user.username),
        (_("Phone number"), user.phone or _("not given")),
        (_("E-mail"), user.email or _("not given")),
    ]
    roles = [
        {"role": m.get_role_display(), "organisation": m.organisation, "scope": m.organisation.province}
        for m in memberships
    ]
    context = {"rows": rows, "memberships": roles, "layout": layout_for(user), "has_keys": not user.has_pin}
    return render(request, "people/account.html", context)
