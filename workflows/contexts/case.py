"""What several papers read from a case, and how a paper says what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from documents.errors import NotReady
from lots.history import OUTBOUND
from projects.contexts import ProcessStage, StandardRow
from projects.models import Deliverable, Enrolment, PilotProject, SurveyResponse
from registry.models import ProcessStep, Producer, Product, ProductGroup, Standard

SHOWN_NAMES = 5  # a refusal names the first few and counts the others
# CBV business steps with which goods change hands before they are sorted and packed.
INBOUND = frozenset({"receiving", "accepting", "arriving", "collecting"})
# TT 02/2024/TT-BKHCN, item 5: what every stage records, also one without guidance of its own.
LEAST_RECORDS = "Mã truy vết sản phẩm, mã truy vết địa điểm, thời gian"


# --- what is missing -------------------------------------------------------------------------
def refuse_if(missing: Sequence[str]) -> None:
    """Raise NotReady naming everything that is missing, at once; do nothing for an empty list."""
    if missing:
        raise not_ready(missing)


def not_ready(missing: Sequence[str]) -> NotReady:
    """Return the refusal that names what is missing."""
    return NotReady(" ".join([_("The document cannot be generated yet."), *missing]))


def listed(names: Iterable[object]) -> str:
    """Return the names for a refusal: "A, B, C, D, E and 12 more"."""
    known = [str(name) for name in names]
    first, others = ", ".join(known[:SHOWN_NAMES]), len(known) - SHOWN_NAMES
    return first if others <= 0 else _("%(names)s and %(count)d more") % {"names": first, "count": others}


def missing_enrolments(enrolled: Sequence[Enrolment]) -> list[str]:
    """Return what stands in the way when no product takes part."""
    return [] if enrolled else [_("No product is enrolled: enrol the products on the project's page.")]


def missing_products(enrolled: Sequence[Enrolment]) -> list[str]:
    """Return what stands in the way when no product takes part, or one has no process to write about."""
    missing = missing_enrolments(enrolled)
    loose = [enrolment.product for enrolment in enrolled if enrolment.product.group is None]
    empty = [group for group in groups_of(enrolled) if not group.steps.all()]
    if loose:
        missing.append(_("Products in no product group (choose it on the product's page): %s.") % listed(loose))
    if empty:
        missing.append(_("Product groups without process steps (add them in the registry): %s.") % listed(empty))
    return missing


# --- the case --------------------------------------------------------------------------------
def project_of(deliverable: Deliverable) -> PilotProject:
    """Return the project that owes the deliverable."""
    return deliverable.stage.project


def enrolments_of(project: PilotProject) -> list[Enrolment]:
    """Return the enrolments in force, in order, with all that papers print about a product; eight queries."""
    rows = Enrolment.objects.filter(project=project, withdrawn_at=None).order_by("pk")
    return list(
        rows.select_related("survey", "product__producer__commune", "product__group").prefetch_related(
            "product__group__steps", "product__recognitions", "product__standards"
        )
    )


def groups_of(enrolled: Iterable[Enrolment]) -> dict[ProductGroup, list[Product]]:
    """Return the products by group, groups in the order of their names."""
    groups: dict[ProductGroup, list[Product]] = {}
    for product in (enrolment.product for enrolment in enrolled):
        if product.group is not None:
            groups.setdefault(product.group, []).append(product)
    return dict(sorted(groups.items(), key=lambda item: item[0].name))


def producers_of(enrolled: Iterable[Enrolment]) -> list[Producer]:
    """Return the producers of the enrolled products, each once, in the order of enrolment."""
    return list({product.producer.pk: product.producer for product in (row.product for row in enrolled)}.values())


def survey_of(enrolment: Enrolment) -> SurveyResponse | None:
    """Return what was found at the product, if it was surveyed."""
    return getattr(enrolment, "survey", None)


def product_name(enrolled: Iterable[Enrolment]) -> str:
    """Return the name of the chain's product: "Chôm chôm Ia Grai", or the names of several."""
    return ", ".join(dict.fromkeys(enrolment.product.name for enrolment in enrolled))


def standards_of(project: PilotProject, day: date) -> tuple[StandardRow, ...]:
    """Return the project's standards that may be cited on a paper of that day, with their titles."""
    rows = Standard.objects.filter(projects=project).in_force(day).order_by("code")
    return tuple(StandardRow(code=standard.code, title=standard.title) for standard in rows)


def missing_standards(standards: Sequence[StandardRow]) -> list[str]:
    """Return what stands in the way when a paper has no standard to cite."""
    return [] if standards else [_("No standard in force is attached to the project: attach those it applies.")]


# --- steps of a process ----------------------------------------------------------------------
def chain_steps(enrolled: Iterable[Enrolment]) -> list[ProcessStep]:
    """Return the steps of the chain's groups in order, a step of the same name once."""
    steps: dict[str, ProcessStep] = {}
    for group in groups_of(enrolled):
        for step in group.steps.all():
            steps.setdefault(step.name, step)
    return list(steps.values())


def stage_row(step: ProcessStep) -> ProcessStage:
    """Return a step as papers print it."""
    return ProcessStage(name=step.name, actor=actor_of(step), records=records_of(step))


def actor_of(step: ProcessStep) -> str:
    """Return which party of the chain acts at a step: the business step says on which side of a handover it lies."""
    if step.biz_step in OUTBOUND:
        return "Đơn vị phân phối"
    return "Cơ sở thu mua" if step.biz_step in INBOUND else "Cơ sở sản xuất"


def records_of(step: ProcessStep) -> str:
    """Return what is recorded at a step."""
    return step.guidance.strip().rstrip(".") or LEAST_RECORDS


# --- words of the paper ----------------------------------------------------------------------
def in_its_language() -> translation.override:
    """Return the context in which labels are read for a paper: Vietnamese, whatever the interface speaks."""
    return translation.override(settings.LANGUAGE_CODE)


def dated(moment: date | datetime | None) -> str:
    """Return a day as dd/mm/yyyy, "" for none."""
    if isinstance(moment, datetime):
        moment = timezone.localdate(moment)
    return f"{moment:%d/%m/%Y}" if moment else ""


def share(count: int, total: int) -> str:
    """Return a share as printed: "66,7 %", "0 %", "100 %"."""
    percent = f"{100 * count / total:.1f}" if total else "0"
    return percent.removesuffix(".0").replace(".", ",") + " %"


def counted(count: int) -> str:
    """Return a count as papers write it: "06", "17", "1.682"."""
    return f"{count:02d}" if count < 10 else f"{count:,}".replace(",", ".")


def place_of(producer: Producer) -> str:
    """Return the producer's commune as it stands in a table: "Xã Ia Tô"."""
    return capfirst(producer.commune.name)


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a printed text without their bullets, and without those that only announce others."""
    lines = (raw.strip().lstrip("-–+• ").strip() for raw in text.splitlines())
    return tuple(line for line in lines if line and not line.endswith(":"))
