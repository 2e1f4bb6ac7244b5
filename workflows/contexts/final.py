"""The final report of either mission: stages, deliverables, products, effect (GL-1.D5, GL-2.D6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, F, Sum
from django.utils import timezone
from django.utils.text import capfirst

from documents.models import RegisterEntry
from projects.contexts import DeliverableRow, FinalReport, FundLine, ProductRow, StageRow
from projects.models import Attendance, Deliverable, Enrolment, GateRule, PilotProject, Review, Stage, StageKind
from stamps.models import Activation, StampBatch
from workflows.contexts import case
from workflows.contexts.charts import progress_chart, stamps_chart
from workflows.contexts.contracts import funding_of, source_of
from workflows.contexts.portal import portal_grounds

ONE = case.counted(1)  # a deliverable is one paper, planned and done


def final_report(deliverable: Deliverable, day: date) -> FinalReport:
    """Return the project against its plan: every deliverable with number and verdicts, every product with stamps."""
    project = case.project_of(deliverable)
    enrolled, standards = case.enrolments_of(project), case.standards_of(project, day)
    case.refuse_if(case.missing_enrolments(enrolled) + case.missing_standards(standards))
    papers, products = _deliverables(project), _products(project, enrolled)
    activated = _activated(project)
    minimum = dict(GateRule.objects.filter(project=project, stage=None).values_list("rule", "minimum"))
    return FinalReport(
        project_title=project.title,
        project_code=project.code,
        host=project.owner.name,
        manager=project.manager.full_name,
        starts_on=case.dated(project.starts_on),
        ends_on=case.dated(project.due_on),
        objectives=case.lines_of(project.objective),
        receiving_parties=tuple(capfirst(party.name) for party in project.receiving_parties.all()),
        stages=_stages(project, enrolled),
        deliverables=papers,
        deliverables_planned=len(papers),
        deliverables_done=sum(bool(paper.number) for paper in papers),
        products=products,
        product_count=len(products),
        producer_count=len(case.producers_of(enrolled)),
        products_required=minimum.get("products_at_least", 0),
        producers_required=minimum.get("producers_at_least", 0),
        standards=standards,
        stamps_issued=sum(product.stamps for product in products),
        stamps_activated=sum(activated.values()),
        difficulties=_difficulties(project),
        proposals=_proposals(project, enrolled),
        progress_chart=progress_chart(project),
        stamps_chart=stamps_chart(
            products, {row.product.trace_code: activated.get(row.product_id, 0) for row in enrolled}
        ),
        portal=portal_grounds(project),
        **_effect(project),
        **_money(project),
    )


# --- deliverables ----------------------------------------------------------------------------
def _deliverables(project: PilotProject) -> tuple[DeliverableRow, ...]:
    papers = Deliverable.objects.filter(stage__project=project).exclude(status=Deliverable.Status.CANCELLED)
    entries = RegisterEntry.objects.filter(version__document__deliverable__in=papers, version__state="issued")
    by_paper = {
        entry.version.document.deliverable_id: entry
        for entry in entries.select_related("version__document", "series__organisation")
    }
    rows = papers.prefetch_related("reviews").order_by("code")
    return tuple(_deliverable(paper, by_paper.get(paper.pk)) for paper in rows)


def _deliverable(paper: Deliverable, entry: RegisterEntry | None) -> DeliverableRow:
    verdicts = [review.verdict for review in paper.reviews.all() if review.round == paper.round]
    approvals, given = verdicts.count(Review.Verdict.APPROVE), sum(map(bool, verdicts))
    return DeliverableRow(
        code=paper.code,
        title=paper.title.rstrip("."),
        planned=ONE,
        done=ONE if entry else "Đang trình",
        number=entry.full_number if entry else "",
        issued_on=case.dated(entry.issued_on) if entry else "",
        quality=f"Đạt, {case.counted(approvals)}/{case.counted(given)} phiếu" if entry else "Chờ nghiệm thu",
    )


# --- stages ----------------------------------------------------------------------------------
def _stages(project: PilotProject, enrolled: Sequence[Enrolment]) -> tuple[StageRow, ...]:
    results = _results(project, enrolled)
    return tuple(
        StageRow(
            name=stage.title,
            due_on=case.dated(stage.due_on),
            closed_on=case.dated(stage.closed_at),
            result=results[stage.kind],
        )
        for stage in project.stages.order_by("position")
    )


def _results(project: PilotProject, enrolled: Sequence[Enrolment]) -> dict[str, str]:
    """Return one line for each stage, in figures."""
    producers = case.producers_of(enrolled)
    trained = Attendance.objects.filter(session__project=project, producer__in=producers, passed_check=True)
    activated = _activations(project).values("batch__product").distinct().count()
    surveyed = sum(case.survey_of(row) is not None for row in enrolled)
    return {
        StageKind.SURVEY: f"Đã khảo sát {case.counted(surveyed)} sản phẩm",
        StageKind.DOCUMENTATION: f"{case.counted(len(case.groups_of(enrolled)))} quy trình nhóm sản phẩm",
        StageKind.TRAINING: (
            f"{case.counted(trained.values('producer').distinct().count())}/{case.counted(len(producers))} "
            "chủ thể có người đạt"
        ),
        StageKind.ROLLOUT: f"{case.counted(activated)} sản phẩm có tem kích hoạt",
        StageKind.FINAL_REPORT: "Trình nghiệm thu",
    }


# --- products and stamps ---------------------------------------------------------------------
def _products(project: PilotProject, enrolled: Sequence[Enrolment]) -> tuple[ProductRow, ...]:
    batches = StampBatch.objects.filter(order__enrolment__project=project).order_by()
    issued = dict(batches.values("product").annotate(count=Sum(F("end") - F("start"))).values_list("product", "count"))
    return tuple(
        ProductRow(
            name=product.name,
            producer=product.producer.name,
            group=product.group.name if product.group else "Chưa phân nhóm",
            code=product.trace_code,
            stamps=issued.get(product.pk, 0),
        )
        for product in (enrolment.product for enrolment in enrolled)
    )


def _activations(project: PilotProject) -> Any:
    enrolled = {"batch__order__enrolment__project": project, "batch__order__enrolment__withdrawn_at": None}
    return Activation.objects.filter(**enrolled).order_by()


def _activated(project: PilotProject) -> dict[int, int]:
    """Return the stamps activated, by product."""
    rows = _activations(project).values("batch__product").annotate(count=Sum(F("end") - F("start")))
    return dict(rows.values_list("batch__product", "count"))


def _effect(project: PilotProject) -> dict[str, Any]:
    classes = project.training_sessions.aggregate(held=Count("pk", distinct=True), people=Count("attendances"))
    return {
        "courses_held": classes["held"],
        "people_trained": classes["people"],
        "events_held": project.communication_events.counted().count(),
    }


def _money(project: PilotProject) -> dict[str, Any]:
    rows = funding_of(project)
    return {
        "funds": tuple(
            FundLine(year=str(row.year), source=source_of(row), planned=row.planned, disbursed=row.disbursed)
            for row in rows
        ),
        "funds_planned": sum(row.planned for row in rows),
        "funds_disbursed": sum(row.disbursed for row in rows),
    }


# --- difficulties and proposals: only what the records say ------------------------------------
def _difficulties(project: PilotProject) -> tuple[str, ...]:
    late = [(stage, _days_late(stage)) for stage in project.stages.exclude(closed_at=None).order_by("position")]
    withdrawn = project.enrolments.exclude(withdrawn_at=None).select_related("product").order_by("pk")
    return (
        *(
            f"Giai đoạn {stage.title} hoàn thành chậm {case.counted(days)} ngày so với kế hoạch."
            for stage, days in late
            if days > 0
        ),
        *(f"{row.product.name} thôi tham gia: {row.withdrawal_reason or 'không nêu lý do'}." for row in withdrawn),
    )


def _days_late(stage: Stage) -> int:
    return (timezone.localdate(stage.closed_at) - stage.due_on).days if stage.closed_at else 0


def _proposals(project: PilotProject, enrolled: Sequence[Enrolment]) -> tuple[str, ...]:
    groups = "; ".join(group.name for group in case.groups_of(enrolled))
    return (
        f"Nghiệm thu, công nhận kết quả nhiệm vụ {project.code}.",
        f"Nhân rộng quy trình và tài liệu cho các sản phẩm khác cùng nhóm: {groups or case.product_name(enrolled)}.",
    )
