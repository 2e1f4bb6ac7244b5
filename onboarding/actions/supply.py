"""Who supplies stamps, how many were handed out and received, and who pays which part (step 7)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import policies
from onboarding.actions.journey import locked
from onboarding.errors import NotAllowedNow
from onboarding.models import Onboarding, SolutionProvider, StampSupply
from people import audit
from people.models import AdminUnit, User
from projects.models import PilotProject


@transaction.atomic
def choose_provider(
    project: PilotProject,
    *,
    name: str,
    portal_proof: str,
    proved_on: date,
    by: User,
    contact: str = "",
    now: datetime | None = None,
) -> SolutionProvider:
    """Choose a unit that supplies stamps in the project's province; without proof it is refused (SL-05)."""
    policies.check_holds(by, project, policies.LEADING)
    # Two managers who choose the same unit: the second is told that it is recorded already.
    AdminUnit.objects.select_for_update(no_key=True).get(pk=project.province_id)
    name = " ".join(name.split())
    if not name:
        raise NotAllowedNow(_("Name the provider."))
    if not portal_proof.strip():
        raise NotAllowedNow(
            _(
                "A provider without proof of its connection to the national portal cannot be chosen; "
                "ask it for the paper and give its number."
            )
        )
    if proved_on > timezone.localdate(now):
        raise NotAllowedNow(_("The day of the proof is still to come; give the day on which it was issued."))
    if SolutionProvider.objects.filter(province=project.province_id, name=name).exists():
        raise NotAllowedNow(_("Provider “%(name)s” is recorded already.") % {"name": name})
    provider = SolutionProvider.objects.create(
        province=project.province,
        name=name,
        contact=contact.strip(),
        portal_proof=portal_proof.strip(),
        proved_on=proved_on,
    )
    facts = {"name": name, "proof": provider.portal_proof}
    verb = "onboarding.provider_chosen"
    audit.record(verb, by=by, target=provider, case=project, province=project.province, at=now, **facts)
    return provider


@transaction.atomic
def record_supply(
    onboarding: Onboarding,
    provider: SolutionProvider,
    *,
    quantity: int,
    state_share: int,
    producer_share: int,
    supplied_on: date,
    by: User,
    now: datetime | None = None,
) -> StampSupply:
    """Record stamps handed out to a product's producer, with the shares of their cost («hỗ trợ một phần»).

    Stamps may come before step 6 is closed, because they are activated there; never before step 5.
    """
    onboarding = locked(onboarding)
    project = onboarding.enrolment.project
    policies.check_holds(by, project, policies.SUPPLYING)
    policies.check_is_open(onboarding)
    policies.check_module_is_here(onboarding.group)
    if provider.province_id != project.province_id:
        raise NotAllowedNow(_("The provider was chosen by another province."))
    if quantity < 1:
        raise NotAllowedNow(_("Give how many stamps were handed out, at least 1."))
    _check_shares(onboarding, state_share, producer_share)
    if supplied_on > timezone.localdate(now):
        raise NotAllowedNow(_("The day is still to come; record the stamps when they are handed out."))
    supply = StampSupply.objects.create(
        onboarding=onboarding,
        provider=provider,
        quantity=quantity,
        state_share=state_share,
        producer_share=producer_share,
        supplied_on=supplied_on,
        recorded_by=by,
    )
    facts = {"quantity": quantity, "state": state_share, "producer": producer_share}
    _log(supply, "onboarding.stamps_supplied", by=by, at=now, **facts)
    return supply


def _check_shares(onboarding: Onboarding, state_share: int, producer_share: int) -> None:
    if min(state_share, producer_share) < 0 or state_share + producer_share != 100:
        raise NotAllowedNow(
            _("The shares are %(state)d %% and %(producer)d %%; together they must make 100 %%.")
            % {"state": state_share, "producer": producer_share}
        )
    if state_share and not onboarding.is_funded:
        raise NotAllowedNow(
            _("The plan does not fund “%(product)s”, so the producer pays 100 %%.")
            % {"product": onboarding.enrolment.product.name}
        )


@transaction.atomic
def record_receipt(supply: StampSupply, *, received: int, by: User, now: datetime | None = None) -> StampSupply:
    """Record how many stamps of a delivery came to the producer; a difference keeps step 7 open."""
    # The journey is locked first, as finish_onboarding does: a step that closes meanwhile is seen as closed.
    onboarding = locked(supply.onboarding)
    supply = StampSupply.objects.select_for_update().get(pk=supply.pk)
    supply.onboarding = onboarding
    policies.check_holds(by, onboarding.enrolment.project, policies.SUPPLYING)
    policies.check_is_open(onboarding)
    if not 0 <= received <= supply.quantity:
        raise NotAllowedNow(
            _("%(quantity)d stamps were handed out; no more can have been received.") % {"quantity": supply.quantity}
        )
    supply.received = received
    supply.save(update_fields=["received"])
    _log(supply, "onboarding.stamps_received", by=by, at=now, quantity=supply.quantity, received=received)
    return supply


def _log(supply: StampSupply, verb: str, *, by: User, at: datetime | None, **facts: int | str) -> None:
    enrolment = supply.onboarding.enrolment
    facts["product"] = enrolment.product.name
    project = enrolment.project
    audit.record(verb, by=by, target=supply, case=project, province=project.province, at=at, **facts)
