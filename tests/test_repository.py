"""The repository is complete and clean, and names that are data do not change by accident."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command
from viewflow.workflow.fields import get_flow_ref

from config import messages
from notices.events import EVENTS
from people.models import Membership
from tests.test_architecture import ROOMS, ROOT, name_of
from tests.verbs import VERBS
from workflows import models as processes
from workflows.flows.amendment import AmendmentFlow
from workflows.flows.deliverable import DeliverableFlow
from workflows.flows.group_work import GroupWorkFlow
from workflows.flows.matter import MatterFlow
from workflows.flows.onboarding import OnboardingFlow
from workflows.flows.paper import PaperFlow
from workflows.flows.pilot_model import PilotModelFlow
from workflows.flows.stamp_order import StampOrderFlow
from workflows.flows.stamp_report import StampReportFlow
from workflows.roles import ROLES_BY_PERMISSION
from workflows.sentences import SENTENCES

# What a run, an editor or the machine makes; never part of the repository.
MADE = {"var", "node_modules", "htmlcov", "__pycache__"}
# Addresses of package registries and paths of one machine. Pip's own words without an address are fine.
PRIVATE = re.compile(
    r"(?<![\w.])/(?:work|tmp|root|home)/|(?<![\w.])/root\b|pypi\.|pythonhosted|npmjs|(?<!no-emit)-index-url|registry\.yarn"
)
AUDIT_TOPICS = {
    "council",
    "deliverable",
    "document",
    "dossier",
    "fieldwork",
    "import",
    "job",
    "lot",
    "notices",
    "onboarding",
    "matter",
    "people",
    "plan",
    "privacy",
    "project",
    "registry",
    "remark",
    "reports",
    "stamps",
    "step",
    "task",
    "worktime",
}


def files() -> list[Path]:
    """Return the repository's text files; without git, which a fresh machine may lack."""
    found = []
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if MADE & set(parts) or any(
            part.startswith(".") and part not in (".ci", ".hooks", ".gitignore") for part in parts
        ):
            continue
        if path.is_file() and path.suffix not in {".mo", ".ttf", ".docx", ".xlsx", ".png", ".pyc", ".pdf"}:
            found.append(path)
    return found


def test_every_message_is_in_the_catalogue_and_translated() -> None:
    catalogue = messages.read()
    missing = []
    for message in messages.collect():
        kept = catalogue.get(message.id, message.context) if message.id else None
        if message.id and (kept is None or not messages.is_translated(kept)):
            missing.append((message.id, message.locations[:1]))
    assert not missing, f"{len(missing)} messages lack a translation: run make messages, then fill in {missing[:10]}"


def test_messages_are_marked_with_names_that_the_collector_knows() -> None:
    imported = re.compile(r"import (n?p?gettext(?:_lazy|_noop)?)(?: as (\w+))?$", re.MULTILINE)
    names = {
        (path.name, alias or name)
        for path in messages.sources()
        if path.suffix == ".py"
        for name, alias in imported.findall(path.read_text(encoding="utf-8"))
    }
    assert len(names) > 100
    assert not {(file, name) for file, name in names if name not in messages.KEYWORDS}


def test_a_translation_keeps_the_placeholders_of_its_message() -> None:
    wrong = []
    for message in messages.read():
        msgids = message.id if isinstance(message.id, tuple | list) else [message.id]
        forms = message.string if isinstance(message.string, tuple | list) else [message.string]
        known = set(re.findall(r"%\(\w+\)[a-z]", " ".join(msgids)))
        wrong += [message.id for form in forms if form and not set(re.findall(r"%\(\w+\)[a-z]", form)) <= known]
    assert not wrong


def test_migrations_have_names() -> None:
    assert not [name_of(path) for room in ROOMS for path in (ROOT / room).glob("migrations/*_auto_*.py")]


@pytest.mark.django_db
def test_the_models_have_all_their_migrations() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_dependency_says_what_it_is_for() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    project = tomllib.loads("\n".join(lines))["project"]
    wanted = [
        *project["dependencies"],
        *(name for group in project["optional-dependencies"].values() for name in group),
    ]
    for dependency in wanted:
        line = next(line for line in lines if f'"{dependency}"' in line)
        assert re.search(r"# *\S+", line), f"{dependency}: say in a comment what it is for"


def test_the_licence_is_the_one_that_viewflow_asks_for() -> None:
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in (ROOT / "LICENSE").read_text(encoding="utf-8")[:500]
    assert (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").startswith("#")


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    found = []
    for path in files():
        if path == Path(__file__).resolve():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if PRIVATE.search(line):
                found.append(f"{name_of(path)}:{number}: {line.strip()[:80]}")
    assert not found


# --- names that are data: to change one is a data migration ----------------------------------


def test_role_names_are_frozen() -> None:
    assert Membership.Role.values == [
        "manager",
        "clerk",
        "reviewer",
        "leader",
        "stamp_officer",
        "helper",
        "inspector",
        "administrator",
    ]


def test_permission_names_are_frozen() -> None:
    declared = [
        f"workflows.{codename}"
        for process in (
            processes.PilotModelProcess,
            processes.DeliverableProcess,
            processes.StampOrderProcess,
            processes.MatterProcess,
            processes.AmendmentProcess,
            processes.OnboardingProcess,
            processes.GroupWorkProcess,
            processes.StampReportProcess,
            processes.PaperProcess,
        )
        for codename, _label in process._meta.permissions
    ]
    assert (
        sorted(declared)
        == sorted(ROLES_BY_PERMISSION)
        == [
            "workflows.accept_project",
            "workflows.answer_matter",
            "workflows.approve_deliverable",
            "workflows.approve_process",
            "workflows.approve_stamp_order",
            "workflows.check_dossier",
            "workflows.check_format",
            "workflows.check_paper",
            "workflows.close_stage",
            "workflows.close_supply",
            "workflows.close_training",
            "workflows.consult_agencies",
            "workflows.decide_amendment",
            "workflows.group_product",
            "workflows.hand_over_stamps",
            "workflows.look_into_report",
            "workflows.order_module",
            "workflows.prepare_deliverable",
            "workflows.record_module",
            "workflows.review_deliverable",
            "workflows.revise_paper",
            "workflows.select_product",
            "workflows.sign_paper",
            "workflows.survey_product",
            "workflows.write_process",
        ]
    )


@pytest.mark.parametrize(
    ("flow", "label", "nodes"),
    [
        (
            PilotModelFlow,
            "workflows/flows.pilot_model.PilotModelFlow",
            "accept close_documentation close_final_report close_rollout close_survey close_training documentation end "
            "final_report rollout start survey training",
        ),
        (
            DeliverableFlow,
            "workflows/flows.deliverable.DeliverableFlow",
            "approve approved check_format conclude end format_checked issue open_reviews prepare review reviewed "
            "start tally",
        ),
        (StampOrderFlow, "workflows/flows.stamp_order.StampOrderFlow", "approve decided end hand_over start"),
        (AmendmentFlow, "workflows/flows.amendment.AmendmentFlow", "decide end start"),
        (MatterFlow, "workflows/flows.matter.MatterFlow", "answer end start"),
        (
            OnboardingFlow,
            "workflows/flows.onboarding.OnboardingFlow",
            "check_dossier checked declare end group open_group select selected start supply survey surveyed training "
            "wait_module wait_process",
        ),
        (
            GroupWorkFlow,
            "workflows/flows.group_work.GroupWorkFlow",
            "approve approved consult end order_module record_module start write",
        ),
        (StampReportFlow, "workflows/flows.stamp_report.StampReportFlow", "end look start"),
        (PaperFlow, "workflows/flows.paper.PaperFlow", "check checked end issue revise sign signed start"),
    ],
    ids=[
        "pilot_model",
        "deliverable",
        "stamp_order",
        "amendment",
        "matter",
        "onboarding",
        "group_work",
        "stamp_report",
        "paper",
    ],
)
def test_flow_and_node_names_are_frozen(flow: type, label: str, nodes: str) -> None:
    """viewflow stores both in its tables; a task whose node is gone cannot be opened."""
    assert get_flow_ref(flow) == label
    assert " ".join(sorted(node.name for node in flow.instance.nodes())) == nodes  # type: ignore[attr-defined]


def _verbs() -> set[str]:
    """Return every "topic.done" that the code may write to the audit log."""
    found: set[str] = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            if {"migrations", "sentences"} & set(path.parts) or path.name == "history.py":
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    topic, _, act = node.value.partition(".")
                    if topic in AUDIT_TOPICS and re.fullmatch(r"[a-z_]+", act) and not act.endswith("urls"):
                        found.add(node.value)
    # What people are told of has names of the same form; where it is an act too, the history has its sentence.
    return found - (set(EVENTS) - set(SENTENCES))


def test_audit_verbs_are_frozen() -> None:
    """They stand in a log that nobody can change, and the history makes its sentences from them."""
    assert sorted(_verbs()) == VERBS
