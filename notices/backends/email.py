"""E-mail through Django's mail settings: one mail per person, as plain text and as simple HTML."""

from __future__ import annotations

import smtplib
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail
from django.template.loader import render_to_string

from notices.backends import Outgoing, Result

PERMANENT = 500  # SMTP replies from here on will not change by trying again (RFC 5321, 4.2.1)


class EmailBackend:
    """Sends over one connection for a whole run."""

    def __init__(self) -> None:
        self._connection: Any = mail.get_connection()

    def open(self) -> None:
        """Connect to the mail server."""
        self._connection.open()

    def close(self) -> None:
        """Say goodbye to it."""
        self._connection.close()

    def send_messages(self, messages: list[Outgoing]) -> list[Result]:
        """Send one mail each."""
        return [self._send(message) for message in messages]

    def _send(self, message: Outgoing) -> Result:
        letter = mail.EmailMultiAlternatives(
            subject=message.subject,
            body=render_to_string("notices/mail.txt", _words(message)),
            to=[message.address],
            connection=self._connection,
            headers={
                # The same at every try: mail servers drop the second copy of a mail that they have.
                "Message-ID": f"<{message.key}@{urlsplit(settings.SITE_URL).hostname or 'txng.invalid'}>",
                "Auto-Submitted": "auto-generated",  # RFC 3834: no automatic answers
            },
        )
        letter.attach_alternative(render_to_string("notices/mail.html", _words(message)), "text/html")
        try:
            sent = letter.send()
        except smtplib.SMTPRecipientsRefused as error:
            code, reason = next(iter(error.recipients.values()), (0, b""))
            return Result(is_sent=False, error=f"{code} {_text(reason)}", is_final=code >= PERMANENT)
        except smtplib.SMTPResponseException as error:
            return Result(is_sent=False, error=f"{error.smtp_code} {_text(error.smtp_error)}")
        except (smtplib.SMTPException, OSError, ValueError) as error:
            return Result(is_sent=False, error=f"{type(error).__name__}: {error}")
        return Result(is_sent=bool(sent), error="" if sent else "The mail server took nothing.")


def _words(message: Outgoing) -> dict[str, Any]:
    return {"message": message, "site_url": settings.SITE_URL}


def _text(reason: bytes | str) -> str:
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
