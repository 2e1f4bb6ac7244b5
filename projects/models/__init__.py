"""Programmes and plans, templates, pilot projects, deliverables, councils, field work, and what managers steer by."""

from projects.models.communication import (
    Channel,
    CommunicationEvent,
    PlannedEvent,
    Publication,
)
from projects.models.council import Council, CouncilMember, CouncilRules, CouncilSheet, SheetGrade
from projects.models.deliverable import Deliverable, Remark, RemarkPhrase, Review
from projects.models.legal import LegalText
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
from projects.models.survey import (
    OrganisationSurvey,
    Question,
    Questionnaire,
    SurveyExcuse,
    SurveyResponse,
)
from projects.models.template import (
    DeliverableTemplate,
    GateTemplate,
    MilestoneTemplate,
    ProjectTemplate,
    StageKind,
    StageTemplate,
)
from projects.models.training import (
    Attendance,
    ClassMeeting,
    Invitation,
    TrainingMaterial,
    TrainingSession,
    TrainingTopic,
)

__all__ = [
    "Amendment",
    "Attendance",
    "Baseline",
    "BaselineDate",
    "Channel",
    "ClassMeeting",
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
    "Invitation",
    "Judgement",
    "LegalText",
    "Matter",
    "Milestone",
    "MilestoneReport",
    "MilestoneTemplate",
    "OrganisationSurvey",
    "PilotProject",
    "Plan",
    "PlanLine",
    "PlannedEvent",
    "Programme",
    "ProjectMember",
    "ProjectTemplate",
    "Publication",
    "Question",
    "Questionnaire",
    "ReceivingParty",
    "Remark",
    "RemarkPhrase",
    "Review",
    "SheetGrade",
    "Stage",
    "StageKind",
    "StageTemplate",
    "SurveyExcuse",
    "SurveyResponse",
    "TrainingMaterial",
    "TrainingSession",
    "TrainingTopic",
]
