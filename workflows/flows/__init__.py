"""The flows, one file each. Their names and their nodes' names are stored in the database: frozen by test."""

from workflows.flows.amendment import AmendmentFlow
from workflows.flows.deliverable import DeliverableFlow
from workflows.flows.group_work import GroupWorkFlow
from workflows.flows.matter import MatterFlow
from workflows.flows.onboarding import OnboardingFlow
from workflows.flows.paper import PaperFlow
from workflows.flows.pilot_model import PilotModelFlow
from workflows.flows.stamp_order import StampOrderFlow
from workflows.flows.stamp_report import StampReportFlow

FLOWS = (
    PilotModelFlow,
    DeliverableFlow,
    StampOrderFlow,
    AmendmentFlow,
    MatterFlow,
    OnboardingFlow,
    GroupWorkFlow,
    StampReportFlow,
    PaperFlow,
)

__all__ = [
    "FLOWS",
    "AmendmentFlow",
    "DeliverableFlow",
    "GroupWorkFlow",
    "MatterFlow",
    "OnboardingFlow",
    "PaperFlow",
    "PilotModelFlow",
    "StampOrderFlow",
    "StampReportFlow",
]
