"""The words that people agree to: a change is the next version, with the day from which it is asked for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from privacy import policies
from privacy.errors import NotAllowedForYou, TextRefused
from privacy.models import ConsentText, Purpose


@transaction.atomic
def issue_text(
    purpose: str,
    *,
    text: str,
    effective_from: date,
    asks_anew: bool,
    after: int,
    by: User,
    now: datetime | None = None,
) -> ConsentText:
    """Issue the next version of the purpose's words, in force from `effective_from`.

    `after` is the version that `by` had before them. With `asks_anew` a yes to earlier words no longer counts from
    that day on. Raises NotAllowedForYou, TextRefused.
    """
    if not policies.keeps_texts(by):
        raise NotAllowedForYou(_("An administrator issues the words that people agree to."))
    now, text = now or timezone.now(), text.strip()
    latest = _latest(purpose)
    if latest.version != after:
        known = _("Version %(version)s was issued meanwhile. Read it first; your words are still in the form.")
        raise TextRefused(known % {"version": latest.version}, "text")
    if text == latest.text.strip():
        raise TextRefused(_("These are the words of the version before: change them, or leave this page."), "text")
    if effective_from < (first := max(timezone.localdate(now), latest.effective_from)):
        early = _("New words cannot be in force before %(day)s: they are never asked for afterwards.")
        raise TextRefused(early % {"day": date_format(first, "SHORT_DATE_FORMAT")}, "effective_from")
    issued = ConsentText.objects.create(
        purpose=purpose,
        version=latest.version + 1,
        text=text,
        effective_from=effective_from,
        asks_anew=asks_anew,
    )
    facts: dict[str, Any] = {"purpose": str(purpose), "version": issued.version, "day": effective_from.isoformat()}
    audit.record("privacy.text_issued", by=by, target=issued, at=now, **facts)
    return issued


def stored(text: ConsentText) -> ConsentText:
    """The words as a row: those that come with the product are stored when somebody first needs the row."""
    if text.pk:
        return text
    words = {"text": text.text, "effective_from": text.effective_from}
    return ConsentText.objects.get_or_create(purpose=Purpose(text.purpose), version=text.version, defaults=words)[0]


def _latest(purpose: str) -> ConsentText:
    """The last version; its first version is the lock on which all who issue words of the purpose wait."""
    known = ConsentText.objects.filter(purpose=purpose)
    if not known.exists():
        stored(policies.built_in(purpose))
    known.select_for_update().get(pk=known.order_by("version").values("pk")[:1])
    latest: ConsentText = known.order_by("-version")[0]
    return latest
