"""Forms of the people room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people import pins, throttle
from people.auth import tidy_login
from people.errors import Refusal
from people.models import User

ACCOUNT_TRIES, NETWORK_TRIES = 5, 30  # free of delay; many people may share one office's network


def digits_input(*, autocomplete: str) -> forms.PasswordInput:
    """Return a field for six digits that brings up the number keys of a phone."""
    return forms.PasswordInput(
        attrs={"inputmode": "numeric", "autocomplete": autocomplete, "maxlength": pins.LENGTH, "class": "pin"}
    )


class LoginForm(AuthenticationForm):
    """One field for phone number or user name; one answer for every way of failing."""

    error_messages = {
        "invalid_login": _(
            "No account has this phone number or user name together with this password. "
            "Check both; the password distinguishes capitals."
        ),
        "inactive": _("This account is closed. Ask the officer who gave it to you."),
    }
    is_throttled = False

    def clean(self) -> dict[str, Any]:
        """Count the try, then look at the password; a right one takes its try back."""
        counters = self._counters()
        try:
            throttle.take(counters)
        except throttle.TooManyTries as refusal:
            self.is_throttled = True
            raise ValidationError(str(refusal)) from refusal
        cleaned: dict[str, Any] = super().clean()
        throttle.forgive(counters)
        return cleaned

    def _counters(self) -> list[throttle.Counter]:
        network = throttle.network_of(self.request) if self.request else "unknown"
        account = tidy_login(self.cleaned_data.get("username") or "").lower()
        return [
            throttle.Counter("login.network", network, NETWORK_TRIES),
            throttle.Counter("login.account", account, ACCOUNT_TRIES),
        ]


class CodeForm(forms.Form):
    """The six digits of a claim card."""

    code = forms.CharField(
        label=_("Code of 6 digits"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "pin"}),
    )

    def clean_code(self) -> str:
        """The digits, without the blanks that people leave between them."""
        return "".join(str(self.cleaned_data["code"]).split())


class NewPinForm(forms.Form):
    """A PIN, typed twice, and whose phone this is."""

    pin = forms.CharField(
        label=_("New PIN of 6 digits"),
        help_text=_("You sign in with it. Do not use 123456, 000000 or digits of your phone number."),
        widget=digits_input(autocomplete="new-password"),
    )
    again = forms.CharField(label=_("The same PIN again"), widget=digits_input(autocomplete="new-password"))
    is_own_phone = forms.BooleanField(label=_("This is my own phone: keep me signed in for 30 days"), required=False)

    def __init__(self, *args: Any, phone: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phone = phone

    def clean_pin(self) -> str:
        """Refuse what a stranger would try first."""
        pin: str = self.cleaned_data["pin"]
        try:
            pins.check_pin(pin, phone=self.phone)
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal
        return pin

    def clean_again(self) -> str:
        """The same again."""
        again: str = self.cleaned_data["again"]
        if (pin := self.cleaned_data.get("pin")) and again != pin:
            raise ValidationError(_("The two PINs differ; type the same six digits twice."))
        return again


class PinChangeForm(PasswordChangeForm):
    """Changing the PIN of an account that signs in with one."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        labels = {
            "old_password": _("PIN until now"),
            "new_password1": _("New PIN of 6 digits"),
            "new_password2": _("The same PIN again"),
        }
        for name, label in labels.items():
            old = name == "old_password"
            self.fields[name].widget = digits_input(autocomplete="current-password" if old else "new-password")
            self.fields[name].label, self.fields[name].help_text = label, ""

    def validate_password_for_user(self, user: Any, password_field_name: str = "new_password2") -> None:  # noqa: S107  a field's name
        """The rules of PINs in place of those of passwords."""
        pin = self.cleaned_data.get(password_field_name)
        try:
            if pin:
                pins.check_pin(pin, phone=user.phone or "")
        except Refusal as refusal:
            self.add_error("new_password1", str(refusal))
