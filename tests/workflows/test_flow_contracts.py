"""The flows keep the engine's contract, and the names that the database stores."""

import pytest

from tests.workflows.engine import contract
from workflows.flows import (
    FLOWS,
    AmendmentFlow,
    DeliverableFlow,
    GroupWorkFlow,
    MatterFlow,
    OnboardingFlow,
    PaperFlow,
    PilotModelFlow,
    StampOrderFlow,
    StampReportFlow,
)
from workflows.roles import ROLES_BY_PERMISSION


@pytest.mark.django_db
@pytest.mark.parametrize("flow_class", FLOWS, ids=lambda flow: flow.__name__)
def test_the_flow_keeps_the_contract(flow_class):
    contract.check_flow(flow_class)


@pytest.mark.parametrize(
    ("flow_class", "names"),
    [
        (
            PilotModelFlow,
            [
                "accept", "close_documentation", "close_final_report", "close_rollout", "close_survey",
                "close_training", "documentation", "end", "final_report", "rollout", "start", "survey", "training",
            ],
        ),
        (
            DeliverableFlow,
            [
                "approve", "approved", "check_format", "conclude", "end", "format_checked", "issue", "open_reviews",
                "prepare", "review", "reviewed", "start", "tally",
            ],
        ),
        (StampOrderFlow, ["approve", "decided", "end", "hand_over", "start"]),
        (AmendmentFlow, ["decide", "end", "start"]),
        (MatterFlow, ["answer", "end", "start"]),
        (
            OnboardingFlow,
            [
                "check_dossier", "checked", "declare", "end", "group", "open_group", "select", "selected", "start",
                "supply", "survey", "surveyed", "training", "wait_module", "wait_process",
            ],
        ),
        (StampReportFlow, ["end", "look", "start"]),
        (PaperFlow, ["check", "checked", "end", "issue", "revise", "sign", "signed", "start"]),
        (
            GroupWorkFlow,
            ["approve", "approved", "consult", "end", "order_module", "record_module", "start", "write"],
        ),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)  # fmt: skip
def test_node_names_are_frozen(flow_class, names):
    contract.check_names(flow_class, names)


def test_every_step_asks_for_a_permission_that_some_role_has():
    asked = {
        node._owner_permission
        for flow_class in FLOWS
        for node in flow_class.instance.nodes()
        if getattr(node, "_owner_permission", None)
    }
    assert asked == set(ROLES_BY_PERMISSION)
