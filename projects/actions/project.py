"""Creating, starting and accepting a project; stages and enrolments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.models import Organisation, User
from projects import policies
from projects.actions.baselines import keep_dates
from projects.errors import GateNotPassed, NotAllowedForYou, NotAllowedNow
from projects.models import (
    Deliverable,
    Enrolment,
    GateRule,
    Milestone,
    PilotProject,
    PlanLine,
    ProjectMember,
    ProjectTemplate,
    ReceivingParty,
    Stage,
    StageKind,
)
from registry.models import Product

Role = policies.Role


@transaction.atomic
def create_project(
    template: ProjectTemplate,
    *,
    line: PlanLine | None,
    code: str,
    title: str,
    owner: Organisation,
    manager: User,
    members: Mapping[str, Sequence[User]],
    starts_on: date,
    by: User,
    now: datetime | None = None,
) -> PilotProject:
    """Return a new draft project: a copy of the template, tied to the plan line it carries out.

    Stages follow each other from `starts_on`, each for the days its template gives. `members`
    are the people by role. Raises NotAllowedForYou when `by` is no manager in the province.
    """
    if not policies.can_create_project(by, owner.province_id):
        raise NotAllowedForYou(
            _("Only project managers of %(province)s can create projects there.") % {"province": owner.province}
        )
    total = sum(stage.days for stage in template.stages.all())
    project = PilotProject.objects.create(
        code=code,
        title=title,
        objective=line.objective if line else "",
        province=owner.province,
        owner=owner,
        line=line,
        template=template,
        manager=manager,
        minimum_stars=template.minimum_stars,
        starts_on=starts_on,
        due_on=starts_on + timedelta(days=total),
    )
    project.standards.set(template.standards.all())
    _copy_template(project, template)
    _add_people(project, line, members)
    audit.record("project.created", by=by, target=project, province=project.province, at=now, code=code)
    return project


def _copy_template(project: PilotProject, template: ProjectTemplate) -> None:
    starts_on = project.starts_on
    templates = {stage.kind: stage for stage in template.stages.prefetch_related("deliverables", "milestones")}
    stages = {}
    for position, kind in enumerate(StageKind.values, start=1):
        source = templates[kind]
        due_on = starts_on + timedelta(days=source.days)
        stage = stages[kind] = Stage.objects.create(
            project=project, kind=kind, position=position, title=source.title, starts_on=starts_on, due_on=due_on
        )
        Deliverable.objects.bulk_create(
            Deliverable(
                stage=stage,
                code=paper.code,
                title=paper.title,
                document_kind=paper.document_kind,
                reviewers_needed=paper.reviewers_needed,
                checklist=paper.checklist,
                due_on=starts_on + timedelta(days=paper.days),
            )
            for paper in source.deliverables.all()
        )
        Milestone.objects.bulk_create(
            Milestone(stage=stage, title=milestone.title, due_on=starts_on + timedelta(days=milestone.days))
            for milestone in source.milestones.all()
        )
        starts_on = due_on
    GateRule.objects.bulk_create(
        GateRule(project=project, stage=stages.get(gate.stage_kind), rule=gate.rule, minimum=gate.minimum)
        for gate in template.gates.all()
    )


def _add_people(project: PilotProject, line: PlanLine | None, members: Mapping[str, Sequence[User]]) -> None:
    people = {(user, Role(role)): None for role, users in members.items() for user in users}
    people[project.manager, Role.MANAGER] = None  # named among the members or not, once
    ProjectMember.objects.bulk_create(ProjectMember(project=project, user=user, role=role) for user, role in people)
    recipients = line.recipients.rstrip(". ") if line else ""
    # Not at commas: "các đơn vị cung ứng, sản xuất, phân phối" is one party.
    for name in filter(None, (part.strip() for part in re.split(r"[;\n]", recipients))):
        ReceivingParty.objects.create(project=project, name=name)


@transaction.atomic
def start_project(project: PilotProject, *, by: User, now: datetime | None = None) -> PilotProject:
    """Set a draft project running, keep its dates as the first baseline and open its first stage.

    Raises NotAllowedNow without a receiving party (seed 000, column 5).
    """
    project = _locked(project)
    _check_manager(project, by)
    if project.status != PilotProject.Status.DRAFT:
        raise NotAllowedNow(
            _("Project %(code)s is already %(status)s.")
            % {"code": project.code, "status": project.get_status_display().lower()}
        )
    if not project.receiving_parties.exists():
        raise NotAllowedNow(
            _("Project %(code)s has no receiving party; name at least one before starting it.") % {"code": project.code}
        )
    project.status = PilotProject.Status.RUNNING
    project.save(update_fields=["status"])
    _log(project, "project.started", by=by, target=project, at=now)
    keep_dates(project, _("Initial"), by=by, now=now)
    _open_stage(project, position=1, now=now or timezone.now())
    return project


@transaction.atomic
def close_stage(stage: Stage, *, by: User, rules: Mapping[str, policies.Rule], now: datetime | None = None) -> Stage:
    """Close a stage whose gate holds and open the next one. Raises GateNotPassed with all that is missing."""
    stage = Stage.objects.select_for_update(of=("self",)).select_related("project__province").get(pk=stage.pk)
    _check_manager(stage.project, by)
    if not stage.is_open:
        raise NotAllowedNow(_("Stage “%(stage)s” is not open.") % {"stage": stage.title})
    if problems := policies.stage_problems(stage, rules):
        raise GateNotPassed(problems)
    now = now or timezone.now()
    stage.closed_at = now
    stage.save(update_fields=["closed_at"])
    _log(stage.project, "project.stage_closed", by=by, target=stage, at=now, stage=stage.title)
    _open_stage(stage.project, position=stage.position + 1, now=now)
    return stage


def _open_stage(project: PilotProject, *, position: int, now: datetime) -> None:
    for stage in project.stages.filter(position=position, opened_at=None):
        stage.opened_at = now
        stage.save(update_fields=["opened_at"])
        _log(project, "project.stage_opened", by=None, target=stage, at=now, stage=stage.title)


@transaction.atomic
def accept_project(
    project: PilotProject, *, by: User, rules: Mapping[str, policies.Rule], now: datetime | None = None
) -> PilotProject:
    """Accept a running project and so close it. Raises GateNotPassed when the closing gate refuses."""
    project = _locked(project)
    if project.status != PilotProject.Status.RUNNING:
        raise NotAllowedNow(
            _("Project %(code)s is %(status)s; only a running project can be accepted.")
            % {"code": project.code, "status": project.get_status_display().lower()}
        )
    if project.manager_id == by.pk:
        raise NotAllowedForYou(
            _("You manage project %(code)s; another person must accept it.") % {"code": project.code}
        )
    if problems := policies.closing_problems(project, rules):
        raise GateNotPassed(problems)
    project.status = PilotProject.Status.ACCEPTED
    project.accepted_at, project.accepted_by = now or timezone.now(), by
    project.save(update_fields=["status", "accepted_at", "accepted_by"])
    audit.record("project.accepted", by=by, target=project, province=project.province, at=now)
    return project


@transaction.atomic
def enrol_product(
    project: PilotProject, product: Product, *, by: User, on: date | None = None, now: datetime | None = None
) -> Enrolment:
    """Enrol a product, or return its enrolment when it already takes part.

    `on` is the day on which its recognition must hold (today if left out). Raises NotEnrollable.
    """
    project = _locked(project)
    _check_manager(project, by)
    now = now or timezone.now()
    known = project.enrolments.filter(product=product, withdrawn_at=None).first()
    if known is not None:
        return known
    policies.check_can_enrol(project, product, today=on or timezone.localdate(now))
    enrolment = Enrolment.objects.create(project=project, product=product, enrolled_at=now, enrolled_by=by)
    _log(project, "project.product_enrolled", by=by, target=enrolment, at=now, product=product.name)
    return enrolment


@transaction.atomic
def withdraw_product(enrolment: Enrolment, *, by: User, reason: str, now: datetime | None = None) -> Enrolment:
    """Take a product out of the project, with a reason; what was done for it stays on record."""
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("project__province", "product")
        .get(pk=enrolment.pk)
    )
    _check_manager(enrolment.project, by)
    if not reason.strip():
        raise NotAllowedNow(_("Give a reason for taking “%(product)s” out.") % {"product": enrolment.product})
    if enrolment.project.status == PilotProject.Status.ACCEPTED:
        raise NotAllowedNow(
            _("Project %(code)s is accepted; its products stay as they are.") % {"code": enrolment.project.code}
        )
    if enrolment.withdrawn_at is None:
        enrolment.withdrawn_at, enrolment.withdrawal_reason = now or timezone.now(), reason.strip()
        enrolment.save(update_fields=["withdrawn_at", "withdrawal_reason"])
        facts = {"product": enrolment.product.name, "reason": reason.strip()}
        _log(enrolment.project, "project.product_withdrawn", by=by, target=enrolment, at=now, **facts)
    return enrolment


def _locked(project: PilotProject) -> PilotProject:
    return PilotProject.objects.select_for_update(of=("self",)).select_related("province").get(pk=project.pk)


def _check_manager(project: PilotProject, user: User) -> None:
    if not policies.can_manage(user, project):
        raise NotAllowedForYou(
            _("Only the managers of project %(code)s can do this; ask %(manager)s.")
            % {"code": project.code, "manager": project.manager}
        )


def _log(
    project: PilotProject, verb: str, *, by: User | None, target: object, at: datetime | None, **facts: str
) -> None:
    stands_in = policies.standing_in(by, project) if by else {}
    audit.record(verb, by=by, target=target, case=project, province=project.province, at=at, **stands_in, **facts)  # type: ignore[arg-type]
