"""Forms of the people room."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """One field for phone number or user name; one answer for every way of failing."""

    error_messages = {
        "invalid_login": _(
            "No account has this phone number or user name together with this password. "
            "Check both; the password distinguishes capitals."
        ),
        "inactive": _("This account is closed. Ask the officer who gave it to you."),
    }
