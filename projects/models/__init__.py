"""Programmes and their plans, templates, pilot projects, deliverables, and the work in the field."""

from projects.models.deliverable import Deliverable, Remark, Review
from projects.models.fieldwork import Attendance, CommunicationEvent, SurveyResponse, TrainingSession
from projects.models.programme import ExpectedDeliverable, Plan, PlanLine, Programme
from projects.models.project import Enrolment, GateRule, Milestone, PilotProject, ProjectMember, ReceivingParty, Stage
from projects.models.template import (
    DeliverableTemplate,
    GateTemplate,
    MilestoneTemplate,
    ProjectTemplate,
    StageKind,
    StageTemplate,
)

__all__ = [
    "Attendance",
    "CommunicationEvent",
    "Deliverable",
    "DeliverableTemplate",
    "Enrolment",
    "ExpectedDeliverable",
    "GateRule",
    "GateTemplate",
    "Milestone",
    "MilestoneTemplate",
    "PilotProject",
    "Plan",
    "PlanLine",
    "Programme",
    "ProjectMember",
    "ProjectTemplate",
    "ReceivingParty",
    "Remark",
    "Review",
    "Stage",
    "StageKind",
    "StageTemplate",
    "SurveyResponse",
    "TrainingSession",
]
