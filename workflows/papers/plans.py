"""The kinds of paper that plans have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from documents.contexts import plans as papers
from documents.models import RegisterEntry
from projects.models import Plan
from workflows.contexts import plans
from workflows.contexts.plan_texts import drafted_body, typed_lines
from workflows.contexts.wanted import Wanted
from workflows.forms.papers.plans import MissionNoticeForm, PhaseDecisionForm, PlanTextForm
from workflows.papers.bases import legal_bases, proposed_by
from workflows.papers.kinds import PaperKind


def of_kind(kind: str) -> Callable[[Any], bool]:
    """Return whether a plan is of a kind: each has papers of its own."""
    return lambda plan: plan.kind == kind


def of_entries(build: Callable[[Any, date, Mapping[str, Any]], object]) -> Callable[[Wanted], object]:
    """Return a builder that needs the subject, the day and what was typed."""
    return lambda wanted: build(wanted.subject, wanted.day, wanted.entries)


def recipients(wanted: Wanted) -> Sequence[str]:
    """Return who was typed to receive the paper; () for the usual ones."""
    return typed_lines(wanted.entries, "recipients")


def recorded(plan: Plan) -> tuple[str, date] | None:
    """Return the number and day under which a plan was issued before it was entered here, as its print shows them.

    None for one that this register numbered: a paper that replaces it gets a number of its own.
    """
    if not plan.number or plan.issued_on is None:
        return None
    entries = RegisterEntry.objects.filter(version__document__plan=plan, issued_on=plan.issued_on)
    is_ours = any(entry.full_number == plan.number for entry in entries.select_related("series__organisation"))
    return None if is_ours else (plan.number, plan.issued_on)


def _participants(plan: Plan) -> str:
    above = [f"{plan.issuer.parent} (b/c)"] if plan.issuer.parent else []
    return "\n".join([*above, "Các cơ quan, đơn vị chủ trì, phối hợp (t/h)", f"Lưu: VT, {plan.issuer.symbol}"])


def _notice(plan: Plan, occasion: str) -> Mapping[str, Any]:
    return {"address": str(plan.issuer), "recipients": _participants(plan)}


def _yearly(plan: Plan, occasion: str) -> Mapping[str, Any]:
    return {"body": drafted_body(plan, what=f"Kế hoạch {plans.plan_name(plan)}"), "recipients": _participants(plan)}


def _decision(plan: Plan, occasion: str) -> Mapping[str, Any]:
    return {
        "proposal": plans.proposal(plan),
        "plan_name": plans.plan_name(plan),
        "executors": plans.executors(plan),
        "body": drafted_body(plan, what=f"Kế hoạch {plans.plan_name(plan)}"),
        "recipients": _participants(plan),
    }


KINDS: dict[str, PaperKind] = {
    "mission_notice": PaperKind(
        code="D01",
        name=_("Notice of missions with its list"),
        symbol="TB",
        data_class=papers.MissionNotice,
        build=of_entries(plans.mission_notice),
        subject=Plan,
        applies=of_kind(Plan.Kind.NOTICE),
        form=MissionNoticeForm,
        initial=_notice,
        title=lambda plan, occasion: f"Thông báo: {plan.title}",
        recipients=recipients,
        recorded=recorded,
    ),
    "yearly_plan": PaperKind(
        code="D02",
        name=_("Yearly plan with its annex"),
        symbol="KH",
        data_class=papers.YearlyPlan,
        build=of_entries(plans.yearly_plan),
        subject=Plan,
        applies=of_kind(Plan.Kind.PLAN),
        form=PlanTextForm,
        initial=_yearly,
        title=lambda plan, occasion: f"Kế hoạch {plans.plan_name(plan)}",
        recipients=recipients,
        recorded=recorded,
    ),
    "phase_decision": PaperKind(
        code="D03",
        name=_("Decision with its plan and appendices"),
        symbol="QĐ",
        by_head=True,
        data_class=papers.PhaseDecision,
        build=of_entries(plans.phase_decision),
        subject=Plan,
        applies=of_kind(Plan.Kind.DECISION),
        form=PhaseDecisionForm,
        initial=_decision,
        title=lambda plan, occasion: f"Quyết định: {plan.title}",
        bases=lambda wanted: proposed_by(wanted.entries.get("proposal", ""), legal_bases(wanted.subject)),
        recipients=recipients,
        recorded=recorded,
    ),
}
