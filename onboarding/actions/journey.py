"""One product's steps that are its own: 1 survey, 2 selection, 3 grouping, 6 training, 7 closing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import policies
from onboarding.actions.dossier import open_dossier
from onboarding.errors import NotAllowedNow, NotSelectable
from onboarding.models import CohortGroup, Onboarding, OnboardingRules
from onboarding.policies import Requirement
from people import audit
from people.models import User
from projects.models import Enrolment, PilotProject
from projects.policies import check_can_manage, check_is_running

Selection = Onboarding.Selection
RELATED = (
    "enrolment__project__province",
    "enrolment__product__producer",
    "enrolment__product__ocop_set",
    "group__product_group",
)


@transaction.atomic
def set_rules(
    project: PilotProject,
    *,
    minimum_stars: int,
    by: User,
    funded_from: int | None = None,
    funded_to: int | None = None,
    now: datetime | None = None,
) -> OnboardingRules:
    """Set what the project asks of a product; what was selected already keeps its decision.

    Raises NotAllowedForYou for anyone but the managers, NotAllowedNow for a range of stars that is none.
    """
    project = PilotProject.objects.select_for_update(of=("self",)).select_related("province").get(pk=project.pk)
    check_can_manage(by, project)
    if (funded_from is None) != (funded_to is None) or (funded_from or 0) > (funded_to or 0):
        raise NotAllowedNow(_("Give the stars that are funded as a range, as in 3 to 4, or leave both empty."))
    stars: dict[str, Any] = {"minimum_stars": minimum_stars, "funded_from": funded_from, "funded_to": funded_to}
    rules, _is_new = OnboardingRules.objects.update_or_create(project=project, defaults=stars)
    facts: dict[str, Any] = {"minimum": minimum_stars, "first": funded_from or "–", "last": funded_to or "–"}
    audit.record("onboarding.rules_set", by=by, target=project, province=project.province, at=now, **facts)
    return rules


@transaction.atomic
def start_onboarding(enrolment: Enrolment, *, by: User, now: datetime | None = None) -> Onboarding:
    """Open the seven steps of one product; step 1 counts as done if it was surveyed before.

    Raises NotAllowedForYou for anyone but the managers, NotAllowedNow for a product that was taken out, one that
    is on its way already, and a project that is not running or has no rules.
    """
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("project__province", "product")
    enrolment = rows.get(pk=enrolment.pk)
    check_can_manage(by, enrolment.project)
    check_is_running(enrolment.project)
    policies.rules_of(enrolment.project)
    names = {"product": enrolment.product.name}
    if enrolment.withdrawn_at is not None:
        raise NotAllowedNow(_("“%(product)s” no longer takes part; enrol it again to bring it on board.") % names)
    if Onboarding.objects.filter(enrolment=enrolment).exists():
        raise NotAllowedNow(_("“%(product)s” is on its way already.") % names)
    now = now or timezone.now()
    onboarding = Onboarding(enrolment=enrolment, started_at=now)
    if policies.has_survey(onboarding):
        onboarding.surveyed_at = now
    onboarding.save()
    _log(onboarding, "onboarding.started", by=by, at=now)
    return onboarding


@transaction.atomic
def close_survey(onboarding: Onboarding, *, by: User, waiver: str = "", now: datetime | None = None) -> Onboarding:
    """Close step 1 (SL-S1): the product is surveyed, or there is a reason why it could not be."""
    onboarding = locked(onboarding)
    policies.check_holds(by, onboarding.enrolment.project, policies.FIELD)
    policies.check_is_open(onboarding)
    waiver = waiver.strip()
    if not waiver and not policies.has_survey(onboarding):
        raise NotAllowedNow(
            _("“%(product)s” is not surveyed yet: record the survey, or give the reason why it cannot be surveyed.")
            % {"product": onboarding.enrolment.product.name}
        )
    onboarding.surveyed_at, onboarding.survey_waiver = now or timezone.now(), waiver
    onboarding.save(update_fields=["surveyed_at", "survey_waiver"])
    verb = "onboarding.survey_waived" if waiver else "onboarding.survey_closed"
    _log(onboarding, verb, by=by, at=now, **({"reason": waiver} if waiver else {}))
    return onboarding


@transaction.atomic
def select_product(
    onboarding: Onboarding,
    *,
    by: User,
    can_trace: bool,
    reason: str = "",
    on: date | None = None,
    now: datetime | None = None,
) -> Onboarding:
    """Select a product (SL-S2) and open its dossier; whether the plan funds it is fixed by its stars of the day.

    `on` is the day of the decision that is recorded now; today if left out. Raises NotSelectable with every
    rule that the product broke on that day.
    """
    onboarding = _to_decide(onboarding, by)
    now = now or timezone.now()
    rules, day = policies.rules_of(onboarding.enrolment.project), on or timezone.localdate(now)
    if day > timezone.localdate(now):
        raise NotAllowedNow(_("The day of the decision is still to come; record it on that day."))
    if problems := policies.selection_problems(onboarding, rules, can_trace=can_trace, day=day):
        raise NotSelectable(" ".join(problems))
    stars = policies.stars_on(onboarding, day)
    onboarding.can_trace, onboarding.is_funded = True, rules.funds(stars)
    onboarding = _decided(onboarding, Selection.SELECTED, by=by, reason=reason, now=now)
    _log(onboarding, "onboarding.selected", by=by, at=now, stars=stars, day=day.isoformat())
    open_dossier(onboarding, by=by, now=now)
    return onboarding


@transaction.atomic
def refuse_product(
    onboarding: Onboarding, *, by: User, reason: str, can_trace: bool | None = None, now: datetime | None = None
) -> Onboarding:
    """Refuse a product with a reason (SL-S2); its steps end here."""
    onboarding = _to_decide(onboarding, by)
    if not reason.strip():
        raise NotAllowedNow(
            _("Give the reason why “%(product)s” is not selected.") % {"product": onboarding.enrolment.product.name}
        )
    now = now or timezone.now()
    onboarding.can_trace, onboarding.closed_at = can_trace, now
    onboarding = _decided(onboarding, Selection.REFUSED, by=by, reason=reason, now=now)
    _log(onboarding, "onboarding.refused", by=by, at=now, reason=reason.strip())
    return onboarding


def _to_decide(onboarding: Onboarding, by: User) -> Onboarding:
    onboarding = locked(onboarding)
    policies.check_holds(by, onboarding.enrolment.project, policies.LEADING)
    policies.check_is_open(onboarding)
    policies.check_was(onboarding, onboarding.surveyed_at, _("Step 1 of “%(product)s”, the survey, is not closed yet."))
    if onboarding.selection:
        raise NotAllowedNow(
            _("“%(product)s” is decided already: %(selection)s.")
            % {
                "product": onboarding.enrolment.product.name,
                "selection": str(onboarding.get_selection_display()).lower(),
            }
        )
    return onboarding


def _decided(onboarding: Onboarding, selection: str, *, by: User, reason: str, now: datetime) -> Onboarding:
    onboarding.selection, onboarding.selection_reason = selection, reason.strip()
    onboarding.selected_at, onboarding.selected_by = now, by
    onboarding.save(
        update_fields=[
            "selection", "selection_reason", "can_trace", "is_funded", "selected_at", "selected_by", "closed_at",
        ]
    )  # fmt: skip
    return onboarding


@transaction.atomic
def assign_group(onboarding: Onboarding, group: CohortGroup, *, by: User, now: datetime | None = None) -> Onboarding:
    """Put a selected product into its one group (SL-S3)."""
    onboarding = locked(onboarding)
    policies.check_holds(by, onboarding.enrolment.project, policies.LEADING)
    policies.check_is_open(onboarding)
    is_selected = onboarding.selection == Selection.SELECTED
    policies.check_was(onboarding, is_selected, _("“%(product)s” is not selected, so it is not put into a group."))
    if onboarding.group is not None:
        raise NotAllowedNow(
            _("“%(product)s” is in group “%(group)s” already; a product belongs to one group.")
            % {"product": onboarding.enrolment.product.name, "group": onboarding.group.product_group}
        )
    if group.project_id != onboarding.enrolment.project_id:
        raise NotAllowedNow(_("The group belongs to another project; choose one of this project."))
    now = now or timezone.now()
    onboarding.group, onboarding.grouped_at = group, now
    onboarding.save(update_fields=["group", "grouped_at"])
    _log(onboarding, "onboarding.grouped", by=by, at=now, group=str(group.product_group))
    return onboarding


@transaction.atomic
def close_training(
    onboarding: Onboarding, *, by: User, requirements: Iterable[Requirement], now: datetime | None = None
) -> Onboarding:
    """Close step 6 (SL-S6). Raises NotAllowedNow with everything that is missing."""
    onboarding = locked(onboarding)
    policies.check_holds(by, onboarding.enrolment.project, policies.FIELD)
    policies.check_is_open(onboarding)
    if problems := policies.training_problems(onboarding, requirements):
        raise NotAllowedNow(" ".join(problems))
    onboarding.trained_at = now or timezone.now()
    onboarding.save(update_fields=["trained_at"])
    _log(onboarding, "onboarding.training_closed", by=by, at=now)
    return onboarding


@transaction.atomic
def finish_onboarding(onboarding: Onboarding, *, by: User, now: datetime | None = None) -> Onboarding:
    """Close step 7, and with it the product's way (SL-S7, SL-07). Raises NotAllowedNow with all that is missing."""
    onboarding = locked(onboarding)
    policies.check_holds(by, onboarding.enrolment.project, policies.SUPPLYING)
    policies.check_is_open(onboarding)
    policies.check_was(onboarding, onboarding.trained_at, _("Step 6 of “%(product)s” is not closed yet."))
    if problems := policies.supply_problems(onboarding):
        raise NotAllowedNow(" ".join(problems))
    onboarding.supplied_at = onboarding.closed_at = now or timezone.now()
    onboarding.save(update_fields=["supplied_at", "closed_at"])
    _log(onboarding, "onboarding.finished", by=by, at=now)
    return onboarding


def locked(onboarding: Onboarding) -> Onboarding:
    """Return the row as it is now, locked."""
    rows = Onboarding.objects.select_for_update(of=("self",)).select_related(*RELATED)
    fresh: Onboarding = rows.get(pk=onboarding.pk)
    return fresh


def _log(onboarding: Onboarding, verb: str, *, by: User, at: datetime | None, **facts: Any) -> None:
    project = onboarding.enrolment.project
    facts["product"] = onboarding.enrolment.product.name
    audit.record(verb, by=by, target=onboarding, case=project, province=project.province, at=at, **facts)
