"""Programmes and plans, templates, pilot projects, deliverables, councils, field work, and what managers steer by."""

from projects.models.council import Council, CouncilMember, CouncilRules, CouncilSheet, SheetGrade
from projects.models.deliverable import Deliverable, Remark, RemarkPhrase, Review
from projects.models.fieldwork import Attendance, CommunicationEvent, SurveyResponse, TrainingSession
from projects.models.managing import (
    Amendment,
    Baseline,
    BaselineDate,
    Funding,
    Judgement,
    Matter,
    MilestoneReport,
)
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
    "Amendment",
    "Attendance",
    "Baseline",
    "BaselineDate",
    "CommunicationEvent",
    "Council",
    "CouncilMember",
    "CouncilRules",
    "CouncilSheet",
    "Deliverable",
    "DeliverableTemplate",
    "Enrolment",
    "ExpectedDeliverable",
    "Funding",
    "GateRule",
    "GateTemplate",
    "Judgement",
    "Matter",
    "Milestone",
    "MilestoneReport",
    "MilestoneTemplate",
    "PilotProject",
    "Plan",
    "PlanLine",
    "Programme",
    "ProjectMember",
    "ProjectTemplate",
    "ReceivingParty",
    "Remark",
    "RemarkPhrase",
    "Review",
    "SheetGrade",
    "Stage",
    "StageKind",
    "StageTemplate",
    "SurveyResponse",
    "TrainingSession",
]
