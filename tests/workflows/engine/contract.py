"""What every flow of ours must keep, as assertions for the tests of real flows.

contract.check_flow(PilotModelFlow)
contract.check_names(PilotModelFlow, ["acceptance", "end", "start", "survey"])
"""

from django.contrib.auth.models import Permission
from django.utils.functional import Promise
from viewflow.workflow.base import Flow
from viewflow.workflow.fields import get_flow_ref, import_flow_by_ref, import_task_by_ref
from viewflow.workflow.nodes import Start, StartHandle, View

from workflows.engine import BaseFlow
from workflows.nodes import UserTask


def check_flow(flow_class):
    """Assert everything below for one flow; permissions need the database."""
    check_base(flow_class)
    check_human_nodes(flow_class)
    check_reachable(flow_class)
    check_titles(flow_class)
    check_permissions_exist(flow_class)
    check_references(flow_class)


def check_base(flow_class):
    """The flow has our lock and cancel, and inherits from no class with nodes.

    A subclass of a concrete flow silently walks into its parent's nodes.
    """
    assert issubclass(flow_class, BaseFlow)
    assert flow_class.lock_impl is BaseFlow.lock_impl
    for parent in flow_class.__mro__[1:]:
        nodes = getattr(parent, "_nodes_by_name", {}) if issubclass(parent, Flow) else {}
        assert not nodes, f"{flow_class.__name__} inherits nodes from {parent.__name__}; use a factory instead"


def check_human_nodes(flow_class):
    """People's steps are UserTasks with a permission: without one, anyone who logs in could do them."""
    for node in flow_class.instance.nodes():
        assert not isinstance(node, Start), f"{node.name}: start by StartHandle and an action, not by a view"
        if isinstance(node, View):
            assert isinstance(node, UserTask), f"{node.name} is not a UserTask"
            assert node._owner_permission, f"{node.name} has no .Permission(...)"
            assert not node._owner_permission_auto_create, f"{node.name}: auto_create never reaches the database"


def check_titles(flow_class):
    """People's steps and child cases carry a translatable title, not one made up from the node's name."""
    for node in flow_class.instance.nodes():
        if node.task_type in ("HUMAN", "SUBPROCESS"):
            assert isinstance(node.task_title, Promise), f"{node.name} has no .Annotation(title=_(...))"


def check_reachable(flow_class):
    """Every node is reached from a start; boundary events count as reached with their host."""
    nodes = list(flow_class.instance.nodes())
    seen, queue = set(), [node for node in nodes if isinstance(node, StartHandle)]
    while queue:
        node = queue.pop()
        if node not in seen:
            seen.add(node)
            queue += [edge.dst for edge in node._outgoing()] + node._boundary_events
    missing = sorted(node.name for node in nodes if node not in seen)
    assert not missing, f"{flow_class.__name__}: nothing leads to {missing}"


def check_permissions_exist(flow_class):
    """Every permission that the flow asks for is in the database after migrate, `manage` included."""
    options = flow_class.process_class._meta
    names = {f"{options.app_label}.manage_{options.model_name}"}
    for node in flow_class.instance.nodes():
        if isinstance(node, View) and isinstance(node._owner_permission, str):
            names.add(node._owner_permission)
    rows = Permission.objects.values_list("content_type__app_label", "codename")
    missing = sorted(names - {f"{label}.{codename}" for label, codename in rows})
    assert not missing, f"{flow_class.__name__}: declare {missing} in a model's Meta and migrate"


def check_references(flow_class):
    """The names that the database stores lead back to the flow and to each node."""
    reference = get_flow_ref(flow_class)
    assert import_flow_by_ref(reference) is flow_class
    for node in flow_class.instance.nodes():
        assert import_task_by_ref(f"{reference}.{node.name}") is node


def node_names(flow_class):
    """The flow's node names, sorted."""
    return sorted(node.name for node in flow_class.instance.nodes())


def check_names(flow_class, frozen):
    """Assert that the names are those that databases already hold; to rename one is a data migration."""
    assert node_names(flow_class) == sorted(frozen)
