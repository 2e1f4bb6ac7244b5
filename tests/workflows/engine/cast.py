"""People and cases for the engine's tests, and the questions that the tests ask of them."""

from collections import Counter

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from viewflow.workflow.models import Task

from tests.workflows.engine.machinery.flows import CaseFlow
from tests.workflows.engine.machinery.models import Case, Effect, Vote

OPEN = ("NEW", "ASSIGNED", "STARTED", "SCHEDULED")


def person(name, *codenames):
    """A user who holds the machinery's permissions of these names."""
    user = get_user_model().objects.create_user(username=name, full_name=f"{name} (giả lập)")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="machinery", codename__in=codenames))
    return user


def case_with(*pieces, quorum=0, voters=(), name="K1"):
    """A case with pieces of these names, each voted on by `voters` if there is a quorum."""
    case = Case.objects.create(name=name)
    for piece_name in pieces:
        piece = case.pieces.create(name=piece_name, quorum=quorum)
        Vote.objects.bulk_create(Vote(piece=piece, voter=voter) for voter in voters)
    return case


def start(case):
    """Run the case's flow to its first person."""
    return CaseFlow.start.run(case=case)


def child(case, name):
    """The latest child process that runs this piece."""
    return case.pieces.get(name=name).processes.latest("pk")


def step(process, node, **lookup):
    """The process's one step at this node, as it is in the database."""
    flow_task = process.flow_class.instance.node(node)
    return Task.objects.get(process_id=process.pk, flow_task=flow_task, **lookup)


def effects():
    """What was done, and how often."""
    return Counter(Effect.objects.values_list("name", flat=True))


def state(process):
    """The process's status as it is in the database."""
    return type(process).objects.get(pk=process.pk).status


def open_steps(process):
    """Names of the nodes that are open, sorted."""
    tasks = Task.objects.filter(process_id=process.pk, finished__isnull=True)
    return sorted(task.flow_task.name for task in tasks)
