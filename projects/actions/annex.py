"""Plans and the lines of their annexes: entering a plan, numbering it, adding lines from a printed table, taking
them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext as _

from people import audit
from people.models import AuditEvent, Organisation, User
from projects import policies
from projects.annex.draft import DraftLine
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import ExpectedDeliverable, Funding, PilotProject, Plan, PlanLine, Programme

IMPORTED, UNDONE = "plan.annex_imported", "plan.annex_undone"


@transaction.atomic
def register_plan(
    programme: Programme,
    *,
    kind: str,
    number: str,
    title: str,
    issuer: Organisation,
    by: User,
    issued_on: date | None = None,
    annex_title: str = "",
    parent: Plan | None = None,
    now: datetime | None = None,
) -> Plan:
    """Return a new plan without lines. Raises NotAllowedNow when the programme has that number of that year already."""
    programme = Programme.objects.select_for_update(of=("self",)).select_related("province").get(pk=programme.pk)
    _check_may(by, programme.province_id)
    if programme.plans.numbered(number, issued_on).exists():
        raise NotAllowedNow(_("This programme has a plan with number %(number)s already.") % {"number": number})
    if issuer.province_id != programme.province_id or (parent and parent.programme_id != programme.pk):
        raise NotAllowedNow(_("Issuer and parent plan belong to another province; choose those of this one."))
    plan = Plan.objects.create(
        programme=programme,
        parent=parent,
        kind=kind,
        number=number,
        issued_on=issued_on,
        issuer=issuer,
        title=title,
        annex_title=annex_title,
    )
    audit.record("plan.registered", by=by, target=plan, province=programme.province, at=now, number=number)
    return plan


@transaction.atomic
def number_plan(plan: Plan, *, number: str, issued_on: date, by: User, now: datetime | None = None) -> Plan:
    """Write on a plan under which number and day its own paper was issued: by whoever signed it, `by`.

    Raises NotAllowedNow when another plan of the programme was entered with that number of that year.
    """
    Programme.objects.select_for_update(of=("self",)).get(pk=plan.programme_id)  # one number at a time
    plan = Plan.objects.select_for_update(of=("self",)).select_related("programme__province").get(pk=plan.pk)
    if plan.programme.plans.numbered(number, issued_on).exclude(pk=plan.pk).exists():
        raise NotAllowedNow(
            _(
                "Another plan of this programme was entered with number %(number)s of %(year)s, which “%(plan)s” would "
                "get now. Two papers of an agency never bear one number: have the administrator correct the plan "
                "that was entered, then sign again."
            )
            % {"number": number, "year": issued_on.year, "plan": plan.title}
        )
    plan.number, plan.issued_on = number, issued_on
    plan.save(update_fields=["number", "issued_on"])
    province, title = plan.programme.province, plan.title
    audit.record("plan.numbered", by=by, target=plan, province=province, at=now, number=number, title=title)
    return plan


@transaction.atomic
def add_lines(plan: Plan, lines: Sequence[DraftLine], *, by: User, now: datetime | None = None) -> list[PlanLine]:
    """Append the lines to the plan, as printed; those that it has stay as they are.

    Raises NotAllowedForYou, NotAllowedNow when there is none or all of them are there already (sent twice).
    """
    plan = _locked(plan, by)
    if not lines:
        raise NotAllowedNow(_("There is no line to add."))
    known = set(plan.lines.values_list("section", "printed_number", "title", "period_text"))
    if all(_print_of(line) in known for line in lines):
        raise NotAllowedNow(_("These lines are in the plan already; nothing was added."))
    last = plan.lines.aggregate(last=Max("position"))["last"] or 0
    made = []
    for position, line in enumerate(lines, start=last + 1):
        row = PlanLine.objects.create(plan=plan, position=position, **line.fields())
        ExpectedDeliverable.objects.bulk_create(
            ExpectedDeliverable(line=row, position=place, title=title)
            for place, title in enumerate(line.products, start=1)
        )
        made.append(row)
    keys = [row.pk for row in made]
    audit.record(IMPORTED, by=by, target=plan, province=plan.programme.province, at=now, count=len(made), lines=keys)
    return made


def _print_of(line: DraftLine) -> tuple[str, str, str, str]:
    fields = line.fields()
    return fields["section"], fields["printed_number"], fields["title"], fields["period_text"]


def last_import(plan: Plan) -> AuditEvent | None:
    """Return the last adding of lines that has not been taken back; None if there is none."""
    event = audit.history(plan).filter(verb__in=(IMPORTED, UNDONE)).order_by("-pk").first()
    return event if event and event.verb == IMPORTED else None


def in_use(plan: Plan, event: AuditEvent) -> int:
    """Return how many of the lines that came with `event` have a project or money by now."""
    rows = plan.lines.filter(pk__in=event.facts["lines"])
    hanging = [Exists(model.objects.filter(line=OuterRef("pk"))) for model in (PilotProject, Funding)]
    return rows.filter(hanging[0] | hanging[1]).count()


@transaction.atomic
def undo_import(plan: Plan, *, by: User, now: datetime | None = None) -> int:
    """Take back the lines that were added last, all or none; return how many.

    Raises NotAllowedNow when a project or money hangs on one of them, or nothing is left to take back.
    """
    plan = _locked(plan, by)
    event = last_import(plan)
    if event is None:
        raise NotAllowedNow(_("No lines were added from a table, or they were taken back already."))
    if used := in_use(plan, event):
        raise NotAllowedNow(
            _("%(count)s of the lines have a project or money by now; lines in use are not taken back.")
            % {"count": used}
        )
    rows = plan.lines.filter(pk__in=event.facts["lines"])
    count = rows.count()
    rows.delete()
    audit.record(UNDONE, by=by, target=plan, province=plan.programme.province, at=now, count=count)
    return count


def _locked(plan: Plan, by: User) -> Plan:
    rows = Plan.objects.select_for_update(of=("self",)).select_related("programme__province")
    plan = rows.get(pk=plan.pk)
    _check_may(by, plan.programme.province_id)
    return plan


def _check_may(by: User, province_id: int) -> None:
    if not policies.can_create_project(by, province_id):
        raise NotAllowedForYou(_("Plans and their lines are entered by the managers of the province; ask one of them."))
