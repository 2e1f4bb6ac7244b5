"""The contract that every flow keeps, and proof that breaking it is noticed."""

import pytest
from django.contrib.auth.models import Permission
from django.utils.functional import lazystr
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.lock import no_lock

from tests.workflows.engine import contract
from tests.workflows.engine.machinery.flows import CaseFlow, PieceFlow, TimedFlow
from tests.workflows.engine.machinery.forms import WriteForm
from tests.workflows.engine.machinery.models import EngineProcess
from workflows.engine import BaseFlow
from workflows.nodes import UserTask


def flow_with(base=BaseFlow, **nodes):
    """A flow made for one test: start → write → end, with `nodes` put over it."""
    attributes = {
        "__module__": "tests.workflows.engine.machinery.flows",
        "process_class": EngineProcess,
        "start": flow.StartHandle().Next(this.write),
        "write": UserTask(WriteForm).Annotation(title=lazystr("W")).Permission("machinery.write_piece").Next(this.end),
        "end": flow.End(),
    }
    return type("MadeFlow", (base,), attributes | nodes)


@pytest.mark.django_db
@pytest.mark.parametrize("flow_class", [CaseFlow, PieceFlow, TimedFlow])
def test_our_flows_keep_the_contract(flow_class):
    contract.check_flow(flow_class)


def test_node_names_are_frozen():
    contract.check_names(CaseFlow, ["start", "pieces", "close", "end"])

    with pytest.raises(AssertionError):
        contract.check_names(CaseFlow, ["start", "parts", "close", "end"])


def test_a_flow_that_inherits_from_a_concrete_flow_is_noticed():
    child = type("ChildFlow", (CaseFlow,), {"__module__": CaseFlow.__module__})

    with pytest.raises(AssertionError, match="inherits nodes from CaseFlow"):
        contract.check_base(child)


def test_a_flow_without_our_lock_is_noticed():
    with pytest.raises(AssertionError):
        contract.check_base(flow_with(lock_impl=no_lock))


def test_a_step_without_permission_is_noticed():
    made = flow_with(write=UserTask(WriteForm).Annotation(title=lazystr("W")).Next(this.end))

    with pytest.raises(AssertionError, match=r"no \.Permission"):
        contract.check_human_nodes(made)


def test_a_step_by_a_stock_view_is_noticed():
    made = flow_with(write=flow.View(None).Permission("machinery.write_piece").Next(this.end))

    with pytest.raises(AssertionError, match=r"not a UserTask"):
        contract.check_human_nodes(made)


def test_a_permission_that_viewflow_should_create_is_noticed():
    made = flow_with(write=UserTask(WriteForm).Permission("x", auto_create=True).Next(this.end))

    with pytest.raises(AssertionError, match="auto_create"):
        contract.check_human_nodes(made)


def test_a_step_without_title_is_noticed():
    made = flow_with(write=UserTask(WriteForm).Permission("machinery.write_piece").Next(this.end))

    with pytest.raises(AssertionError, match="write has no"):
        contract.check_titles(made)


def test_a_node_that_nothing_leads_to_is_noticed():
    with pytest.raises(AssertionError, match="lonely"):
        contract.check_reachable(flow_with(lonely=flow.End()))


@pytest.mark.django_db
def test_a_permission_that_migrate_did_not_create_is_noticed():
    Permission.objects.filter(codename="write_piece").delete()

    with pytest.raises(AssertionError, match="write_piece"):
        contract.check_permissions_exist(PieceFlow)
