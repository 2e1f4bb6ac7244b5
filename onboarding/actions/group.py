"""What the products of one kind share: the group, its process and guide, consultation, and module (steps 3 to 5)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import policies
from onboarding.errors import NotAllowedNow
from onboarding.models import CohortGroup, Consultation, ModuleOrder
from people import audit
from people.models import User
from projects.models import PilotProject
from projects.policies import check_is_running
from registry.models import ProductGroup


@transaction.atomic
def group_for(
    project: PilotProject, product_group: ProductGroup, *, by: User, now: datetime | None = None
) -> CohortGroup:
    """Return the project's group of products made by similar processes (SL-S3), formed with its first product."""
    project = PilotProject.objects.select_for_update(of=("self",)).select_related("province").get(pk=project.pk)
    policies.check_holds(by, project, policies.LEADING)
    check_is_running(project)
    group, is_new = CohortGroup.objects.get_or_create(project=project, product_group=product_group)
    if is_new:
        _log(group, "onboarding.group_formed", by=by, at=now)
    return group


@transaction.atomic
def write_process(
    group: CohortGroup, *, process: str, guide: str, by: User, now: datetime | None = None
) -> CohortGroup:
    """Write the process to be traced and the guide for the producers (SL-S4)."""
    group = _locked(group, by, policies.LEADING)
    if group.approved_at is not None:
        raise NotAllowedNow(_("The process of group “%(group)s” is approved already.") % {"group": group.product_group})
    if not process.strip() or not guide.strip():
        raise NotAllowedNow(_("Write both the process to be traced and the guide for the producers."))
    group.process, group.guide, group.returned_note = process.strip(), guide.strip(), ""
    group.written_at, group.written_by = now or timezone.now(), by
    group.save(update_fields=["process", "guide", "returned_note", "written_at", "written_by"])
    _log(group, "onboarding.process_written", by=by, at=now)
    return group


@transaction.atomic
def consult(
    group: CohortGroup, *, agency: str, letter_number: str, sent_on: date, by: User, now: datetime | None = None
) -> Consultation:
    """Record the letter that asks an agency for its opinion («xin ý kiến các cơ quan quản lý»)."""
    group = _locked(group, by, policies.LEADING)
    agency, letter_number = agency.strip(), letter_number.strip()
    if group.written_at is None:
        raise NotAllowedNow(_("Write the process of the group first; the agencies are asked about it."))
    if not agency or not letter_number:
        raise NotAllowedNow(_("Name the agency and the number of the letter."))
    _check_not_coming(sent_on, now)
    if group.consultations.filter(agency=agency, letter_number=letter_number).exists():
        raise NotAllowedNow(
            _("Letter %(number)s to %(agency)s is recorded already.") % {"number": letter_number, "agency": agency}
        )
    letter = Consultation.objects.create(group=group, agency=agency, letter_number=letter_number, sent_on=sent_on)
    _log(group, "onboarding.agency_consulted", by=by, at=now, agency=agency, number=letter_number)
    return letter


@transaction.atomic
def record_reply(
    consultation: Consultation,
    *,
    replied_on: date,
    reply: str,
    by: User,
    reply_number: str = "",
    now: datetime | None = None,
) -> Consultation:
    """Record an agency's answer; one is enough for the approval, all are kept."""
    group = _locked(consultation.group, by, policies.LEADING)
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if consultation.replied_on is not None:
        raise NotAllowedNow(_("The reply of %(agency)s is recorded already.") % {"agency": consultation.agency})
    if not reply.strip():
        raise NotAllowedNow(_("Write down what the agency answered."))
    if replied_on < consultation.sent_on:
        raise NotAllowedNow(_("The reply cannot be older than the letter of %(day)s.") % {"day": _day(consultation)})
    _check_not_coming(replied_on, now)
    consultation.replied_on, consultation.reply = replied_on, reply.strip()
    consultation.reply_number = reply_number.strip()
    consultation.save(update_fields=["replied_on", "reply", "reply_number"])
    _log(group, "onboarding.agency_replied", by=by, at=now, agency=consultation.agency)
    return consultation


@transaction.atomic
def close_consultation(group: CohortGroup, *, by: User, now: datetime | None = None) -> CohortGroup:
    """Hand the process to the leader; at least one agency has answered."""
    group = _locked(group, by, policies.LEADING)
    policies.check_is_consulted(group)
    _log(group, "onboarding.consultation_closed", by=by, at=now)
    return group


@transaction.atomic
def approve_process(group: CohortGroup, *, by: User, now: datetime | None = None) -> CohortGroup:
    """Approve process and guide; the products of the group go on (step 4)."""
    group = _locked(group, by, policies.APPROVING)
    policies.check_can_approve(group, by)
    group.approved_at, group.approved_by = now or timezone.now(), by
    group.save(update_fields=["approved_at", "approved_by"])
    _log(group, "onboarding.process_approved", by=by, at=now)
    return group


@transaction.atomic
def return_process(group: CohortGroup, *, by: User, note: str, now: datetime | None = None) -> CohortGroup:
    """Send process and guide back to be written anew, with the reason."""
    group = _locked(group, by, policies.APPROVING)
    if group.approved_at is not None:
        raise NotAllowedNow(_("The process of group “%(group)s” is approved already.") % {"group": group.product_group})
    if not note.strip():
        raise NotAllowedNow(_("Say what must change in the process or the guide."))
    group.returned_note = note.strip()
    group.save(update_fields=["returned_note"])
    _log(group, "onboarding.process_returned", by=by, at=now, reason=note.strip())
    return group


@transaction.atomic
def order_module(
    group: CohortGroup, *, letter_number: str, sent_on: date, by: User, note: str = "", now: datetime | None = None
) -> ModuleOrder:
    """Record the request to the National Barcode Centre for the group's module (step 5)."""
    group = _locked(group, by, policies.LEADING)
    if group.approved_at is None:
        raise NotAllowedNow(_("The module is ordered after the process of the group is approved."))
    if ModuleOrder.objects.filter(group=group).exists():
        raise NotAllowedNow(_("The module of this group is ordered already."))
    if not letter_number.strip():
        raise NotAllowedNow(_("Give the number of the letter."))
    _check_not_coming(sent_on, now)
    order = ModuleOrder.objects.create(
        group=group, letter_number=letter_number.strip(), sent_on=sent_on, note=note.strip()
    )
    _log(group, "onboarding.module_ordered", by=by, at=now, number=order.letter_number)
    return order


@transaction.atomic
def record_module(
    order: ModuleOrder,
    *,
    answered_on: date,
    module_code: str,
    by: User,
    answer_number: str = "",
    now: datetime | None = None,
) -> ModuleOrder:
    """Record the Centre's answer with the code of the module; the products of the group go on (SL-S5)."""
    group = _locked(order.group, by, policies.LEADING)
    order = ModuleOrder.objects.select_for_update().get(pk=order.pk)
    if order.answered_on is not None:
        raise NotAllowedNow(_("The answer of the Centre is recorded already."))
    if not module_code.strip():
        raise NotAllowedNow(_("Give the code of the module that the Centre names in its answer."))
    if answered_on < order.sent_on:
        raise NotAllowedNow(
            _("The reply cannot be older than the letter of %(day)s.") % {"day": f"{order.sent_on:%d/%m/%Y}"}
        )
    _check_not_coming(answered_on, now)
    order.answered_on, order.module_code = answered_on, module_code.strip()
    order.answer_number = answer_number.strip()
    order.save(update_fields=["answered_on", "module_code", "answer_number"])
    _log(group, "onboarding.module_received", by=by, at=now, code=order.module_code)
    return order


def _locked(group: CohortGroup, by: User, roles: tuple[str, ...]) -> CohortGroup:
    rows = CohortGroup.objects.select_for_update(of=("self",)).select_related("project__province", "product_group")
    group = rows.get(pk=group.pk)
    policies.check_holds(by, group.project, roles)
    return group


def _check_not_coming(day: date, now: datetime | None) -> None:
    if day > timezone.localdate(now):
        raise NotAllowedNow(_("%(day)s is still to come; give the day of the letter.") % {"day": f"{day:%d/%m/%Y}"})


def _day(consultation: Consultation) -> str:
    return f"{consultation.sent_on:%d/%m/%Y}"


def _log(group: CohortGroup, verb: str, *, by: User, at: datetime | None, **facts: str) -> None:
    project = group.project
    facts["group"] = str(group.product_group)
    audit.record(verb, by=by, target=group, case=project, province=project.province, at=at, **facts)
