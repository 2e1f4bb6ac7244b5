"""Minutes and decision on the products that carry out traceability, by groups (SL-S2, SL-S3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.contexts.products import ChosenGroup, ChosenProduct, RefusedProduct, SelectionDecision, SelectionMinutes
from onboarding.models import Onboarding, OnboardingRules
from onboarding.progress import journeys_of
from projects.models import PilotProject
from workflows.contexts import case
from workflows.contexts.parties import paragraphs
from workflows.contexts.plans import authority_of

Selection = Onboarding.Selection
UNGROUPED = "Chưa xếp nhóm"


def selection_minutes(project: PilotProject, day: date, typed: Mapping[str, Any]) -> SelectionMinutes:
    """Return what the meeting decided about each product; the meeting itself is typed."""
    journeys = _journeys(project)
    chosen, refused = _of(journeys, Selection.SELECTED), _of(journeys, Selection.REFUSED)
    rules = OnboardingRules.objects.filter(project=project).first()
    case.refuse_if(_missing_result(project, chosen + refused, rules))
    return SelectionMinutes(
        project_title=project.title,
        project_code=project.code,
        began=f"{clock(typed['began'])}, ngày {case.dated(typed['held_on'])}",
        ended=clock(typed["ended"]),
        place=typed["place"],
        chair_name=typed["chair_name"],
        chair_title=typed["chair_title"],
        secretary_name=typed["secretary_name"],
        secretary_title=typed["secretary_title"],
        attendants=paragraphs(typed["attendants"]),
        rules=_rules(rules) if rules else (),
        considered=len(chosen) + len(refused),
        surveyed=sum(bool(each.surveyed_at) and not each.survey_waiver for each in chosen + refused),
        selected=len(chosen),
        refused=len(refused),
        waiting=len(journeys) - len(chosen) - len(refused),
        groups=_groups(chosen),
        refusals=tuple(_refusal(each) for each in refused),
        opinions=paragraphs(typed["opinions"]),
    )


def selection_decision(project: PilotProject, day: date, typed: Mapping[str, Any]) -> SelectionDecision:
    """Return the selected products by groups; every one of them has its group."""
    chosen = _of(_journeys(project), Selection.SELECTED)
    loose = [each.enrolment.product for each in chosen if each.group is None]
    missing = [] if chosen else [_("No product of project %(code)s is selected yet.") % {"code": project.code}]
    if loose:
        missing.append(_("Selected products in no group yet (step 3): %s.") % case.listed(loose))
    case.refuse_if(missing)
    groups = _groups(chosen)
    return SelectionDecision(
        project_title=project.title,
        project_code=project.code,
        authority=authority_of(project.owner),
        proposer=typed["proposer"],
        selected=len(chosen),
        group_count=len(groups),
        funded=sum(each.is_funded for each in chosen),
        groups=groups,
        duties=paragraphs(typed["duties"]),
        executors=typed["executors"],
    )


def has_cohort(project: PilotProject) -> bool:
    """Whether products of the project come on board by the seven steps, the second of which selects them."""
    return Onboarding.objects.filter(enrolment__project=project).exists()


def _journeys(project: PilotProject) -> list[Onboarding]:
    """The products that take part, with all that is printed of them; two queries."""
    return list(journeys_of(project).prefetch_related("enrolment__product__recognitions"))


def _of(journeys: Iterable[Onboarding], selection: str) -> list[Onboarding]:
    return [each for each in journeys if each.selection == selection]


def _missing_result(project: PilotProject, decided: Sequence[Onboarding], rules: OnboardingRules | None) -> list[str]:
    names = {"code": project.code}
    missing = [] if decided else [_("No product of project %(code)s was selected or refused yet.") % names]
    if rules is None:
        missing.append(_("Project %(code)s has no rules of selection yet; set them on its page of onboarding.") % names)
    return missing


def _rules(rules: OnboardingRules) -> tuple[str, ...]:
    lines = ["Là sản phẩm có lô; chủ thể có khả năng thực hiện truy xuất nguồn gốc"]
    if rules.minimum_stars:
        lines.insert(0, f"Được công nhận OCOP từ {rules.minimum_stars} sao trở lên, còn hiệu lực vào ngày xét chọn")
    if rules.funded_from and rules.funded_to:
        stars = " đến ".join(f"{each} sao" for each in sorted({rules.funded_from, rules.funded_to}))
        lines.append(f"Sản phẩm {stars} được hỗ trợ kinh phí")
    return tuple(lines)


def _groups(chosen: Iterable[Onboarding]) -> tuple[ChosenGroup, ...]:
    """The selected products by group, groups by name, those without one last."""
    by_name: dict[str, list[Onboarding]] = {}
    for each in chosen:
        by_name.setdefault(each.group.product_group.name if each.group else UNGROUPED, []).append(each)
    names = sorted(by_name, key=lambda name: (name == UNGROUPED, name))
    return tuple(
        ChosenGroup(
            name=name,
            products=tuple(_chosen(each) for each in by_name[name]),
            product_count=len(by_name[name]),
        )
        for name in names
    )


def _chosen(journey: Onboarding) -> ChosenProduct:
    product = journey.enrolment.product
    day = timezone.localdate(journey.selected_at) if journey.selected_at else timezone.localdate()
    recognition = product.recognition_on(day)
    return ChosenProduct(
        name=product.name,
        producer=product.producer.name,
        commune=case.place_of(product.producer),
        stars=f"{recognition.stars} sao" if recognition else "",
        funding="Có" if journey.is_funded else "Không",
    )


def _refusal(journey: Onboarding) -> RefusedProduct:
    product = journey.enrolment.product
    return RefusedProduct(name=product.name, producer=product.producer.name, reason=journey.selection_reason)


def clock(moment: time) -> str:
    """Return a time as minutes write it: "08 giờ 00 phút"."""
    return f"{moment:%H} giờ {moment:%M} phút"
