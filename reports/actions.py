"""Entering the targets of a programme."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.editions import check_edition
from people.models import User
from projects.models import Programme
from projects.policies import can_create_project
from reports.errors import NotAllowedForYou, TargetRefused
from reports.indicators import INDICATORS, Indicator
from reports.models import IndicatorTarget


def may_set(user: User, programme: Programme) -> bool:
    """Whether the user enters the programme's targets: the managers of its province do."""
    return can_create_project(user, programme.province_id)


@transaction.atomic
def set_target(
    programme: Programme,
    indicator: str,
    *,
    minimum: int,
    maximum: int | None = None,
    is_percent: bool = False,
    due_on: date | None = None,
    source: str,
    by: User,
    made_from: str | None = None,
    now: datetime | None = None,
) -> IndicatorTarget:
    """Enter or change the target of one indicator, a key of `INDICATORS`; the same answers again change nothing.

    `made_from` is the version (people.editions.version_of) of the target that the sender knew, "" for none.
    Raises NotAllowedForYou for anyone but managers of the province, TargetRefused for figures that do not fit
    together, ChangedMeanwhile when somebody saved another target since.
    """
    programme = Programme.objects.select_for_update(of=("self",)).select_related("province").get(pk=programme.pk)
    if not may_set(by, programme):
        raise NotAllowedForYou(_("Only the managers of the province enter targets; ask one of them."))
    answers = {
        "minimum": minimum,
        "maximum": maximum,
        "is_percent": is_percent,
        "due_on": due_on,
        "source": " ".join(source.split()),
    }
    target = IndicatorTarget.objects.filter(programme=programme, indicator=indicator).first()
    target = target or IndicatorTarget(programme=programme, indicator=indicator)
    if target.pk:
        saved = {name: getattr(target, name) for name in answers}
        if answers == saved:
            return target
        last = partial(audit.last_author, target=audit.label(target), verb="reports.target_set")
        check_edition(made_from, saved, answers, by=last)
    for name, value in answers.items():
        setattr(target, name, value)
    check(INDICATORS[indicator], target)
    target.save()
    audit.record(
        "reports.target_set",
        by=by,
        target=target,
        case=programme,
        province=programme.province,
        at=now,
        indicator=indicator,
        figures=target.figures(),
    )
    return target


def check(indicator: Indicator, target: IndicatorTarget) -> None:
    """Refuse figures that do not fit together."""
    if not target.source:
        raise TargetRefused(_("Write the target as the paper prints it, with the paper's number."), field="source")
    if target.maximum is not None and target.maximum < target.minimum:
        raise TargetRefused(_("The target ends below its beginning; correct one of the two figures."), field="maximum")
    if target.is_percent and not indicator.is_share:
        raise TargetRefused(_("This indicator is a count: give its target as a number."), field="minimum")
    if target.is_percent and max(target.minimum, target.maximum or 0) > 100:
        raise TargetRefused(_("A target in percent is 100 at most; correct the figure."), field="minimum")
