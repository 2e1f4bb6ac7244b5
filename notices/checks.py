"""Start-up checks: a channel that cannot work stops here, not at the first notice of the night."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from notices import channels
from notices.models import Channel


@register(Tags.security)
def channels_can_be_opened(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a backend that does not exist or whose settings are wrong; none at all is fine, the pages say so."""
    return [problem for channel in Channel if (problem := _problem(channel))]


def _problem(channel: Channel) -> CheckMessage | None:
    if not channels.is_configured(channel):
        return None
    try:
        channels.backend_of(channel)
    except Exception as error:
        hint = f"Correct {channels.SETTINGS[channel]} and what belongs to it (docs/notices.md), or leave it empty."
        return Error(f"The channel {channel} cannot be used: {error}", hint=hint, id="notices.E001")
    return None


@register(Tags.security)
def mails_have_an_address_to_lead_to(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn when no mail can hold a link."""
    if settings.SITE_URL:
        return []
    return [Warning("Mails have no links: SITE_URL is empty and ALLOWED_HOSTS names no host.", id="notices.W001")]
