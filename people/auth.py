"""Logging in with a phone number or a user name."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Q
from django.http import HttpRequest

from people.models import User


def tidy_login(text: str) -> str:
    """Return what the user meant: a phone number loses its spaces, dots and +84."""
    text = text.strip()
    digits = re.sub(r"[\s.\-()]", "", text)
    if re.fullmatch(r"\+?84\d{9,10}", digits):
        return "0" + digits.removeprefix("+").removeprefix("84")
    return digits if re.fullmatch(r"0\d{9,10}", digits) else text


class PhoneOrUsernameBackend(ModelBackend):
    """Finds the user by either name; timing does not tell whether one exists."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """Return the active user whose password this is, or None."""
        if not username or password is None:
            return None
        login = tidy_login(username)
        user = User.objects.filter(Q(username__iexact=login) | Q(phone=login)).order_by("pk").first()
        if user is None:
            User().set_password(password)  # the same work as for a real user
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None
