"""Loading what is there before any case: units, offices, people, registers and project templates.

Reference data has no actions of its own (an administrator keeps it), so rows are written plainly;
everything that belongs to a case goes through the rooms' actions, see `main_job`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from config.demo import council, programmes
from config.demo.logins import PASSWORD
from config.demo.source import day, read
from documents.proofs import DossierItem
from people.models import AdminUnit, Membership, Organisation, User
from projects.actions.catalogues import load_catalogues
from projects.models import DeliverableTemplate, GateTemplate, MilestoneTemplate, ProjectTemplate, StageTemplate
from registry.models import OcopCriteria, OcopSet, ProcessStep, ProductGroup, Standard

CLOSING = "closing"  # the template file's word for the gate of the whole project
Units = dict[str, AdminUnit]


@transaction.atomic
def load_reference() -> None:
    """Load everything in the order in which it depends on each other."""
    units = load_units()
    offices = load_organisations(units)
    load_people(offices)
    load_registers()
    load_catalogues()
    load_templates()
    council.load_rules()
    programmes.load(units, offices)


# --- people ----------------------------------------------------------------------------------
def load_units() -> Units:
    """Load provinces, districts and communes with their successors; return them by the file's keys."""
    at_work = {office["province"] for office in read("organisations")}
    rows, units = read("units"), Units()
    for row in rows:
        # Provinces at work have their two official digits: these go into the codes of products.
        code = row["official_code"] if row["code"] in at_work else row["code"]
        parent = units[row["parent"]] if row["parent"] else None
        units[row["code"]] = AdminUnit.objects.create(
            code=code,
            name=row["name"],
            level=row["level"],
            parent=parent,
            valid_from=day(row["valid_from"]),
            valid_to=day(row["valid_to"]),
        )
    for row in rows:
        units[row["code"]].successors.set(units[key] for key in row["successors"])
    return units


def load_organisations(units: Units) -> dict[str, Organisation]:
    """Load the offices; those above and after them may stand later in the file."""
    rows, offices = read("organisations"), dict[str, Organisation]()
    for row in rows:
        plain = {key: row[key] for key in ("code", "name", "symbol", "kind", "place", "head_title", "collective")}
        offices[row["code"]] = Organisation.objects.create(
            **plain,
            province=units[row["province"]],
            valid_from=day(row["valid_from"]),
            valid_to=day(row["valid_to"]),
        )
    for row in rows:
        office = offices[row["code"]]
        office.parent, office.successor = offices.get(row["parent"]), offices.get(row["successor"])
        office.save(update_fields=["parent", "successor"])
    return offices


def load_people(offices: dict[str, Organisation]) -> None:
    """Load the users, all with the demo's password, and their roles; producers get theirs with their product."""
    hashed = make_password(PASSWORD)  # once: a good hash is slow on purpose
    for row in read("people"):
        plain = {key: row[key] for key in ("username", "full_name", "job_title", "phone", "email")}
        user = User.objects.create(**plain, password=hashed)
        for membership in row["memberships"]:
            Membership.objects.create(
                user=user,
                organisation=offices[membership["organisation"]],
                role=membership["role"],
                valid_from=date.fromisoformat(membership["valid_from"]),
            )


# --- registers -------------------------------------------------------------------------------
def load_registers() -> None:
    """Load standards, OCOP sets and criteria, and product groups with their process steps."""
    standards = _load_standards(read("standards"))
    for row in read("ocop_criteria"):
        plain = {key: row[key] for key in ("decision", "points_a", "points_b", "points_c")}
        OcopCriteria.objects.create(
            **plain,
            effective_from=date.fromisoformat(row["effective_from"]),
            effective_to=day(row["effective_to"]),
        )
    registers = read("product_groups")
    sets = {row["number"]: OcopSet.objects.create(**row) for row in registers["ocop_sets"]}
    for row in registers["product_groups"]:
        _load_group(row, sets, standards)


def _load_standards(rows: list[dict[str, Any]]) -> dict[str, Standard]:
    standards = {}
    for row in rows:
        plain = {key: row[key] for key in ("code", "title", "kind")}
        standards[row["code"]] = Standard.objects.create(
            **plain,
            effective_from=date.fromisoformat(row["effective_from"]),
            effective_to=day(row["effective_to"]),
        )
    for row in rows:
        if row["superseded_by"]:
            standards[row["code"]].superseded_by = standards[row["superseded_by"]]
            standards[row["code"]].save(update_fields=["superseded_by"])
    return standards


def _load_group(row: dict[str, Any], sets: dict[int, OcopSet], standards: dict[str, Standard]) -> None:
    plain = {key: row[key] for key in ("code", "name", "description")}
    group = ProductGroup.objects.create(**plain, ocop_set=sets[row["ocop_set"]])
    for position, step in enumerate(row["steps"], start=1):
        plain = {key: step[key] for key in ("key", "name", "biz_step", "guidance")}
        ProcessStep.objects.create(**plain, group=group, position=position, is_required=step["required"])
    group.standards.set(standards[code] for code in row["standards"])


# --- templates -------------------------------------------------------------------------------
def load_templates() -> None:
    """Load the kinds of project: stages, papers, milestones, gates, standards, and the order of their dossiers."""
    for row in read("templates"):
        plain = {key: row[key] for key in ("code", "version", "name", "description")}
        template = ProjectTemplate.objects.create(**plain)
        template.standards.set(Standard.objects.filter(code__in=row["standards"]))
        for stage in row["stages"]:
            _load_stage(template, stage)
        for gate in row["gates"]:
            stage_kind = "" if gate["stage"] == CLOSING else gate["stage"]
            GateTemplate.objects.create(
                template=template, stage_kind=stage_kind, rule=gate["rule"], minimum=gate["minimum"]
            )
        for position, item in enumerate(row["dossier"], start=1):
            DossierItem.objects.create(template=template, position=position, **item)


def _load_stage(template: ProjectTemplate, row: dict[str, Any]) -> None:
    plain = {key: row[key] for key in ("kind", "title", "days")}
    stage = StageTemplate.objects.create(template=template, **plain)
    for paper in row["deliverables"]:
        DeliverableTemplate.objects.create(stage=stage, **paper)
    for milestone in row["milestones"]:
        MilestoneTemplate.objects.create(stage=stage, **milestone)
