"""What a paper is about: its project and province, and who may prepare it."""

from __future__ import annotations

from django.db import models

from people.models import AdminUnit, Membership, Organisation, User
from projects import policies
from projects.models import Council, Deliverable, Enrolment, PilotProject, Plan, Programme, TrainingSession
from registry.models import LocalStandard, Producer, RecognitionRenewal
from registry.policies import can_keep_registry


def project_of(subject: models.Model) -> PilotProject | None:
    """Return the project whose case the subject belongs to; None outside every case."""
    if isinstance(subject, PilotProject):
        return subject
    if isinstance(subject, Deliverable):
        return subject.stage.project
    return subject.project if isinstance(subject, Council | TrainingSession | Enrolment) else None


def province_of(subject: models.Model) -> AdminUnit:
    """Return the province whose officials work on papers about the subject. ValueError where no paper is about it."""
    if project := project_of(subject):
        return project.province
    if isinstance(subject, Plan):
        return subject.programme.province
    if isinstance(subject, Programme | Producer | LocalStandard):
        return subject.province
    if isinstance(subject, RecognitionRenewal):
        return subject.product.producer.province
    raise ValueError(f"no paper is about a {type(subject).__name__}")


def can_prepare(user: User, subject: models.Model) -> bool:
    """Whether the user may prepare a paper about the subject.

    Of a case: its managers, and of a class or an enrolled product its field helpers too, who teach and survey; of
    plans and programmes: the province's project managers; of producers: those who keep the province's registry.
    """
    if isinstance(subject, TrainingSession | Enrolment):
        return policies.can_record_fieldwork(user, subject.project)
    if project := project_of(subject):
        return policies.can_manage(user, project)
    province_id = province_of(subject).pk
    if isinstance(subject, Plan | Programme):
        return policies.can_create_project(user, province_id)
    return can_keep_registry(user, province_id)


def agency_of(user: User, subject: models.Model) -> Organisation | None:
    """Return the agency that issues a paper of a subject that names none itself: the author's, in that province."""
    if isinstance(subject, Plan) or project_of(subject):
        return None
    offices = Membership.objects.filter(user=user, organisation__province=province_of(subject))
    office = offices.select_related("organisation__parent").order_by("organisation__name", "pk").first()
    return office.organisation if office else None
