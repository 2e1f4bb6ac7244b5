"""Keeping an agency's list of standard remarks. A phrase is never deleted: remarks that were made with it count it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from people import audit
from people.models import Membership, Organisation, User
from people.scope import scope_of
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import RemarkPhrase

KEEPERS = (Membership.Role.LEADER, Membership.Role.CLERK, Membership.Role.ADMINISTRATOR)
UP, DOWN = "up", "down"


def organisations_kept_by(user: User) -> QuerySet[Organisation]:
    """Return the agencies whose list the user keeps: as leader, clerk or administrator; the keeper, all."""
    scope = scope_of(user)
    if scope.is_keeper:
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in={office[1] for office in scope.memberships if office[0] in KEEPERS})


@transaction.atomic
def add_phrase(organisation: Organisation, *, text: str, by: User, now: datetime | None = None) -> RemarkPhrase:
    """Add a standard remark at the end of an agency's list.

    Raises NotAllowedForYou for those who do not keep the list, NotAllowedNow when it is in it already.
    """
    organisation = _kept(organisation, by)
    text = _free(organisation, text)
    last = RemarkPhrase.objects.filter(organisation=organisation).aggregate(last=Max("position"))["last"] or 0
    phrase = RemarkPhrase.objects.create(organisation=organisation, text=text, position=last + 1)
    _log("remark.phrase_added", phrase, by=by, at=now)
    return phrase


@transaction.atomic
def change_phrase(phrase: RemarkPhrase, *, text: str, by: User, now: datetime | None = None) -> RemarkPhrase:
    """Word a standard remark anew; remarks that were made with it keep the words that were sent.

    Raises like `add_phrase`.
    """
    organisation = _kept(phrase.organisation, by)
    phrase = RemarkPhrase.objects.select_for_update().get(pk=phrase.pk)
    text = _free(organisation, text, but=phrase)
    if text != phrase.text:
        phrase.text = text
        phrase.save(update_fields=["text"])
        _log("remark.phrase_changed", phrase, by=by, at=now)
    return phrase


@transaction.atomic
def move_phrase(phrase: RemarkPhrase, *, to: str, by: User, now: datetime | None = None) -> RemarkPhrase:
    """Change places with the neighbour above (`to` "up") or below ("down"); ends stay. Raises NotAllowedForYou."""
    organisation = _kept(phrase.organisation, by)
    rows = list(RemarkPhrase.objects.select_for_update().filter(organisation=organisation).order_by("position", "pk"))
    place = rows.index(phrase)
    other = place + (-1 if to == UP else 1)
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        for position, row in enumerate(rows, start=1):
            row.position = position
        RemarkPhrase.objects.bulk_update(rows, ["position"])
        _log("remark.phrase_moved", phrase, by=by, at=now)
    return phrase


@transaction.atomic
def retire_phrase(phrase: RemarkPhrase, *, by: User, now: datetime | None = None) -> RemarkPhrase:
    """Offer the standard remark no longer; what was remarked with it stays. Raises NotAllowedForYou."""
    return _offer(phrase, "remark.phrase_retired", is_active=False, by=by, at=now)


@transaction.atomic
def offer_phrase(phrase: RemarkPhrase, *, by: User, now: datetime | None = None) -> RemarkPhrase:
    """Offer a retired standard remark again. Raises NotAllowedForYou."""
    return _offer(phrase, "remark.phrase_offered", is_active=True, by=by, at=now)


def _offer(phrase: RemarkPhrase, verb: str, *, is_active: bool, by: User, at: datetime | None) -> RemarkPhrase:
    _kept(phrase.organisation, by)
    phrase = RemarkPhrase.objects.select_for_update().get(pk=phrase.pk)
    if phrase.is_active != is_active:
        phrase.is_active = is_active
        phrase.save(update_fields=["is_active"])
        _log(verb, phrase, by=by, at=at)
    return phrase


def _kept(organisation: Organisation, by: User) -> Organisation:
    """Lock the agency, so that places and words in its list are given out once."""
    if not organisations_kept_by(by).filter(pk=organisation.pk).exists():
        raise NotAllowedForYou(
            _("The standard remarks of “%(organisation)s” are kept by its leaders, clerks and administrators; ask one.")
            % {"organisation": organisation}
        )
    return Organisation.objects.select_for_update(of=("self",)).select_related("province").get(pk=organisation.pk)


def _free(organisation: Organisation, text: str, *, but: RemarkPhrase | None = None) -> str:
    text = " ".join(text.split())
    if not text:
        raise NotAllowedNow(_("Write the standard remark."))
    others = RemarkPhrase.objects.filter(organisation=organisation)
    others = others.exclude(pk=but.pk) if but else others
    same = next((other for other in others if other.text.casefold() == text.casefold()), None)
    if same is not None:
        raise NotAllowedNow(
            _("“%(text)s” is in the list already; offer it again or change it there.") % {"text": same.text}
        )
    return text


def _log(verb: str, phrase: RemarkPhrase, *, by: User, at: datetime | None) -> None:
    province = phrase.organisation.province
    audit.record(verb, by=by, target=phrase, case=phrase.organisation, province=province, at=at, text=phrase.text)
